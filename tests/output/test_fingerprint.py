"""The line hash is GitHub's own, bit by bit; our fingerprint survives what does not change the fault."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from infralint.engine.report import Report
from infralint.output.fingerprint import line_hashes
from infralint.text.finding import Confidence, Finding, Severity, place_at
from infralint.text.source import Source


def rolled(text: str) -> list[str]:
    """The hash as it is specified: rolled over the file unit by unit."""
    data = text.encode("utf-16-le", "surrogatepass")
    units = [int.from_bytes(data[i : i + 2], "little") for i in range(0, len(data), 2)]
    top = pow(37, 100, 1 << 64)
    window, lines = [0] * 100, [0] * 100
    raw = index = line = 0
    starts, after_cr = True, False
    counts: dict[int, int] = {}
    out: dict[int, str] = {}

    def flush() -> None:
        if lines[index]:
            counts[raw] = counts.get(raw, 0) + 1
            out[lines[index]] = f"{raw:x}:{counts[raw]}"
            lines[index] = 0

    def push(unit: int) -> None:
        nonlocal raw, index
        raw = (37 * raw + unit - top * window[index]) % (1 << 64)
        window[index] = unit
        index = (index + 1) % 100

    for unit in [*units, 65535]:
        if unit in (32, 9) or (after_cr and unit == 10):
            after_cr = False
            continue
        after_cr = unit == 13
        unit = 10 if after_cr else unit
        flush()
        if starts:
            line += 1
            lines[index] = line
        starts = unit == 10
        push(unit)
    for _ in range(100):
        flush()
        push(0)
    return [out[number] for number in sorted(out)]


def test_githubs_vectors() -> None:
    assert line_hashes("") == ["c129715d7a2bc9a3:1"]
    assert line_hashes(" a\nb\n  \t\tc\n d") == [
        "271789c17abda88f:1",
        "54703d4cd895b18:1",
        "180aee12dab6264:1",
        "a23a3dc5e078b07b:1",
    ]
    lorem = line_hashes("Lorem ipsum dolor sit amet.\n" * 10)
    assert lorem[:7] == [*(f"a7f2ff13bc495cf2:{n}" for n in range(1, 7)), "a7f2ff1481e87703:1"]


PIECES = ["a", "b", "\n", "\r\n", "\r", " ", "\t", "\r \n", "é", "😀", "\ufeff", "long line " * 12]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_the_hash_equals_the_rolled_one(text: str) -> None:
    assert line_hashes(text) == rolled(text)


def test_only_wanted_lines_are_hashed_and_counted_alike() -> None:
    text = "same\n" * 60 + "other\n"
    full = line_hashes(text)
    some = line_hashes(text, {7, 61})
    assert [some[6], some[60]] == [full[6], full[60]]
    assert some[0] == ""


def prints(text: str, *wanted: str, mask: tuple[int, int] | None = None, first: int = 0) -> list[str]:
    source = Source("a.env", text)
    findings = []
    at = first
    for word in wanted:
        at = text.index(word, at)
        place = place_at(source, at, at + len(word))
        findings.append(Finding("env/x", "env", Severity.LOW, Confidence.LOW, "", f"{at}", place, key="A"))
        at += len(word)
    report = Report(".", findings, sources={"a.env": source}, masks={"a.env": [mask]} if mask else None)
    return [report.fingerprint(one) for one in findings]


def test_a_fingerprint_ignores_lines_above_messages_and_blanks() -> None:
    assert prints("A=b  c\n", "b  c") == prints("# moved\n\nA=b c\n", "b c")


def test_a_fingerprint_tells_other_text_and_twins_apart() -> None:
    one, two = prints("A=b\nA=b\n", "A=b", "A=b")
    assert one != two
    assert prints("A=b\n", "A=b") == [one]
    assert prints("A=c\n", "A=c") != [one]


def test_a_fingerprint_cannot_be_used_to_guess_a_secret() -> None:
    given = {prints(f"A=secret{n:04}\n", f"secret{n:04}", mask=(2, 12))[0] for n in range(9_000)}
    assert 2_000 < len(given) <= 4_096


def test_another_secret_in_the_same_place_has_another_fingerprint() -> None:
    assert prints("A=hunter2\n", "hunter2", mask=(2, 9)) != prints("A=letmein\n", "letmein", mask=(2, 9))


def test_a_secret_beside_what_is_marked_does_not_count() -> None:
    assert prints("A=hunter2\n", "A=hunter2", mask=(2, 9)) == prints("A=letmein\n", "A=letmein", mask=(2, 9))
