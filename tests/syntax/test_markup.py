"""The outline of documents: headings, code and links with their spans, in three markups."""

from __future__ import annotations

import pytest

from infralint.syntax.markup import ASCIIDOC, MARKDOWN, RST, Outline, form_of, outline
from infralint.text.source import Source
from tests.helpers.growth import assert_linear

MD = """\
---
title: x
heading: y
---
<!-- # hidden
## hidden too -->
# The `shop` of SHOP_NAME #

Setext
------

**In bold:**

<h2 align="center">In HTML</h2>

Run `make build`, see [the runbook](docs/runbook.md#x) or https://example.com/a.

- ```sh
  # not a heading
  ./run.sh
  ```

| a | b |
|---|---|
"""
RST_TEXT = """\
Shop
====

Backups
-------

Run ``make build``, see `the runbook <docs/runbook.rst>`_::

    pg_dump shop

.. code-block:: sh

   ./run.sh

Restore
-------
"""
ADOC = """\
= Shop

== Backups

See link:docs/runbook.adoc[the runbook] and `make build`.

[source,sh]
----
= not a heading
./run.sh
----
=== Restore
"""


def read(path: str, text: str) -> Outline:
    found = outline(Source(path, text))
    for each in (*found.headings, *found.codes, *found.links):
        assert 0 <= each.start <= each.end <= len(text)
    return found


def titles(found: Outline) -> list[tuple[str, int]]:
    return [(one.text, one.level) for one in found.headings]


def test_markdown() -> None:
    found = read("README.md", MD)
    assert titles(found) == [("The shop of SHOP_NAME", 1), ("Setext", 2), ("In bold", 6), ("In HTML", 2)]
    assert [(one.text, one.language, one.is_block) for one in found.codes] == [
        ("make build", "", False),
        ("  # not a heading\n  ./run.sh", "sh", True),
    ]
    assert [one.target for one in found.links] == ["https://example.com/a", "docs/runbook.md#x"]
    assert [MD[one.start : one.end] for one in found.links] == ["https://example.com/a", "docs/runbook.md#x"]
    assert MD[found.codes[0].start : found.codes[0].end] == "make build"
    assert found.section_of(MD.index("make build")) == found.headings[3]
    assert found.section_of(0) is None


def test_restructured_text() -> None:
    found = read("README.rst", RST_TEXT)
    assert titles(found) == [("Shop", 1), ("Backups", 2), ("Restore", 2)]
    assert [(one.text.strip(), one.language) for one in found.codes] == [
        ("make build", ""),
        ("pg_dump shop", ""),
        ("./run.sh", "sh"),
    ]


def test_asciidoc() -> None:
    found = read("README.adoc", ADOC)
    assert titles(found) == [("Shop", 1), ("Backups", 2), ("Restore", 3)]
    assert [(one.text, one.is_block) for one in found.codes] == [
        ("make build", False),
        ("= not a heading\n./run.sh", True),
    ]
    assert "docs/runbook.adoc" in [one.target for one in found.links]


@pytest.mark.parametrize(
    ("path", "form"),
    [("a.md", MARKDOWN), ("a.RST", RST), ("a.adoc", ASCIIDOC), ("a.asciidoc", ASCIIDOC), ("RUNBOOK", MARKDOWN)],
)
def test_markup_is_told_by_the_name(path: str, form: str) -> None:
    assert form_of(path) == form


@pytest.mark.parametrize("text", ["", "\n", "---", "```", "`", "<!--", "[a](", "a\n===", ".. code::", "----"])
@pytest.mark.parametrize("path", ["a.md", "a.rst", "a.adoc"])
def test_damaged_texts_are_read(path: str, text: str) -> None:
    read(path, text)


@pytest.mark.parametrize(
    "piece", ["# a\n", "```\n", "`a` [b](c) https://d\n", "a::\n\n    b\n", "[", "`", "a\n---\n", "<!-- ", "**a"]
)
@pytest.mark.parametrize("path", ["a.md", "a.rst", "a.adoc"])
def test_reading_is_linear(path: str, piece: str) -> None:
    assert_linear(lambda text: outline(Source(path, text)), piece * (40_000 // len(piece)))
