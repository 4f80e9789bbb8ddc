"""A small report over files in memory, with everything that an output must cope with."""

from __future__ import annotations

from infralint.engine.report import Notice, Report, RuleInfo
from infralint.text.edit import Edit, Fix, Safety
from infralint.text.finding import Confidence, Finding, Severity, place_at
from infralint.text.source import Source

SECRET = "sample-secret-0000"
FILES: dict[str, bytes] = {
    "compose.yaml": b"services:\n  web:\n    image: nginx\n    privileged: true\n",
    "deploy/my app.yml": f"\ufeffname: \U0001f680 café\r\n\ttoken: {SECRET} # \u65e5\u672c\r\nkeep: 1\r\n".encode(),
    "Dockerfile": b"FROM scratch\nRUN a \\\n  && b\n",
}
BODY = """\
A privileged container has every capability
of the host.

```yaml bad
    «privileged: true»
```
```yaml good
    privileged: false
```
"""


def rules() -> tuple[RuleInfo, ...]:
    """The rules that the sample's findings name."""
    return (
        RuleInfo(
            "compose/privileged",
            "Service runs privileged",
            Severity.CRITICAL,
            body=BODY,
            tags=["security", "compose"],
            cwe=["cwe/250"],
            references=("https://docs.docker.com/",),
            fix_safety=Safety.SAFE,
        ),
        RuleInfo(
            "any/secret", "Secret in a file", Severity.HIGH, Confidence.MEDIUM, body="Rotate it.", tags=["security"]
        ),
        RuleInfo("dockerfile/chained-run", "Commands are chained", Severity.LOW, body="Hard to read.", tags=["style"]),
    )


def finding_at(
    source: Source,
    text: str,
    rule: str,
    severity: Severity,
    message: str,
    *,
    key: str = "",
    fix: Fix | None = None,
    related: tuple[tuple[str, str], ...] = (),
) -> Finding:
    """A finding on the first occurrence of a text."""

    def found(wanted: str) -> tuple[int, int]:
        start = source.text.index(wanted)
        return start, start + len(wanted)

    others = tuple((place_at(source, *found(wanted)), say) for wanted, say in related)
    kind = rule.partition("/")[0]
    place = place_at(source, *found(text))
    return Finding(rule, kind, severity, Confidence.HIGH, "", message, place, key=key, fix=fix, related=others)


def edit_at(source: Source, old: str, new: str) -> Edit:
    """The edit that replaces the first occurrence of a text."""
    start = source.text.index(old)
    return Edit(source.path, start, start + len(old), new)


def sample() -> Report:
    """Three files, three findings, one of them masked; one suppressed; one file skipped."""
    sources = {path: Source(path, data) for path, data in FILES.items()}
    compose, app, docker = sources.values()
    secret = app.text.index(SECRET)
    findings = [
        finding_at(
            docker, "RUN a \\\n  && b", "dockerfile/chained-run", Severity.LOW, "two commands in one RUN", key="stage.0"
        ),
        finding_at(
            compose,
            "privileged: true",
            "compose/privileged",
            Severity.CRITICAL,
            "service web runs privileged",
            key="services.web.privileged",
            fix=Fix("remove the key", Safety.SAFE, [edit_at(compose, "    privileged: true\n", "")]),
            related=(("web", "the service"),),
        ),
        finding_at(
            app,
            SECRET,
            "any/secret",
            Severity.HIGH,
            "a token is written here: sa****",
            key="token",
            fix=Fix("read it from the environment", Safety.UNSAFE, [edit_at(app, SECRET, "${TOKEN} \U0001f511")]),
        ),
    ]
    suppressed = finding_at(compose, "nginx", "compose/untagged", Severity.MEDIUM, "image nginx has no tag")
    suppressed.suppressed = "infralint: ignore[untagged] mirrored daily"
    return Report(
        ".",
        findings,
        [suppressed],
        [Notice("values.yaml.j2", "is a template, which is not judged", "templated")],
        files=3,
        kinds={"compose": 1, "dockerfile": 1, "env": 1},
        seconds=0.25,
        rules={rule.id: rule for rule in rules()},
        sources=sources,
        masks={app.path: [(secret, secret + len(SECRET))]},
    )
