"""Hold our Dockerfile fixes against two witnesses: python bench/dockerfile_fixes.py FOLDER [--hadolint PATH].

Every rule with a fix fixes, alone, a copy of each Dockerfile that it finds at fault. Then hadolint must not find that fault
any more where we find none, nor any new one; and BuildKit's own parser (package `dockerfile`) must still take the file.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import dockerfile

import infralint
from infralint.policy.catalogue import Rule

SETTINGS = "failure-threshold: none\n"
REVEALED = {
    "dockerfile/add-instead-of-copy": {"DL3045"},
    "dockerfile/apt-instead-of-apt-get": {"DL3008", "DL3014", "DL3015"},
    "dockerfile/sudo-in-run": {"DL3008", "DL3009", "DL3015"},
}
"""Faults which were there before, and which hadolint does not see in ADD, in apt, or behind sudo."""


def witness(hadolint: str, folder: str, names: list[str]) -> dict[str, collections.Counter[str]]:
    """hadolint's codes by file; a file that it cannot parse has DL1000."""
    found: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as settings:
        settings.write(SETTINGS)
        settings.flush()
        for at in range(0, len(names), 50):
            command = [hadolint, "--no-fail", "-f", "json", "-c", settings.name, "--", *names[at : at + 50]]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            for row in json.loads(done.stdout or "[]"):
                if row["code"].startswith("DL"):
                    found[row["file"]][row["code"]] += 1
    return found


def parses(path: str) -> bool:
    """Whether BuildKit's parser takes a file."""
    try:
        dockerfile.parse_file(path)
    except dockerfile.GoParseError:
        return False
    return True


def apply_rule(rule: Rule, paths: list[str], root: str, folder: str) -> list[str]:
    """Copies of the files, under numbers, fixed by one rule; the names of those that changed."""
    names = []
    for number, path in enumerate(paths):
        name = f"{number}.Dockerfile"
        shutil.copy(os.path.join(root, path), os.path.join(folder, name))
        names.append(name)
    before = {name: pathlib.Path(folder, name).read_bytes() for name in names}
    infralint.fix([pathlib.Path(folder)], root=pathlib.Path(folder), select=[rule.id], unsafe=True)
    return [name for name in names if pathlib.Path(folder, name).read_bytes() != before[name]]


def main() -> int:
    """Fix, ask, print a row a rule; 1 if a witness objects."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--hadolint", default=shutil.which("hadolint"))
    options = parser.parse_args()
    if not options.hadolint:
        sys.exit("hadolint is not on PATH; say where it is with --hadolint")
    root = pathlib.Path(options.folder)
    by_rule: dict[str, set[str]] = collections.defaultdict(set)
    for finding in infralint.check([root], root=root, select=["dockerfile"]).findings:
        if finding.fix is not None:
            by_rule[finding.rule].add(finding.path)
    rules = [rule for rule in infralint.rules() if rule.id in by_rule]
    objections = 0
    print(f"{'':44}{'files':>7}{'fixed':>8}{'objections':>12}")
    for rule in rules:
        paths = sorted(by_rule[rule.id])
        with tempfile.TemporaryDirectory() as old, tempfile.TemporaryDirectory() as new:
            for number, path in enumerate(paths):
                shutil.copy(root / path, os.path.join(old, f"{number}.Dockerfile"))
            changed = apply_rule(rule, paths, options.folder, new)
            left = {
                finding.path
                for finding in infralint.check([pathlib.Path(new)], root=pathlib.Path(new), select=[rule.id]).findings
            }
            was, now = witness(options.hadolint, old, changed), witness(options.hadolint, new, changed)
            codes = {name.partition("/")[2] for name in rule.same_as if name.startswith("hadolint/DL")}
            said = []
            for name in changed:
                path = paths[int(name.partition(".")[0])]
                fresh = {code for code in now[name] if now[name][code] > was[name][code]} - REVEALED.get(rule.id, set())
                stale = (
                    {code for code in codes & set(now[name]) if now[name][code] >= was[name][code]}
                    if name not in left
                    else set()
                )
                if parses(os.path.join(new, name)):
                    fresh.discard("DL1000")  # an instruction right below a here-document is hadolint's own trouble
                if fresh or stale:
                    said.append(f"{path}: new {sorted(fresh)}, still {sorted(stale)}")
                if parses(os.path.join(old, name)) and not parses(os.path.join(new, name)):
                    said.append(f"{path}: BuildKit does not parse it any more")
        objections += len(said)
        print(f"{rule.id:44}{len(paths):>7}{len(changed):>8}{len(said):>12}")
        for line in said[:5]:
            print(f"    {line}")
    print(f"{len(rules)} rules with a fix that is wanted here, {objections} objections")
    return int(objections > 0)


if __name__ == "__main__":
    sys.exit(main())
