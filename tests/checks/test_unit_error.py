import numpy as np
import pytest
from tests.checks.tables import flagged, suggested

from emendata.checks.unit_error import UnitError

RNG = np.random.default_rng(0)
HEIGHTS = [round(float(height), 1) for height in RNG.normal(170, 8, 300)]
WEIGHTS = [
    round(0.9 * height - 85 + float(noise), 1)
    for height, noise in zip(HEIGHTS, RNG.normal(0, 3, 300), strict=True)
]


@pytest.mark.parametrize(
    ("factor", "name"),
    [
        (1000, "divided by 1,000"),
        (0.1, "multiplied by 10"),
        (1 / 2.54, "multiplied by 2.54"),
        (-1, "with the other sign"),
    ],
)
def test_a_number_in_another_unit_is_flagged_with_what_it_should_be(factor: float, name: str) -> None:
    heights = [*HEIGHTS]
    heights[11] = float(f"{HEIGHTS[11] * factor:.6g}")
    found = flagged(UnitError(), {"height": heights, "weight": WEIGHTS})
    assert suggested(found) == {(11, "height"): f"{HEIGHTS[11]:g}"}
    assert f"{name}" in found.reasons[0]
    assert found.reasons[0].endswith(f"it is {HEIGHTS[11]:g}, which fits.")
    assert found.scores[11] < 0.2


def test_other_columns_tell_what_the_column_alone_does_not() -> None:
    size = np.random.default_rng(1).lognormal(3, 1.5, 400).round(2)
    price = (size * 7).round(2)
    right = price[5]
    price[5] = round(price[5] * 10, 2)  # within the range of all prices
    found = flagged(UnitError(), {"size": size.tolist(), "price": price.tolist()})
    assert suggested(found) == {(5, "price"): f"{right:g}"}
    assert "'size'" in found.reasons[0]


def test_degrees_are_turned() -> None:
    rng = np.random.default_rng(2)
    warm = rng.normal(2, 8, 400).round(1)
    rows = np.flatnonzero(np.abs(warm - 6) < 0.5)[:1]
    right = float(warm[rows[0]])
    sea = (warm + rng.normal(0, 0.4, 400)).round(1)
    warm[rows] = round(right * 1.8 + 32, 2)
    found = flagged(UnitError(), {"air": warm.tolist(), "sea": sea.tolist()})
    assert suggested(found)[int(rows[0]), "air"] == f"{right:g}"
    assert "turned from °F to °C" in found.reasons[0]


@pytest.mark.parametrize(
    "numbers",
    [
        np.random.default_rng(3).lognormal(0, 2, 400),  # a long tail
        np.random.default_rng(3).normal(0, 1, 400),
        np.random.default_rng(3).poisson(0.2, 400),
        np.append(np.full(390, 3.0), np.arange(10.0)),
        np.random.default_rng(3).standard_cauchy(400),
    ],
)
def test_numbers_that_spread_by_nature_flag_nobody(numbers: np.ndarray) -> None:
    assert len(flagged(UnitError(), {"x": numbers.round(3).tolist()}).rows) == 0


def test_thirty_numbers_are_the_fewest_that_tell_anything() -> None:
    heights = [*HEIGHTS[:29]]
    heights[3] *= 1000
    assert len(flagged(UnitError(), {"height": heights}).rows) == 0
