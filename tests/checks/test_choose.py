import pytest

from emendata.checks import CHECKS, choose, options_of
from emendata.errors import InputError, UnknownName, UnknownOption

ALL = [check.name for check in CHECKS]


def test_without_a_wish_all_checks_run_in_order() -> None:
    assert [check.name for check in choose(CHECKS)] == ALL


def test_names_and_codes_mean_the_same_and_the_order_asked_for_stays() -> None:
    chosen = choose(CHECKS, ["outlier", "EM101"])
    assert [check.name for check in chosen] == ["outlier", "wrong_label"]
    assert choose(CHECKS, ["EM201", "wrong_label"]) == chosen


def test_ignored_checks_are_left_out_even_if_they_were_named() -> None:
    assert [check.name for check in choose(CHECKS, ignore=["EM102", "outlier"])] == [
        name for name in ALL if name not in ("class_imbalance", "outlier")
    ]


@pytest.mark.parametrize(("names", "ignore"), [(["outlier"], ["outlier"]), ([], [])])
def test_at_least_one_check_must_be_left(names: list[str], ignore: list[str]) -> None:
    with pytest.raises(InputError, match="No check is left to run"):
        choose(CHECKS, names, ignore)


def test_settings_reach_their_check_by_name_or_code_and_no_other() -> None:
    chosen = choose(
        CHECKS,
        options={"near_duplicate": {"radius": 0.2}, "EM302": {"accidents": 2.0}, "EM201": {"cut": 3.0}},
    )
    by_name = {check.name: options_of(check) for check in chosen}
    assert by_name["near_duplicate"] == {"radius": 0.2, "accidents": 2.0, "share": 0.05, "most": 0.9}
    assert by_name["outlier"] == {"cut": 3.0}
    assert by_name["wrong_label"] == options_of(CHECKS["wrong_label"])
    assert options_of(CHECKS["outlier"]) == {"cut": 5.0}


@pytest.mark.parametrize(
    "wish", [{"names": ["outlire"]}, {"ignore": ["outlire"]}, {"options": {"outlire": {"cut": 3.0}}}]
)
def test_a_misspelt_check_is_named_wherever_it_stands(wish: dict[str, list[str]]) -> None:
    with pytest.raises(UnknownName, match=r"There is no check 'outlire'. Did you mean 'outlier'\?"):
        choose(CHECKS, **wish)  # type: ignore[arg-type]


def test_a_bad_setting_is_named() -> None:
    with pytest.raises(UnknownOption, match=r"Check 'outlier' has no option 'cutt'. Did you mean 'cut'\?"):
        choose(CHECKS, options={"outlier": {"cutt": 3.0}})
    with pytest.raises(
        InputError, match=r"Option 'cut' of check 'outlier' must be a number from 1.0 to 100.0; got 0."
    ):
        choose(CHECKS, options={"outlier": {"cut": 0}})
