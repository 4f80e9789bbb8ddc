"""Other linters' configurations: what they switch off stays off, with `init` and without it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from infralint.cli.main import main
from infralint.engine.options import Options
from infralint.engine.peers.files import HOMES
from infralint.engine.peers.names import NAMES
from infralint.engine.peers.off import globs_of
from infralint.engine.run import run
from infralint.text.glob import matches

DOCKERFILE = "FROM debian\nRUN sudo ls\nUSER root\n"
COMPOSE = "services:\n  b:\n    image: x:1\n    build: .\n    ports: ['80:80']\n  a:\n    image: x\n"
ENV = "B=1\nA=1\nA=2\n"
WORKFLOW = """\
on: issue_comment
permissions: write-all
jobs:
  answer:
    runs-on: gpu-box
    needs: [tests]
    steps:
      - run: echo ${{ github.event.comment.body }} ${{ github.evnt }}
"""
KEY = "AKIA" + "QWERTYUIOPASDFGH"  # the form of a key, made here
CASES: dict[str, tuple[dict[str, str], str, str, str]] = {
    # name: files, what must go, what must stay, the file that it stands in
    "hadolint": ({".hadolint.yaml": "ignored: [DL3002, DL3006]\noverride:\n  error: [DL3004]\n"}, "runs-as-root untagged-image", "sudo-in-run", "Dockerfile"),
    "checkov": ({".checkov.yaml": "skip-check:\n  - CKV_DOCKER_8\n  - CKV_DOCKER_3\n"}, "runs-as-root", "sudo-in-run", "Dockerfile"),
    "checkov paths": ({".checkov.yaml": "skip-path:\n  - Docker.*\n"}, "runs-as-root untagged-image", "sudo-in-run", "Dockerfile"),
    "trivy": ({".trivyignore": "# accepted\nAVD-DS-0002\nDS010 exp:2999-01-01\n"}, "runs-as-root sudo-in-run", "untagged-image", "Dockerfile"),
    "trivy paths": ({".trivyignore.yaml": "misconfigurations:\n  - id: AVD-DS-0002\n    paths: [Dockerfile]\n"}, "runs-as-root", "untagged-image", "Dockerfile"),
    "trivy files": ({"trivy.yaml": "scan:\n  skip-files: [Dockerfile]\n"}, "runs-as-root", "", "Dockerfile"),
    "zizmor": ({"zizmor.yml": "rules:\n  template-injection:\n    disable: true\n"}, "template-injection", "undefined-need", ".github/workflows/a.yml"),
    "zizmor place": ({".github/zizmor.yml": "rules:\n  template-injection:\n    ignore:\n      - a.yml:8\n"}, "template-injection", "undefined-need", ".github/workflows/a.yml"),
    "actionlint": ({".github/actionlint.yaml": "paths:\n  .github/workflows/**:\n    ignore:\n      - 'property \"evnt\" is not defined'\n"}, "expression-type-error", "template-injection", ".github/workflows/a.yml"),
    "dclint": ({".dclintrc": "rules:\n  no-build-and-image: 0\n  service-image-require-explicit-tag: [0]\n"}, "build-and-image untagged-image", "", "compose.yaml"),
    "gitleaks": ({".gitleaks.toml": "[allowlist]\npaths = ['''(.*/)?app\\.py$''']\n"}, "cloud-key", "", "app.py"),
    "gitleaks line": ({".gitleaksignore": "app.py:aws-access-token:1\n"}, "cloud-key", "", "app.py"),
    "dotenv-linter": ({".pre-commit-config.yaml": "repos:\n  - repo: x\n    hooks:\n      - id: dotenv-linter\n        args: [--skip, DuplicatedKey]\n"}, "duplicate-key", "", ".env"),
}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    lay(tmp_path, {"Dockerfile": DOCKERFILE, "compose.yaml": COMPOSE, ".env": ENV, ".github/workflows/a.yml": WORKFLOW, "app.py": f'key = "{KEY}"\n'})  # fmt: skip
    return tmp_path


def lay(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def found(root: Path, path: str, **options: object) -> set[str]:
    report = run([str(root)], Options(root=str(root), profile="pedantic", all_text=True, **options))  # type: ignore[arg-type]
    return {one.rule.rpartition("/")[2] for one in report.findings if one.path == path}


@pytest.mark.parametrize("case", sorted(CASES))
def test_what_a_linter_was_told_to_leave_out_stays_out(root: Path, case: str) -> None:
    files, gone, stays, path = CASES[case]
    before = found(root, path)
    wanted = {name for name in before if any(word in name for word in gone.split())}
    assert wanted, before
    lay(root, files)
    after = found(root, path)
    assert not wanted & after
    assert set(stays.split()) <= after | ({"sudo-in-run"} if case == "checkov paths" else set())
    lay(root, {"infralint.toml": "honor = []\n"})
    assert wanted <= found(root, path), "honor = [] switches it off"
    (root / "infralint.toml").unlink()
    done = CliRunner().invoke(main, ["init", str(root)])
    assert done.exit_code == 0, done.output
    assert not wanted & found(root, path), "after the move as well"


@pytest.mark.parametrize("case", ["hadolint", "checkov", "trivy", "dclint", "dotenv-linter", "trivy paths", "gitleaks"])
def test_after_the_move_the_old_file_is_not_needed(root: Path, case: str) -> None:
    files, gone, _, path = CASES[case]
    wanted = {name for name in found(root, path) if any(word in name for word in gone.split())}
    lay(root, files)
    CliRunner().invoke(main, ["init", str(root)])
    for name in files:
        (root / name).unlink()
    left = wanted & found(root, path)
    assert left == ({"sudo-in-run"} if case == "trivy" else set()), "what ends on a day stays where it was"


def test_severities_move_and_what_has_no_equivalent_is_told(root: Path) -> None:
    lay(root, {".hadolint.yaml": "override:\n  error: [DL3004]\n", ".checkov.yaml": "framework: [dockerfile]\n"})
    done = CliRunner().invoke(main, ["init", str(root)])
    assert ".checkov.yaml: no equivalent: `framework`" in done.output
    report = run([str(root)], Options(root=str(root)))
    assert {one.severity.label for one in report.findings if one.rule == "dockerfile/sudo-in-run"} == {"high"}


def test_an_expired_entry_counts_no_more(root: Path) -> None:
    lay(root, {".trivyignore": "AVD-DS-0002 exp:2027-01-31\n"})
    assert "runs-as-root" not in found(root, "Dockerfile", today=date(2027, 1, 31))
    assert "runs-as-root" in found(root, "Dockerfile", today=date(2027, 2, 1))


def test_the_reason_of_a_switched_off_finding_names_the_file(root: Path) -> None:
    lay(root, {".hadolint.yaml": "ignored: [DL3002]\n"})
    result = CliRunner().invoke(main, ["check", str(root), "--root", str(root), "--format", "json"])
    reasons = {one["suppressed"] for one in json.loads(result.stdout)["suppressed"]}
    assert reasons == {"switched off in .hadolint.yaml"}


@pytest.mark.parametrize("text", ["{", "[1, 2]", "ignored: 7", "ignored: {a: b}", "? [a]\n: b\n", "&a [*a]", ""])
def test_a_strange_file_says_nothing(root: Path, text: str) -> None:
    lay(root, dict.fromkeys(NAMES, text))
    assert "runs-as-root" in found(root, "Dockerfile")


def test_the_hooks_are_added_and_comments_stay(root: Path) -> None:
    before = "# ours\nrepos:\n  # style\n  - repo: https://github.com/pre-commit/pre-commit-hooks # pinned\n    rev: v5.0.0\n    hooks:\n      - id: trailing-whitespace\n"
    lay(root, {".pre-commit-config.yaml": before})
    assert CliRunner().invoke(main, ["init", "--pre-commit", str(root)]).exit_code == 0
    after = (root / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert after.startswith(before)
    assert "      - id: infralint\n      - id: infralint-project\n" in after


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        (r"^tests/", "tests/a", "a/tests/b"), (r"tests/", "a/tests/b", "test/a"), (r"(.*?)(jpg|gif|doc)$", "a/b.gif", "a/b.gifs"),
        (r"vendor/.*\.ya?ml", None, None), (r"\.lock$", "a.lock", "a.locks"), (r"^a[^/]*/b$", "ax/b", "a/x/b"), (r"(a+)+$", None, None),
        (r"node_modules|vendor", None, None), (r"(?i)docs/", "docs/x", "dogs/x"), (r"(.*/)?app\.py$", "x/app.py", "app.pyc"),
    ],
)  # fmt: skip
def test_regular_expressions_become_globs_or_nothing(pattern: str, yes: str | None, no: str | None) -> None:
    globs = globs_of(pattern)
    if yes is None or no is None:
        assert globs is None
        return
    assert globs is not None
    assert any(matches(yes, glob) for glob in globs)
    assert not any(matches(no, glob) for glob in globs)


def test_every_home_is_looked_for() -> None:
    assert {name for home in HOMES for name in home.names} == set(NAMES)


@pytest.mark.parametrize("case", ["hadolint", "checkov", "trivy", "trivy paths"])
def test_engines_beside_do_not_bring_it_back(root: Path, case: str) -> None:
    files, _, _, _ = CASES[case]
    report = run([str(root)], Options(root=str(root), engines=["hadolint"]))
    if any(notice.kind == "failed" for notice in report.notices):
        pytest.skip("hadolint is not here")
    named = {name for one in report.findings for name in (one.rule, *one.also_reported_by)}
    assert "hadolint/DL3002" in named
    lay(root, files)
    report = run([str(root)], Options(root=str(root), engines=["hadolint"]))
    named = {name for one in report.findings for name in (one.rule, *one.also_reported_by)}
    assert not {"hadolint/DL3002", "dockerfile/runs-as-root"} & named


@pytest.mark.parametrize(
    "comment", ["trivy:ignore:DS002", "trivy:ignore:AVD-DS-0002", "nosemgrep: dockerfile.security.last-user-is-root.last-user-is-root", "nosemgrep"]
)  # fmt: skip
def test_comments_in_every_spelling_of_an_id_count(root: Path, comment: str) -> None:
    assert "runs-as-root" in found(root, "Dockerfile")
    lay(root, {"Dockerfile": DOCKERFILE.replace("USER root", f"# {comment}\nUSER root")})
    assert "runs-as-root" not in found(root, "Dockerfile")


def test_pragmas_of_detect_secrets_are_its_own_to_honour(root: Path) -> None:
    lay(root, {"app.py": f'key = "{KEY}"  # pragma: allowlist secret\n'})
    assert "cloud-key" not in found(root, "app.py")
    lay(root, {"infralint.toml": 'honor = ["gitleaks"]\n'})
    assert "cloud-key" in found(root, "app.py")
