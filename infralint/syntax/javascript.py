"""Pieces of JavaScript: expressions, arguments, and what stands in quotes. No grammar; it is for reading shapes alone."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.text import regex as re


def without_comments(text: str) -> str:
    """A script with blanks in place of its comments."""
    return re.sub(r"(?m)(?<![:\"'`\w/])//[^\n]*|/\*[\s\S]*?(?:\*/|\Z)", lambda match: " " * len(match[0]), text)


def without_strings(text: str, *, blank: bool = False) -> str:
    """A text without what stands in quotes; of templates what is computed stays (`blank`: the lengths stay, too)."""
    out: list[str] = []
    for part in _pieces(text):
        if len(part) < 2 or part[0] not in "\"'`":
            out.append(part)
        elif blank:
            out.append("'" + " " * (len(part) - 2) + "'")
        else:
            inner = " , ".join(re.findall(r"\$\{([^{}]*)\}", part)) if part[0] == "`" else ""
            out.append(
                f"[{part[1:-1]}]"
                if re.search(r"^.[\w-]*.$", part) and out and out[-1].rstrip().endswith("[")
                else f"({inner})"
                if inner
                else '""'
            )
    return "".join(out)


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Where strings and templates stand, with their quotes."""
    found, at = [], 0
    for part in _pieces(text):
        if len(part) >= 2 and part[0] in "\"'`":
            found.append((at, at + len(part)))
        at += len(part)
    return found


_STRING = r"\"(?:\\.|[^\"\\\n])*+\"?|'(?:\\.|[^'\\\n])*+'?|`(?:\\.|[^`\\])*+`?|[^\"'`]+"


def _pieces(text: str) -> Iterator[str]:
    """What stands in quotes, and what stands between; a quote that is never closed is a character like others."""
    pattern = re.compile(_STRING)
    unclosed = dict.fromkeys("\"'`", 0)
    at = 0
    while at < len(text):
        quote = text[at]
        match = pattern.match(text, at) if at >= unclosed.get(quote, 0) else None
        if match is None:
            yield quote
            at += 1
            continue
        if quote in unclosed and (len(match[0]) < 2 or match[0][-1] != quote or _is_escaped(match[0])):
            unclosed[quote] = match.end()  # another one of its kind before this place has no end either
            yield quote
            at += 1
            continue
        yield match[0]
        at = match.end()


def _is_escaped(part: str) -> bool:
    """Whether the last character of a piece stands behind a backslash that counts."""
    head = part[:-1]
    return (len(head) - len(head.rstrip("\\"))) % 2 == 1


def expression_at(text: str, start: int) -> str:
    """An expression from where it begins to its end: a semicolon, a line end, or what closes the bracket around it."""
    depth, at, quote = 0, start, ""
    while at < len(text) and at - start < 4000:
        char = text[at]
        if quote:
            if char == "\\":
                at += 1
            elif char == quote:
                quote = ""
        elif char in "\"'`":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
            if depth < 0:
                break
        elif depth == 0 and (
            char == ";"
            or (
                char == "\n"
                and not re.match(r"\s*(?:\??\.|\?|:|\|\||&&|\+|\))", text[at:])
                and text[start:at].strip()
                and not text[start:at].rstrip().endswith(("=", "(", ",", "?", ":", "||", "&&", "+", "await", "=>"))
            )
        ):
            break
        at += 1
    return text[start:at]


def arguments_of(text: str) -> list[str]:
    """The arguments of a call, without its brackets."""
    found, depth, last = [], 0, 0
    shown = without_strings(text, blank=True)
    for at, char in enumerate(shown):
        depth += (char in "([{") - (char in ")]}")
        if char == "," and depth == 0:
            found.append(text[last:at])
            last = at + 1
    return [*found, text[last:]]


def is_outside_of_functions(text: str, at: int) -> bool:
    """Whether a place lies in the script itself and not in a function that it defines or passes."""
    opened: list[bool] = []
    for match in _braces(text[:at]):
        if match.group()[-1] == "{":
            opened.append(match["function"] is not None)
        elif opened:
            opened.pop()
    return not any(opened)


def _braces(text: str) -> Iterator[re.Match[str]]:
    shown = without_strings(text, blank=True)
    return re.finditer(r"(?P<function>(?:=>\s*|\bfunction\b[^{;]{0,200}\([^()]{0,300}\)\s*)\{)|\{|\}", shown)
