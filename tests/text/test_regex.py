"""Our regular expressions do what those of `re` do, prepared or not."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from infralint.text import regex

ROOT = Path(__file__).parent.parent.parent
TEXTS = ("", "a", "key: value # why", "A=1\nb = 2\n", "x" * 40 + "é", "v1.2.3-rc.1")
PATTERNS = (
    (r"(?P<name>\w+)\s*[:=]\s*(?P<value>\S+)", 0),
    (r"^b", regex.M),
    (r"a|v\d", regex.IGNORECASE),
    (r".+", regex.S),
    (r"\w", regex.ASCII),
    (r" a  # a letter", regex.VERBOSE),
    (r"[.-]", 0),
)


@pytest.fixture(scope="module")
def build() -> ModuleType:
    """The module of the build that prepares patterns."""
    spec = importlib.util.spec_from_file_location("hatch_patterns", ROOT / "hatch_patterns.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The prepared patterns of a process in which nothing is compiled or prepared yet."""
    parts: dict[str, Any] = {}
    monkeypatch.setattr(regex, "_prepared", parts)
    monkeypatch.setattr(regex, "_kept", {})
    return parts


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
@pytest.mark.parametrize("text", TEXTS)
def test_each_function_answers_as_that_of_re(text: str, pattern: str, flags: int) -> None:
    for name in ("match", "fullmatch", "search"):
        ours, theirs = getattr(regex, name)(pattern, text, flags), getattr(re, name)(pattern, text, flags)
        assert (ours and (ours.span(), ours.groupdict())) == (theirs and (theirs.span(), theirs.groupdict()))
    assert regex.findall(pattern, text, flags) == re.findall(pattern, text, flags)
    assert [m.span() for m in regex.finditer(pattern, text, flags)] == [
        m.span() for m in re.finditer(pattern, text, flags)
    ]
    for count in (0, 1):
        assert regex.sub(pattern, r"<\g<0>>", text, count, flags) == re.sub(
            pattern, r"<\g<0>>", text, count=count, flags=flags
        )
        assert regex.split(pattern, text, count, flags) == re.split(pattern, text, maxsplit=count, flags=flags)
    assert regex.escape(text) == re.escape(text)


def test_flags_and_other_names_are_those_of_re() -> None:
    for name in ("A", "ASCII", "I", "IGNORECASE", "M", "MULTILINE", "S", "DOTALL", "U", "X", "VERBOSE"):
        assert getattr(regex, name) == getattr(re, name).value
    assert regex.Pattern is re.Pattern
    with pytest.raises(regex.error):
        regex.compile("(")


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
def test_a_prepared_pattern_is_the_compiled_one(
    pattern: str, flags: int, build: ModuleType, prepared: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert regex.load(regex.written({(pattern, flags): build.arguments(pattern, flags)}))
    wanted = re.compile(pattern, flags)
    monkeypatch.setattr(re, "compile", None)  # nothing is compiled here
    assert regex.compile(pattern, flags) == wanted
    assert regex.compile(pattern, flags) is regex.compile(pattern, flags)


def test_the_build_prepares_the_patterns_of_the_program(prepared: dict[str, Any]) -> None:
    write = "import sys, hatch_patterns; sys.stdout.buffer.write(hatch_patterns.prepared())"
    done = subprocess.run(
        [sys.executable, "-c", write], cwd=ROOT, capture_output=True, check=True
    )  # none is loaded yet there
    assert regex.load(done.stdout)
    keys = [(pattern, flags) for flags, places in prepared["places"].items() for pattern in places]
    assert len(keys) > 1500
    for pattern, flags in keys:
        assert regex.compile(pattern, flags) == re.compile(pattern, flags)
