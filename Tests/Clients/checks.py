"""A list of what was seen to hold, printed line by line; the process fails with the first gap."""

import os
import sys
import traceback


class Checks:
    def __init__(self, client):
        self.client = client
        self.count = 0
        self.failed = 0

    def holds(self, what, condition, seen=None):
        self.count += 1
        if condition:
            print(f"  ok    {what}")
        else:
            self.failed += 1
            print(f"  FAIL  {what}" + (f": {seen!r}" if seen is not None else ""))

    def step(self, what):
        """A context whose exceptions count as one failure, so that the steps after it still run."""
        return _Step(self, what)

    def end(self):
        print(f"{self.client}: {self.count - self.failed} of {self.count} checks hold")
        sys.exit(1 if self.failed or not self.count else 0)


class _Step:
    def __init__(self, checks, what):
        self.checks = checks
        self.what = what

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if error is None or not issubclass(kind, Exception):
            return False
        self.checks.count += 1
        self.checks.failed += 1
        first = (str(error).strip().splitlines() or [""])[0]
        print(f"  FAIL  {self.what}: {kind.__name__}: {first[:400]}")
        if os.environ.get("REHEARSAL_TRACE"):
            traceback.print_exception(kind, error, trace)
        return True


def endpoint():
    return os.environ["GRAPH_ENDPOINT"]


def folder(name):
    return os.path.join(os.environ["REHEARSAL_FOLDER"], name)
