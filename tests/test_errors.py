import pytest

from emendata.errors import EmendataError, InputError, UnknownName, UnknownOption, nearest


def test_every_error_is_also_the_builtin_one_expects() -> None:
    assert issubclass(InputError, ValueError)
    assert issubclass(UnknownName, KeyError)
    assert issubclass(UnknownOption, TypeError)
    assert issubclass(InputError, EmendataError)


@pytest.mark.parametrize(("name", "found"), [("LABEL", "label"), ("lable", "label"), ("zzz", None)])
def test_the_nearest_name_ignores_case(name: str, found: str | None) -> None:
    assert nearest(name, ["label", "text"]) == found


def test_without_a_near_name_all_are_listed() -> None:
    assert (
        str(UnknownName.among("column", "zzz", ["a", "b"]))
        == "There is no column 'zzz'. There are: 'a', 'b'."
    )
