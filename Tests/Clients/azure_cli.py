"""Azure CLI against the emulator: learn of the cloud, log in, and use `az ad` and `az rest`."""

import json
import os
import subprocess
import sys

import stage
from checks import Checks, endpoint, folder

checks = Checks("azure-cli")
AZ = sys.argv[1]
TENANT = os.environ["AZURE_TENANT_ID"]
ENVIRONMENT = {
    **os.environ, "AZURE_CONFIG_DIR": folder("azure"), "AZURE_CORE_COLLECT_TELEMETRY": "0",
    "AZURE_CORE_INSTANCE_DISCOVERY": "false", "AZURE_CORE_LOGIN_EXPERIENCE_V2": "off",
    "AZURE_CORE_ONLY_SHOW_ERRORS": "true", "PYTHONWARNINGS": "ignore"}


def az(*words):
    return subprocess.run(
        [AZ, *words, "--output", "json"], env=ENVIRONMENT, capture_output=True, text=True,
        check=False, timeout=300)


def works(what, *words, seen=lambda found: True):
    run = az(*words)
    found = json.loads(run.stdout) if run.returncode == 0 and run.stdout.strip() else None
    with checks.step(what):
        checks.holds(
            what, run.returncode == 0 and seen(found),
            (run.stderr.strip().splitlines() or [""])[-1][:400] if run.returncode else found)
    return found


def fails(what, text, *words):
    run = az(*words)
    checks.holds(what, run.returncode != 0 and text in run.stderr, run.stderr[-400:])


works("the cloud is registered from its metadata", "cloud", "register", "--name", "Rehearsal",
      "--endpoint-resource-manager", endpoint())
works("and chosen", "cloud", "set", "--name", "Rehearsal", "--profile", "latest")
works("its Graph is the emulator", "cloud", "show", seen=lambda cloud: (
    cloud["endpoints"]["microsoftGraphResourceId"].rstrip("/") == endpoint()
    and cloud["endpoints"]["activeDirectory"].rstrip("/") == endpoint()))

fails("a wrong secret does not log in", "AADSTS7000215", "login", "--service-principal",
      "--username", stage.SECRET_CLIENT, "--password", "wrong", "--tenant", TENANT)
works("a certificate logs in", "login", "--service-principal", "--username",
      stage.CERTIFICATE_CLIENT, "--certificate", folder("client.pem"), "--tenant", TENANT)
works("a federated token logs in", "login", "--service-principal", "--username",
      stage.FEDERATED_CLIENT, "--federated-token", open(folder("federated.jwt")).read(),
      "--tenant", TENANT)
works("a secret logs in", "login", "--service-principal", "--username", stage.SECRET_CLIENT,
      "--password", stage.SECRET, "--tenant", TENANT,
      seen=lambda accounts: accounts[0]["tenantId"] == TENANT)
works("the account is the client", "account", "show",
      seen=lambda account: account["user"]["name"] == stage.SECRET_CLIENT)
works("a token for Graph", "account", "get-access-token", "--resource-type", "ms-graph",
      seen=lambda token: token["accessToken"].count(".") == 2)

works("guests are listed", "ad", "user", "list", "--filter", "userType eq 'Guest'",
      seen=lambda users: len(users) > 5)
users = works("users are found by name", "ad", "user", "list", "--display-name", "Lena",
              seen=lambda users: len(users) == 1) or [{"id": "", "userPrincipalName": ""}]
works("a user is shown by principal name", "ad", "user", "show", "--id",
      users[0]["userPrincipalName"], seen=lambda user: user["id"] == users[0]["id"])
fails("an unknown user is not there", "does not exist", "ad", "user", "show", "--id",
      "00000000-0000-4000-8000-00000000dead")
groups = works("groups are listed", "ad", "group", "list", seen=lambda groups: len(groups) > 3)
group = next((one["id"] for one in groups or [] if one["displayName"] == "Suppliers"), "")
works("a group's members are listed", "ad", "group", "member", "list", "--group", group,
      seen=lambda members: len(members) > 0)
