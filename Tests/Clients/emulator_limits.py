"""Holds the emulator to its size: a large tenant, many idle connections, memory over many requests.

Usage: emulator_limits.py GRAPH_EMULATOR
Prints a line for each figure and exits 1 where one falls short. Uses the standard library only.
"""

import hashlib
import http.client
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

USERS = "guests=190000,members=10000,apps=500,groups=100,assignments=1000000"
IDLE = 10_000
REQUESTS = 1_000_000
met = True


def say(name, figure, bar, fits):
    global met
    met = met and fits
    print(f"{name}: {figure} (bar {bar}{'' if fits else '; FALLS SHORT'})", flush=True)


def memory(process, field):
    with open(f"/proc/{process.pid}/status") as status:
        for line in status:
            if line.startswith(field):
                return int(line.split()[1]) / 1024
    return 0


def start(program, folder, *arguments):
    environment = os.path.join(folder, "env")
    command = [program, "--limits", "none", "--env", environment, *arguments]
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline()
    seconds = time.monotonic() - began
    if not line.startswith("listening on "):
        sys.exit("the emulator did not start")
    with open(environment) as text:
        variables = dict(row.strip().split("=", 1) for row in text)
    return process, variables, seconds


def token(variables):
    base, tenant = variables["GUESTLIST_ENDPOINT"], variables["AZURE_TENANT_ID"]
    form = urllib.parse.urlencode(
        {
            "grant_type": "client_credentials",
            "client_id": variables["AZURE_CLIENT_ID"],
            "client_secret": variables["AZURE_CLIENT_SECRET"],
            "scope": "https://graph.microsoft.com/.default",
        }
    )
    with urllib.request.urlopen(f"{base}/{tenant}/oauth2/v2.0/token", form.encode()) as reply:
        return json.load(reply)["access_token"]


def control(variables, route, body=None):
    """Calls one of the emulator's own routes; yields its reply and the seconds that it took."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{variables['GUESTLIST_ENDPOINT']}/_emulator/{route}", data)
    began = time.monotonic()
    with urllib.request.urlopen(request, timeout=600) as reply:
        return reply.read(), time.monotonic() - began


def digest(state):
    """Of a state without the moment at which it was taken."""
    moment = state.index(b'"now":')
    return hashlib.sha256(state[:moment] + state[state.index(b",", moment):]).hexdigest()


def large(program, folder):
    process, variables, seconds = start(program, folder, "--size", USERS)
    peak = memory(process, "VmHWM")
    say("emulator-start-200k-users-1M-assignments", f"{seconds:.1f} s", "at most 10 s", seconds <= 10)
    say("emulator-memory-200k-users-1M-assignments", f"{peak:.0f} MiB", "at most 2048 MiB", peak <= 2048)
    state, read = control(variables, "state")
    before, size = digest(state), len(state) / (1 << 20)
    del state
    _, kept = control(variables, "snapshot", {"name": "first"})
    control(variables, "interfere", {"action": "delete", "user": "guest1@northwind.example"})
    changed = digest(control(variables, "state")[0]) != before
    _, back = control(variables, "restore", {"name": "first"})
    same = digest(control(variables, "state")[0]) == before
    peak = memory(process, "VmHWM")
    process.terminate()
    process.wait()
    say("emulator-state-200k-users-1M-assignments", f"{read:.1f} s, {size:.0f} MiB", "it is written", size > 0)
    seconds = kept + back
    fits = seconds <= 30 and changed and same
    say("emulator-snapshot-and-restore-200k-users-1M-assignments", f"{seconds:.1f} s", "at most 30 s, the same state", fits)
    say("emulator-memory-with-snapshot-and-restore", f"{peak:.0f} MiB", "none", True)


def busy(program, folder):
    process, variables, _ = start(program, folder, "--size", "guests=1000,members=200,apps=20")
    address = urllib.parse.urlparse(variables["GUESTLIST_ENDPOINT"])
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    idle = []
    for number in range(IDLE):
        connection = socket.create_connection((address.hostname, address.port), timeout=10)
        # Every other one stops in the middle of its request line.
        if number % 2:
            connection.send(b"GET /v1.0/us")
        idle.append(connection)
    headers = {"Authorization": "Bearer " + token(variables)}
    client = http.client.HTTPConnection(address.hostname, address.port)

    def ask():
        client.request("GET", "/v1.0/users?$top=1&$select=id", headers=headers)
        reply = client.getresponse()
        reply.read()
        return reply.status

    began = time.monotonic()
    status = ask()
    seconds = time.monotonic() - began
    fits = status == 200 and seconds <= 1
    say(f"emulator-reply-beside-{IDLE}-idle-connections", f"{seconds:.3f} s", "at most 1 s", fits)
    for connection in idle:
        connection.close()
    for _ in range(REQUESTS // 10):
        ask()
    before = memory(process, "VmRSS")
    for _ in range(REQUESTS - REQUESTS // 10):
        ask()
    growth = memory(process, "VmRSS") - before
    say(f"emulator-growth-over-{REQUESTS}-requests", f"{growth:.1f} MiB", "at most 8 MiB", growth <= 8)
    process.terminate()
    say("emulator-exit-code", process.wait(), "0", process.returncode == 0)


def main():
    with tempfile.TemporaryDirectory() as folder:
        large(sys.argv[1], folder)
        busy(sys.argv[1], folder)
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
