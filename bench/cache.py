"""The result cache against judging anew, over random edits: whether both say the same, byte for byte.

Usage: python bench/cache.py FOLDER... [--edits N] [--seed N]

Each FOLDER is copied, made a git repository, and edited N times; after each edit it is judged with the cache and
without. Edits append, cut, remove and swap texts, rename, delete and add files, and change what git ignores and tracks,
the settings, comments that suppress, pins, and rules of the repository's own.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable

from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.model.kinds import kind_of
from infralint.output.formats import render

RULE = (
    "---\ntitle: Own rule\nseverity: medium\neach: dockerfile.stage\nwhen: stage.is_final\nat: stage\nsay: own {n}\n---\nText.\n\n"
    "```dockerfile bad\n«FROM a:1»\n```\n```dockerfile good\n```\n"
)
SETTINGS = (
    "", 'profile = "pedantic"\n', 'ignore = ["hardcoded-secret"]\n', 'exclude = ["*.yml"]\n', 'profile = "all"\n[files]\n"*.txt" = "env"\n',
    "require-reason = true\n", 'min-severity = "medium"\n', "honor = []\n",
)  # fmt: skip
COMMENTS = (
    "# infralint: ignore[all] why", "# infralint: ignore[hardcoded-secret] until=2020-01-01 why", "# infralint: ignore-file[untagged-image] why",
    "# hadolint ignore=DL3006", "# zizmor: ignore[unpinned-uses]",
)  # fmt: skip
FEWEST = 3
Edit = Callable[[pathlib.Path, pathlib.Path, random.Random], None]


def _text(path: pathlib.Path) -> str:
    return path.read_text("utf-8", "surrogateescape")


def _write(path: pathlib.Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", "surrogateescape", "")


def append(root: pathlib.Path, path: pathlib.Path, chance: random.Random) -> None:
    """Add a comment or a line at the end."""
    _write(path, _text(path) + chance.choice(["\n# x\n", "\nA=1\n", "\nx: 1\n", f"\n{chance.choice(COMMENTS)}\n"]))


def cut(root: pathlib.Path, path: pathlib.Path, chance: random.Random) -> None:
    """Take a line out."""
    lines = _text(path).split("\n")
    del lines[chance.randrange(len(lines))]
    _write(path, "\n".join(lines))


def comment(root: pathlib.Path, path: pathlib.Path, chance: random.Random) -> None:
    """Put a comment that suppresses somewhere."""
    lines = _text(path).split("\n")
    lines.insert(chance.randrange(len(lines) + 1), chance.choice(COMMENTS))
    _write(path, "\n".join(lines))


def change(root: pathlib.Path, path: pathlib.Path, chance: random.Random) -> None:
    """Change a word of a line."""
    lines = _text(path).split("\n")
    at = chance.randrange(len(lines))
    lines[at] = lines[at].replace(
        chance.choice(["latest", "1", "a", "-", ":", "./"]), chance.choice(["x", "", "2", "prod", "../"])
    )
    _write(path, "\n".join(lines))


def delete(root: pathlib.Path, path: pathlib.Path, chance: random.Random) -> None:
    """Remove a file."""
    path.unlink()


def rename(root: pathlib.Path, path: pathlib.Path, chance: random.Random) -> None:
    """Move a file to another folder, or give it another name."""
    target = chance.choice([path.with_name(f"{path.name}.old"), root / path.name, path.with_name(f"x-{path.name}")])
    path.rename(target)


def swap(root: pathlib.Path, path: pathlib.Path, chance: random.Random) -> None:
    """Give a file the content of another one."""
    _write(path, _text(chance.choice(files_of(root))))


def create(root: pathlib.Path, path: pathlib.Path, chance: random.Random) -> None:
    """Add a file that others may ask for."""
    name = chance.choice(
        [".env", "Dockerfile", "compose.override.yaml", ".dockerignore", "app.env", "Makefile", "package-lock.json"]
    )
    _write(path.with_name(name), chance.choice(["A=1\n", "FROM debian:13\n", "services: {}\n", _text(path)]))


def ignore(root: pathlib.Path, path: pathlib.Path, chance: random.Random) -> None:
    """Change what git ignores."""
    file = root / ".gitignore"
    _write(
        file,
        chance.choice(["", _text(file) if file.exists() else ""]) + chance.choice(["*.env\n", f"{path.name}\n", ""]),
    )


def track(root: pathlib.Path, path: pathlib.Path, chance: random.Random) -> None:
    """Let git track a file, or no longer."""
    git(root, *chance.choice([("add", "-f", str(path)), ("rm", "-q", "--cached", "--ignore-unmatch", str(path))]))


def settings(root: pathlib.Path, path: pathlib.Path, chance: random.Random) -> None:
    """Change the settings of the root or of a folder."""
    _write(chance.choice([root, path.parent]) / "infralint.toml", chance.choice(SETTINGS))


def own_rule(root: pathlib.Path, path: pathlib.Path, chance: random.Random) -> None:
    """Add, change or remove a rule of the repository's own."""
    file = root / ".infralint/rules/dockerfile/own.md"
    if file.exists() and chance.random() < 0.5:
        file.unlink()
    else:
        _write(file, RULE.replace("{n}", str(chance.randrange(3))))