works("apps are listed", "ad", "sp", "list", "--all", seen=lambda apps: len(apps) > 5)
apps = works("an app is found by name", "ad", "sp", "list", "--display-name", "Contoso Expenses",
             seen=lambda apps: len(apps) == 1) or [{"id": "", "appId": ""}]

works("an app is shown by its app id", "ad", "sp", "show", "--id", apps[0]["appId"],
      seen=lambda app: app["id"] == apps[0]["id"])
works("the client finds itself", "ad", "sp", "show", "--id", stage.SECRET_CLIENT,
      seen=lambda app: app["displayName"] == "Rehearsal")
works("an app's owners are listed", "ad", "sp", "owner", "list", "--id", apps[0]["id"])

app = works("an application is made", "ad", "app", "create", "--display-name", "Vending",
            "--sign-in-audience", "AzureADMyOrg") or {"id": "", "appId": ""}
works("and changed", "ad", "app", "update", "--id", app["id"], "--app-roles", json.dumps([{
    "allowedMemberTypes": ["User"], "description": "Reads", "displayName": "Reader",
    "isEnabled": True, "value": "Reader"}]))
works("and shown with its role", "ad", "app", "show", "--id", app["appId"],
      seen=lambda app: app["appRoles"][0]["value"] == "Reader")
works("it gets a service principal", "ad", "sp", "create", "--id", app["appId"])
works("that asks for assignment", "ad", "sp", "update", "--id", app["appId"], "--set",
      "appRoleAssignmentRequired=true")
works("and says so", "ad", "sp", "show", "--id", app["appId"],
      seen=lambda found: found["appRoleAssignmentRequired"] is True)
works("the service principal is deleted", "ad", "sp", "delete", "--id", app["appId"])
works("and the application", "ad", "app", "delete", "--id", app["appId"])

works("a member is made", "ad", "user", "create", "--display-name", "Kim", "--password",
      "Correct-horse-1", "--user-principal-name", "kim@contoso.example")
works("and blocked", "ad", "user", "update", "--id", "kim@contoso.example", "--account-enabled",
      "false")
works("and deleted", "ad", "user", "delete", "--id", "kim@contoso.example")
made = works("a group is made", "ad", "group", "create", "--display-name", "Visitors",
             "--mail-nickname", "visitors") or {"id": ""}
works("and found by name", "ad", "group", "show", "--group", "Visitors",
      seen=lambda found: found["id"] == made["id"])
works("and deleted", "ad", "group", "delete", "--group", "Visitors")
works("the tenant is read with az rest", "rest", "--method", "get", "--url",
      f"{endpoint()}/v1.0/organization", "--resource", f"{endpoint()}/",
      seen=lambda found: found["value"][0]["id"] == TENANT)

guest = works(
    # Resource Manager has the same address here, and `az rest` would take its token.
    "a guest is invited", "rest", "--method", "post", "--url", f"{endpoint()}/v1.0/invitations",
    "--resource", f"{endpoint()}/", "--body", json.dumps({
        "invitedUserEmailAddress": "third.guest@fabrikam.example",
        "inviteRedirectUrl": "https://myapps.microsoft.com"}),
    seen=lambda sent: sent["status"] == "PendingAcceptance")
guest_id = guest["invitedUser"]["id"] if guest else ""
works("and added to a group", "ad", "group", "member", "add", "--group", group,
      "--member-id", guest_id)
works("which it is in by name", "ad", "user", "get-member-groups", "--id", guest_id,
      seen=lambda found: [one["displayName"] for one in found] == ["Suppliers"])
works("and removed from it", "ad", "group", "member", "remove", "--group", group,
      "--member-id", guest_id)
works("and deleted", "ad", "user", "delete", "--id", guest_id)
works("the client logs out", "logout")

checks.end()
