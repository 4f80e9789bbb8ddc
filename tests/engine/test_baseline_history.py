"""A baseline over a history of moves, renames and edits: no old finding comes back as new, and no new one is taken for old."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest

from infralint.engine.baseline import Baseline, entries_of, match
from infralint.engine.changed import findings_of
from infralint.engine.options import Options
from infralint.engine.report import Report
from infralint.engine.run import run

RULES = ["privileged-service", "sudo-in-run", "duplicate-key"]


class Repository:
    """Files made of items; the faulty ones are counted, each by a name of its own."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.chance = random.Random(seed)
        self.number = 0
        self.files: dict[str, list[dict[str, object]]] = {}
        for name in (
            "app/compose.yaml",
            "app/Dockerfile",
            "app/.env",
            "web/compose.yaml",
            "web/Dockerfile",
            "web/.env",
        ):
            self.files[name] = [self.item(name, faulty=at % 2 == 0) for at in range(4)]

    def item(self, name: str, *, faulty: bool) -> dict[str, object]:
        self.number += 1
        return {"name": f"n{self.number}x", "faulty": faulty, "edits": 0}

    def faults(self) -> set[str]:
        return {str(item["name"]) for items in self.files.values() for item in items if item["faulty"]}

    def write(self) -> None:
        for path in sorted(self.root.rglob("*"), reverse=True):
            if ".git" not in path.parts:
                path.unlink() if path.is_file() else path.rmdir()
        for name, items in self.files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.text(name, items), encoding="utf-8")

    def text(self, name: str, items: list[dict[str, object]]) -> str:
        lines = []
        for item in items:
            who, extra = item["name"], f"-v{item['edits']}"
            if name.endswith("yaml"):
                lines += [
                    f"  {who}:",
                    f"    image: example.org/{who}{extra}:1.2.3",
                    *(["    privileged: true"] if item["faulty"] else []),
                ]
            elif name.endswith(".env"):
                lines += [f"{who}={extra}"] * (2 if item["faulty"] else 1)
            else:
                lines.append(f"RUN {'sudo ' if item['faulty'] else ''}/opt/{who} --level {extra}")
        head = {"yaml": ["services:"], "env": []}.get(name.rpartition(".")[2], ["FROM debian:13"])
        return "\n".join([*head, *lines]) + "\n"

    def step(self) -> str:
        """Change something; says what."""
        name = self.chance.choice(sorted(self.files))
        items = self.files[name]
        what = self.chance.choice(["insert", "shuffle", "edit", "rename", "folder", "add", "mend"])
        at = self.chance.randrange(len(items) + 1)
        if what == "insert":
            items.insert(at, self.item(name, faulty=False))
        elif what == "shuffle":
            self.chance.shuffle(items)
        elif what == "edit":
            item = self.chance.choice(items)
            item["edits"] = int(str(item["edits"])) + 1
        elif what == "rename" and "Dockerfile" in name:
            self.files[f"{name.rpartition('/')[0]}/Dockerfile.r{self.chance.randrange(10**6)}"] = self.files.pop(name)
        elif what == "folder":
            old, fresh = name.partition("/")[0], f"d{self.chance.randrange(10**6)}"
            self.files = {
                n.replace(f"{old}/", f"{fresh}/", 1) if n.startswith(f"{old}/") else n: i for n, i in self.files.items()
            }
        elif what == "add":
            items.insert(at, self.item(name, faulty=True))
        elif what == "mend":
            self.chance.choice(items)["faulty"] = False
        return what


def names(report: Report, findings: list[object]) -> set[str]:
    """The names of the items that findings are about."""
    found = set()
    for one in findings:
        text = report.masked(one.path).splitlines()  # type: ignore[attr-defined]
        lines = text[max(one.line - 3, 0) : one.line]  # type: ignore[attr-defined]
        found.add(
            [
                word
                for line in lines
                for word in line.replace("/", " ").replace(":", " ").replace("=", " ").replace("-", " ").split()
                if word[:1] == "n" and word[-1:] == "x"
            ][-1]
        )
    return found


def judged(root: Path) -> Report:
    return run([str(root)], Options(root=str(root), select=RULES))


@pytest.mark.parametrize("seed", range(6))
def test_old_findings_stay_known_and_new_ones_are_told(tmp_path: Path, seed: int) -> None:
    repository = Repository(tmp_path, seed)
    repository.write()
    report = judged(tmp_path)
    known = repository.faults()
    assert names(report, report.findings) == known  # type: ignore[arg-type]
    baseline = Baseline(entries_of(report), "x")
    for _ in range(20):
        what = repository.step()
        repository.write()
        report = judged(tmp_path)
        found = match(report, baseline, report.findings)
        fresh = repository.faults() - known
        assert names(report, found.new) == fresh, what  # type: ignore[arg-type]
        assert names(report, [one for one, _ in found.pairs]) == repository.faults() - fresh, what
        known &= repository.faults()
        assert len(found.gone) == len(baseline.entries) - len(known)
        baseline = Baseline(entries_of(report, [one for one, _ in found.pairs]), "x")  # `baseline update`


@pytest.mark.parametrize("seed", range(4))
def test_a_baseline_that_is_never_updated_counts_right(tmp_path: Path, seed: int) -> None:
    repository = Repository(tmp_path, 100 + seed)
    repository.write()
    report = judged(tmp_path)
    baseline = Baseline(entries_of(report), "x")
    old = repository.faults()
    for _ in range(10):
        while repository.step() in ("folder", "rename"):  # what follows several renames needs `baseline update`
            continue
        repository.write()
        report = judged(tmp_path)
        assert len(match(report, baseline, report.findings).new) <= len(repository.faults() - old)


def git(root: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", *arguments],
        cwd=root,
        check=True,
        capture_output=True,
    )


@pytest.mark.parametrize("seed", range(3))
def test_new_from_a_commit_follows_history(tmp_path: Path, seed: int) -> None:
    repository = Repository(tmp_path, 200 + seed)
    git(tmp_path, "init", "-q", "-b", "main")
    repository.write()
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "first")
    for _ in range(6):
        old = repository.faults()
        what = repository.step()
        repository.write()
        git(tmp_path, "add", "-A")
        options = Options(root=str(tmp_path), select=RULES)
        options.baseline = findings_of("main", [str(tmp_path)], options)
        report = run([str(tmp_path)], options)
        assert names(report, report.findings) == repository.faults() - old, what  # type: ignore[arg-type]
        git(tmp_path, "commit", "-q", "--allow-empty", "-m", what)
