"""No output holds a secret of a judged file, in clear or in base64."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from infralint.engine.fixing import fix
from infralint.engine.options import Options
from infralint.engine.pages import describe
from infralint.engine.run import run
from infralint.facts.secret_formats import FORMATS, sample
from infralint.output.formats import render

FORMS = ("text", "concise", "json", "github", "sarif")


def planted(name: str) -> str:
    return sample(name, 7).replace("\n", "\\n")


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.name)
def test_no_output_shows_a_secret(tmp_path: Path, row: object) -> None:
    name = row.name  # type: ignore[attr-defined]
    secret, word = planted(name), sample("password", 3)
    (tmp_path / ".env").write_text(f'A="{secret}"\nA=x y\nDB_PASSWORD={word}\nB={secret} {secret}\n', encoding="utf-8")
    (tmp_path / "compose.yaml").write_text(
        f'services:\n  a:\n    image: "x:1"\n    privileged: true\n    command: "{secret}"\n    environment:\n'
        f'      TOKEN: "{secret}"\n      DB_PASSWORD: {word}\n      URL: postgres://u:{word}@db.example.com/x\n',
        encoding="utf-8",
    )
    (tmp_path / "settings.json").write_text(f'{{"a": "{secret}", "url": "amqps://u:{word}@mq.example.com"}}\n', encoding="utf-8")
    report = run([str(tmp_path)], Options(root=str(tmp_path), select="all"))
    describe(report)
    assert any(one.path == ".env" and one.rule.startswith("any/") for one in report.findings), "the sample is found"
    core = secret if "\\n" not in secret else max(secret.split("\\n"), key=len)
    for form in FORMS:
        shown = render(form, report)
        for hidden in (core, word):
            assert hidden not in shown, form
            for cut in range(3):  # base64 of a text that begins anywhere
                encoded = base64.b64encode(hidden.encode()[cut:]).decode()[:-4]
                assert encoded not in shown, form


def test_fixes_beside_a_secret_do_not_show_it(tmp_path: Path) -> None:
    secret = planted("github-pat")
    (tmp_path / ".env").write_text(f"A={secret} and more\n", encoding="utf-8")
    result = fix([str(tmp_path)], Options(root=str(tmp_path), select="all"))
    describe(result.report)
    for form in FORMS:
        assert secret not in render(form, result.report), form
