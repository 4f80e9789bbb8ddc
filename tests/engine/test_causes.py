"""One fault is one finding: the same secret, image or broken action in several places is reported once."""

from __future__ import annotations

from pathlib import Path

from infralint.engine.fixing import fix
from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.tables.secret_formats import sample
from infralint.text.finding import Finding


def found(root: Path, files: dict[str, str], rule: str) -> list[Finding]:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return [one for one in run([str(root)], Options(root=str(root))).findings if one.rule == rule]


def places(finding: Finding) -> list[tuple[str, int]]:
    return [(place.path, place.line) for place, _ in finding.related]


def test_one_secret_in_several_files_is_one_finding(tmp_path: Path) -> None:
    token, other = sample("github-pat", 1), sample("github-pat", 2)
    files = {
        "a/.env": f"T={token}\n",
        "b/.env": f"X=1\nT={token}\n",
        "c/compose.yaml": f"x-a: {token}\nservices: {{}}\n",
        "d/.env": f"T={other}\n",
    }
    first, second = found(tmp_path, files, "any/repository-token")
    assert (first.path, places(first)) == ("a/.env", [("b/.env", 2), ("c/compose.yaml", 1)])
    assert (second.path, places(second)) == ("d/.env", [])


def test_one_image_in_several_stages_is_one_finding(tmp_path: Path) -> None:
    files = {
        "Dockerfile": "FROM node:latest AS a\nFROM node:latest AS b\nFROM debian:latest\nUSER 10001\n",
        "b/Dockerfile": "FROM node:latest\nUSER 1\n",
    }
    reported = found(tmp_path, files, "dockerfile/latest-image")
    assert [(one.path, one.line, places(one)) for one in reported] == [
        ("Dockerfile", 1, [("Dockerfile", 2)]),
        ("Dockerfile", 3, []),
        ("b/Dockerfile", 1, []),
    ]


def test_one_broken_action_is_one_finding(tmp_path: Path) -> None:
    job = "    runs-on: ubuntu-24.04\n    steps:\n      - uses: ./build\n"
    files = {
        ".github/workflows/a.yml": f"on: push\njobs:\n  a:\n{job}  b:\n{job}",
        ".github/workflows/b.yml": f"on: push\njobs:\n  a:\n{job}",
        "build/action.yml": "name: build\ndescription: builds\nruns: {using: node12, main: x.js}\n",
        "build/x.js": "",
    }
    (one,) = found(tmp_path, files, "any/broken-local-action")
    assert len(places(one)) == 2


def test_the_gravest_rule_speaks_for_the_others_and_takes_their_names(tmp_path: Path) -> None:
    import subprocess

    (tmp_path / ".env").write_text(f"DB_PASSWORD={sample('password', 1)}\n", encoding="utf-8")
    for words in (["init", "-q"], ["add", ".env"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    findings = run([str(tmp_path)], Options(root=str(tmp_path))).findings
    assert [one.rule for one in findings] == ["env/committed-env-file"]
    assert "gitleaks/generic-api-key" in findings[0].same_as


def test_a_silenced_place_does_not_silence_the_others(tmp_path: Path) -> None:
    token = sample("github-pat", 1)
    files = {"a/.env": f"T={token} # infralint: ignore[repository-token] revoked\n", "b/.env": f"T={token}\n"}
    (one,) = found(tmp_path, files, "any/repository-token")
    assert one.path == "b/.env"


def test_all_places_are_mended(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A = 1\nB = 2\nC = 3\n", encoding="utf-8")
    report = run([str(tmp_path)], Options(root=str(tmp_path)))
    (one,) = [each for each in report.findings if each.rule == "env/space-around-equals"]
    assert one.fix is not None
    assert len(one.fix.edits) == 3
    result = fix([str(tmp_path)], Options(root=str(tmp_path)), unsafe=True)
    assert "+A=1" in result.patch
    assert "+C=3" in result.patch


def test_what_an_anchor_gives_to_several_services_is_one_finding(tmp_path: Path) -> None:
    text = "x-base: &base\n  image: example/a:1.2\n  cap_add: [ALL]\nservices:\n  a: {<<: *base}\n  b: {<<: *base}\n"
    assert len(found(tmp_path, {"compose.yaml": text}, "compose/dangerous-capability")) == 1
