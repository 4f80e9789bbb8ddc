"""hadolint, Checkov and ShellCheck beside us: started safely, their findings once."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import infralint
from infralint.cli.main import main
from infralint.engine.discover import UsageError
from infralint.engine.external.checkov import frameworks_of, left_out
from infralint.engine.external.checkov import passed_on as checkov_settings
from infralint.engine.external.hadolint import passed_on as hadolint_settings
from infralint.engine.external.process import command_of
from infralint.engine.external.shellcheck import Snippet, _reported
from infralint.engine.fixing import fix
from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.tables.secret_formats import sample
from infralint.text.source import Source, text_at

DOCKERFILE = "FROM debian:latest\nRUN cd /src && make\nCMD server $PORT\n"
WORKFLOW = """\
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: |
          echo ${{ github.sha }}
          cat $FILE
"""


def fake(folder: Path, body: str) -> str:
    """A program that stands for an engine."""
    path = folder / "engine"
    path.write_text(f"#!{sys.executable}\nimport json, os, sys, time\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    (root / "Dockerfile").write_text(DOCKERFILE, encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def checkov(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> str:
    """Checkov, from where users have it or in an environment of its own: its pins do not go with the test tools'."""
    try:
        return command_of("checkov", {}, "/nowhere")[0]
    except UsageError:
        pass
    home = tmp_path_factory.getbasetemp().parent / "checkov"
    program = home / "bin" / "checkov"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        done = subprocess.run(
            [str(home / "bin" / "pip"), "install", "-q", "checkov"], capture_output=True, text=True, check=False
        )
        if done.returncode:
            pytest.skip(f"Checkov cannot be installed: {done.stderr[-200:]}")
    return str(program)


def names(report: infralint.Report) -> list[str]:
    return [finding.rule for finding in report.findings]


# -- what the engines find, once --------------------------------------------------------------------------------


def test_what_we_report_too_is_joined_and_the_rest_passes_under_the_engines_name(tree: Path) -> None:
    report = run([str(tree)], Options(root=str(tree), engines=["hadolint"]))
    latest = next(finding for finding in report.findings if finding.rule == "dockerfile/latest-image")
    assert latest.also_reported_by == ("hadolint/DL3007",)
    assert "hadolint/DL3007" not in names(report)
    other = next(finding for finding in report.findings if finding.rule == "hadolint/DL3003")
    assert (other.line, other.column, other.message.startswith("Use WORKDIR")) == (2, 1, True)
    wide = run([str(tree)], Options(root=str(tree), profile="all", engines=["hadolint"]))
    assert not [name for name in names(wide) if name.startswith("hadolint/DL")]


@pytest.mark.parametrize(
    "comment",
    [
        "infralint: ignore[hadolint/DL3003] why",
        "infralint: ignore[cd-instead-of-workdir] why",
        "hadolint ignore=DL3003",
    ],
)
def test_a_comment_silences_an_engines_finding_by_any_of_its_names(tree: Path, comment: str) -> None:
    (tree / "Dockerfile").write_text(DOCKERFILE.replace("RUN", f"# {comment}\nRUN"), encoding="utf-8")
    report = run([str(tree)], Options(root=str(tree), engines=["hadolint"]))
    assert "hadolint/DL3003" not in names(report)
    assert "hadolint/DL3003" in [finding.rule for finding in report.suppressed]
    assert not [notice for notice in report.notices if "ignore" in notice.message]
    assert not [name for name in names(report) if name.startswith("infralint/")]


def test_settings_act_on_engines_as_on_our_own_rules(tree: Path) -> None:
    (tree / "infralint.toml").write_text(
        'ignore = ["hadolint/DL3003"]\n[rules."hadolint/DL3025"]\nseverity = "high"\n', encoding="utf-8"
    )
    try:
        report = run([str(tree)], Options(root=str(tree), engines=["hadolint"]))
    except UsageError as error:
        pytest.fail(str(error))
    assert "hadolint/DL3003" not in names(report)
    assert [f.severity.label for f in report.findings if f.rule == "hadolint/DL3025"] == ["high"]


def test_select_narrows_the_engines_too(tree: Path) -> None:
    assert set(names(run([str(tree)], Options(root=str(tree), select=["hadolint"], engines=["hadolint"])))) >= {
        "hadolint/DL3003"
    }
    only = run([str(tree)], Options(root=str(tree), select=["latest-image"], engines=["hadolint"]))
    assert names(only) == ["dockerfile/latest-image"]


