"""What Schemathesis sends: identifiers and query options of the scenario, chosen by its own seed."""

import json
import re
from functools import lru_cache
from pathlib import Path

import schemathesis
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from checks import folder
from closed_schemas import ClosedSchemas

SCENARIO = json.loads(Path(folder("scenario.json")).read_text())
FOUND = json.loads(Path(folder("identifiers.json")).read_text())
DESCRIPTION = json.loads(Path(folder("openapi.json")).read_text())
CLOSED = ClosedSchemas(DESCRIPTION)
UNKNOWN = "00000000-0000-4000-8000-00000000dead"


def ids(kind):
    return [one["id"] for one in SCENARIO.get(kind, [])]


GUESTS = [one["id"] for one in SCENARIO["users"]
          if one.get("userType") == "Guest" and one["id"] not in FOUND["deletedUsers"]]
# What writes may use up; reads keep to the others, so that they find what they ask for.
SPENDABLE = {"users": GUESTS[-8:], "groups": ids("groups")[-3:],
             "servicePrincipals": ids("servicePrincipals")[-3:]}
KEPT = {kind: [one for one in ids(kind) if one not in spendable + FOUND["deletedUsers"]]
        for kind, spendable in SPENDABLE.items()}
ASSIGNMENTS = FOUND["appRoleAssignments"]
MEMBERS = [(group["id"], member["id"]) for group in SCENARIO["groups"]
           for member in group.get("members", [])]

POOLS = {
    "application-id": "applications", "directoryRole-id": "directoryRoles",
    "directoryAudit-id": "audits", "organization-id": "organization",
    "accessPackage-id": "accessPackages",
    "accessPackageAssignmentPolicy-id": "assignmentPolicies",
    "accessPackageAssignmentRequest-id": "assignmentRequests",
    "accessPackageAssignment-id": "packageAssignments",
    "connectedOrganization-id": "connectedOrganizations", "directoryObject-id": "deletedUsers",
}
APP_IDS = [one["appId"] for one in SCENARIO["servicePrincipals"]]


def pool(name, kind, writes):
    """The identifiers for a parameter; reads keep the first half, so that no write takes them."""
    if name == "appId":
        return APP_IDS[-3:] if writes else APP_IDS[:6]
    if name not in POOLS:
        return (SPENDABLE if writes else KEPT).get(kind, [])
    known = FOUND[POOLS[name]]
    half = (len(known) + 1) // 2
    return known[half:] if writes else known[:half]


FILTERS = {
    "users": ["userType eq 'Guest'", "accountEnabled eq false", "startsWith(displayName,'A')",
              "userType eq 'Guest' and externalUserState eq 'PendingAcceptance'",
              "endsWith(mail,'example')", "mail ne null",
              "proxyAddresses/any(p:startsWith(p,'SMTP:'))",
              "createdDateTime ge 2020-01-01T00:00:00Z"],
    "groups": ["displayName eq 'Suppliers'", "startsWith(displayName,'S')",
               "securityEnabled eq true", "groupTypes/any(t:t eq 'Unified')"],
    "servicePrincipals": ["displayName eq 'Contoso Expenses'", "startsWith(displayName,'C')",
                          "servicePrincipalType eq 'Application'"],
}
EXPANSIONS = {"users": ["sponsors", "memberOf"], "groups": ["members"],
              "servicePrincipals": ["appRoleAssignedTo"]}
SEARCHES = ['"displayName:a"', '"displayName:Contoso"']


def resolved(schema):
    while "$ref" in schema:
        node = DESCRIPTION
        for part in schema["$ref"][2:].split("/"):
            node = node[part.replace("~1", "/").replace("~0", "~")]
        schema = node
    return schema


@lru_cache(maxsize=None)
def reply_schema(method, path, status):
    responses = DESCRIPTION["paths"][path][method]["responses"]
    response = responses.get(status) or responses.get(f"{status[0]}XX")
    if response is None:
        return None
    return resolved(response).get("content", {}).get("application/json", {}).get("schema")


@lru_cache(maxsize=None)
def selectable(path):
    """Properties of what a GET replies with, or of what its list holds."""
    schema = reply_schema("get", path, "200") or {}
    name = schema.get("$ref", "")[len("#/components/schemas/"):]
    if not name:
        return []
    properties, _ = CLOSED._members(name)
    value = properties.get("value", {})
    item = value.get("items", {}).get("$ref") if value.get("type") == "array" else None
    if item:
        properties, _ = CLOSED._members(item[len("#/components/schemas/"):])
    return sorted(key for key, one in properties.items()
                  if "@" not in key and key != "value" and one.get("type") in ("string", "boolean"))


