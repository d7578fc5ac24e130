"""The requests of clients that have no SDK under them: Terraform's azuread provider (its headers,
and its retries on 404), PowerShell's raw calls, curl in a shell script."""

import os
from urllib.parse import quote

import requests

import stage
from checks import Checks, endpoint, folder

checks = Checks("raw HTTP")
session = requests.Session()
# What the environment says of proxies and trust is for other clients.
session.trust_env = False
session.verify = folder("root.pem")
TERRAFORM = {
    "Accept": "application/json; charset=utf-8; IEEE754Compatible=false; odata.metadata=full",
    "OData-MaxVersion": "4.0", "OData-Version": "4.0", "ConsistencyLevel": "eventual"}
EVENTUAL = {"ConsistencyLevel": "eventual"}


def sign_in():
    reply = session.post(
        f"{endpoint()}/{os.environ['AZURE_TENANT_ID']}/oauth2/v2.0/token", timeout=30, data={
            "grant_type": "client_credentials", "client_id": stage.SECRET_CLIENT,
            "client_secret": stage.SECRET, "scope": "https://graph.microsoft.com/.default"})
    session.headers["Authorization"] = f"Bearer {reply.json()['access_token']}"


def call(method, path, body=None, headers=None):
    kind = {"Content-Type": "application/json; charset=utf-8; IEEE754Compatible=false"}
    return session.request(
        method, f"{endpoint()}{path}", json=body, timeout=30,
        headers={**(kind if body is not None else {}), **(headers or {})})


def answers(what, path, status=200, headers=None, seen=lambda found: True, method="GET", body=None):
    with checks.step(what):
        reply = call(method, path, body, headers)
        found = reply.json() if reply.content else None
        checks.holds(what, reply.status_code == status and seen(found), reply.text[:300])
        return found
    return {}


def values(count):
    return lambda found: len(found["value"]) == count


def filtered(text):
    return f"$filter={quote(text)}"


sign_in()
app = call("GET", "/v1.0/servicePrincipals?" + filtered(
    "displayName eq 'Contoso Expenses'")).json()["value"][0]
guest = call("GET", "/v1.0/users?$top=1&" + filtered("userType eq 'Guest'")).json()["value"][0]
group = call("GET", "/v1.0/groups?" + filtered("displayName eq 'Suppliers'")).json()["value"][0]
upn = quote(guest["userPrincipalName"], safe="")

answers("an app by its app id", f"/v1.0/servicePrincipals(appId='{app['appId']}')",
        headers=TERRAFORM, seen=lambda found: found["id"] == app["id"])
answers("an app by a filter", "/v1.0/servicePrincipals?" + filtered(f"appId eq '{app['appId']}'"),
        headers=TERRAFORM, seen=values(1))
answers("apps by a search", "/v1.0/servicePrincipals?$search=" + quote('"displayName:Contoso"'),
        headers=EVENTUAL, seen=lambda found: len(found["value"]) > 1)
answers("apps by a tag", "/v1.0/servicePrincipals?" + filtered(
    "tags/any(t:t eq 'WindowsAzureActiveDirectoryIntegratedApp')"),
        seen=lambda found: len(found["value"]) > 1)
for spelling in [f"/{guest['id']}", f"/{upn}", f"('{guest['id']}')", f"('{upn}')",
                 f"(userPrincipalName='{upn}')"]:
    answers(f"a guest as users{spelling}", f"/v1.0/users{spelling}", headers=TERRAFORM,
            seen=lambda found: found["id"] == guest["id"])
for text in [f"mail eq '{guest['mail']}'", f"otherMails/any(x:x eq '{guest['mail']}')",
             f"proxyAddresses/any(x:x eq 'SMTP:{guest['mail']}')",
             f"userPrincipalName eq '{guest['userPrincipalName']}'",
             f"mail in ('{guest['mail']}','nobody@nowhere.example')",
             f"STARTSWITH(mail,'{guest['mail']}') AND userType EQ 'Guest'"]:
    answers(f"a guest by {text[:40]}", "/v1.0/users?" + filtered(text), seen=values(1))
answers("guests that are not", "/v1.0/users?$count=true&" + filtered("NOT(userType eq 'Guest')"),
        headers=EVENTUAL, seen=lambda found: found["@odata.count"] == len(found["value"]))
answers("members, and of which kind", f"/v1.0/groups/{group['id']}/members?$select=id",
        headers=TERRAFORM, seen=lambda found: all(
            set(one) == {"@odata.type", "id"} for one in found["value"]))
answers("a cast of the groups of a guest",
        f"/v1.0/users/{guest['id']}/memberOf/microsoft.graph.group?$count=true", headers=EVENTUAL)
answers("a delta by its full name", "/v1.0/users/microsoft.graph.delta()?$select=id")
answers("audit entries of an app", "/v1.0/auditLogs/directoryAudits?$top=5&" + filtered(
    f"initiatedBy/app/appId eq '{stage.SECRET_CLIENT}'"))
answers("beta is there", f"/beta/users/{guest['id']}", seen=lambda found: "/beta/" in
        found["@odata.context"])
answers("a path that is none", "/v1.0/groups/nothing/at/all", 400,
        seen=lambda found: found["error"]["code"] == "BadRequest")

answers("a group is made", "/v1.0/groups", 201, TERRAFORM, method="POST", body={
    "displayName": "Made by hand", "mailEnabled": False, "mailNickname": "byhand",
    "securityEnabled": True, "members@odata.bind": [f"{endpoint()}/v1.0/users/{guest['id']}"]},
        seen=lambda found: found["@odata.context"].endswith("#groups/$entity"))
answers("a guest is changed, with a type", f"/v1.0/users/{guest['id']}", 204, TERRAFORM,
        method="PATCH", body={"@odata.type": "#microsoft.graph.user", "companyName": "Fabrikam"})
answers("a property is emptied", f"/v1.0/users/{guest['id']}", 204, TERRAFORM, method="PATCH",
        body={"companyName": None})
answers("an assignment is made", f"/v1.0/servicePrincipals/{app['id']}/appRoleAssignedTo", 201,
        TERRAFORM, method="POST", body={
            "principalId": group["id"], "resourceId": app["id"],
            "appRoleId": app["appRoles"][0]["id"]})
# The provider reads again what it has made until it is there, and what it has deleted until it is
# gone: under lag that is a 404 first, and then a 200.
with checks.step("what was made is not there at once"):
    session.post(f"{endpoint()}/_emulator/faults", json={
        "faults": [{"kind": "lag", "rate": 1, "seconds": 10, "route": "POST /invitations"}]})
    sent = call("POST", "/v1.0/invitations", {
        "invitedUserEmailAddress": "late@fabrikam.example",
        "inviteRedirectUrl": "https://myapps.microsoft.com"}, TERRAFORM).json()
    late = f"/v1.0/users/{sent['invitedUser']['id']}"
    checks.holds("what was made is not there at once", call("GET", late).status_code == 404)
    session.post(f"{endpoint()}/_emulator/clock", json={"advance": 11})
    checks.holds("and there a while later", call("GET", late).status_code == 200)

checks.end()
