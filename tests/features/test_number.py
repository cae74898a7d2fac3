import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.features.columns import column, embed

from emendata.errors import InputError
from emendata.features.number import NumberEmbedder, standardized

NUMBER = NumberEmbedder()
inf, nan = float("inf"), float("nan")


def test_three_numbers_have_mean_zero_and_variance_one() -> None:
    root = np.sqrt(1.5)
    assert np.allclose(embed(NUMBER, [1, 2, 3]).dense, [[-root], [0], [root]])


def test_gaps_lie_in_the_middle_and_carry_a_mark() -> None:
    for gap in (None, nan, inf, -inf):
        assert np.allclose(embed(NUMBER, [1.0, gap, 3.0]).dense, [[-1, 0], [0, 1], [1, 0]])


def test_strings_are_read_as_numbers_where_they_are_some() -> None:
    texts = ["1", " 2 ", "3e0", "about five", "", None, "1,5", "inf"]
    wanted = standardized(np.array([[1], [2], [3], [nan], [nan], [nan], [nan], [nan]], dtype=np.float64))
    assert np.array_equal(embed(NUMBER, texts).dense, wanted)


def test_truth_values_are_numbers() -> None:
    assert np.allclose(embed(NUMBER, [True, False, None]).dense, [[1, 0], [-1, 0], [0, 1]])


@pytest.mark.parametrize("values", [[7, 7, 7], [0.0, 0.0], [1e300] * 3, [2.5]])
def test_a_constant_says_nothing(values: list[float]) -> None:
    assert embed(NUMBER, values).dense.tolist() == [[0.0]] * len(values)


def test_without_any_number_there_are_only_marks() -> None:
    assert embed(NUMBER, [None, None], pa.float64()).dense.tolist() == [[0, 1], [0, 1]]


@pytest.mark.parametrize("values", [["a", "b"], [None, "x"], ["inf", "nan"]])
def test_strings_without_any_number_are_refused_with_an_example(values: list[str | None]) -> None:
    with pytest.raises(InputError) as caught:
        NUMBER.embed(column(values), 0)
    example = next(value for value in values if value)
    assert str(caught.value).startswith(f"No cell can be read as a number, such as {example!r}.")


@pytest.mark.parametrize(
    "values", [[1e308, -1e308, 1e308], [1e-310, 2e-310], [2**63 - 1, -(2**63), 5], [1e300, 1.0, 2.0]]
)
def test_huge_and_tiny_numbers_are_standardised_like_others(values: list[float]) -> None:
    dense = embed(NUMBER, values).dense
    assert dense.mean() == pytest.approx(0, abs=1e-6)
    assert dense.std() == pytest.approx(1, abs=1e-6)
    assert (np.argsort(dense[:, 0], kind="stable") == np.argsort(values, kind="stable")).all()


@given(
    st.lists(st.integers(-1000, 1000), min_size=2, max_size=30),
    st.floats(1e-3, 1e3),
    st.floats(-1e3, 1e3),
)
def test_unit_and_zero_point_of_a_measure_do_not_matter(values: list[int], unit: float, zero: float) -> None:
    measured = np.array(values, dtype=np.float64)[:, None]
    assert np.allclose(standardized(measured), standardized(measured * unit + zero), atol=1e-4)


def test_gaps_that_go_together_need_one_mark() -> None:
    values = np.array([[1, 2, 5], [nan, nan, 6], [3, 4, nan]])
    assert standardized(values).shape == (3, 5)
    assert standardized(values[:2]).shape == (2, 4)
