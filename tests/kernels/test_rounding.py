from decimal import Decimal

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from emendata.kernels.rounding import are_rounded, decimals, places_of
from emendata.kernels.tails import beyond_tail
from emendata.kernels.units import other_units


@given(st.integers(-(10**7), 10**7), st.integers(0, 6))
@example(1, 6)
def test_places_equal_those_of_decimal_arithmetic(whole: int, places: int) -> None:
    exact = Decimal(whole).scaleb(-places)
    expected = max(-int(exact.normalize().as_tuple().exponent), 0) if whole else 0
    assert places_of(np.array([float(exact)])).tolist() == [expected]


def test_nineteen_of_twenty_numbers_tell_how_many_places_are_usual() -> None:
    numbers = np.append(np.arange(95) / 10, np.full(5, 1 / 3))
    assert decimals(numbers) == 1
    assert decimals(np.append(numbers, 1 / 7)) == 9


def test_a_number_made_by_a_factor_is_rounded_once_it_is_undone() -> None:
    right = np.array([12.3, 45.6, 78.9])
    for factor in (10.0, 1000.0, 2.54, 0.4536):
        made = np.array([float(f"{value * factor:.6g}") for value in right])
        assert are_rounded(made / factor, made, 1 / factor, 1).all()
    assert not are_rounded(np.array([12.3]) / 2.54, np.array([12.3]), 1 / 2.54, 1).any()


@given(st.lists(st.floats(0, 1e6), max_size=60), st.floats(1, 10))
def test_hardly_any_number_lies_just_below_the_cut(away: list[float], least: float) -> None:
    cut = beyond_tail(np.array(away), least)
    above = sum(one > cut for one in away)
    below = sum(cut / 1.5 <= one <= cut for one in away)
    assert cut >= least
    assert above == 0 or below <= above / 4


def test_a_gap_parts_errors_from_what_is_usual() -> None:
    noise = np.abs(np.random.default_rng(0).standard_cauchy(10_000))
    assert beyond_tail(noise, 6.0) > 50  # the tail never ends
    assert beyond_tail(np.append(np.linspace(0, 3, 1000), [500, 600]), 6.0) == 6.0


def test_each_unit_has_its_way_back() -> None:
    numbers = np.array([3.0, -7.5])
    ways = {way.name: way.right for way in other_units(numbers, temperatures=True)}
    for name, right in ways.items():
        if name.startswith("divided"):
            again = {way.name: way.right for way in other_units(right, temperatures=False)}
            assert again[name.replace("divided", "multiplied")] == pytest.approx(numbers)
    back = {way.name: way.right for way in other_units(ways["turned from °C to °F"], temperatures=True)}
    assert back["turned from °F to °C"] == pytest.approx(numbers)
    assert "turned from °C to °F" not in {way.name for way in other_units(numbers, temperatures=False)}
