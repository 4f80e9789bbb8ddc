"""The formats that CI systems read: well-formed, complete, and the same for the same findings."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from output_sample import sample

from infralint.engine.report import Notice, Report
from infralint.engine.setting_keys import FORMATS as NAMED
from infralint.output.formats import FORMATS, render
from infralint.text.edit import Edit, Fix, Safety
from infralint.text.finding import Confidence, Finding, Severity, place_at
from infralint.text.source import Source

SCHEMAS = Path(__file__).parents[2] / "docs/schemas"


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314 - what was just written


def report_of(text: str, start: int, end: int, fix: Fix | None = None, *, fails: bool = True) -> Report:
    source = Source("a b/compose.yaml", text)
    finding = Finding(
        "compose/x", "compose", Severity.HIGH, Confidence.HIGH, "Title", "value `ä` is <wrong> & bad", place_at(source, start, end), fix=fix
    )  # fmt: skip
    finding.fails = fails
    return Report(".", [finding], sources={source.path: source})


def test_the_settings_know_every_format() -> None:
    assert set(NAMED) == set(FORMATS)


def test_gitlab_fingerprints_are_unique_and_paths_plain() -> None:
    issues = json.loads(render("gitlab", sample()))
    assert len({one["fingerprint"] for one in issues}) == len(issues) == len(sample().findings)
    for one in issues:
        assert set(one) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert one["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not one["location"]["path"].startswith(("./", "/"))
        assert one["location"]["lines"]["begin"] >= 1


def test_gitlab_sast_has_what_its_schema_requires() -> None:
    data = json.loads(render("gitlab-sast", sample()))
    assert {"version", "scan", "vulnerabilities"} == set(data)
    assert {"analyzer", "scanner", "type", "start_time", "end_time", "status"} <= set(data["scan"])
    for one in data["vulnerabilities"]:
        assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}", one["id"])
        assert one["severity"] in ("Info", "Unknown", "Low", "Medium", "High", "Critical")
        assert one["identifiers"][0]["type"] == "infralint_rule_id"
        assert one["location"]["start_line"] >= 1


@pytest.mark.parametrize("fails", [True, False])
def test_junit_fails_for_what_fails_the_run(fails: bool) -> None:
    report = report_of("a: b\n", 3, 4, fails=fails)
    report.notices.append(Notice("x.yml", "cannot be read", "unreadable"))
    root = parsed(render("junit", report))
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("2", str(int(fails)), "1")
    cases = root.findall("./testsuite/testcase")
    assert [len(case.findall("failure")) for case in cases] == [int(fails), 0]
    assert cases[1].find("error") is not None


def test_a_clean_junit_report_has_a_test() -> None:
    root = parsed(render("junit", Report(".", [])))
    assert (root.get("tests"), root.get("failures"), len(root.findall("./testsuite/testcase"))) == ("1", "0", 1)


def test_checkstyle_names_file_line_and_rule() -> None:
    root = parsed(render("checkstyle", report_of("a: b\n", 3, 4)))
    (error,) = root.findall("./file/error")
    assert root.find("file").get("name") == "a b/compose.yaml"  # type: ignore[union-attr]
    assert (error.get("line"), error.get("column"), error.get("severity"), error.get("source")) == ("1", "4", "error", "infralint.compose.x")  # fmt: skip
    assert error.get("message") == "value `ä` is <wrong> & bad"


def test_rdjson_counts_columns_in_bytes_and_suggests_fixes() -> None:
    text = "ä: b\n"
    fix = Fix("change", Safety.SAFE, [Edit("a b/compose.yaml", 3, 4, "c")])
    (one,) = json.loads(render("rdjson", report_of(text, 3, 4, fix)))["diagnostics"]
    assert one["location"]["range"] == {"start": {"line": 1, "column": 5}, "end": {"line": 1, "column": 6}}
    assert one["suggestions"] == [{"range": one["location"]["range"], "text": "c"}]
    elsewhere = Fix("change", Safety.SAFE, [Edit("other", 0, 0, "c")])
    assert "suggestions" not in json.loads(render("rdjson", report_of(text, 3, 4, elsewhere)))["diagnostics"][0]


def test_azure_escapes_what_ends_a_command() -> None:
    report = report_of("a: b\n", 3, 4)
    report.findings[0].message = "50 %; ]\nx"
    first = render("azure", report).splitlines()[0]
    assert first == "##vso[task.logissue type=error;sourcepath=a b/compose.yaml;linenumber=1;columnnumber=4;code=compose/x;]50 %AZP25; ]%0Ax (high)"  # fmt: skip


def test_markdown_shows_text_as_it_is() -> None:
    report = report_of("a: b\n", 3, 4)
    report.findings[0].message = "see [x](https://a.example) <img> | `a|b`"
    row = next(line for line in render("markdown", report).splitlines() if line.startswith("| high"))
    assert r"see \[x\]\(https://a.example\) \<img\> \| `a\|b`" in row


def test_html_is_one_page_that_loads_nothing() -> None:
    page = render("html", sample())
    assert re.search(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=", page) is None
    assert "default-src 'none'" in page
    assert page.count('<article class="finding') == len(sample().findings)
    hostile = report_of("<script>alert(1)</script>\n", 0, 8)
    hostile.findings[0].message = "<script>alert(1)</script>"
    assert "<script>alert" not in render("html", hostile)


def test_the_json_output_follows_its_published_schema() -> None:
    schema = json.loads((SCHEMAS / "report.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(render("json", sample())))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_same_findings_give_the_same_text(name: str) -> None:
    assert render(name, sample()) == render(name, sample())


def test_html_shows_the_change_of_a_fix_without_its_head() -> None:
    fix = Fix("change", Safety.SAFE, [Edit("a b/compose.yaml", 3, 4, "c")])
    page = render("html", report_of("a: b\n", 3, 4, fix))
    assert '<span class="line removed">-a: b</span>' in page
    assert '<span class="line added">+a: c</span>' in page
    assert "+++ b/" not in page
