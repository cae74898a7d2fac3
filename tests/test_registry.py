from dataclasses import dataclass

import pytest

from emendata.errors import InputError, UnknownName
from emendata.registry import Registry


@dataclass(frozen=True)
class Thing:
    name: str


def test_members_come_back_by_name_and_in_order() -> None:
    things = Registry("thing", [Thing("b"), Thing("a")])
    assert [thing.name for thing in things] == ["b", "a"]
    assert things["a"].name == "a"
    assert len(things) == 2


def test_an_unknown_member_names_the_nearest() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'outlier'"):
        Registry("check", [Thing("outlier")])["outliers"]


def test_a_name_can_be_taken_only_once() -> None:
    with pytest.raises(InputError, match="two things called 'a'"):
        Registry("thing", [Thing("a"), Thing("a")])
