"""What a build may bring without naming it, so that a missing program is unknown."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.engine.options import Options
from infralint.engine.run import run

COMPOSE = "services:\n  a:\n    build: .\n    healthcheck:\n      test: [CMD, curl, -f, http://localhost]\n"


@pytest.mark.parametrize(
    ("line", "is_known"),
    [
        ("RUN apk add --no-cache git", True),
        ("COPY entry.sh /usr/local/bin/", True),
        ("COPY app /app", True),
        ("RUN /bin/true && ls", True),
        ("RUN apk add --no-cache $PACKAGES", False),
        ("RUN apk add --no-cache $(cat /pkgs)", False),
        ("RUN xargs apk add < /pkgs", False),
        ("RUN /setup.sh", False),
        ("RUN sh /tmp/setup.sh", False),
        ("RUN make -C /src install", False),
        ("COPY rootfs /", False),
        ("ADD tools.tar.gz /usr/local", False),
        ("COPY --from=acme/tools:1 /usr/local/bin/ /usr/local/bin/", False),
    ],
)
def test_a_missing_program_is_reported_where_all_is_known(tmp_path: Path, line: str, is_known: bool) -> None:
    (tmp_path / "Dockerfile").write_text(f"FROM alpine:3.22\n{line}\nUSER 10001\n")
    (tmp_path / "compose.yaml").write_text(COMPOSE)
    report = run([str(tmp_path)], Options(root=str(tmp_path)))
    assert ("project/health-check-program-missing" in {one.rule for one in report.findings}) is is_known
