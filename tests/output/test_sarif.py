"""SARIF is valid, is what GitHub reads, and its fixes are exactly the edits."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from output_sample import SECRET, finding_at, sample

from infralint.engine.options import Options
from infralint.engine.report import Notice, Report, RuleInfo
from infralint.engine.rule_docs import describe
from infralint.engine.run import run
from infralint.output.fingerprint import line_hashes
from infralint.output.sarif import to_sarif, uri
from infralint.output.sarif_rule import pascal, rule_markdown
from infralint.text.edit import Edit, Fix, Safety, apply
from infralint.text.finding import Confidence, Finding, Severity, place_at
from infralint.text.source import Source

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "fixtures/schemas/sarif-2.1.0.json").read_text("utf-8"))


def run_of(report: Report, **options: bool) -> dict[str, Any]:
    log = json.loads(to_sarif(report, **options))
    jsonschema.Draft202012Validator(SCHEMA).validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


def units(text: str) -> list[str]:
    """The UTF-16 units of a text, as strings of two bytes."""
    data = text.encode("utf-16-le", "surrogatepass")
    return [data[i : i + 2].decode("utf-16-le", "surrogatepass") for i in range(0, len(data), 2)]


def located(text: str, line: int, column: int) -> int:
    """The offset in UTF-16 units of a line and column, as a reader of SARIF finds it."""
    starts = [0, *(len(units(text[: match.end()])) for match in re.finditer("\r\n|\n|\r", text))]
    return starts[line - 1] + column - 1


def replaced(text: str, replacements: list[dict[str, Any]]) -> str:
    """The text after the replacements of an artifactChange, applied from the end."""
    out = units(text)
    for one in reversed(replacements):
        region = one["deletedRegion"]
        start = located(text, region["startLine"], region["startColumn"])
        end = located(text, region["endLine"], region["endColumn"])
        out[start:end] = units(one["insertedContent"]["text"])
    return "".join(out).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def pointed(text: str, region: dict[str, Any]) -> str:
    start = located(text, region["startLine"], region["startColumn"])
    end = located(text, region["endLine"], region["endColumn"])
    data = "".join(units(text)[start:end])
    return data.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def test_the_sample_is_valid_and_complete_for_github() -> None:
    run = run_of(sample())
    driver = run["tool"]["driver"]
    assert (driver["name"], bool(driver["semanticVersion"]), bool(driver["informationUri"])) == (
        "infralint",
        True,
        True,
    )
    assert not any("helpUri" in rule for rule in driver["rules"]), "pages are in the package unless they are published"
    assert run["columnKind"] == "utf16CodeUnits"
    assert run["automationDetails"]["id"] == "infralint/default/"
    assert [rule["id"] for rule in driver["rules"]] == ["any/secret", "compose/privileged", "dockerfile/chained-run"]
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"].endswith(".")
        assert set(result["partialFingerprints"]) == {"infralint/v1", "primaryLocationLineHash"}
        region = result["locations"][0]["physicalLocation"]["region"]
        assert {"startLine", "startColumn", "endLine", "endColumn", "snippet"} == set(region)
        where = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert run["artifacts"][where["index"]]["location"]["uri"] == where["uri"]
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
        assert "infralint: ignore[" in rule["help"]["markdown"]


def test_levels_are_written_even_where_they_are_the_default() -> None:
    report = sample()
    for finding, severity in zip(report.findings, (Severity.MEDIUM, Severity.CRITICAL, Severity.INFO), strict=True):
        finding.severity = severity
    report.rules["dockerfile/chained-run"].severity = Severity.MEDIUM
    run = run_of(report)
    assert [result["level"] for result in run["results"]] == ["warning", "error", "note"]
    assert run["tool"]["driver"]["rules"][2]["defaultConfiguration"] == {"level": "warning"}


def test_only_security_rules_have_a_security_severity() -> None:
    secret, privileged, chained = (rule["properties"] for rule in run_of(sample())["tool"]["driver"]["rules"])
    assert (privileged["security-severity"], secret["security-severity"]) == ("9.5", "8.0")
    assert "security-severity" not in chained
    assert (privileged["problem.severity"], chained["problem.severity"]) == ("error", "recommendation")
    assert (privileged["precision"], secret["precision"]) == ("high", "medium")
    assert privileged["tags"] == ["security", "compose", "external/cwe/cwe-250"]


def test_a_rule_has_ten_tags_at_most_and_short_descriptions() -> None:
    report = sample()
    rule = RuleInfo("any/secret", "t" * 2000, Severity.HIGH, body="w " * 2000, tags=[f"t{n}" for n in range(20)])
    report.rules["any/secret"] = rule
    described = run_of(report)["tool"]["driver"]["rules"][0]
    assert len(described["properties"]["tags"]) == 10
    assert max(len(described[name]["text"]) for name in ("shortDescription", "fullDescription")) == 1024


def test_regions_count_utf16_units_and_point_at_the_span() -> None:
    text = "a: 1\r\n😀k: «é😀»\rx\n"
    source = Source("f.yml", text)
    run = run_of(Report(".", [finding_at(source, "«é😀»", "any/x", Severity.LOW, "m")], sources={"f.yml": source}))
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (2, 6, 11)
    assert pointed(text, region) == region["snippet"]["text"] == "«é😀»"
    assert run["newlineSequences"] == ["\r\n", "\n", "\r"]


def test_the_context_holds_the_region_and_masks_the_secret() -> None:
    place = run_of(sample())["results"][2]["locations"][0]["physicalLocation"]
    assert place["region"]["snippet"]["text"] == "*" * len(SECRET)
    assert "*" * len(SECRET) + " # 日本" in place["contextRegion"]["snippet"]["text"]
    assert place["contextRegion"]["startLine"] == 1


def test_a_tall_finding_points_at_its_first_line() -> None:
    source = Source("f.yml", "job:\n" + "  - x\n" * 40)
    finding = finding_at(source, source.text, "any/x", Severity.LOW, "too long")
    region = run_of(Report(".", [finding], sources={"f.yml": source}))["results"][0]["locations"][0]["physicalLocation"]
    assert (region["region"]["startLine"], region["region"]["endLine"], region["region"]["endColumn"]) == (1, 1, 5)


def test_the_line_hash_is_of_the_file_as_github_reads_it() -> None:
    report = sample()
    result = run_of(report)["results"][2]
    source = report.sources["deploy/my app.yml"]
    assert source is not None
    assert result["partialFingerprints"]["primaryLocationLineHash"] == line_hashes("\ufeff" + source.text)[1]


def test_paths_become_relative_uris() -> None:
    assert uri("a b/ü#?%.yml") == "a%20b/%C3%BC%23%3F%25.yml"
    assert uri("c:x/.env") == "c%3Ax/.env"


def test_suppressed_findings_are_left_out_unless_asked_for() -> None:
    assert "suppressions" not in to_sarif(sample())
    results = run_of(sample(), include_suppressed=True)["results"]
    assert [result.get("suppressions") for result in results if result["ruleId"] == "compose/untagged"] == [
        [{"kind": "inSource", "justification": "infralint: ignore[untagged] mirrored daily"}]
    ]


def test_what_could_not_be_judged_is_told() -> None:
    report = sample()
    assert run_of(report)["invocations"][0]["executionSuccessful"] is True
    report.notices.append(Notice("x y.bin", "is binary", "unreadable"))
    invocation = run_of(report)["invocations"][0]
    told = invocation["toolExecutionNotifications"][1]
    assert invocation["executionSuccessful"] is False
    assert (told["level"], told["message"]["text"], told["descriptor"]["id"]) == ("error", "is binary", "unreadable")
    assert told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "x%20y.bin"


def test_an_empty_run_is_valid() -> None:
    run = run_of(Report(".", [], files=3))
    assert run["results"] == []
    assert run["tool"]["driver"]["rules"] == []


def test_the_same_findings_give_the_same_file() -> None:
    report = sample()
    report.seconds = 99.0
    assert to_sarif(report) == to_sarif(sample())


def test_a_stranger_cannot_place_a_link_in_a_message() -> None:
    source = Source("f", "x")
    finding = finding_at(source, "x", "any/x", Severity.LOW, "see [here](http://evil.example)")
    text = run_of(Report(".", [finding], sources={"f": source}))["results"][0]["message"]["text"]
    assert text == "see \\[here\\](http://evil.example)."


def test_related_places_are_linked_from_the_message() -> None:
    result = run_of(sample())["results"][1]
    assert result["message"]["text"] == "service web runs privileged. See [the service](1)."
    related = result["relatedLocations"][0]
    assert (related["id"], related["physicalLocation"]["region"]["startLine"]) == (1, 2)


def test_places_of_the_same_words_are_linked_once() -> None:
    source = Source("f", "abcd")
    related = (("a", "one"), ("b", "one"), ("c", "other"))
    result = run_of(
        Report(".", [finding_at(source, "d", "any/x", Severity.LOW, "m", related=related)], sources={"f": source})
    )["results"][0]
    assert result["message"]["text"] == "m. See [one](1). See [other](3)."
    assert len(result["relatedLocations"]) == 3


def test_a_file_that_is_gone_still_has_its_place() -> None:
    report = sample()
    report.sources["compose.yaml"] = None
    result = run_of(report)["results"][1]
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 4,
        "startColumn": 5,
        "endLine": 4,
        "endColumn": 21,
    }
    assert "fixes" not in result


def test_a_rule_becomes_help_without_the_marks_of_its_tests() -> None:
    prose, whole = rule_markdown("Why.\n\n```yaml bad compose.yaml\na: «b»\n```\nMore «text».")
    assert prose == "Why.\n\nMore «text»."
    assert whole == "Why.\n\nReported:\n\n```yaml\na: b\n```\nMore «text»."
    assert pascal("dockerfile/runs-as-root") == "DockerfileRunsAsRoot"


texts = st.lists(st.sampled_from(["a", "é", "😀", "\n", "\r\n", " ", "\t"]), min_size=1, max_size=25).map("".join)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(texts, st.booleans(), st.data())
def test_applying_the_sarif_fix_is_applying_the_edits(text: str, bom: bool, data: st.DataObject) -> None:
    source = Source("f.yml", (b"\xef\xbb\xbf" if bom else b"") + text.encode())
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True)))
    edits = [Edit("f.yml", a, b, data.draw(texts)) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    finding = Finding(
        "any/x", "any", Severity.LOW, Confidence.LOW, "t", "m", place_at(source, 0, 1), fix=Fix("f", Safety.SAFE, edits)
    )
    result = json.loads(to_sarif(Report(".", [finding], sources={"f.yml": source})))["runs"][0]["results"][0]
    changes = result["fixes"][0]["artifactChanges"]
    assert [change["artifactLocation"]["uri"] for change in changes] == ["f.yml"]
    assert replaced(text, changes[0]["replacements"]) == apply(text, edits)


def test_fixes_say_how_safe_they_are_and_manual_ones_are_not_offered() -> None:
    report = sample()
    results = run_of(report)["results"]
    assert [result["fixes"][0]["description"]["text"] for result in results[1:]] == [
        "remove the key (safe).",
        "read it from the environment (unsafe: may change behaviour).",
    ]
    fix = report.findings[1].fix
    assert fix is not None
    fix.safety = Safety.MANUAL
    assert "fixes" not in run_of(report)["results"][1]


def test_github_gets_no_more_results_than_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infralint.output.sarif.RESULTS", 2)
    run = run_of(sample())
    assert [result["ruleId"] for result in run["results"]] == ["compose/privileged", "any/secret"]
    assert run["invocations"][0]["toolExecutionNotifications"][1]["message"]["text"].startswith(
        "1 findings are left out"
    )


@pytest.mark.skipif("INFRALINT_SARIF_MULTITOOL" not in os.environ, reason="needs Microsoft's SARIF multitool")
def test_the_multitool_and_githubs_rules_find_nothing(tmp_path: Path) -> None:
    target = tmp_path / "sample.sarif"
    target.write_text(to_sarif(sample(), include_suppressed=True), "utf-8")
    done = subprocess.run(
        [sys.executable, ROOT / "bench/sarif_multitool.py", target], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_flow_of_strangers_text_is_told_hop_by_hop(tmp_path: Path) -> None:
    path = tmp_path / ".github" / "workflows" / "greet.yml"
    path.parent.mkdir(parents=True)
    path.write_text(
        "on: issues\njobs:\n  one:\n    runs-on: ubuntu-24.04\n    outputs:\n      title: ${{ steps.get.outputs.title }}\n"
        "    steps:\n      - id: get\n        env:\n          TITLE: ${{ github.event.issue.title }}\n"
        '        run: echo "title=$TITLE" >> "$GITHUB_OUTPUT"\n  two:\n    needs: one\n    runs-on: ubuntu-24.04\n'
        "    steps:\n      - run: echo ${{ needs.one.outputs.title }}\n",
        encoding="utf-8",
    )
    report = run([str(tmp_path)], Options(root=str(tmp_path), select=["template-injection"]))
    describe(report)
    (result,) = run_of(report)["results"]
    (flow,) = result["codeFlows"][0]["threadFlows"]
    lines = [hop["location"]["physicalLocation"]["region"]["startLine"] for hop in flow["locations"]]
    assert (lines[0], lines[-1]) == (10, 16)
    assert len(lines) > 2


def test_links_lead_below_the_address_where_pages_are_published() -> None:
    report = sample()
    report.docs_url = "https://docs.example.org/lint"
    driver = run_of(report)["tool"]["driver"]
    assert driver["informationUri"] == "https://docs.example.org/lint"
    assert {rule["id"]: rule.get("helpUri") for rule in driver["rules"]}["compose/privileged"] == (
        "https://docs.example.org/lint/rules/compose/privileged/"
    )
    assert "infralint explain privileged" in run_of(sample())["tool"]["driver"]["rules"][1]["help"]["text"]
