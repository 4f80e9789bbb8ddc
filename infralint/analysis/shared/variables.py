"""Variables that hold credentials: what their names and values say."""

from __future__ import annotations

from infralint.model.element import UNKNOWN, Unknown, fact_of, remembered
from infralint.model.kinds import kind_of_source
from infralint.model.shared.variable import Variable
from infralint.tables import randomness, secret_names, secrets
from infralint.tables.secret_find import find
from infralint.text.source import Text


@fact_of(Variable)
def names_a_secret(variable: Variable) -> bool:
    """Whether a variable of this name is meant to hold a credential."""
    return secret_names.names_a_secret(str(variable.name))


@fact_of(Variable)
def may_name_a_secret(variable: Variable) -> bool:
    """Whether a word of its name is one that credentials bear: key, token, auth, password, ..."""
    return secret_names.may_name_a_secret(str(variable.name))


@remembered
def secret_word(variable: Variable) -> str:
    """What its name says that it holds: password, token, api_key, private_key, access_key, secret, or "" for none."""
    return secret_names.secret_word(str(variable.name))


@fact_of(
    Variable,
    every=lambda _: [*secret_names.GENERIC_NAMES.values(), *secret_names.PAIR_NAMES, *secret_names.PIPELINE_NAMES],
)
def peer_rules(variable: Variable) -> list[str]:
    """The peers' rules for a literal under such a name."""
    name = secret_names.GENERIC_NAMES.get(secret_word(variable))
    paired = secret_names.PAIR_NAMES if variable.context == "pair" and secret_word(variable) == "password" else ()
    in_pipeline = (
        secret_names.pipeline_names(kind_of_source(variable.source))
        if variable.context in ("variables", "platform")
        else ()
    )
    return [*([name] if name is not None else []), *paired, *in_pipeline]


@fact_of(Variable)
def is_reference(variable: Variable) -> bool | Unknown:
    """Whether the value only says where the secret is: a path, a reference."""
    if variable.value is UNKNOWN:
        return UNKNOWN
    return variable.value is not None and bool(variable.value) and secrets.is_reference(str(variable.value))


@fact_of(Variable)
def holds_literal_secret(variable: Variable) -> bool | Unknown:
    """Whether name and value together say that a credential is written out here."""
    value = variable.value
    if value is UNKNOWN:
        return UNKNOWN
    if value is None or not names_a_secret(variable):
        return False
    return secrets.is_literal_secret(str(value))


@fact_of(Variable)
def holds_default_password(variable: Variable) -> bool | Unknown:
    """Whether the credential is a well-known default: postgres, root, password."""
    value = variable.value
    if not isinstance(value, Text) or holds_literal_secret(variable) is not True:
        return UNKNOWN if value is UNKNOWN else False
    return secrets.is_default_password(str(value), str(variable.name))


@fact_of(Variable)
def holds_known_format(variable: Variable) -> bool:
    """Whether the value is a credential of a known format, which a rule of its own reports."""
    if not isinstance(variable.value, Text) or len(variable.value) < 8:
        return False
    families = {match.format.family for match in find(f"{variable.name}={variable.value}") if not match.doubt}
    return bool(families - {"generic", "plain", "identifier", "hash"})


@fact_of(Variable)
def looks_like_secret(variable: Variable) -> bool | Unknown:
    """Whether the value looks like a credential: random, or a password of several sorts of characters; no word, list or address."""
    value = variable.value
    if value is UNKNOWN:
        return UNKNOWN
    if value is None or secrets.is_sample(str(value)) or secrets.counts_up(str(value)):
        return False
    text = str(value)
    return secrets.looks_random(text) or secrets.looks_typed(text) or randomness.is_random_password(text)


@fact_of(Variable)
def digest(variable: Variable) -> str | Unknown | None:
    """A short hash of the value, equal for the same value in another place."""
    value = variable.value
    return secrets.digest(str(value)) if isinstance(value, Text) else None if value is None else UNKNOWN


@fact_of(Variable)
def looks_random(variable: Variable) -> bool | Unknown:
    """Whether the characters of the value follow no word."""
    if variable.value is UNKNOWN:
        return UNKNOWN
    text = str(variable.value)
    return variable.value is not None and (secrets.looks_random(text) or randomness.is_random_password(text))


@fact_of(Variable)
def masked(variable: Variable) -> str:
    """The value as it may be shown."""
    return secrets.masked(str(variable.value)) if isinstance(variable.value, Text) else ""


@fact_of(Variable)
def environment_reference(variable: Variable) -> str | None:
    """How its kind of file asks the environment for a value: `${NAME:?}`, `${{ secrets.NAME }}`; absent elsewhere."""
    name = str(variable.name)
    if not name.isidentifier() or not name.isascii():
        return None
    if variable.context == "environment":
        return f"${{{name}:?}}"
    return (
        f"${{{{ secrets.{name} }}}}" if variable.context == "env" and not name.upper().startswith("GITHUB_") else None
    )
