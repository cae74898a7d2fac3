import pytest

from emendata.data.choosing import chosen
from emendata.errors import InputError, UnknownName


def test_the_only_one_is_taken_and_others_only_if_there_is_nothing_else() -> None:
    assert chosen("f", None, ["a"], ["b", "c"]) == "a"
    assert chosen("f", None, [], ["b"]) == "b"
    assert chosen("f", "c", ["a"], ["b", "c"]) == "c"


def test_what_is_not_there_names_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"There is no table 'revews'\. Did you mean 'reviews'\?"):
        chosen("f", "revews", ["reviews"])
    for wanted in (None, "reviews"):
        with pytest.raises(InputError, match=r"f has no sheets with rows in them"):
            chosen("f", wanted, [], kind="sheet")


def test_of_many_the_first_are_named() -> None:
    with pytest.raises(
        InputError, match=r"f has several tables: 't0', .*'t19' and 1 more\. Name one with --table\."
    ):
        chosen("f", None, [f"t{i}" for i in range(21)])
