"""Validates every YAML example of the repository against `guestlist schema`.

usage: schema.py PROGRAM CHECK_JSONSCHEMA WORK

The validator knows nothing of Guestlist. That it finds mistakes at all is shown by some that it must find.
"""

import pathlib
import re
import subprocess
import sys

WRONG = {
    "an unknown section": "guest: []\n",
    "an unknown key": "guests:\n  - {email: ana@acme.example, bundle: dev}\n",
    "a missing key": "partners:\n  acme: {name: Acme}\n",
    "a wrong type": "lifecycle: {block: yes}\n",
    "a wrong date": "guests:\n  - {email: ana@acme.example, expires: 31.03.2031}\n",
    "a key that is not supported": "trust: {portal: keys/portal.pub}\n",
}


def examples():
    """The files of Contoso, and what the READMEs write or show as YAML."""
    found = {str(path): path.read_text() for path in sorted(pathlib.Path("desired-state").rglob("*.yaml"))}
    for page in [*pathlib.Path(".").glob("*.md"), *pathlib.Path("desired-state").rglob("*.md")]:
        text = page.read_text()
        written = re.findall(r"^cat >+ \S+\.ya?ml <<'(\w+)'\n(.*?)^\1$", text, re.MULTILINE | re.DOTALL)
        blocks = [body for _, body in written] + re.findall(r"^```ya?ml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
        found.update({f"{page} ({number + 1})": body for number, body in enumerate(blocks)})
    return found


def main(program, validator, work):
    work = pathlib.Path(work)
    schema = work / "guestlist.schema.json"
    schema.write_bytes(subprocess.run([program, "schema"], check=True, stdout=subprocess.PIPE).stdout)

    def accepts(text):
        file = work / "example.yaml"
        file.write_text(text)
        return subprocess.run([validator, "--schemafile", schema, file], capture_output=True, text=True)

    subprocess.run([validator, "--check-metaschema", schema], check=True)
    faults = 0
    good = examples()
    for name, text in good.items():
        done = accepts(text)
        if done.returncode != 0:
            faults += 1
            print(f"{name} is refused:\n{done.stdout}{done.stderr}")
    for name, text in WRONG.items():
        if accepts(text).returncode == 0:
            faults += 1
            print(f"{name} is accepted")
    print(f"{len(good)} examples and {len(WRONG)} mistakes: {faults} judged wrongly")
    return 1 if faults or len(good) < 10 else 0


sys.exit(main(*sys.argv[1:]))
