#!/usr/bin/env python3
"""Puts real clients on the emulator and prints what held.

Run by a Python that has what requirements.txt names:

    prove.py --emulator PROGRAM --tenant SCENARIO [--az PROGRAM]
             [--openapi FILE [--cases N] [--seed N]] [CLIENT…]

The clients are sdk_sign_in, sdk_graph, office365_client, raw_http, azure_cli (with --az) and conformance
(with --openapi); without a name all of those that can run. The exit status is 0 when every check of
every client holds, and 1 otherwise.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# Nothing is left behind beside the sources.
sys.dont_write_bytecode = True

from stage import Stage  # noqa: E402

HERE = Path(__file__).resolve().parent


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--emulator", required=True, help="the graph-emulator program")
    parser.add_argument("--tenant", required=True, help="a scenario, whose clients are replaced")
    parser.add_argument("--az", help="the az program")
    parser.add_argument("--openapi", help="the API description")
    parser.add_argument("--cases", type=int, default=300, help="cases of the conformance run")
    parser.add_argument("--seed", type=int, default=20261120, help="seed of the conformance run")
    parser.add_argument("clients", nargs="*")
    options = parser.parse_args()

    # Each client runs in a folder of its own.
    openapi = Path(options.openapi).resolve() if options.openapi else None
    known = {
        "sdk_sign_in": [], "sdk_graph": [], "office365_client": [], "raw_http": [],
        "azure_cli": [options.az] if options.az else None,
        "conformance": [str(openapi), str(options.cases), str(options.seed)]
        if openapi else None,
    }
    chosen = options.clients or [name for name, words in known.items() if words is not None]
    unknown = [name for name in chosen if known.get(name) is None]
    if unknown:
        parser.error(f"cannot run {', '.join(unknown)}")

    usage = subprocess.run(
        [options.emulator, "--help"], capture_output=True, text=True, check=True).stdout
    limits = ["--limits", "none"] if "--limits" in usage else []
    failed = []
    for name in chosen:
        # An emulator for each: what one client wrote must not help or hinder the next.
        with tempfile.TemporaryDirectory(prefix="rehearsal-") as folder:
            # The service's limits are a test of their own; here they would only slow the run down.
            stage = Stage(options.emulator, options.tenant, folder, limits)
            started = time.monotonic()
            try:
                print(f"{name}, against {stage.endpoint}", flush=True)
                run = subprocess.run(
                    [sys.executable, str(HERE / f"{name}.py"), *known[name]],
                    env=stage.environment(), cwd=HERE, check=False)
            finally:
                alive = stage.process.poll() is None
                stage.close()
            print(f"{name}: {time.monotonic() - started:.1f} s", flush=True)
            if run.returncode or not alive:
                failed.append(name if alive else f"{name} (the emulator ended)")
    print("every check of every client holds" if not failed else f"failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
