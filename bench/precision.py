"""How many default findings on real repositories are right: by rule, by family and over all.

    python bench/precision.py DIR --labels FILE      a table of the findings over labelled repositories
    python bench/precision.py DIR --labels FILE --show new
    python bench/precision.py DIR --draw 100 --seed 1 > drawn.csv
    python bench/precision.py --judged drawn.csv     what a reader made of drawn findings, after filling in `label`

DIR holds repositories, each judged as a root of its own in the default profile. FILE is a CSV with the columns repository, path,
line, rule and label: `true` (a maintainer would act, or say "fair point"), `weak` (true, but not worth an interruption) or `false`.
A finding matches the nearest label of its repository, path and rule, also under a former id, within three lines. `--draw` prints
that many findings, chosen by seed among all, with the lines around each, as CSV whose column `label` is empty.
"""

from __future__ import annotations

import argparse
import collections
import csv
import pathlib
import random
import sys
from collections.abc import Iterator

import infralint
from infralint.text.finding import Finding

NEAR = 3
LABELS = ("true", "weak", "false", "new")
COLUMNS = ("repository", "path", "line", "rule", "severity", "message", "excerpt", "label")
Labels = dict[tuple[str, str, str], list[tuple[int, str]]]


def read_labels(file: pathlib.Path) -> Labels:
    """The labels by repository, path and the rule's id of today."""
    today = {old: rule.id for rule in infralint.rules() for old in rule.entry["formerly"]}
    found: Labels = collections.defaultdict(list)
    with file.open(newline="", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            rule = today.get(row["rule"], row["rule"])
            found[row["repository"], row["path"], rule].append((int(row["line"]), row["label"]))
    return found


def findings_in(folder: pathlib.Path, names: list[str]) -> Iterator[tuple[str, Finding]]:
    """The default findings of each repository."""
    for name in names:
        root = folder / name
        for finding in infralint.check([root], root=root).findings:
            yield name, finding


def label_of(labels: Labels, repository: str, finding: Finding) -> tuple[str, tuple[str, str, str, int] | None]:
    """The label of a finding, and which row gave it; `new` where none is near."""
    key = (repository, finding.path, finding.rule)
    near = min(labels.get(key, ()), key=lambda row: abs(row[0] - finding.line), default=None)
    if near is None or abs(near[0] - finding.line) > NEAR:
        return "new", None
    return near[1], (*key, near[0])


def row_of(name: str, count: collections.Counter[str]) -> str:
    """One line of a table."""
    judged = sum(count[label] for label in LABELS[:3])
    share = f"{100 * count['true'] / judged:5.0f}" if judged else "    -"
    return f"{name:48}" + "".join(f"{count[label]:7}" for label in LABELS) + f"  {share}"


def measure(folder: pathlib.Path, file: pathlib.Path, show: str | None) -> None:
    """Print the tables, or the findings of a label."""
    labels = read_labels(file)
    names = sorted({key[0] for key in labels if (folder / key[0]).is_dir()})
    rules: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    kept = set()
    for repository, finding in findings_in(folder, names):
        label, row = label_of(labels, repository, finding)
        rules[finding.rule][label] += 1
        kept.add(row)
        if show == label:
            print(f"{repository}/{finding.path}:{finding.line} {finding.rule}: {finding.message}")
    wanted = {
        (*key, line) for key, rows in labels.items() for line, label in rows if label == "true" and key[0] in names
    }
    if show == "lost":
        print("\n".join(f"{one[0]}/{one[1]}:{one[3]} {one[2]}" for one in sorted(wanted - kept)))
    if show is not None:
        return
    print(f"{'rule':48}" + "".join(f"{label:>7}" for label in LABELS) + "  true %")
    for rule, count in sorted(rules.items(), key=lambda item: (-item[1]["false"], -item[1]["weak"], item[0])):
        print(row_of(rule, count))
    families: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for rule, count in rules.items():
        families[rule.partition("/")[0]] += count
    print()
    for family, count in sorted(families.items()):
        print(row_of(family, count))
    print(row_of("all", sum(rules.values(), collections.Counter())))
    print(f"{len(wanted & kept)} of {len(wanted)} true findings kept, in {len(names)} repositories")


def excerpt(root: pathlib.Path, finding: Finding) -> str:
    """The lines around a finding, the credentials of the file starred."""
    report = infralint.check([root / finding.path], root=root)
    lines = report.masked(finding.path).split("\n")
    first = max(finding.line - 3, 0)
    return "\n".join(lines[first : finding.line + 2])


def draw(folder: pathlib.Path, count: int, seed: int) -> None:
    """Print findings that were chosen by seed, for a reader to judge."""
    names = sorted(path.name for path in folder.iterdir() if path.is_dir())
    found = list(findings_in(folder, names))
    chosen = random.Random(seed).sample(found, min(count, len(found)))
    writer = csv.writer(sys.stdout)
    writer.writerow(COLUMNS)
    for name, one in chosen:
        around = excerpt(folder / name, one)
        writer.writerow((name, one.path, one.line, one.rule, one.severity.label, one.message, around, ""))


def judged(file: pathlib.Path) -> None:
    """Print what a reader made of drawn findings."""
    count: collections.Counter[str] = collections.Counter()
    with file.open(newline="", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            count[row["label"] or "new"] += 1
    print(row_of("drawn", count))


def main() -> int:
    """Read the arguments and do what they say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=pathlib.Path)
    parser.add_argument("--labels", type=pathlib.Path)
    parser.add_argument("--show", choices=[*LABELS, "lost"])
    parser.add_argument("--draw", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--judged", type=pathlib.Path)
    options = parser.parse_args()
    if options.judged is not None:
        judged(options.judged)
    elif options.folder is not None and options.draw is not None:
        draw(options.folder, options.draw, options.seed)
    elif options.folder is not None and options.labels is not None:
        measure(options.folder, options.labels, options.show)
    else:
        parser.error("name a folder with --labels FILE or --draw N, or a file with --judged")
    return 0


if __name__ == "__main__":
    sys.exit(main())
