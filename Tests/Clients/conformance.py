"""Schemathesis over the API description: are the emulator's replies those that it describes?

    conformance.py OPENAPI CASES SEED

The identifiers and the query options come from the scenario, through conformance_hooks.py. Only
operations that Graph documents are called, and the few others that are known to be real.
"""

import json
import math
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import requests

import stage
from checks import Checks, endpoint, folder

METHODS = {"get", "post", "put", "patch", "delete"}
# Undocumented in the description, and real all the same (the notes beside it say so).
REAL = ("/$count", "/directory/deletedItems", "/owners", "/memberOf/", "/transitiveMemberOf/",
        "/ownedObjects/", "/appRoleAssignments/{appRoleAssignment-id}", "/$batch")
CHECKS = ["not_a_server_error", "status_code_conformance", "content_type_conformance",
          "response_schema_conformance", "no_invented_property"]


def described(path):
    """The description without what Graph does not have."""
    description = json.loads(Path(path).read_text())
    for template, item in list(description["paths"].items()):
        for method in list(METHODS & item.keys()):
            real = method == "get" or template == "/$batch"
            if not item[method].get("x-documented") and not (
                    real and any(part in template for part in REAL)):
                del item[method]
        if not METHODS & item.keys():
            del description["paths"][template]
    return description


def token():
    reply = requests.post(
        f"{endpoint()}/{os.environ['AZURE_TENANT_ID']}/oauth2/v2.0/token", timeout=30, data={
            "grant_type": "client_credentials", "client_id": stage.SECRET_CLIENT,
            "client_secret": stage.SECRET, "scope": "https://graph.microsoft.com/.default"})
    reply.raise_for_status()
    return reply.json()["access_token"]


class Graph:
    """The few calls that find out what the tenant holds under names of its own."""

    def __init__(self, bearer):
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {bearer}"

    def send(self, method, path, body=None):
        return self.session.request(
            method, f"{endpoint()}/v1.0/{path}", json=body, timeout=30)

    def ids(self, path):
        reply = self.send("GET", path)
        return [one["id"] for one in reply.json().get("value", [])] if reply.ok else []


def prepare(graph, scenario):
    """Leaves traces: deleted users, audit records, requests for a package."""
    guests = [one["id"] for one in scenario["users"] if one.get("userType") == "Guest"]
    for guest in guests[-14:-8]:
        graph.send("DELETE", f"users/{guest}")
    for guest in guests[:3]:
        graph.send("PATCH", f"users/{guest}", {"jobTitle": "Auditor"})
    package = scenario["accessPackages"][0]
    for guest in guests[5:9]:
        graph.send(
            "POST", "identityGovernance/entitlementManagement/assignmentRequests", {
                "requestType": "adminAdd", "assignment": {
                    "targetId": guest, "accessPackageId": package["id"],
                    "assignmentPolicyId": package["assignmentPolicies"][0]["id"]}})


def identifiers(graph, scenario):
    """What the tenant holds, by kind."""
    governance = "identityGovernance/entitlementManagement"
    found = {name: graph.ids(path) for name, path in {
        "applications": "applications", "directoryRoles": "directoryRoles",
        "organization": "organization", "audits": "auditLogs/directoryAudits",
        "deletedUsers": "directory/deletedItems/microsoft.graph.user",
        "accessPackages": f"{governance}/accessPackages",
        "assignmentPolicies": f"{governance}/assignmentPolicies",
        "assignmentRequests": f"{governance}/assignmentRequests",
        "packageAssignments": f"{governance}/assignments",
        "connectedOrganizations": f"{governance}/connectedOrganizations"}.items()}
    found["appRoleAssignments"] = [
        one for app in scenario["servicePrincipals"]
        for one in graph.send("GET", f"servicePrincipals/{app['id']}/appRoleAssignedTo")
        .json().get("value", [])]
    return found


def main():
    openapi, cases, seed = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    checks = Checks("schemathesis")
    description = described(openapi)
    operations = sum(len(METHODS & item.keys()) for item in description["paths"].values())
    Path(folder("openapi.json")).write_text(json.dumps(description))
    scenario = json.loads(Path(folder("scenario.json")).read_text())
    bearer = token()
    graph = Graph(bearer)
    prepare(graph, scenario)
    Path(folder("identifiers.json")).write_text(json.dumps(identifiers(graph, scenario)))
    calls = Path(folder("calls.txt"))
    calls.touch()
    started = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "run", folder("openapi.json"),
         "--url", f"{endpoint()}/v1.0", "--header", f"Authorization: Bearer {bearer}",
         "--checks", ",".join(CHECKS), "--mode", "positive", "--phases", "fuzzing",
         # Some operations have fewer cases that differ than they are asked for.
         "--max-examples", str(math.ceil(1.15 * cases / operations)), "--seed", seed,
         "--workers", "1", "--continue-on-failure", "--no-shrink", "--no-color",
         "--generation-database", "none", "--suppress-health-check", "all",
         "--tls-verify", folder("root.pem"), "--warnings", "off"],
        # It keeps notes where it runs.
        cwd=folder(""), env={
            **os.environ, "SCHEMATHESIS_HOOKS": "conformance_hooks",
            "PYTHONPATH": str(Path(__file__).resolve().parent)},
        capture_output=True, text=True, check=False)
    elapsed = time.monotonic() - started
    # `METHOD STATUS` for each call that was made.
    made = Counter(tuple(line.split()[:2]) for line in calls.read_text().splitlines())
    total = sum(made.values())
    gets = sum(count for (method, _), count in made.items() if method == "GET")
    good = sum(count for (method, status), count in made.items()
               if method == "GET" and status.startswith("2"))
    print(f"  {total} cases over {operations} operations in {elapsed:.0f} s, seed {seed}")
    print("  " + ", ".join(f"{method} {status}: {count}"
                           for (method, status), count in sorted(made.items())))
    if os.environ.get("REHEARSAL_TRACE"):
        print(calls.read_text())
    checks.holds(f"at least {cases} cases", total >= cases, total)
    checks.holds(
        f"at least 40 % of GET cases are answered 2xx ({good} of {gets})", good >= 0.4 * gets)
    checks.holds(f"every reply passes {len(CHECKS)} checks", run.returncode == 0)
    if run.returncode:
        report = run.stdout + run.stderr
        print(report if os.environ.get("REHEARSAL_TRACE") else report[-6000:])
    checks.end()


if __name__ == "__main__":
    main()
