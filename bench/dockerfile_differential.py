"""Hold our Dockerfile findings against hadolint's own run: python bench/dockerfile_differential.py FOLDER [--list RULE].

Needs `hadolint` on PATH (or --hadolint PATH). For each DL rule that a rule answers, counts the findings that both
have (same file, same instruction), those only hadolint has, and those only ours are. A difference of a known sort is
held against its reason, instruction by instruction, and counted as explained only where the reason is true of it.
Files that hadolint cannot parse are counted apart; ours are judged all the same.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import Any

import infralint
from infralint.analysis.dockerfile.layers import mergeable_run_above
from infralint.analysis.dockerfile.pipes import pipeline_heads
from infralint.analysis.dockerfile.shells import first_word
from infralint.analysis.dockerfile.users import is_root
from infralint.model.dockerfile.document import DockerfileDocument
from infralint.model.index import Index

Place = tuple[str, str, int]
SETTINGS = "failure-threshold: none\ndisable-ignore-pragma: true\noverride:\n  info: [DL3057]\n"


def _commands(one: Any, *names: str) -> list[Any]:
    return [command for command in getattr(one, "commands", ()) if not names or command.name in names]


THEIRS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "DL3002": (
        "the stage is not part of the final image",
        lambda one: one.stage not in one.document.stages[-1].lineage,
    ),
    "DL3003": (
        "the folder is a variable of the shell, or the cd lies in a subshell, a branch or a dance with `..`",
        lambda one: all(
            c.is_in_subshell
            or c.is_conditional
            or any(str(w) in ("..", "-") or not isinstance(w, str) for w in c.operands)
            for c in _commands(one, "cd")
        ),
    ),
    "DL3008": ("only variables name the packages", lambda one: "$" in one.raw),
    "DL3009": ("`apt-get dist-clean` empties the lists", lambda one: "dist-clean" in one.raw),
    "DL3019": ("`--no-network` fetches no index", lambda one: "--no-network" in one.raw),
    "DL3021": ("the target is a variable", lambda one: "$" in str(one.destination)),
    "DL3022": ("the name has a slash, so an image is meant", lambda one: "/" in str(one.from_name)),
    "DL3029": ("the platform holds a variable", lambda one: "$" in one.raw),
    "DL3046": ("the number is a variable", lambda one: "$" in one.raw),
    "DL3047": (
        "an unquoted variable may hold the flag",
        lambda one: any(c.has_unknown_arguments for c in _commands(one, "wget")),
    ),
    "DL3057": (
        "only the last stage runs, and a base image that a variable names may bring a check",
        lambda one: one.stage is not one.document.stages[-1] or "$" in one.stage.header.raw,
    ),
    "DL3059": (
        "one of the two is no single command of sh",
        lambda one: mergeable_run_above(one) is None and first_word(one) == "powershell",
    ),
    "DL3066": (
        "root is no better as a number, and a variable may hold one",
        lambda one: is_root(one) is not False or "$" in one.raw,
    ),
    "DL3067": ("what an image made elsewhere holds is not known", lambda one: one.from_stage is None),
    "DL4005": (
        "nothing is replaced: no -f",
        lambda one: not any(c.has_flag("-f", "--force") for c in _commands(one, "ln")),
    ),
    "DL4006": (
        "the pipe is fed by what cannot fail (echo, printf, cat of a file that is there)",
        lambda one: all(str(c.name) in ("echo", "printf", "cat", "yes") for c in pipeline_heads(one)),
    ),
}
"""Why a finding of hadolint's is not ours, by rule, each with the test that the instruction has to pass."""
OURS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "DL3006": ("the argument's default is an image", lambda one: "$" in one.raw),
    "DL3007": ("the argument's default is an image", lambda one: "$" in one.raw),
    "DL3054": ("OCI's own labels have a form without a label schema", lambda one: "org.opencontainers" in one.raw),
    "DL3059": (
        "hadolint counts what stands in `$(...)` as commands of the RUN",
        lambda one: "$(" in one.raw or "$(" in mergeable_run_above(one).raw,
    ),
    "DL3066": ("the argument's default is a name", lambda one: "$" in one.raw),
}
"""Why a finding of ours is not hadolint's."""
for _rule in ("DL3004", "DL3008", "DL3009", "DL3013", "DL3015", "DL3016", "DL3028", "DL3042", "DL4006"):
    OURS[_rule] = (
        "it stands behind sudo, uv or a path, in `sh -c`, in CMD or in a trigger, or apt does as apt-get does",
        lambda one: (
            one.trigger
            or one.kind == "CMD"
            or any(w in one.raw for w in ("sudo ", "uv ", "bin/", "bash -c", "apt ", "gem "))
        ),
    )


def dockerfiles(folder: str) -> list[str]:
    """Paths below the folder, relative, that both tools are given."""
    found = []
    for base, _, names in os.walk(folder):
        for name in names:
            low = name.lower()
            named = (
                low in ("dockerfile", "containerfile") or low.startswith("dockerfile.") or low.endswith(".dockerfile")
            )
            if named and not low.endswith((".j2", ".tmpl", ".template", ".md", ".dockerignore", ".py", ".sh")):
                found.append(os.path.relpath(os.path.join(base, name), folder))
    return sorted(found)


