"""What people see: the text format and the one-line formats, on a calm report and on a hostile one."""

from __future__ import annotations

import io
import json
import re

import pytest
from output_sample import SECRET, finding_at, sample

from infralint.engine.report import Notice, Report
from infralint.output.formats import NAMES, render, write
from infralint.output.text import is_colored
from infralint.text.edit import Edit, Fix, Safety
from infralint.text.finding import Severity
from infralint.text.source import Source

TEXT = """\
Dockerfile  1 finding

Dockerfile:2:1  low  dockerfile/chained-run  two commands in one RUN
  2 │ RUN a \\
    │ ^^^^^^^ …
  3 │   && b
    │   ^^^^

compose.yaml  1 finding

compose.yaml:4:5  critical  compose/privileged  service web runs privileged
  4 │     privileged: true
    │     ^^^^^^^^^^^^^^^^
    = see: compose.yaml:2:3: the service
    = help: remove the key [--fix]

deploy/my app.yml  1 finding

deploy/my app.yml:2:9  high  any/secret  a token is written here: sa****
  2 │     token: ****************** # 日本
    │            ^^^^^^^^^^^^^^^^^^
    = help: read it from the environment [--fix --unsafe-fixes]

note: values.yaml.j2: is a template, which is not judged

3 findings (1 critical, 1 high, 1 low) · 3 files judged · 1 suppressed
Fixable: 1 with --fix, 1 more with --fix --unsafe-fixes
"""


def test_the_text_format() -> None:
    assert render("text", sample()) == TEXT


def test_related_places_of_the_same_words_share_a_line() -> None:
    text = "".join(f"a{n}\n" for n in range(1, 8)) + "here b and c\n"
    source = Source("x", text)
    several = tuple((f"a{n}", "one of many") for n in range(1, 8))
    far = finding_at(source, "here b", "r", Severity.LOW, "m", related=several)
    near = finding_at(
        source, "b and c", "r", Severity.LOW, "m", related=(("c", "under the carets"), ("here", "outside"))
    )
    shown = render("text", Report(".", [far, near], sources={"x": source}))
    assert [line for line in shown.splitlines() if "see:" in line] == [
        "    = see: x:1:1, 2:1, 3:1, 4:1 and 3 more: one of many",
        "    = see: x:8:1: outside",
    ]


def test_of_a_finding_over_many_lines_only_the_first_is_shown() -> None:
    source = Source("x", "first\n" + "a\n" * 11 + "last\n")
    whole = finding_at(source, source.text[:-1], "r", Severity.LOW, "m")
    most = finding_at(source, source.text[: -len("last\n") - 1], "r", Severity.LOW, "m")
    assert "13 │ last" not in render("text", Report(".", [whole], sources={"x": source}))
    assert "12 │ a" in render("text", Report(".", [most], sources={"x": source}))


def test_colours_change_nothing_but_the_colours() -> None:
    colored = render("text", sample(), color=True)
    assert "\x1b[1;31mhigh\x1b[0m" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == TEXT


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environ", "expected"),
    [
        (Terminal(), {}, True),
        (Terminal(), {"TERM": "dumb"}, False),
        (Terminal(), {"NO_COLOR": "1"}, False),
        (Terminal(), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        (Terminal(), {"NO_COLOR": ""}, True),
        (io.StringIO(), {}, False),
        (io.StringIO(), {"FORCE_COLOR": "1"}, True),
        (io.StringIO(), {"FORCE_COLOR": "0"}, False),
    ],
)
def test_when_to_colour(stream: io.StringIO, environ: dict[str, str], expected: bool) -> None:
    assert is_colored(stream, environ) is expected


def test_a_stream_without_unicode_gets_ascii() -> None:
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding="ascii")
    write("text", sample(), stream)
    stream.flush()
    assert b"  4 |     privileged: true\n" in buffer.getvalue()


def test_a_clean_report_says_what_was_judged() -> None:
    assert render("text", Report(".", [], files=12)) == "No findings · 12 files judged\n"


def test_a_report_with_failures_does_not_say_clean() -> None:
    broken = Report(".", [], notices=[Notice("x.yml", "is binary", "unreadable")], files=1)
    assert render("text", broken) == (
        "error: x.yml: is binary\n\nNo findings in what could be judged · 1 file judged · 1 failure\n"
    )


def test_a_file_that_is_gone_is_reported_without_its_line() -> None:
    report = sample()
    report.sources["compose.yaml"] = None
    text = render("text", report)
    assert "compose.yaml:4:5  critical" in text
    assert "privileged: true" not in text


