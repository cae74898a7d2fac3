import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from emendata.kernels.content import accidental_twins, row_keys


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 5)), min_size=1))
def test_keys_are_equal_exactly_where_rows_are(rows: list[tuple[int, int, int]]) -> None:
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    keys = row_keys(columns)
    for i, a in enumerate(rows):
        for j, b in enumerate(rows):
            assert (keys[i] == keys[j]) == (a == b)


def test_keys_of_hundreds_of_columns_do_not_overflow() -> None:
    columns = [np.arange(200) for _ in range(300)]
    assert len(np.unique(row_keys(columns))) == 200


def test_two_coins_have_the_twins_that_chance_gives() -> None:
    coin = np.array([0, 1] * 50)
    assert np.allclose(accidental_twins([coin, coin], [False, False]), 99 * 0.25)


def test_texts_do_not_repeat_by_accident() -> None:
    text = np.array([0, 0, *range(1, 99)])
    assert accidental_twins([text], [True])[0] < 0.01
    assert accidental_twins([text], [False])[0] > 1
