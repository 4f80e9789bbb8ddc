"""What the search for credentials finds, what it takes for one, and what of them is ever printed.

Usage: python bench/secrets.py [--seed N] [--show]

Makes credentials of every kind (issuers' formats, passwords with and without symbols, keys in hexadecimal and base64,
connection strings, keys in armour) and plants each in a file of its own, in every position that the kinds of file have.
Beside them stand as many decoys: digests, identifiers, references, placeholders, prose. Prints how many of either are reported
by default, and how many bytes of a credential stand in any output: raw, in other case, in base64, URL-encoded.
Exits with 1 below 95 % found, above 1 % of the decoys, or with a byte printed. `--show` names what was missed.
"""

from __future__ import annotations

import argparse
import base64
import pathlib
import random
import re
import string
import sys
import tempfile
import urllib.parse
from collections.abc import Callable, Iterator
from typing import NamedTuple

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "helpers"))

from decoys import MAKERS  # noqa: E402

from infralint.engine.baseline import entries_of, written  # noqa: E402
from infralint.engine.options import Options  # noqa: E402
from infralint.engine.report import Report  # noqa: E402
from infralint.engine.run import run  # noqa: E402
from infralint.output.formats import NAMES, render  # noqa: E402
from infralint.tables.secret_formats import BY_NAME, FORMATS, sample  # noqa: E402
from infralint.tables.secret_shapes import parts  # noqa: E402

COUNT = 400
WINDOW = 8
"""So many characters of a credential in a row count as printed."""
LETTERS = string.ascii_letters
ALNUM = LETTERS + string.digits


class Planted(NamedTuple):
    """A file, the line on which the credential begins, the credential and what kind it is."""

    path: str
    text: str
    line: int
    secret: str
    kind: str


def mixed(chance: random.Random, alphabet: str, size: int) -> str:
    """Characters of an alphabet, with a digit and a letter among them."""
    while True:
        made = "".join(chance.choice(alphabet) for _ in range(size))
        if any(char.isdigit() for char in made) and any(char.isalpha() for char in made):
            return made


def with_symbols(chance: random.Random) -> str:
    """A password as a manager makes it: 20 characters, three to five of them symbols that all files can hold."""
    made = list(mixed(chance, ALNUM, 20))
    for at in chance.sample(range(20), chance.randint(3, 5)):
        made[at] = chance.choice("!%*()+,-./:;=?@^_~&")
    return "".join(made)


PASSWORDS: dict[str, Callable[[random.Random], str]] = {
    "password of letters and digits": lambda chance: mixed(chance, ALNUM, chance.randint(16, 24)),
    "password of small letters and digits": lambda chance: mixed(chance, string.ascii_lowercase + string.digits, 20),
    "password with symbols": with_symbols,
    "key in hexadecimal": lambda chance: mixed(chance, "0123456789abcdef", chance.choice((32, 40, 64))),
    "key in base64": lambda chance: base64.b64encode(chance.randbytes(32)).decode(),
    "long token": lambda chance: mixed(chance, ALNUM + "-_", 300),
}
NAMES_OF_SECRETS = (
    "DB_PASSWORD", "API_TOKEN", "client_secret", "SECRET_KEY", "signingKey", "PGPASSWORD", "SMTP_PASSWORD", "authToken", "DBPASS",
    "SSHPASS", "FERNET_KEY", "GH_PAT", "ldap.bind.pw", "ACCESS_TOKEN", "webhook-secret", "ENCRYPTION_KEY", "REDIS_PASSWORD",
)  # fmt: skip


def env_name(name: str) -> str:
    return name.replace("-", "_").replace(".", "_")


