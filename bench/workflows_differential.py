"""Our findings on workflows against zizmor's own offline run, rule by rule and line by line.

    python bench/workflows_differential.py DIR [--zizmor PATH] [--rule NAME] [--show N]

Every folder of DIR is a repository. Only zizmor's rules that some rule claims are compared, both ways; a pair agrees
when the same file has a finding of the same rule whose span and zizmor's locations share a line. Files that zizmor
says it cannot read, and that are workflows for GitHub, are named and left out; so are rules that need the network.
"""

from __future__ import annotations

import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys

import infralint

ONLINE = frozenset(
    ("impostor-commit", "known-vulnerable-actions", "ref-confusion", "ref-version-mismatch", "stale-action-refs")
)
"""Rules that zizmor asks only where it may use the network."""


def theirs(zizmor: str, folder: pathlib.Path) -> tuple[list[tuple[str, str, set[int]]], set[str]]:
    """What zizmor reports: rule, path, the lines of all its locations; and the files that it cannot read."""
    command = [zizmor, "--offline", "--persona", "auditor", "--format", "json", "--no-progress", "--no-exit-codes", "."]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600, check=False)
    refused = {path.removeprefix("./") for path in re.findall(r"failed to \w+ file://(\S+)", run.stderr)}
    if not run.stdout.strip():
        return [], refused
    found = []
    for each in json.loads(run.stdout):
        places: dict[str, set[int]] = collections.defaultdict(set)
        for location in each["locations"]:
            key = location["symbolic"]["key"]
            local = key.get("Local") or {}
            path = str(local.get("verbatim_path") or local.get("given_path") or "").removeprefix("./")
            span = location["concrete"]["location"]
            first, last = span["start_point"]["row"] + 1, span["end_point"]["row"] + 1
            if location["symbolic"].get("kind") != "Hidden":
                places[path].update(range(first, min(last, first + 40) + 1))
        found += [(each["ident"], path, lines) for path, lines in places.items()]
    return found, refused


def ours(folder: pathlib.Path) -> list[tuple[str, str, set[int], str]]:
    """What we report under zizmor's names, our own rule last."""
    report = infralint.check([folder], root=folder, select="all")
    return [
        (name.partition("/")[2], finding.path, set(range(finding.line, finding.end_line + 1)), finding.rule)
        for finding in report.findings
        for name in finding.same_as
        if name.startswith("zizmor/")
    ]


def main() -> int:
    """Print a row per rule: both, only zizmor, only we; and samples of what only one of us reports."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--zizmor", default="zizmor")
    parser.add_argument("--rule")
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    claimed = {
        name.partition("/")[2] for rule in infralint.rules() for name in rule.same_as if name.startswith("zizmor/")
    } - ONLINE
    table: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    samples: dict[str, list[str]] = collections.defaultdict(list)
    for folder in sorted(path for path in options.folder.iterdir() if path.is_dir()):
        if not any((folder / ".github").rglob("*.y*ml")):
            continue
        left, refused = theirs(options.zizmor, folder)
        for path in sorted(refused):
            print(f"{folder.name}/{path}: zizmor cannot read it", file=sys.stderr)
        right = [
            each
            for each in ours(folder)
            if each[1] not in refused
            and (
                each[1].startswith(".github/")
                or each[1].endswith(("action.yml", "action.yaml", ".pre-commit-config.yaml"))
            )
        ]
        if not left:  # it ended before its time, or found nothing at all
            print(f"{folder.name}: no answer of zizmor", file=sys.stderr)
            continue
        for rule, path, lines in left:
            if rule not in claimed or (options.rule and rule != options.rule):
                continue
            same = any(rule == name and path == where and lines & at for name, where, at, _ in right)
            table[rule]["both" if same else "only zizmor"] += 1
            if not same:
                samples[f"{rule}: only zizmor"].append(f"{folder.name}/{path}:{min(lines)}")
        for name, where, at, rule_file in right:
            if name not in claimed or (options.rule and name != options.rule):
                continue
            if not any(rule == name and path == where and lines & at for rule, path, lines in left):
                table[name]["only we"] += 1
                samples[f"{name}: only we"].append(f"{folder.name}/{where}:{min(at)} ({rule_file})")
    total: collections.Counter[str] = collections.Counter()
    print(f"{'':28}{'both':>8}{'only zizmor':>14}{'only we':>10}")
    for rule in sorted(table):
        total.update(table[rule])
        print(f"{rule:28}{table[rule]['both']:>8}{table[rule]['only zizmor']:>14}{table[rule]['only we']:>10}")
    print(f"{'all':28}{total['both']:>8}{total['only zizmor']:>14}{total['only we']:>10}")
    found, shared = (100 * total["both"] / max(1, total["both"] + total[side]) for side in ("only zizmor", "only we"))
    print(f"{found:.2f} % of zizmor's findings are ours, {shared:.2f} % of ours are zizmor's")
    for name in sorted(samples) if options.show else ():
        print(f"\n{name}", *samples[name][: options.show], sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