def test_shellcheck_reads_scripts_of_workflows_with_expressions_masked_and_its_fix_is_ours(tmp_path: Path) -> None:
    path = tmp_path / ".github" / "workflows" / "ci.yml"
    path.parent.mkdir(parents=True)
    path.write_text(WORKFLOW, encoding="utf-8")
    report = run([str(tmp_path)], Options(root=str(tmp_path), engines=["shellcheck"]))
    found = [(f.rule, f.line, f.column, f.end_column) for f in report.findings if f.rule.startswith("shellcheck/")]
    assert found == [("shellcheck/SC2086", 8, 15, 20)]
    result = fix(
        [str(tmp_path)], Options(root=str(tmp_path), select=["shellcheck"], engines=["shellcheck"]), unsafe=True
    )
    assert result.changed[".github/workflows/ci.yml"].text == WORKFLOW.replace("cat $FILE", 'cat "$FILE"')
    assert not [f for f in result.report.findings if f.rule.startswith("shellcheck/")]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        (".gitlab-ci.yml", "test:\n  script:\n    - cat $FILE\n    - test $[[ inputs.a ]]\n", (3, 11)),
        (".circleci/config.yml", "jobs:\n  a:\n    steps:\n      - run: cat << parameters.file >> $FILE\n", (4, 40)),
        ("azure-pipelines.yml", "steps:\n- bash: |\n    echo $(Build.Id)\n    cat $FILE\n", (4, 9)),
        ("ci/.travis.yml", "script: cat $FILE\n", (1, 13)),
    ],
)
def test_shellcheck_reads_the_scripts_of_other_ci_systems(
    tmp_path: Path, name: str, text: str, found: tuple[int, int]
) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text, encoding="utf-8")
    report = run([str(tmp_path)], Options(root=str(tmp_path), engines=["shellcheck"]))
    assert [(f.rule, f.line, f.column) for f in report.findings] == [("shellcheck/SC2086", *found)]


def test_a_secret_in_an_engines_words_is_starred_everywhere(tree: Path, tmp_path: Path) -> None:
    secret = sample("github-pat", 1)
    (tree / "Dockerfile").write_text(f"FROM debian:13\nENV TOKEN={secret}\n", encoding="utf-8")
    row = {
        "code": "DL3999",
        "column": 1,
        "file": "./Dockerfile",
        "level": "warning",
        "line": 2,
        "message": f"beware of {secret}",
    }
    program = fake(tmp_path, f"print(json.dumps([{row!r}]))")
    arguments = [
        "check",
        str(tree),
        "--root",
        str(tree),
        "--with",
        "hadolint",
        "--engine-command",
        f"hadolint={program}",
    ]
    for form in ("text", "concise", "json", "github", "sarif"):
        done = CliRunner().invoke(main, [*arguments, "--format", form])
        assert "DL3999" in done.output
        assert secret not in done.output


def test_a_baseline_holds_what_engines_find_too(tree: Path, tmp_path: Path) -> None:
    arguments = [
        "check",
        str(tree),
        "--root",
        str(tree),
        "--with",
        "hadolint",
        "--fail-on",
        "info",
        "--format",
        "concise",
    ]
    file = str(tmp_path / "baseline.json")
    CliRunner().invoke(main, [*arguments, "--write-baseline", file])
    assert "hadolint/DL3003" in CliRunner().invoke(main, arguments).stdout
    assert CliRunner().invoke(main, [*arguments, "--baseline", file]).exit_code == 0


def test_what_only_the_mask_brought_about_is_refused() -> None:
    source = Source("a.yml", "echo ${{ x }}")
    snippet = Snippet(text_at(source, 0, 13), "echo ${_____}", "bash")
    row = {
        "file": "0",
        "line": 1,
        "endLine": 1,
        "column": 6,
        "endColumn": 14,
        "level": "info",
        "code": 2086,
        "message": "quote",
    }
    assert _reported(row, snippet) is None
    assert _reported({**row, "column": 1, "endColumn": 5}, snippet) is not None


def test_sarif_names_engines_as_extensions_of_one_run(tree: Path) -> None:
    done = CliRunner().invoke(
        main, ["check", str(tree), "--root", str(tree), "--with", "hadolint", "--format", "sarif"]
    )
    log = json.loads(done.stdout)
    (only,) = log["runs"]
    (extension,) = only["tool"]["extensions"]
    assert extension["name"] == "hadolint"
    result = next(one for one in only["results"] if one["ruleId"] == "hadolint/DL3003")
    assert extension["rules"][result["rule"]["index"]]["id"] == "hadolint/DL3003"
    assert result["rule"]["toolComponent"] == {"index": 0, "name": "hadolint"}
    assert "ruleIndex" not in result
    joined = next(one for one in only["results"] if one["ruleId"] == "dockerfile/latest-image")
    assert joined["properties"]["alsoReportedBy"] == ["hadolint/DL3007"]


def test_a_file_that_the_engine_cannot_read_is_no_finding(tree: Path) -> None:
    (tree / "Dockerfile").write_text("FROM debian:13\nRUN <<E\necho a\nE\nUSER 1000\n", encoding="utf-8")
    report = run([str(tree)], Options(root=str(tree), engines=["hadolint"]))
    assert [(notice.path, notice.kind) for notice in report.notices] == [("Dockerfile", "unread")]
    assert "hadolint/DL1000" not in names(report)


