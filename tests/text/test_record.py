"""Our named tuples behave as those of `typing`."""

from __future__ import annotations

import copy
import pickle
import typing
from typing import Any

import pytest

from infralint.text.record import NamedTuple


class Ours(NamedTuple):
    """A line and what it says."""

    line: int
    text: str = "none"

    def shown(self) -> str:
        return f"{self.line}: {self.text}"


class Theirs(typing.NamedTuple):
    """A line and what it says."""

    line: int
    text: str = "none"

    def shown(self) -> str:
        return f"{self.line}: {self.text}"


BOTH: list[Any] = [Ours, Theirs]


@pytest.mark.parametrize("cls", BOTH)
def test_fields_are_given_by_place_by_name_or_by_default(cls: Any) -> None:
    assert cls(1) == (1, "none")
    assert cls(text="a", line=2) == (2, "a")
    assert cls(3, "b").shown() == "3: b"


@pytest.mark.parametrize("arguments", [(), (1, "a", 2)])
@pytest.mark.parametrize("cls", BOTH)
def test_a_wrong_number_of_values_is_refused(cls: Any, arguments: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError):
        cls(*arguments)
    with pytest.raises(TypeError):
        cls._make(arguments)


@pytest.mark.parametrize("cls", BOTH)
def test_an_unknown_name_is_refused(cls: Any) -> None:
    with pytest.raises(TypeError):
        cls(1, word="a")
    with pytest.raises(ValueError, match="word"):
        cls(1)._replace(word="a")


@pytest.mark.parametrize("cls", BOTH)
def test_it_is_a_tuple_without_a_dictionary(cls: Any) -> None:
    one = cls(1, "a")
    assert cls.__bases__ == (tuple,)
    assert not hasattr(one, "__dict__")
    assert hash(one) == hash((1, "a"))
    with pytest.raises(AttributeError):
        one.line = 2


@pytest.mark.parametrize("cls", BOTH)
def test_it_is_copied_pickled_matched_and_changed(cls: Any) -> None:
    one = cls(1, "a")
    assert copy.copy(one) == one
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(one, protocol))
        assert again == one
        assert type(again) is cls
    match one:
        case cls(line, text=text):
            assert (line, text) == (1, "a")
    assert one._replace(line=2) == (2, "a")
    assert one._asdict() == {"line": 1, "text": "a"}


def test_both_say_the_same_of_themselves() -> None:
    assert repr(Ours(1)) == repr(Theirs(1)).replace("Theirs", "Ours")
    assert (Ours.__doc__, Ours._fields, Ours._field_defaults) == (
        Theirs.__doc__,
        Theirs._fields,
        Theirs._field_defaults,
    )


def test_a_field_without_a_default_may_not_follow_one_with_a_default() -> None:
    with pytest.raises(TypeError, match="default"):

        class Wrong(NamedTuple):
            line: int = 1
            text: str  # type: ignore[misc]
