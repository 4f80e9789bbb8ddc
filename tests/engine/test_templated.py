"""What is a template: by its name, or because its format cannot read it; never for braces inside of a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.engine.options import Options
from infralint.engine.run import run

WORKFLOW = """on: pull_request_target
jobs:
  a:
    runs-on: ubuntu-24.04
    steps:
      - run: |
          cat > page.hbs <<'EOF'
          {{#if open}}
          title: {{ title }}
          {% raw %}
          <% end %>
          EOF
          echo "${{ github.event.pull_request.title }}"
"""


def notices(root: Path, name: str, text: str) -> list[str]:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return [one.kind for one in run([str(root)], Options(root=str(root))).notices]


def test_a_workflow_with_braces_in_a_script_is_judged(tmp_path: Path) -> None:
    assert notices(tmp_path, ".github/workflows/a.yml", WORKFLOW) == []
    report = run([str(tmp_path)], Options(root=str(tmp_path)))
    assert "any/template-injection" in {one.rule for one in report.findings}


@pytest.mark.parametrize(
    "text",
    [
        "services:\n  a:\n    image: example/a:1.2\n    command: >\n      {{ .Name }}\n      {% x %}\n",
        'services:\n  a:\n    image: example/a:1.2\n    labels:\n      rule: "\n        {{ x }}"\n',
        "services:\n  a:\n    image: example/a:1.2\n    labels:\n      - '{{ x }}'\n      - one\n        {{ x }}\n",
    ],
)
def test_braces_inside_of_a_value_make_no_template(tmp_path: Path, text: str) -> None:
    assert notices(tmp_path, "compose.yaml", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "services:\n{% for s in all %}\n  a:\n    image: example/a:1.2\n{% endfor %}\n",
        "services:\n  a:\n    image: {{ image }}\n",
        "services:\n  a:\n    image: example/a:1.2\n    command:\n      - {{ command }}\n",
        "services:\n  a:\n    image: <%= image %>\n",
        "services:\n  a:\n    image: example/a:1.2\n    command: |\n      {{ x }}\n  b:\n    image: {{ image }}\n",
    ],
)
def test_braces_where_the_format_has_a_value_make_a_template(tmp_path: Path, text: str) -> None:
    assert notices(tmp_path, "compose.yaml", text) == ["templated"]


def test_a_dockerfile_with_braces_in_a_script_is_judged(tmp_path: Path) -> None:
    text = "FROM alpine:3.22\nCOPY <<EOF /page\n{{ title }}\nEOF\nRUN echo \\\n  {{ x }}\nUSER 10001\n"
    assert notices(tmp_path, "Dockerfile", text) == []


@pytest.mark.parametrize("line", ["{{ if .Debug }}", "  {% if debug %}", "<% if debug %>"])
def test_a_dockerfile_with_braces_for_an_instruction_is_a_template(tmp_path: Path, line: str) -> None:
    assert notices(tmp_path, "Dockerfile", f"FROM alpine:3.22\n{line}\nRUN make\n") == ["templated"]


@pytest.mark.parametrize("name", ["Dockerfile.tmpl", "Dockerfile.j2", "charts/a/templates/compose.yaml"])
def test_a_name_can_say_that_a_file_is_a_template(tmp_path: Path, name: str) -> None:
    assert notices(tmp_path, name, "FROM alpine:3.22\n") == ["templated"]