# -- trouble ----------------------------------------------------------------------------------------------------


def test_an_engine_that_is_not_there_is_an_error_that_says_what_to_do(tree: Path) -> None:
    done = CliRunner().invoke(
        main, ["check", str(tree), "--with", "hadolint", "--engine-command", "hadolint=/nowhere/hadolint"]
    )
    assert (done.exit_code, "is no program" in done.stderr) == (2, True)
    assert CliRunner().invoke(main, ["check", str(tree), "--with", "semgrep"]).exit_code == 2


def test_an_engine_that_is_nowhere_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("INFRALINT_CHECKOV", raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path}:.")
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    with pytest.raises(UsageError, match=r"checkov is not installed: pipx install checkov"):
        command_of("checkov", {}, "/nowhere")


def test_a_relative_folder_of_path_is_not_searched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    Path(fake(tmp_path / "bin", "")).rename(tmp_path / "bin" / "hadolint")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "bin")
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    with pytest.raises(UsageError):
        command_of("hadolint", {}, "/nowhere")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("sys.stderr.write('the sky fell'); sys.exit(9)", "the sky fell"),
        ("print('[{]')", "nothing that could be read"),
        ("print(json.dumps([{'code': 'DL3003'}]))", "nothing that could be read"),
        ("time.sleep(60)", "took too long"),
    ],
)
def test_an_engine_in_trouble_gives_exit_3_and_our_own_findings_all_the_same(
    tree: Path, tmp_path: Path, body: str, words: str
) -> None:
    arguments = [
        "check",
        str(tree),
        "--root",
        str(tree),
        "--with",
        "hadolint",
        "--engine-timeout",
        "2",
        "--format",
        "concise",
    ]
    done = CliRunner().invoke(main, [*arguments, "--engine-command", f"hadolint={fake(tmp_path, body)}"])
    assert done.exit_code == 3
    assert f"hadolint failed: {words}" in done.stdout or words in done.stdout
    assert "dockerfile/latest-image" in done.stdout


# -- the scanned tree never steers an engine ---------------------------------------------------------------------


def test_an_engine_sees_copies_elsewhere_and_none_of_the_trees_settings(tree: Path, tmp_path: Path) -> None:
    spoils = tmp_path / "seen.json"
    (tree / ".hadolint.yaml").write_text(
        "ignored: [DL3007, '--help']\nformat: sarif\nfailure-threshold: none\n", encoding="utf-8"
    )
    (tree / ".checkov.yaml").write_text(
        "external-checks-dir: [evil]\nskip-check: [CKV_DOCKER_2, '--bc-api-key']\n", encoding="utf-8"
    )
    (tree / "main.tf").write_text("", encoding="utf-8")
    body = f"""
seen = {{"argv": sys.argv[1:], "cwd": os.getcwd(), "env": dict(os.environ), "stdin": sys.stdin.read(),
        "files": [os.path.join(b, n) for b, _, ns in os.walk(os.path.join(os.environ["HOME"], "..")) for n in ns]}}
open({str(spoils)!r}, "w").write(json.dumps(seen))
print("[]" if "--format" in sys.argv else "{{}}")
"""
    program = fake(tmp_path, body)
    for engine in ("hadolint", "checkov"):
        run([str(tree)], Options(root=str(tree), engines=[engine], engine_commands={engine: program}))
        seen = json.loads(spoils.read_text(encoding="utf-8"))
        assert not [path for path in seen["files"] if Path(path).name in (".hadolint.yaml", ".checkov.yaml")]
        assert str(tree) not in json.dumps(seen)
        assert "--help" not in seen["argv"]
        assert "--bc-api-key" not in seen["argv"]
        assert seen["stdin"] == ""
        own = {"hadolint": [], "checkov": ["seal"]}[engine]
        assert [Path(one).name for one in seen["env"].get("PYTHONPATH", "").split(os.pathsep) if one] == own
        assert not Path(seen["env"]["HOME"]).exists()


def test_of_a_repositorys_settings_only_what_matters_is_passed_on() -> None:
    assert hadolint_settings(
        {
            "ignored": ["DL3007", "x; rm"],
            "override": {"error": ["DL3008"]},
            "trustedRegistries": ["ghcr.io", "a b"],
            "format": "sarif",
        }
    ) == {"no-fail": True, "ignored": ["DL3007"], "override": {"error": ["DL3008"]}, "trustedRegistries": ["ghcr.io"]}
    assert checkov_settings({"skip-check": "CKV_AWS_1,--evil", "external-checks-dir": ["x"], "directory": ["/"]}) == [
        "--skip-check",
        "CKV_AWS_1",
    ]
    assert hadolint_settings(["a"]) == {"no-fail": True}