def pins(root: pathlib.Path, path: pathlib.Path, chance: random.Random) -> None:
    """Change the pins file, and a peer's configuration."""
    file = root / chance.choice([".github/infralint-pins.toml", ".hadolint.yaml", ".github/zizmor.yml"])
    _write(file, chance.choice(["", "ignored: [DL3006, DL3008]\n", "rules:\n  unpinned-uses:\n    disable: true\n"]))


COMMON: tuple[Edit, ...] = (append, cut, comment, change, change, delete, rename, swap, create)
SELDOM: tuple[Edit, ...] = (ignore, track, settings, own_rule, pins)


def git(root: pathlib.Path, *arguments: str) -> None:
    """Run git on the copy."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *arguments], cwd=root, check=False, capture_output=True, env=environment)


def files_of(root: pathlib.Path) -> list[pathlib.Path]:
    """The files that may be edited: those of a kind, and some others that they ask for."""
    found = [path for path in sorted(root.rglob("*")) if ".git" not in path.relative_to(root).parts and path.is_file()]
    return [path for path in found if not path.is_symlink() and path.stat().st_size < 100_000 and _matters(root, path)]


def _matters(root: pathlib.Path, path: pathlib.Path) -> bool:
    name = path.relative_to(root).as_posix()
    return kind_of(name) is not None or path.name.startswith((".dockerignore", "Makefile", "package"))


def judged(root: pathlib.Path, *, cache: bool) -> str:
    """All that a run says, in every detail that outputs show."""
    try:
        report = run([str(root)], Options(root=str(root), cache=cache))
    except Exception as error:
        if type(error).__name__ != "UsageError":
            raise
        return f"error: {error}"
    report.seconds = 0.0
    whole = [render("json", report), render("text", report), render("sarif", report)]
    return "\n".join([*whole, *map(repr, report.findings), *(f"{one!r} {one.suppressed}" for one in report.suppressed)])


def compare(root: pathlib.Path, edits: int, chance: random.Random, told: Callable[[str], None]) -> int:
    """Edit a copy again and again; how often the cache said something else."""
    judged(root, cache=True)
    faults = 0
    for number in range(edits):
        edit = chance.choice(COMMON if chance.random() < 0.85 else SELDOM)
        files = files_of(root)
        if len(files) < FEWEST:
            raise SystemExit(
                f"{root.name}: fewer than {FEWEST} files are left after {number} edits; take a larger folder"
            )
        path = chance.choice(files)
        edit(root, path, chance)
        warm, cold = judged(root, cache=True), judged(root, cache=False)
        if warm != cold:
            faults += 1
            told(f"edit {number}, {edit.__name__} of {path.relative_to(root)}: the cache says something else")
            for one, other in zip(warm.split("\n"), cold.split("\n"), strict=False):
                if one != other:
                    told(f"  cached:   {one[:300]}\n  uncached: {other[:300]}")
                    break
    return faults


def main() -> int:
    """Compare over each folder; 1 where they differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    parser.add_argument("--edits", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    faults = 0
    with tempfile.TemporaryDirectory() as home:
        os.environ["XDG_CACHE_HOME"] = os.path.join(home, "cache")
        for folder in options.folders:
            root = pathlib.Path(home, "copy", folder.name)
            shutil.copytree(folder, root, symlinks=True, ignore=shutil.ignore_patterns(".git"))
            git(root, "init", "-q")
            git(root, "add", ".")
            found = compare(root, options.edits, random.Random(options.seed), print)
            print(f"{folder.name}: {options.edits} edits, {found} differences")
            faults += found
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