def test_the_concise_format() -> None:
    assert render("concise", sample()).splitlines() == [
        "Dockerfile:2:1: low dockerfile/chained-run two commands in one RUN",
        "compose.yaml:4:5: critical compose/privileged service web runs privileged",
        "deploy/my app.yml:2:9: high any/secret a token is written here: sa****",
        "values.yaml.j2: templated: is a template, which is not judged",
    ]


def test_the_github_format_puts_the_gravest_first() -> None:
    lines = render("github", sample()).splitlines()
    assert lines[0] == (
        "::error file=compose.yaml,line=4,endLine=4,col=5,endColumn=21,title=compose/privileged (critical)"
        "::service web runs privileged%0Aremove the key [--fix]"
    )
    assert lines[2] == (
        "::notice file=Dockerfile,line=2,endLine=3,title=dockerfile/chained-run (low)::two commands in one RUN"
    )
    assert lines[-1].startswith("infralint: 3 findings (1 critical, 1 high, 1 low)")
    assert "GitHub shows" not in lines[-1]


def test_the_github_format_says_what_github_will_drop() -> None:
    report = sample()
    report.findings = report.findings[1:2] * 12
    assert render("github", report).endswith(". GitHub shows 10 of 12 errors\n")


def test_the_json_format_has_the_names_of_the_api() -> None:
    data = json.loads(render("json", sample()))
    assert (data["schema"], data["summary"]["findings"], data["summary"]["severities"]["critical"]) == (1, 3, 1)
    finding = data["findings"][1]
    api = ("rule", "kind", "severity", "message", "path", "line", "column", "end_line", "end_column", "same_as", "fix")
    assert all(
        finding[name] == getattr(sample().findings[1], name)
        for name in api
        if name not in ("severity", "same_as", "fix")
    )
    assert finding["fix"]["safety"] == "safe"
    assert [(e["line"], e["column"], e["end_line"], e["end_column"], e["text"]) for e in finding["fix"]["edits"]] == [
        (4, 1, 5, 1, "")
    ]
    assert finding["suppressed"] is None
    assert data["suppressed"][0]["suppressed"] == "infralint: ignore[untagged] mirrored daily"
    assert data["notices"] == [
        {"path": "values.yaml.j2", "message": "is a template, which is not judged", "kind": "templated"}
    ]


@pytest.mark.parametrize("name", NAMES)
def test_no_format_shows_a_secret(name: str) -> None:
    report = sample()
    app = report.sources["deploy/my app.yml"]
    assert app is not None
    # a neighbour whose context, and a fix whose text, hold the secret
    leak = Fix("quote it", Safety.SAFE, [Edit("compose.yaml", 0, 0, f"# {SECRET}\n")])
    report.findings.append(finding_at(app, "token", "env/naming", Severity.LOW, "odd name", fix=leak))
    report.findings.append(finding_at(app, "keep", "env/naming", Severity.LOW, "odd name"))
    assert SECRET not in render(name, report)


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_file_reaches_no_terminal_or_log_unescaped(name: str) -> None:
    evil = "::error::pwn\x1b[2J\u202e##[error]x##vso[task.complete]\r\n::add-mask::x\n"
    source = Source(evil.replace("\n", " ") + "\n.yml", evil)
    findings = [
        finding_at(source, evil[:9], "any/x", Severity.LOW, evil, key=evil, related=(("::add", evil),)),
        finding_at(source, "::add-mask::x", "any/x", Severity.HIGH, "::stop-commands::" + evil),
    ]
    for one in findings:
        one.fix = Fix(evil, Safety.SAFE, [Edit(source.path, 0, 0, evil)])
        one.suppressed = evil
    report = Report(".", findings, findings[:1], [Notice(source.path, evil, "odd")], sources={source.path: source})
    out = render(name, report)
    assert re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out) is None
    assert re.search(r"##\w*\[", out) is None or name in ("github", "azure")
    assert name != "azure" or len(re.findall(r"##\w*\[", out)) == 2
    commands = [line for line in re.split("[\r\n]", out) if line.lstrip().startswith("::")]
    assert len(commands) == (2 if name == "github" else 0)


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="unknown format 'xml'; known are text, concise"):
        render("xml", sample())


@pytest.mark.parametrize("name", ["json", "sarif"])
def test_a_byte_that_is_not_utf8_leaves_the_json_readable(name: str) -> None:
    text = b"caf\xe9: \xf0\x9f\x98\x80\n".decode("utf-8", "surrogateescape")
    source = Source("a\udce9.yml", text)
    finding = finding_at(source, text[:4], "any/x", Severity.LOW, text, key=text)
    out = render(name, Report(".", [finding], sources={source.path: source}))
    assert "caf\ufffd: \U0001f600" in json.dumps(json.loads(out), ensure_ascii=False)
    assert json.dumps(json.loads(out), ensure_ascii=False).encode()
