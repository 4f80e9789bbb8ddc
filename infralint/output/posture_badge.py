"""A badge: how many of the practices that apply are met."""

from __future__ import annotations

from infralint.engine.posture import Posture

LABEL = "practices"
_WIDTHS = {"i": 3.5, "l": 3.5, "t": 4.5, "f": 4.5, "r": 4.8, " ": 3.9, "m": 10.7, "w": 9.3, "1": 7.0}
"""Widths of letters of Verdana at 11 pixels that are far from the usual 7."""


def width_of(text: str) -> int:
    """How wide a text is, in pixels."""
    return round(sum(_WIDTHS.get(letter, 7.0) for letter in text))


def to_badge(posture: Posture) -> str:
    """An SVG picture of fixed height that needs no font of its own."""
    counts = posture.counts
    judged = counts["met"] + counts["not met"]
    value = f"{counts['met']} of {judged} met" if judged else "none assessed"
    share = counts["met"] / judged if judged else 0.0
    color = (
        "#59636e"
        if not judged
        else "#1a7f37"
        if share == 1
        else "#4d7c0f"
        if share >= 0.75
        else "#9a6700"
        if share >= 0.5
        else "#b42318"
    )
    left, right = width_of(LABEL) + 12, width_of(value) + 12
    title = f"{LABEL}: {value}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{title}">'
        f"<title>{title}</title>"
        f'<clipPath id="r"><rect width="{left + right}" height="20" rx="3"/></clipPath>'
        f'<g clip-path="url(#r)"><rect width="{left}" height="20" fill="#24292f"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{color}"/></g>'
        '<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">'
        f'<text x="{left / 2:g}" y="14" textLength="{left - 12}">{LABEL}</text>'
        f'<text x="{left + right / 2:g}" y="14" textLength="{right - 12}">{value}</text></g></svg>\n'
    )