NAMED: dict[str, tuple[str, str]] = {
    "env": ("app.env", "A=1\n{env}={value}\n"),
    "env, quoted": (".env.production", "A=1\nexport {env}='{value}'\n"),
    "env, direnv": (".envrc", "export {env}='{value}'\n"),
    "compose, map": ("compose.yaml", "services:\n  a:\n    image: acme/a:1.2\n    environment:\n      {env}: '{value}'\n"),
    "compose, list": ("compose.yaml", "services:\n  a:\n    image: acme/a:1.2\n    environment:\n      - '{env}={value}'\n"),
    "Dockerfile, ENV": ("Dockerfile", "FROM alpine:3.22\nENV {env}='{value}'\nUSER 10001\n"),
    "Dockerfile, ARG": ("Dockerfile", "FROM alpine:3.22\nARG {env}='{value}'\nUSER 10001\n"),
    "Dockerfile, variable of a command": ("Dockerfile", "FROM alpine:3.22\nRUN {env}='{value}' make install\nUSER 10001\n"),
    "workflow, env": (".github/workflows/ci.yml", "on: push\nenv:\n  {env}: '{value}'\njobs: {{}}\n"),
    "workflow, run": (
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: |\n          export {env}='{value}'\n          make\n",
    ),
    "properties": ("application.properties", "server.port=8080\n{name}={value}\n"),
    "ini": ("settings.ini", "[main]\n{name} = {value}\n"),
    "yaml": ("config.yaml", "server:\n  {name}: '{value}'\n"),
    "json": ("config.json", '{{"server": {{"{name}": "{value}"}}}}\n'),
    "toml": ("config.toml", "[server]\n{env} = '{value}'\n"),
}  # fmt: skip
"""Positions in which a name says what the value is."""
BARE: dict[str, tuple[str, str]] = {
    "env, any name": ("app.env", "VALUE={value}\n"),
    "compose, command": ("compose.yaml", "services:\n  a:\n    image: acme/a:1.2\n    command: ['serve', '--with', '{value}']\n"),
    "compose, label": ("compose.yaml", "services:\n  a:\n    image: acme/a:1.2\n    labels:\n      x: '{value}'\n"),
    "Dockerfile, RUN": ("Dockerfile", "FROM alpine:3.22\nRUN setup {value}\nUSER 10001\n"),
    "Dockerfile, comment": ("Dockerfile", "FROM alpine:3.22\n# {value}\nUSER 10001\n"),
    "workflow, with": (
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: ./here\n        with:\n          x: '{value}'\n",
    ),
    "yaml, list": ("config.yaml", "list:\n  - '{value}'\n"),
    "notes": ("notes.txt", "first\nvalue {value} end\n"),
}  # fmt: skip
"""Positions in which the format alone says what it is."""
COMMANDS = (
    "curl -u deploy:{value} https://api.acme.example/v1", "curl -H 'Authorization: Bearer {value}' https://api.acme.example",
    "mysql --password={value} app", "tool login --token {value}", "docker login -u ci --password {value} registry.acme.example",
    "redis-cli -a {value} ping", "sshpass -p {value} ssh deploy@host", "PGPASSWORD={value} psql -h db app",
    "wget --header='Authorization: Bearer {value}' https://api.acme.example/f", "java -Djavax.net.ssl.keyStorePassword={value} -jar a.jar",
    "helm upgrade a ./a --set auth.password={value}", "mysqldump -u root -p{value} app",
)  # fmt: skip
WITHIN = (
    "postgres://app:{value}@db.acme.example:5432/app", "jdbc:postgresql://db.acme.example/app?user=app&password={value}",
    "Server=db.acme.example;Database=app;User Id=app;Password={value};", "https://api.acme.example/v1?api_key={value}",
    "smtps://mailer%40acme.example:{value}@smtp.acme.example", "amqp://app:{value}@mq.acme.example/v",
    "redis://:{value}@cache.acme.example:6379/0", "host=db.acme.example user=app password={value} dbname=app",
    "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey={key};EndpointSuffix=core.windows.net",
)  # fmt: skip
ARMOUR = ("private-key", "age-secret-key", "jwt")


