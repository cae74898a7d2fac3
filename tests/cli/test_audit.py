import pytest

from emendata.cli.audit import parse_roles, parse_settings
from emendata.errors import InputError


def test_roles_come_as_column_and_role_and_names_may_hold_a_sign() -> None:
    assert parse_roles([]) == {}
    assert parse_roles(["title=text", "a=b=id", " zip =category", "x=number", "x=id"]) == {
        "title": "text", "a=b": "id", " zip ": "category", "x": "id",
    }  # fmt: skip


@pytest.mark.parametrize("pair", ["title", "=text", "", "="])
def test_a_role_without_a_column_is_refused(pair: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_roles(["x=id", pair])
    assert str(caught.value) == f"--role takes COLUMN=ROLE, such as --role title=text; got {pair!r}."


def test_settings_are_gathered_by_check_and_read_as_json_or_else_as_text() -> None:
    words = [
        "outlier.cut=4",
        "near_duplicate.radius=0.2",
        "near_duplicate.accidents=1e2",
        "a.b=true",
        "a.c=x=y",
        "a.d=",
    ]
    assert parse_settings([]) == {}
    assert parse_settings(words) == {
        "outlier": {"cut": 4},
        "near_duplicate": {"radius": 0.2, "accidents": 100.0},
        "a": {"b": True, "c": "x=y", "d": ""},
    }


@pytest.mark.parametrize("word", ["outlier.cut", "outlier=4", ".cut=4", "outlier.=4", "=", ""])
def test_a_setting_that_lacks_a_part_is_refused(word: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_settings([word])
    assert (
        str(caught.value) == f"--set takes CHECK.OPTION=VALUE, such as wrong_label.min_odds=9; got {word!r}."
    )
