"""Texts that once broke a reader, or are of the kind that would, are replayed; the search for them works."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    path = Path(__file__).resolve().parent.parent / "bench" / "fuzz.py"
    spec = importlib.util.spec_from_file_location("bench_fuzz", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_kept_texts_break_nothing(fuzz: ModuleType) -> None:
    found = list(fuzz.replayed())
    assert len(found) >= 4
    assert [one for one in found if one[2]] == []


def test_every_reader_stands_some_damage(fuzz: ModuleType) -> None:
    texts = fuzz.seeds()
    assert sum(len(own) for own in texts.values()) > 500
    for name, (word, work) in fuzz.readers().items():
        own = fuzz.suited(texts, word)
        chance = random.Random(f"{name} 0")
        for _ in range(10):
            text = fuzz.damaged(own, fuzz.TOKENS[word], chance)
            assert fuzz.fault(work, text) == "", text


def test_a_fault_is_seen_and_made_short(fuzz: ModuleType) -> None:
    def work(text: str) -> None:
        if "(" in text and ")" in text:
            raise ValueError(text)

    text = "aaaa(bbbb)cccc" * 5
    assert fuzz.fault(work, text).startswith("ValueError")
    assert fuzz.shortened(work, text) in ("()", ")(")


def test_a_slow_reader_is_seen(fuzz: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "BUDGET", 0.05)

    def work(text: str) -> None:
        while True:
            pass

    assert fuzz.fault(work, "x").startswith("takes more than")
