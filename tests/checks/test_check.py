import pytest

from emendata.checks import CHECKS, Check, configure, options_of
from emendata.errors import InputError, UnknownOption


def test_a_misspelt_option_names_the_nearest_one() -> None:
    with pytest.raises(UnknownOption, match="Did you mean 'max_chance'"):
        configure(CHECKS["exact_duplicate"], {"max_chanse": 0.1})


@pytest.mark.parametrize("check", list(CHECKS), ids=lambda check: check.name)
def test_values_out_of_bounds_are_refused_in_one_sentence(check: Check) -> None:
    for name in options_of(check):
        for wrong in (-1.0, "many", True, float("nan")):
            with pytest.raises(InputError, match=f"Option '{name}' of check '{check.name}' must be a number"):
                configure(check, {name: wrong})


def test_a_changed_option_leaves_the_original_alone() -> None:
    changed = configure(CHECKS["outlier"], {"cut": 9.0})
    assert options_of(changed) == {"cut": 9.0}
    assert options_of(CHECKS["outlier"]) == {"cut": 5.0}
