"""azure-identity against the emulator: every credential that a job without a person can have."""

import base64
import json
import logging
import os
import subprocess
import sys
import time

from azure.core.exceptions import ClientAuthenticationError
from azure.identity import (
    CertificateCredential, ClientAssertionCredential, ClientSecretCredential,
    DefaultAzureCredential, EnvironmentCredential, WorkloadIdentityCredential)

import stage
from checks import Checks, endpoint, folder

SCOPE = "https://graph.microsoft.com/.default"
TENANT = os.environ["AZURE_TENANT_ID"]
PRIVATE = {"authority": endpoint(), "disable_instance_discovery": True}
checks = Checks("azure-identity")
# What is refused on purpose needs no warning.
logging.disable(logging.WARNING)


def claims(token):
    part = token.token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def signs_in(what, credential, client, scope=SCOPE):
    with checks.step(what):
        token = credential.get_token(scope)
        found = claims(token)
        checks.holds(
            f"{what} signs in", found["appid"] == client and found["tid"] == TENANT, found)
        checks.holds(f"{what}: an hour or a day", token.expires_on > time.time() + 3000)


def refused(what, credential, code, scope=SCOPE):
    with checks.step(what):
        try:
            credential.get_token(scope)
            checks.holds(f"{what} is refused", False, "it signed in")
        except ClientAuthenticationError as error:
            checks.holds(f"{what} is refused with {code}", code in str(error), str(error))


signs_in("a secret", ClientSecretCredential(
    TENANT, stage.SECRET_CLIENT, stage.SECRET, **PRIVATE), stage.SECRET_CLIENT)
signs_in("a secret, the tenant by its domain", ClientSecretCredential(
    "contoso.example", stage.SECRET_CLIENT, stage.SECRET, **PRIVATE), stage.SECRET_CLIENT)
signs_in("a secret, for the emulator's own address", ClientSecretCredential(
    TENANT, stage.SECRET_CLIENT, stage.SECRET, **PRIVATE), stage.SECRET_CLIENT,
    f"{endpoint()}/.default")
signs_in("a certificate in PEM", CertificateCredential(
    TENANT, stage.CERTIFICATE_CLIENT, folder("client.pem"), **PRIVATE), stage.CERTIFICATE_CLIENT)
signs_in("a certificate in PEM, its chain sent", CertificateCredential(
    TENANT, stage.CERTIFICATE_CLIENT, folder("client.pem"), send_certificate_chain=True,
    **PRIVATE), stage.CERTIFICATE_CLIENT)
signs_in("a certificate in PKCS 12", CertificateCredential(
    TENANT, stage.CERTIFICATE_CLIENT, folder("client.pfx"), password=stage.PASSWORD, **PRIVATE),
    stage.CERTIFICATE_CLIENT)
signs_in("a workload's token file", WorkloadIdentityCredential(
    tenant_id=TENANT, client_id=stage.FEDERATED_CLIENT,
    token_file_path=folder("federated.jwt"), **PRIVATE), stage.FEDERATED_CLIENT)
with open(folder("federated.jwt")) as file:
    TOKEN = file.read()
signs_in("an assertion", ClientAssertionCredential(
    TENANT, stage.FEDERATED_CLIENT, lambda: TOKEN, **PRIVATE), stage.FEDERATED_CLIENT)
signs_in("the environment", EnvironmentCredential(**PRIVATE), stage.SECRET_CLIENT)
signs_in("the default chain", DefaultAzureCredential(**PRIVATE), stage.SECRET_CLIENT)

refused("a wrong secret", ClientSecretCredential(
    TENANT, stage.SECRET_CLIENT, "wrong", **PRIVATE), "AADSTS7000215")
refused("an unknown client", ClientSecretCredential(
    TENANT, "0f3c0000-0000-4000-8000-0000000000ff", "x", **PRIVATE), "AADSTS700016")
# The library stops at the tenant's configuration, and keeps what the service said to itself.
refused("an unknown tenant", ClientSecretCredential(
    "5b2a9c3e-0000-4000-8000-0000000000ff", stage.SECRET_CLIENT, stage.SECRET, **PRIVATE),
    "Unable to get authority configuration")
refused("an unknown resource", ClientSecretCredential(
    TENANT, stage.SECRET_CLIENT, stage.SECRET, **PRIVATE), "AADSTS500011",
    "https://other.example/.default")
refused("another client's certificate", CertificateCredential(
    TENANT, stage.SECRET_CLIENT, folder("client.pem"), **PRIVATE), "AADSTS700027")
refused("a token of nobody", ClientAssertionCredential(
    TENANT, stage.FEDERATED_CLIENT, lambda: "a.b.c", **PRIVATE), "AADSTS50027")
refused("a workload's token for another client", ClientAssertionCredential(
    TENANT, stage.SECRET_CLIENT, lambda: TOKEN, **PRIVATE), "AADSTS700211")

# The managed identities read their endpoints from the environment when they are made, so each has
# a process of its own.
PROBE = """
import sys
from azure.identity import ManagedIdentityCredential
options = {"client_id": sys.argv[1]} if len(sys.argv) > 1 else {}
print(ManagedIdentityCredential(**options).get_token("https://graph.microsoft.com/.default").token)
"""
for what, variables in {
    "a machine's identity": {"AZURE_POD_IDENTITY_AUTHORITY_HOST": endpoint()},
    "an App Service's identity": {
        "IDENTITY_ENDPOINT": f"{endpoint()}/MSI/token", "IDENTITY_HEADER": stage.SECRET},
}.items():
    for arguments in [[], [stage.SECRET_CLIENT]]:
        run = subprocess.run(
            [sys.executable, "-c", PROBE, *arguments], env={**os.environ, **variables},
            capture_output=True, text=True, check=False)
        checks.holds(
            f"{what} signs in" + (" by client id" if arguments else ""),
            run.returncode == 0 and run.stdout.count(".") == 2,
            (run.stderr.strip().splitlines() or [""])[-1])

checks.end()