def test_a_hostile_repository_cannot_make_the_real_checkov_run_its_code(
    tree: Path, tmp_path: Path, checkov: str
) -> None:
    marker = tmp_path / "executed"
    (tree / "evil").mkdir()
    (tree / "evil" / "__init__.py").write_text(f"open({str(marker)!r}, 'w').close()\n", encoding="utf-8")
    (tree / ".checkov.yaml").write_text("external-checks-dir: [evil]\n", encoding="utf-8")
    (tree / "main.tf").write_text('resource "aws_s3_bucket" "b" {\n  acl = "public-read"\n}\n', encoding="utf-8")
    (tree / "broken.tf").write_text('resource "x {\n', encoding="utf-8")
    report = run(
        [str(tree)], Options(root=str(tree), profile="all", engines=["checkov"], engine_commands={"checkov": checkov})
    )
    assert not marker.exists()
    assert "checkov/CKV_AWS_20" in names(report)
    assert [finding.also_reported_by for finding in report.findings if finding.rule == "dockerfile/latest-image"] == [
        ("checkov/CKV_DOCKER_7",)
    ]
    assert not [name for name in names(report) if name.startswith("checkov/CKV_DOCKER")]
    assert [notice.path for notice in report.notices if notice.kind == "unread"] == ["broken.tf"]


def test_nothing_runs_unless_it_is_asked_for(tree: Path) -> None:
    (tree / "infralint.toml").write_text('with = ["hadolint"]\n', encoding="utf-8")
    with pytest.raises(UsageError, match="no setting 'with'"):
        run([str(tree)], Options(root=str(tree)))


def test_terraform_and_kubernetes_come_along_under_the_same_comments(tmp_path: Path, checkov: str) -> None:
    (tmp_path / "main.tf").write_text(
        '# infralint: ignore[checkov/CKV_AWS_20] a public site\nresource "aws_s3_bucket" "b" {\n  acl = "public-read"\n}\n',
        encoding="utf-8",
    )
    (tmp_path / "pod.yaml").write_text(
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n    - name: a\n      image: nginx:1.29\n"
        "      securityContext:\n        privileged: true\n",
        encoding="utf-8",
    )
    report = run(
        [str(tmp_path)], Options(root=str(tmp_path), engines=["checkov"], engine_commands={"checkov": checkov})
    )
    assert ("checkov/CKV_K8S_16", "pod.yaml") in [(finding.rule, finding.path) for finding in report.findings]
    assert [finding.rule for finding in report.suppressed] == ["checkov/CKV_AWS_20"]
    assert ("checkov/CKV_AWS_18", 2) in [(finding.rule, finding.line) for finding in report.findings]


def test_checkov_is_asked_only_for_what_the_files_can_be() -> None:
    assert frameworks_of([("a/Dockerfile", "FROM x"), ("x.yaml", "a: 1")]) == ["dockerfile", "secrets"]
    assert frameworks_of([("deploy.yaml", "apiVersion: v1\nkind: Pod\n"), ("main.tf", "")]) == [
        "kubernetes",
        "secrets",
        "terraform",
    ]
    assert frameworks_of([("t.yml", "Resources:\n  B:\n    Type: AWS::S3::Bucket\n")]) == ["cloudformation", "secrets"]
    assert left_out({"skip-framework": ["kubernetes", "--x"]}) == ["kubernetes"]


def test_a_sealed_engine_neither_connects_nor_starts_a_program(tmp_path: Path) -> None:
    from infralint.engine.external.process import Process, Staging

    program = tmp_path / "engine.py"
    program.write_text(
        "import os, socket, subprocess\n"
        "def refused(work):\n"
        "    try:\n"
        "        work()\n"
        "    except PermissionError as error:\n"
        "        return 'not allowed here' in str(error)\n"
        "    return False\n"
        "print(refused(lambda: socket.create_connection(('127.0.0.1', 9), 1)),\n"
        "      refused(lambda: socket.gethostbyname('localhost')),\n"
        "      refused(lambda: subprocess.run(['/bin/true'])),\n"
        "      refused(lambda: os.system('true')))\n"
    )
    staging = Staging()
    try:
        staging.seal()
        code, output, said = Process([sys.executable, str(program)], staging).wait(30)
    finally:
        staging.remove()
    assert (code, output.decode().split()) == (0, ["True"] * 4), said


def test_what_checkov_would_render_is_told_and_not_asked(tmp_path: Path) -> None:
    assert {"kustomize", "helm"}.isdisjoint(
        frameworks_of(
            [
                ("kustomization.yaml", "apiVersion: v1\nresources: [https://x.example/a]"),
                ("Chart.yaml", "apiVersion: v2"),
            ]
        )
    )
