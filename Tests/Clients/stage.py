"""The stage on which clients play: keys, a scenario, and an emulator behind TLS that serves it."""

import base64
import datetime
import ipaddress
import json
import os
import subprocess
import time
import urllib.request
import ssl
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from supplement import supplemented

SECRET_CLIENT = "0f3c0000-0000-4000-8000-0000000000c1"
CERTIFICATE_CLIENT = "0f3c0000-0000-4000-8000-0000000000c2"
FEDERATED_CLIENT = "0f3c0000-0000-4000-8000-0000000000c3"
READER_CLIENT = "0f3c0000-0000-4000-8000-0000000000c4"
SECRET = "a secret/with+signs & spaces"
READER_SECRET = "another one"
PASSWORD = "correct horse"
ISSUER = "https://token.actions.example"
SUBJECT = "repo:contoso/access:environment:production"

# What a whole reconciler may hold; the reader has only those that change nothing.
READING = [
    "User.Read.All", "Application.Read.All", "Directory.Read.All", "GroupMember.Read.All",
    "Group.Read.All", "AuditLog.Read.All", "Policy.Read.All", "Domain.Read.All",
    "OrgContact.Read.All", "RoleManagement.Read.Directory", "EntitlementManagement.Read.All",
]
WRITING = READING + [
    "User.Invite.All", "User.ReadWrite.All", "AppRoleAssignment.ReadWrite.All",
    "Application.ReadWrite.All", "GroupMember.ReadWrite.All", "Group.ReadWrite.All",
    "User.DeleteRestore.All", "User.RevokeSessions.All", "EntitlementManagement.ReadWrite.All",
    "Policy.ReadWrite.Authorization", "Directory.ReadWrite.All", "Organization.ReadWrite.All",
    "Policy.ReadWrite.CrossTenantAccess", "RoleManagement.ReadWrite.Directory",
    "Domain.ReadWrite.All",
]


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _certificate(name, key, issuer_name=None, issuer_key=None, names=(), authority=False):
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer_name or name)])
    now = datetime.datetime.now(datetime.timezone.utc)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key((issuer_key or key).public_key()),
            critical=False)
    )
    if authority:
        builder = builder.add_extension(
            x509.KeyUsage(False, False, False, False, False, True, True, False, False),
            critical=True)
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(issuer_key or key, hashes.SHA256())


class Stage:
    """Everything that a client is given; `close` ends the emulator."""

    def __init__(self, emulator, tenant_file, folder, options=()):
        self.folder = Path(folder)
        self.tenant = supplemented(json.loads(Path(tenant_file).read_text()))
        self.tenant_id = self.tenant["tenant"]["id"]
        self._make_keys()
        scenario = self.folder / "scenario.json"
        scenario.write_text(json.dumps({**self.tenant, "clients": self._clients()}))
        self.requests_file = self.folder / "requests.jsonl"
        self.process = subprocess.Popen(
            [emulator, "--listen", "127.0.0.1:0", "--scenario", str(scenario),
             "--tls", f"{self.folder / 'server.pem'},{self.folder / 'server.key'}",
             "--requests", str(self.requests_file), *options],
            stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline().strip()
        if not line.startswith("listening on https://"):
            self.close()
            raise SystemExit(f"the emulator did not start: {line!r}")
        self.port = int(line.rsplit(":", 1)[1])
        # By name, since certificates are for names.
        self.endpoint = f"https://localhost:{self.port}"

    def _make_keys(self):
        authority = rsa.generate_private_key(65537, 2048)
        root = _certificate("Rehearsal root", authority, authority=True)
        server = rsa.generate_private_key(65537, 2048)
        leaf = _certificate(
            "localhost", server, "Rehearsal root", authority,
            [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
        self._write("root.pem", root.public_bytes(serialization.Encoding.PEM))
        self._write("server.pem", leaf.public_bytes(serialization.Encoding.PEM))
        self._write("server.key", _pem(server))
        client = rsa.generate_private_key(65537, 2048)
        self.certificate = _certificate("guestlist", client)
        self.certificate_pem = self.certificate.public_bytes(serialization.Encoding.PEM)
        self._write("client.pem", _pem(client) + self.certificate_pem)
        self._write("client.pfx", pkcs12.serialize_key_and_certificates(
            b"guestlist", client, self.certificate, None,
            serialization.BestAvailableEncryption(PASSWORD.encode())))
        self.issuer_key = rsa.generate_private_key(65537, 2048)
        self._write("federated.jwt", self.federated_token().encode())

    def _write(self, name, data):
        path = self.folder / name
        path.touch(mode=0o600)
        path.write_bytes(data)

    def federated_token(self, **changes):
        """What the outside issuer hands to a job."""
        claims = {
            "iss": ISSUER, "sub": SUBJECT, "aud": "api://AzureADTokenExchange",
            "iat": int(time.time()), "exp": int(time.time()) + 3600, **changes}
        header = {"alg": "RS256", "typ": "JWT", "kid": "rehearsal"}
        content = ".".join(base64url(json.dumps(part).encode()) for part in (header, claims))
        signature = self.issuer_key.sign(content.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{content}.{base64url(signature)}"

    def _clients(self):
        numbers = self.issuer_key.public_key().public_numbers()
        key = {
            "kty": "RSA", "kid": "rehearsal",
            "n": base64url(numbers.n.to_bytes(256, "big")),
            "e": base64url(numbers.e.to_bytes(3, "big"))}
        return [
            {"clientId": SECRET_CLIENT, "displayName": "Rehearsal", "secret": SECRET,
             "permissions": WRITING, "managedIdentity": True},
            {"clientId": CERTIFICATE_CLIENT, "displayName": "Rehearsal (certificate)",
             "certificate": self.certificate_pem.decode(), "permissions": WRITING},
            {"clientId": FEDERATED_CLIENT, "displayName": "Rehearsal (federated)",
             "federated": [{"issuer": ISSUER, "subject": SUBJECT, "jwks": {"keys": [key]}}],
             "permissions": WRITING},
            {"clientId": READER_CLIENT, "displayName": "Rehearsal (reader)",
             "secret": READER_SECRET, "permissions": READING},
        ]

    def environment(self):
        """The variables of a client's process: the endpoint, the trust, and no other credentials."""
        kept = {name: value for name, value in os.environ.items()
                if not name.startswith(("AZURE_", "ARM_", "GRAPH_", "IDENTITY_", "MSI_"))}
        root = str(self.folder / "root.pem")
        return {
            **kept,
            "GRAPH_ENDPOINT": self.endpoint,
            "AZURE_AUTHORITY_HOST": self.endpoint,
            "AZURE_TENANT_ID": self.tenant_id,
            "AZURE_CLIENT_ID": SECRET_CLIENT,
            "AZURE_CLIENT_SECRET": SECRET,
            "READER_AZURE_CLIENT_ID": READER_CLIENT,
            "READER_AZURE_CLIENT_SECRET": READER_SECRET,
            "REHEARSAL_FOLDER": str(self.folder),
            "SSL_CERT_FILE": root,
            "REQUESTS_CA_BUNDLE": root,
            "CURL_CA_BUNDLE": root,
            "PYTHONDONTWRITEBYTECODE": "1",
            "NO_PROXY": "localhost,127.0.0.1",
            "no_proxy": "localhost,127.0.0.1",
        }

    def control(self, path, body=None):
        """Calls one of the emulator's own routes."""
        context = ssl.create_default_context(cafile=str(self.folder / "root.pem"))
        request = urllib.request.Request(
            f"{self.endpoint}/_emulator/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, context=context) as reply:
            text = reply.read()
            return json.loads(text) if text else None

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