def credentials(chance: random.Random) -> Iterator[tuple[str, str, str, str]]:
    """Kind, path, text with the credential in it, and the credential; without end."""
    kinds, named, bare = list(PASSWORDS), list(NAMED), list(BARE)
    formats = [row for row in FORMATS if row.shapes and row.family not in ("identifier", "generic", "plain", "hash")]
    number = 0
    while True:
        number += 1
        kind = kinds[number % len(kinds)]
        secret = PASSWORDS[kind](chance)
        place = named[(number // len(kinds) + number) % len(named)]
        path, text = NAMED[place]
        name = NAMES_OF_SECRETS[number % len(NAMES_OF_SECRETS)]
        yield f"{kind}; {place}; {name}", path, text.format(name=name, env=env_name(name), value=secret), secret
        row = chance.choice(formats)
        secret = sample(row.name, number)
        if secret.isalpha() or "\n" in secret:
            continue
        place = chance.choice(bare)
        path, text = BARE[place]
        if row.words:
            place, path, text = "env, vendor", "app.env", f"{row.words[0].upper()}_TOKEN={{value}}\n"
        yield f"{row.name}; {place}", path, text.format(value=secret), secret
        secret = PASSWORDS["password of letters and digits"](chance)
        command = COMMANDS[number % len(COMMANDS)]
        path, head = chance.choice((("Dockerfile", "FROM alpine:3.22\nRUN "), (".github/workflows/ci.yml", "")))
        if head:
            text = f"{head}{command.format(value=secret)}\nUSER 10001\n"
        else:
            text = NAMED["workflow, run"][1].split("export", 1)[0].format() + command.format(value=secret) + "\n"
        yield f"{command.split('{')[0]}; {path}", path, text, secret
        within = WITHIN[number % len(WITHIN)]
        key = base64.b64encode(chance.randbytes(64)).decode()
        secret = key if "{key}" in within else secret[::-1]
        place = chance.choice(("env", "compose, map", "Dockerfile, ENV", "yaml", "json"))
        path, text = NAMED[place]
        value = within.format(value=secret, key=key)
        yield f"{within}; {place}", path, text.format(name="setting", env="SETTING", value=value), secret
        armour = ARMOUR[number % len(ARMOUR)]
        secret = sample(armour, number)
        lines = "\n".join(f"        {line}" for line in secret.split("\n"))
        text = f"services:\n  a:\n    image: acme/a:1.2\n    environment:\n      DATA: |\n{lines}\n"
        yield f"{armour}; compose, block", "compose.yaml", text, secret


def planted(chance: random.Random) -> list[Planted]:
    """COUNT credentials, each in a file of its own."""
    found = []
    for number, (kind, path, text, secret) in zip(range(COUNT), credentials(chance), strict=False):
        line = text[: text.index(secret.split("\n")[0])].count("\n") + 1
        found.append(Planted(f"{number:03}/{path}", text, line, secret, kind))
    return found


def decoys(chance: random.Random) -> dict[str, str]:
    """As many decoys, each in a file of its own."""
    made = {}
    for number in range(COUNT):
        maker = MAKERS[number % len(MAKERS)]
        name = ("values.yaml", "notes.txt", "app.env", "app.properties")[number // len(MAKERS) % 4]
        made[f"{number:03}/{name}"] = maker(chance) + "\n"
    return made


def judged(files: dict[str, str], root: str) -> Report:
    """The default report over files."""
    for path, text in files.items():
        place = pathlib.Path(root, path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return run([root], Options(root=root, all_text=True))


SAYS_SO = ("any/", "secret", "password", "token", "credential")


def speaks_of_secrets(rule: str) -> bool:
    return any(word in rule for word in SAYS_SO)


def made_part(kind: str, secret: str) -> str:
    """What of a credential is secret: without the prefix of its format, or the armour of a key."""
    row = BY_NAME.get(kind.partition(";")[0])
    for shape in row.shapes if row is not None else ():
        secret = max(
            re.split("|".join(re.escape(part.text) for part in parts(shape) if part.text) or "$^", secret), key=len
        )
    return max(secret.split("\n"), key=len)


def spellings(secret: str) -> set[str]:
    """A credential as it could be printed: raw, in other case, with other marks, in base64 (at three offsets), URL-encoded."""
    coded = {base64.b64encode(b" " * pad + secret.encode()).decode()[4 if pad else 0 : -4] for pad in range(3)}
    plain = {secret, secret.lower(), secret.upper(), secret.replace("-", "_"), urllib.parse.quote(secret, safe="")}
    return {one for one in plain | coded if len(one) >= WINDOW}


def printed(report: Report) -> str:
    """All that leaves the program but a patch: every format, the baseline, its log."""
    return "\n".join([*(render(name, report) for name in NAMES), written(entries_of(report))])


def windows(text: str) -> set[str]:
    return {text[at : at + WINDOW] for at in range(len(text) - WINDOW + 1)}


def shown(secret: str, everything: set[str]) -> int:
    """How many characters of a credential stand in an output, given as its windows of WINDOW characters."""
    most = 0
    for one in spellings(secret):
        seen = sum(one[at : at + WINDOW] in everything for at in range(2, len(one) - WINDOW + 1))
        most = max(most, seen and seen + WINDOW - 1)
    return most


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="name what was missed, reported or printed")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    credentials_made = planted(chance)
    with tempfile.TemporaryDirectory() as root:
        report = judged({one.path: one.text for one in credentials_made}, root)
    lines: dict[str, list[tuple[int, int]]] = {}
    for finding in report.findings:
        if speaks_of_secrets(finding.rule):
            lines.setdefault(finding.path, []).append((finding.line, finding.end_line))
    missed = [
        one for one in credentials_made if not any(low <= one.line <= high for low, high in lines.get(one.path, ()))
    ]
    everything = windows(printed(report))
    leaks = [(one, count) for one in credentials_made if (count := shown(made_part(one.kind, one.secret), everything))]
    with tempfile.TemporaryDirectory() as root:
        made = decoys(chance)
        reported = {one.path: one.rule for one in judged(made, root).findings if speaks_of_secrets(one.rule)}
    if options.show:
        for one in missed:
            print(f"missed   {one.path}: {one.kind}")
        for path, rule in sorted(reported.items()):
            print(f"reported {path}: {rule}: {made[path].strip()}")
        for one, count in leaks:
            print(f"printed  {one.path}: {one.kind}: {count} characters")
    found = 100 * (1 - len(missed) / COUNT)
    wrong = 100 * len(reported) / COUNT
    print(f"credentials found   {COUNT - len(missed)} of {COUNT}, {found:.1f} % (at least 95)")
    print(f"decoys reported     {len(reported)} of {COUNT}, {wrong:.1f} % (at most 1)")
    print(f"bytes printed       {sum(count for _, count in leaks)} of {len(leaks)} credentials (none)")
    return int(found < 95 or wrong > 1 or bool(leaks))


if __name__ == "__main__":
    sys.exit(main())
