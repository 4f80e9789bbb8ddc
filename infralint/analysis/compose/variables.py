"""Variables that services are given, and those that a compose file asks for."""

from __future__ import annotations

from infralint.model.compose.service import Service
from infralint.model.compose.variables import Interpolation, variables_of
from infralint.model.element import UNKNOWN, Unknown, fact_of
from infralint.model.shared.variable import Variable
from infralint.syntax import yaml
from infralint.tables import secret_names
from infralint.tables.secrets import digest, looks_random

EXAMPLES = (
    ".env.example",
    ".env.sample",
    ".env.template",
    ".env.dist",
    "env.example",
    "env.sample",
    ".env.default",
    "example.env",
)

_NOTHING = frozenset(
    (
        "",
        "null",
        "nil",
        "none",
        "unset",
        "undefined",
        "false",
        "disabled",
        "off",
        "no",
        "~",
        "invalid",
        "not-set",
        "not_set",
        "notset",
        "n/a",
        "unused",
    )
)


@fact_of(Service)
def overriding_variables(service: Service) -> list[Variable]:
    """The variables of a list that were given another value above."""
    node = service.node.get("environment")
    if not isinstance(node, yaml.Sequence):
        return []
    first: dict[str, str] = {}
    return [one for one in variables_of(node) if first.setdefault(str(one.name), one.raw) != one.raw]


@fact_of(Interpolation, name="names_a_secret")
def interpolation_names_a_secret(interpolation: Interpolation) -> bool:
    """Whether a variable of this name is meant to hold a credential."""
    return secret_names.names_a_secret(interpolation.name)


@fact_of(Interpolation)
def has_empty_default(interpolation: Interpolation) -> bool | Unknown:
    """Whether the default gives nothing away: empty, quotes alone, a word for nothing such as `null` or `unset`."""
    value = interpolation.default
    if isinstance(value, Unknown):
        return UNKNOWN
    if value is None:
        return False
    bare = value.strip().strip("\"'").lower()
    return len(bare) <= 1 or bare in _NOTHING


@fact_of(Interpolation)
def default_digest(interpolation: Interpolation) -> str:
    """A short hash of a default that looks random, so that it is one fault with the credential that it is; else what no other has."""
    value = interpolation.default
    if isinstance(value, str) and looks_random(value):
        return digest(value)
    return f"{interpolation.source.path}:{interpolation.start}"


@fact_of(Interpolation)
def example_file(interpolation: Interpolation) -> str | None:
    """The file beside this one that shows what `.env` is to hold, if there is one."""
    return interpolation.context.example(EXAMPLES)


@fact_of(Interpolation)
def is_set_or_in_example(interpolation: Interpolation) -> bool:
    """Whether the `.env` beside the file sets it, or the example file names it, commented out or not."""
    if interpolation.name in interpolation.context.variables:
        return True
    example = example_file(interpolation)
    return example is not None and interpolation.name in interpolation.context.names_of(example)
