"""Keys and values of LABEL."""

from __future__ import annotations

from collections.abc import Sequence

from infralint.model.dockerfile.instruction import Assignment
from infralint.model.dockerfile.stage import Stage
from infralint.model.element import UNKNOWN, Truth, Unknown, fact_of
from infralint.tables import label_formats
from infralint.text.source import Text


@fact_of(Assignment)
def is_guideline_key(assignment: Assignment) -> bool:
    """Whether it is a label key as Docker's guidelines want it: small letters, digits, `.` and `-` between them."""
    name = str(assignment.name)
    plain = name.replace(".", "a").replace("-", "a").replace("_", "a").replace("/", "a")
    doubled = any(pair in name for pair in ("..", "--", ".-", "-."))
    return plain.isascii() and plain.isalnum() and name[:1].isalpha() and name[-1:].isalnum() and not doubled


@fact_of(Stage)
def label(stage: Stage, name: str) -> Text | Unknown | None:
    """The value of a label of the stage or of one below it; unknown where a variable stands in it."""
    found = stage.labels.get(name)
    if found is None or found.value is None:
        return None
    return UNKNOWN if "$" in found.value else found.value


@fact_of(Assignment)
def form_in(assignment: Assignment, forms: Sequence[str]) -> str | None:
    """The form that its value is to have by a list of `name=form`: url, time, license, commit, version or email."""
    wanted = dict(each.rpartition("=")[::2] for each in map(str, forms))
    return wanted.get(str(assignment.name))


@fact_of(Assignment)
def fits_form(assignment: Assignment, form: str | None) -> Truth:
    """Whether its value has a form; unknown where a variable stands in it, or there is no such form."""
    if form is None or assignment.value is None or "$" in assignment.value:
        return UNKNOWN
    fitting = label_formats.fits(form, str(assignment.value))
    return UNKNOWN if fitting is None else fitting