def mostly(known, stray=UNKNOWN):
    """One of the known, or now and then one that is not there."""
    known = list(known)
    return st.sampled_from(known * (9 // len(known) + 1) + [stray] if known else [stray])


def root(path):
    return path.split("/")[1].split("(")[0]


@schemathesis.hook
def before_generate_path_parameters(context, strategy):
    path, method = context.operation.path, context.operation.method.lower()
    names = re.findall(r"\{([^}]+)\}", path)
    if not names:
        return strategy
    kind = root(path)
    writes = method != "get"
    owners = (SPENDABLE if writes else KEPT).get(kind, [])
    if "appRoleAssignment-id" in names:
        key = "resourceId" if "appRoleAssignedTo" in path else "principalId"
        pairs = [(one[key], one["id"]) for one in ASSIGNMENTS if one[key] in ids(kind)]
        pairs = pairs[-5:] if writes else pairs[:-5] or pairs
        return pair(names, pairs)
    if kind == "groups" and "directoryObject-id" in names:
        return pair(names, [one for one in MEMBERS if one[0] in owners])
    if kind == "users" and "directoryObject-id" in names:
        return pair(names, [(owner, ids("users")[0]) for owner in owners])
    return st.fixed_dictionaries({name: mostly(pool(name, kind, writes)) for name in names})


def pair(names, pairs):
    chosen = mostly(pairs, (UNKNOWN, UNKNOWN))
    return chosen.map(lambda values: dict(zip(names, values)))


@schemathesis.hook
def before_generate_query(context, strategy):
    path, kind = context.operation.path, root(context.operation.path)
    known = {one.name for one in context.operation.query}
    plain = path.count("/") == 1
    options = {}
    if "$select" in known and selectable(path):
        options["$select"] = st.lists(
            st.sampled_from(selectable(path)), min_size=1, max_size=4, unique=True).map(
                ",".join)
    if "$top" in known:
        options["$top"] = st.integers(1, 999)
    if "$count" in known:
        options["$count"] = st.booleans()
    if plain and kind in FILTERS and "$filter" in known:
        options["$filter"] = st.sampled_from(FILTERS[kind])
        if "$orderby" in known:
            options["$orderby"] = st.just("displayName")
        if "$search" in known:
            options["$search"] = st.sampled_from(SEARCHES)
    if kind in EXPANSIONS and path.count("/") <= 2 and "$expand" in known:
        options["$expand"] = st.sampled_from(EXPANSIONS[kind])
    if not options:
        return st.just({})
    # A few at a time: Graph itself refuses many combinations.
    return st.lists(st.sampled_from(sorted(options)), max_size=3, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: options[name] for name in names}))


@schemathesis.hook
def before_generate_headers(context, strategy):
    names = {one.name for one in context.operation.headers}
    if "ConsistencyLevel" not in names:
        return st.just({})
    return st.sampled_from([{"ConsistencyLevel": "eventual"}] * 3 + [{}])


BODIES = {
    "POST /invitations": st.integers(1, 999).map(lambda number: {
        "invitedUserEmailAddress": f"case{number}@fabrikam.example",
        "inviteRedirectUrl": "https://myapps.microsoft.com"}),
    "PATCH /users/{user-id}": st.booleans().map(lambda enabled: {"accountEnabled": enabled}),
    "POST /directoryObjects/getByIds": st.lists(
        st.sampled_from(KEPT["users"]), min_size=1, max_size=5, unique=True).map(
            lambda chosen: {"ids": chosen, "types": ["user"]}),
    "POST /users/{user-id}/checkMemberGroups": st.just({"groupIds": ids("groups")[:5]}),
    "POST /users/{user-id}/getMemberGroups": st.just({"securityEnabledOnly": False}),
    "POST /groups/{group-id}/members/$ref": st.sampled_from(GUESTS).map(lambda one: {
        "@odata.id": f"https://graph.microsoft.com/v1.0/directoryObjects/{one}"}),
    "POST /users/{user-id}/sponsors/$ref": st.sampled_from(KEPT["users"]).map(lambda one: {
        "@odata.id": f"https://graph.microsoft.com/v1.0/users/{one}"}),
    "POST /$batch": st.sampled_from(KEPT["users"]).map(lambda one: {"requests": [
        {"id": "1", "method": "GET", "url": f"/users/{one}"},
        {"id": "2", "method": "GET", "url": "/groups?$top=1", "dependsOn": ["1"]}]}),
}
ROLES = [(app["id"], role["id"]) for app in SCENARIO["servicePrincipals"]
         for role in app.get("appRoles", [])]
for template, principals in {
        "POST /servicePrincipals/{servicePrincipal-id}/appRoleAssignedTo": GUESTS,
        "POST /users/{user-id}/appRoleAssignments": GUESTS,
        "POST /groups/{group-id}/appRoleAssignments": ids("groups")}.items():
    BODIES[template] = st.tuples(st.sampled_from(principals), st.sampled_from(ROLES)).map(
        lambda chosen: {"principalId": chosen[0], "resourceId": chosen[1][0],
                        "appRoleId": chosen[1][1]})


@schemathesis.hook
def before_generate_body(context, strategy):
    known = BODIES.get(f"{context.operation.method.upper()} {context.operation.path}")
    return st.one_of(known, known, strategy) if known is not None else strategy


def error_message(response):
    if response.status_code < 400:
        return ""
    try:
        return ascii(response.json()["error"]["message"][:200])
    except (ValueError, KeyError, TypeError):
        return "(no error envelope)"


@schemathesis.hook
def after_call(context, case, response):
    with open(folder("calls.txt"), "a", encoding="utf-8") as file:
        file.write(f"{case.method.upper()} {response.status_code} {case.operation.path} "
                   f"{json.dumps(case.query or {})} {json.dumps(case.headers.get('ConsistencyLevel'))} "
                   f"{error_message(response)}\n")


@lru_cache(maxsize=None)
def validator(method, path, status):
    schema = reply_schema(method, path, status)
    return Draft7Validator(CLOSED.document(schema)) if schema else None


@schemathesis.check
def no_invented_property(ctx, response, case):
    """Holds a reply to the closed schemas."""
    checker = validator(case.method.lower(), case.operation.path, str(response.status_code))
    if checker is None or not response.content:
        return
    for error in checker.iter_errors(response.json()):
        leaf = error
        while leaf.context:
            leaf = min(leaf.context, key=lambda one: len(list(one.context or [])))
        where = "/".join(str(part) for part in leaf.absolute_path)
        raise AssertionError(f"{where or 'the body'}: {leaf.message[:300]}")
