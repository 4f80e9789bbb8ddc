"""No output holds a secret of a judged file, in clear or in base64."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from infralint.engine.fixing import fix
from infralint.engine.mask import Hidden
from infralint.engine.options import Options
from infralint.engine.rule_docs import describe
from infralint.engine.run import run
from infralint.output.formats import NAMES, render
from infralint.tables.secret_formats import FORMATS, Format, sample

FORMS = ("text", "concise", "json", "github", "sarif")
OPENING = [row for row in FORMATS if row.shapes and row.family != "identifier"]
PLANTED = random.Random(40).sample(OPENING, 40)


def spelled(row: Format, seed: int = 7) -> tuple[str, str]:
    """A name that fits the format, and a made-up value."""
    return f"{row.words[0] if row.words else 'app'}_TOKEN", sample(row.name, seed)


def planted(folder: Path, row: Format) -> list[str]:
    """A tree with the credential in a file of each kind; the texts that nothing may show."""
    name, secret = spelled(row)
    word = sample("password", 3)
    files = {
        "Dockerfile": f"FROM alpine\nENV {name}={secret}\nRUN cd /x; echo {secret} | sh\nCMD echo {secret}\n",
        "compose.yaml": f'services:\n  a:\n    image: "x:1"\n    privileged: true\n    command: "run {secret}"\n    environment:\n'
        f'      {name}: "{secret}"\n      DB_PASSWORD: {word}\n      URL: postgres://u:{word}@db.example.com/x\n',
        ".github/workflows/ci.yml": f'on: push\nenv:\n  {name}: "{secret}"\njobs:\n  a:\n    runs-on: x\n    steps:\n'
        f"      - run: echo {secret} ${{{{ github.event.issue.title }}}}\n        env: {{DB_PASSWORD: {word}}}\n",
        "action.yml": f'name: a\nruns:\n  using: composite\n  steps:\n    - run: echo {secret}\n      env: {{{name}: "{secret}"}}\n',
        ".env": f'{name}="{secret}"\nA=x y\nDB_PASSWORD={word}\nB={secret} {secret}\n{name}="{secret}"\n',
        "settings.json": f'{{"{name}": "{secret}", "url": "amqps://u:{word}@mq.example.com"}}\n',
        "notes.md": f"Set `{name}={secret}` first.\n\n    curl -u admin:{word} https://example.com\n",
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return [secret, word]


def holds(shown: str, hidden: str) -> bool:
    """Whether a text holds another in clear, or within base64 that begins anywhere."""
    cuts = (base64.b64encode(hidden.encode()[cut:]).decode()[:-4] for cut in range(3))
    return hidden in shown or any(encoded and encoded in shown for encoded in cuts)


@pytest.mark.parametrize("row", PLANTED, ids=lambda row: row.name)
def test_no_output_shows_a_secret(tmp_path: Path, row: Format) -> None:
    hidden = planted(tmp_path, row)
    report = run([str(tmp_path)], Options(root=str(tmp_path), select="all", all_text=True))
    describe(report)
    for path in (
        "compose.yaml",
        ".env",
        ".github/workflows/ci.yml",
        "settings.json",
        "notes.md",
        "Dockerfile",
        "action.yml",
    ):
        named = [
            one
            for one in report.findings
            if one.rule.startswith(("any/", "dockerfile/secret"))
            and path in {one.path, *(place.path for place, _ in one.related)}
        ]
        assert named, f"the sample is found in {path}"
    for form in FORMS:
        shown = render(form, report)
        assert not [text for text in hidden if holds(shown, text)], form


def test_fixes_beside_a_secret_do_not_show_it(tmp_path: Path) -> None:
    secret = sample("github-pat", 7)
    (tmp_path / ".env").write_text(f"A={secret} and more\n", encoding="utf-8")
    result = fix([str(tmp_path)], Options(root=str(tmp_path), select="all"))
    describe(result.report)
    for form in FORMS:
        assert secret not in render(form, result.report), form


def test_a_secret_is_hidden_wherever_its_file_repeats_it(tmp_path: Path) -> None:
    _, secret = spelled(next(row for row in FORMATS if row.name == "gitea-token"))
    (tmp_path / ".env").write_text(f"GITEA_TOKEN={secret}\nB=say {secret}\n", encoding="utf-8")
    report = run([str(tmp_path)], Options(root=str(tmp_path), select="all"))
    describe(report)
    assert any(one.line == 2 for one in report.findings)
    assert all(secret not in render(form, report) for form in FORMS)


@pytest.mark.parametrize("near", [False, True], ids=["removed", "near a change"])
def test_a_patch_with_a_credential_says_so(tmp_path: Path, near: bool) -> None:
    secret = sample("github-pat", 5)
    text = f"services:\n  a:\n    image: x:1\n    environment:\n      TOKEN: {secret}\n"
    other = f"A={secret}\nB=1\nB=1\n"
    (tmp_path / (".env" if near else "compose.yaml")).write_text(other if near else text, encoding="utf-8")
    result = fix([str(tmp_path)], Options(root=str(tmp_path)), unsafe=True)
    assert secret in result.patch
    assert result.shows_secrets
    (tmp_path / "clean.env").write_text("B=1\nB=1\n", encoding="utf-8")
    assert not fix([str(tmp_path / "clean.env")], Options(root=str(tmp_path)), unsafe=True).shows_secrets


def test_a_compose_file_with_variables_is_masked_at_its_secrets_alone(tmp_path: Path) -> None:
    word = sample("password", 1)
    text = f"services:\n  wavelog:\n    image: mysql:5.7\n    environment:\n      A_PASSWORD: ${{A_PASSWORD:-{word}}}\n      B: ${{B}}\n"
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    report = run([str(tmp_path)], Options(root=str(tmp_path)))
    before, _, after = report.masked("compose.yaml").partition("*")
    assert before.rstrip("-:") == text.partition(word)[0].rstrip("-:")
    assert after.endswith("}\n      B: ${B}\n")


def test_a_default_password_masks_no_name_in_messages(tmp_path: Path) -> None:
    text = "services:\n  wavelog:\n    image: mysql:5.7\n    privileged: true\n    environment:\n      A_PASSWORD: ${A_PASSWORD:-wavelog}\n"
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    report = run([str(tmp_path)], Options(root=str(tmp_path)))
    messages = {one.rule: one.message for one in report.findings}
    assert "service `wavelog`" in messages["compose/privileged-service"]
    assert "wavelog}" not in report.masked("compose.yaml")


@pytest.mark.parametrize(
    "spelled",
    [
        str.upper,
        str.lower,
        lambda text: text.replace("-", "_"),
        lambda text: base64.b64encode(text.encode()).decode(),
        lambda text: base64.b64encode(b"user:" + text.encode()).decode(),
        lambda text: quote(text, safe=""),
        lambda text: text[:30],
        lambda text: f"x{text}y",
    ],
)
def test_a_secret_is_hidden_in_other_spellings(spelled: Callable[[str], str]) -> None:
    text = sample("easypost-key", 1)[:20] + "-/+" + sample("easypost-key", 2)[4:30]
    shown = Hidden([text]).starred(f"value {spelled(text)} of KEY")
    assert shown.startswith("value ")
    assert shown.endswith(" of KEY")
    assert text[6:14].lower() not in shown.lower()
    assert len(shown) < len("value  of KEY") + 24


def test_what_only_begins_alike_stays() -> None:
    hidden = Hidden(["abcd1234-efgh", "pass"])
    assert hidden.starred("abcd1234 and abcd") == "abcd1234 and abcd"
    assert hidden.starred("a pass of abcd1234_EFGH") == "a ****** of ******"


def test_secrets_of_one_file_are_hidden_in_what_is_said_of_another(tmp_path: Path) -> None:
    token = sample("github-pat", 5)
    (tmp_path / ".env").write_text(f"API_TOKEN={token}\n")
    (tmp_path / "compose.yaml").write_text("services:\n  a:\n    image: acme/a:1.2\n    restart: ${API_TOKEN}\n")
    report = run([str(tmp_path)], Options(root=str(tmp_path), select="all"))
    assert any(one.rule == "compose/invalid-restart-policy" for one in report.findings)
    assert token[6:20] not in "".join(render(name, report) for name in NAMES)


def test_where_secrets_cannot_be_looked_for_nothing_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from infralint.engine import files

    def broken(document: object) -> list[tuple[int, int]]:
        raise ValueError("x")

    monkeypatch.setattr(files, "spans_of", broken)
    (tmp_path / "Dockerfile").write_text("FROM alpine\nUSER 10001\n")
    report = run([str(tmp_path)], Options(root=str(tmp_path)))
    told = [one for one in report.findings if one.rule.startswith("dockerfile/")]
    assert told
    assert all(one.message == one.title and one.fix is None for one in told)
    assert any(one.kind == "unreadable" for one in report.notices)


def test_a_default_that_is_the_word_password_garbles_no_message(tmp_path: Path) -> None:
    text = (
        "services:\n  {name}:\n    image: mysql:8.4\n    environment:\n      A_PASSWORD: ${{A_PASSWORD:-{default}}}\n"
    )
    for name, default in (("a", "password"), ("b", "wavelog")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "compose.yaml").write_text(text.format(name=name, default=default), encoding="utf-8")
    report = run([str(tmp_path)], Options(root=str(tmp_path)))
    said = {one.path: one.message for one in report.findings if one.rule == "compose/default-for-secret"}
    assert all("`A_PASSWORD`" in message for message in said.values())
    assert len(said) == 2


def test_a_default_made_of_words_that_messages_use_hides_no_name_like_it(tmp_path: Path) -> None:
    text = "services:\n  a:\n    image: x:1\n    environment:\n      SECRET_KEY: ${SECRET_KEY:-secret-key}\n"
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    report = run([str(tmp_path)], Options(root=str(tmp_path)))
    said = next(one.message for one in report.findings if one.rule == "compose/default-for-secret")
    assert said.startswith("secret `SECRET_KEY` ")
    assert ":-secret-key" not in report.masked("compose.yaml")