def theirs(hadolint: str, folder: str, paths: list[str]) -> tuple[set[Place], set[str]]:
    """What hadolint finds, and the files which it cannot parse."""
    found: set[Place] = set()
    unparsed: set[str] = set()
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as settings:
        settings.write(SETTINGS)
        settings.flush()
        for at in range(0, len(paths), 50):
            command = [hadolint, "--no-fail", "-f", "json", "-c", settings.name, "--", *paths[at : at + 50]]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            for row in json.loads(done.stdout or "[]"):
                if row["code"] == "DL1000":
                    unparsed.add(row["file"])
                elif row["code"].startswith("DL"):
                    found.add((row["code"], row["file"], row["line"]))
    return found, unparsed


def ours(
    folder: str, paths: list[str], documents: dict[str, DockerfileDocument]
) -> tuple[set[Place], dict[str, list[tuple[int, int]]]]:
    """What we find under hadolint's names, each at the first line of its (last) instruction; and the instructions' lines."""
    lines = {
        path: [(i.node.first_line, i.node.last_line) for i in document.instructions if not i.trigger]
        for path, document in documents.items()
    }
    rules = [rule.id for rule in infralint.rules() if any(name.startswith("hadolint/DL") for name in rule.same_as)]
    report = infralint.check(
        [os.path.join(folder, path) for path in paths], root=folder, select=rules, config={"allow-inline": False}
    )
    found = set()
    for finding in report.findings:
        first = next((a for a, b in lines.get(finding.path, ()) if a <= finding.end_line <= b), finding.line)
        found.update((n.partition("/")[2], finding.path, first) for n in finding.same_as if n.startswith("hadolint/DL"))
    return found, lines


def main() -> int:
    """Compare, print a row a rule, and list the differences of one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--hadolint", default=shutil.which("hadolint"))
    parser.add_argument(
        "--list", metavar="RULE", default="", help="show each unexplained difference of this rule (or `all`)"
    )
    options = parser.parse_args()
    if not options.hadolint:
        sys.exit("hadolint is not on PATH; say where it is with --hadolint")
    index = Index(options.folder)
    sources = [source for path in dockerfiles(options.folder) if (source := index.source(path)) is not None]
    documents = {source.path: DockerfileDocument(source, index, "dockerfile") for source in sources}
    mine, lines = ours(options.folder, list(documents), documents)
    reported, unparsed = theirs(options.hadolint, options.folder, list(documents))
    answered = {n.partition("/")[2] for rule in infralint.rules() for n in rule.same_as if n.startswith("hadolint/DL")}
    hers = set()
    for code, path, line in reported:
        first = next((a for a, b in lines.get(path, ()) if a <= line <= b), line)
        hers.add((code, path, first))
    templates = {path for path in documents if "{{" in path or "template" in path}
    mine = {place for place in mine if place[1] not in unparsed | templates}
    hers = {place for place in hers if place[1] not in templates}
    at = {
        (path, one.node.first_line): one
        for path, document in documents.items()
        for one in document.instructions
        if not one.trigger
    }
    triggers = {
        (p, one.node.first_line): one
        for p, document in documents.items()
        for one in document.instructions
        if one.trigger
    }
    at.update(triggers)

    def explained(place: Place, reasons: dict[str, tuple[str, Callable[[Any], bool]]]) -> bool:
        one = at.get(place[1:])
        return one is not None and place[0] in reasons and reasons[place[0]][1](one)

    total: collections.Counter[str] = collections.Counter()
    print(f"{len(documents)} files; {len(unparsed)} of them hadolint cannot parse, {len(templates)} are templates")
    print(f"{'':8}{'both':>7}{'only hadolint':>15}{'explained':>11}{'only ours':>11}{'explained':>11}")
    for code in sorted(({place[0] for place in mine | hers} & answered) - {"DL1001"}):  # the pragma is off in both
        left, right = ({p for p in side if p[0] == code} for side in (hers, mine))
        theirs_only = {p for p in left - right if not explained(p, THEIRS)}
        ours_only = {p for p in right - left if not explained(p, OURS)}
        row = [len(left & right), len(left - right), len(left - right) - len(theirs_only)]
        row += [len(right - left), len(right - left) - len(ours_only)]
        print(f"{code:8}{row[0]:>7}{row[1]:>15}{row[2]:>11}{row[3]:>11}{row[4]:>11}")
        for reasons, count in ((THEIRS, row[2]), (OURS, row[4])):
            if count:
                print(f"{'':8}  {count} explained: {reasons[code][0]}")
        total.update({"both": row[0], "theirs": len(theirs_only), "ours": len(ours_only)})
        if options.list in (code, "all"):
            for sign, places in (("-", theirs_only), ("+", ours_only)):
                for _, path, line in sorted(places):
                    print(f"  {sign} {path}:{line}")
    found = 100 * total["both"] / max(1, total["both"] + total["theirs"])
    shared = 100 * total["both"] / max(1, total["both"] + total["ours"])
    print(
        f"explained differences apart, {found:.2f} % of hadolint's findings are ours, {shared:.2f} % of ours hadolint's"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
