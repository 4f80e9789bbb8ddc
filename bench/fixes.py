"""Every fix over real repositories: does it converge, parse, apply with git, and leave the rest alone?

Usage: python bench/fixes.py FOLDER     (each folder below FOLDER is one repository; nothing in it is changed)
"""

from __future__ import annotations

import pathlib
import shutil
import subprocess
import sys
import tempfile

from infralint.engine.fixing import FixReport, fix, write
from infralint.engine.options import Options
from infralint.engine.run import run


def main(folder: str) -> int:
    """Print the counts and every fault; 1 when there is one."""
    faults: list[str] = []
    files = applied = refused = 0
    for repository in sorted(path for path in pathlib.Path(folder).iterdir() if path.is_dir()):
        with tempfile.TemporaryDirectory() as home:
            copy = pathlib.Path(home, "copy")
            shutil.copytree(repository, copy, symlinks=True)
            result = fix([str(copy)], Options(root=str(copy), profile="all"), unsafe=True)
            files += len(result.files)
            applied += len(result.applied)
            refused += sum("was not applied" in notice.message for notice in result.notices)
            faults += [f"{repository.name}: {fault}" for fault in check(result, copy)]
    print(f"{files} files, {applied} fixes applied, {refused} refused by the guard, {len(faults)} faults")
    print("\n".join(faults))
    return int(bool(faults))


def check(result: FixReport, copy: pathlib.Path) -> list[str]:
    """What is wrong with one repository's fixes."""
    faults = [n.message for n in result.notices if "rounds" in n.message]
    patch = result.patch
    if patch:
        file = copy.parent / "fixes.patch"
        file.write_bytes(patch.encode("utf-8", "surrogateescape"))
        done = subprocess.run(
            ["git", "apply", "--check", str(file)], cwd=copy, capture_output=True, text=True, check=False
        )
        if done.returncode:
            faults.append(f"git apply: {done.stderr.strip()[:300]}")
    before = {
        one.path
        for one in run([str(copy)], Options(root=str(copy), profile="all")).findings
        if "unreadable" in one.rule
    }
    faults += write(result)
    after = run([str(copy)], Options(root=str(copy), profile="all"))
    faults += [
        f"{one.path}:{one.line}: {one.message}"
        for one in after.findings
        if "unreadable" in one.rule and one.path not in before
    ]
    for path in result.files:
        record = result.changed[path]
        if record.creates:
            continue
        text, edits = record.original.text, record.edits()
        at, now = 0, record.text
        rest = now
        for edit in edits:  # what lies between the edits stands in the new text, in order, untouched
            kept = text[at : edit.start]
            if not rest.startswith(kept):
                faults.append(f"{path}: bytes outside of the edits changed")
                break
            rest = rest[len(kept) + len(edit.text) :]
            at = edit.end
        else:
            if rest != text[at:]:
                faults.append(f"{path}: bytes behind the last edit changed")
    again = fix([str(copy)], Options(root=str(copy), profile="all"), unsafe=True)
    faults += [f"{path}: a second run changes it again" for path in again.files]
    return faults


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
