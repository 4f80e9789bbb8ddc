"""Texts with `{expressions}` in them, as `say:` and `with:` have them."""

from __future__ import annotations


class ExpressionError(ValueError):
    """An expression that is not allowed or asks for what does not exist; `column` counts from 0."""

    def __init__(self, message: str, column: int = 0) -> None:
        super().__init__(message)
        self.column = column


def split_template(text: str) -> list[tuple[bool, str, int]]:
    """A template as (is an expression, text, column) parts; `{{` and `}}` stand for braces."""
    parts: list[tuple[bool, str, int]] = []
    plain: list[str] = []
    at = 0
    while at < len(text):
        char = text[at]
        if char in "{}" and text[at : at + 2] == char * 2:
            plain.append(char)
            at += 2
        elif char == "}":
            raise ExpressionError("a `}` without `{`; write `}}` for a brace", at)
        elif char == "{":
            close, quote = at + 1, ""
            while close < len(text) and (quote or text[close] != "}"):
                if text[close] in "'\"":
                    quote = "" if quote == text[close] else quote or text[close]
                close += 1
            if close >= len(text):
                raise ExpressionError("a `{` without `}`; write `{{` for a brace", at)
            if plain:
                parts.append((False, "".join(plain), at))
                plain = []
            parts.append((True, text[at + 1 : close], at + 1))
            at = close + 1
        else:
            plain.append(char)
            at += 1
    if plain:
        parts.append((False, "".join(plain), at))
    return parts
