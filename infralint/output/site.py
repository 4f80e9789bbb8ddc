"""The documentation as the sources of a MkDocs Material site: a page a rule, an index by peers' names, the guides."""

from __future__ import annotations

import os
from pathlib import Path

from infralint.engine.discover import UsageError
from infralint.engine.rule_docs import rule_file_of
from infralint.output.sarif_rule import rule_markdown
from infralint.policy.catalogue import HERE, Rule
from infralint.text import regex as re
from infralint.text.finding import Confidence, Severity

GUIDES = (
    ("first-hour.md", "First hour"),
    ("editors.md", "In the editor"),
    ("ci.md", "CI"),
    ("migrating.md", "Migrating"),
    ("suppressing.md", "Suppressing"),
    ("organisations.md", "Policies of organisations"),
    ("fleet.md", "Many repositories"),
    ("settings.md", "Settings"),
    ("outputs.md", "Outputs"),
    ("rules.md", "Own rules"),
    ("judging.md", "How findings are judged"),
    ("practices.md", "Practices"),
    ("api.md", "Python"),
)
CONFIG = """\
site_name: {name}
docs_dir: docs
theme:
  name: material
  font: false
  features: [navigation.indexes, navigation.sections, navigation.top, search.suggest, content.code.copy]
  palette:
    - media: "(prefers-color-scheme: light)"
      scheme: default
      toggle: {{icon: material/weather-night, name: Dark}}
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
      toggle: {{icon: material/weather-sunny, name: Light}}
plugins: [search]
markdown_extensions: [admonition, attr_list, tables, pymdownx.superfences, pymdownx.highlight]
validation: {{links: {{not_found: warn, anchors: warn}}}}
nav:
  - Home: index.md
{guides}  - Rules: rules/index.md
  - By other tools' names: names.md
"""


def write_site(folder: str, rules: list[Rule], name: str) -> int:
    """Write the sources; how many pages of rules. Raises UsageError where that fails."""
    base = Path(folder)
    guides = _guides()
    try:
        count = _write_rules(base / "docs", rules)
        for file, text in guides.items():
            _save(base / "docs" / file, text)
        _save(base / "docs/index.md", _home(name, rules, guides))
        _save(base / "docs/names.md", _names(rules))
        listed = "".join(f"  - {title}: {file}\n" for file, title in GUIDES if file in guides)
        _save(base / "mkdocs.yml", CONFIG.format(name=name, guides=listed))
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror or error}") from None
    return count


def _save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _guides() -> dict[str, str]:
    """The guides that lie beside the package: in a wheel inside of it, in a checkout next to it."""
    for folder in (os.path.join(HERE, "docs"), os.path.join(os.path.dirname(HERE), "docs")):
        if os.path.isdir(folder):
            found = {name: Path(folder, name) for name, _ in GUIDES}
            found |= {f"schemas/{path.name}": path for path in sorted(Path(folder, "schemas").glob("*.json"))}
            return {name: path.read_text(encoding="utf-8") for name, path in found.items() if path.is_file()}
    return {}


def _home(name: str, rules: list[Rule], guides: dict[str, str]) -> str:
    kinds: dict[str, int] = {}
    for rule in rules:
        kinds[_kind(rule)] = kinds.get(_kind(rule), 0) + 1
    rows = "\n".join(
        f"| [{kind}](rules/index.md#{kind.replace('/', '')}) | {count} |" for kind, count in sorted(kinds.items())
    )
    links = "\n".join(f"- [{title}]({file})" for file, title in GUIDES if file in guides)
    return f"# {name}\n\n{links}\n- [Rules](rules/index.md)\n- [By other tools' names](names.md)\n\n| files | rules |\n|---|--:|\n{rows}\n"


def _kind(rule: Rule) -> str:
    """The folder of a rule: its kind, with `local/` before it for a user's own."""
    return rule.id.rpartition("/")[0]


def _write_rules(docs: Path, rules: list[Rule]) -> int:
    index = ["# Rules\n"]
    kinds = sorted({_kind(rule) for rule in rules})
    count = 0
    for kind in kinds:
        index += [f"## {kind}\n", "| rule | severity | profile | |", "|---|---|---|---|"]
        for rule in sorted((one for one in rules if _kind(one) == kind), key=lambda one: one.id):
            page = _page(rule)
            if page is None:
                continue
            _save(docs / "rules" / f"{rule.id}.md", page)
            count += 1
            severity = Severity(rule.entry["severity"]).label
            index.append(
                f"| [{rule.name}]({rule.id}.md) | {severity} | {rule.profile} | {_cell(rule.entry['title'])} |"
            )
        index.append("")
    _save(docs / "rules/index.md", "\n".join(index))
    return count


def _page(rule: Rule) -> str | None:
    """A rule's page; None where its file cannot be read."""
    rule_file = rule_file_of(rule)
    if rule_file is None:
        return None
    entry = rule.entry
    _, markdown = rule_markdown(rule_file.body)
    rows = [
        f"| Rule | `{rule.id}` |",
        f"| Severity | {Severity(entry['severity']).label} |",
        f"| Confidence | {Confidence(entry['confidence']).label} |",
        f"| Profile | {rule.profile} |",
    ]
    fixes = rule_file.header.get("fix")
    for fix in fixes if isinstance(fixes, list) else [fixes] if isinstance(fixes, dict) else []:
        rows.append(f"| Fix | {_cell(str(fix['safety']))}{_cell(': ' + str(fix['why'])) if fix.get('why') else ''} |")
    if rule.same_as:
        rows.append(f"| Other names | {', '.join(f'`{name}`' for name in rule.same_as)} |")
    if rule.part_of:
        rows.append(f"| Part of | {', '.join(f'`{name}`' for name in rule.part_of)} |")
    for name, value in entry["params"].items():
        rows.append(
            f"| Setting | `[rules.{rule.name}]` `{name}`, {entry['types'][name]}, default `{_cell(repr(value))}` |"
        )
    parts = [f"# {rule_file.title}", "", "| | |", "|---|---|", *rows, "", markdown.strip(), ""]
    parts += [
        "Suppress it with a comment on the line or above:",
        "",
        "```",
        f"# infralint: ignore[{rule.name}] reason",
        "```",
        "",
    ]
    references = rule_file.names("references")
    if references:
        parts += [
            "## References",
            "",
            *(f"- <{one}>" if one.startswith("https://") else f"- {one}" for one in references),
            "",
        ]
    return "\n".join(parts)


def _names(rules: list[Rule]) -> str:
    """The index: "I know DL3008"."""
    by_tool: dict[str, dict[str, list[Rule]]] = {}
    for rule in rules:
        for name in (*rule.same_as, *rule.part_of):
            tool, slash, own = name.partition("/")
            if slash and "*" not in own:
                by_tool.setdefault(tool, {}).setdefault(own, []).append(rule)
    lines = ["# By other tools' names", "", "`infralint explain NAME` finds the same.", ""]
    for tool in sorted(by_tool):
        lines += [f"## {tool}", "", f"| {tool} | infralint |", "|---|---|"]
        for name, found in sorted(by_tool[tool].items(), key=lambda row: _natural(row[0])):
            links = ", ".join(f"[{rule.id}](rules/{rule.id}.md)" for rule in dict.fromkeys(found))
            lines.append(f"| `{_cell(name)}` | {links} |")
        lines.append("")
    return "\n".join(lines)


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name)]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
