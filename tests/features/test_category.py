import numpy as np
import pytest
from tests.features.columns import embed

from emendata.features.category import CategoryEmbedder

CATEGORY = CategoryEmbedder()


def test_rows_of_different_frequent_values_are_one_apart_and_equal_ones_not_at_all() -> None:
    dense = embed(CATEGORY, ["red", "blue", "red", "blue"]).dense
    apart = np.linalg.norm(dense[:, None] - dense[None], axis=2)
    assert np.allclose(apart, [[0, 1, 0, 1], [1, 0, 1, 0]] * 2)


def test_a_missing_cell_is_a_value_of_its_own() -> None:
    gaps, word = (embed(CATEGORY, ["red", cell, "red", cell]) for cell in (None, "blue"))
    assert np.array_equal(gaps.dense, word.dense)


def test_values_that_occur_once_are_alike() -> None:
    dense = embed(CATEGORY, ["red", "red", "mauve", "teal"]).dense
    assert np.array_equal(dense[2], dense[3])
    assert dense[2].tolist() == [0]
    assert embed(CATEGORY, ["a", "b", "c"]).dense.tolist() == [[0], [0], [0]]


@pytest.mark.parametrize("values", [[1, 2, 1, 2], [True, False, True, False], [0.5, 1.5, 0.5, 1.5]])
def test_any_type_has_categories(values: list[object]) -> None:
    assert np.array_equal(embed(CATEGORY, values).dense, embed(CATEGORY, ["a", "b", "a", "b"]).dense)


def test_beyond_32_values_the_dense_form_keeps_the_commonest_and_how_common_the_others_are() -> None:
    values = [f"v{i:02d}" for i in range(40) for _ in range(50 - i)]
    block = embed(CATEGORY, values)
    assert block.wide.shape == (len(values), 40)
    assert block.dense.shape == (len(values), 33)
    one_hot, frequency = block.dense[:, :32] > 0, block.dense[:, 32]
    kept = np.array([int(value[1:]) < 32 for value in values])
    assert np.array_equal(one_hot.sum(axis=1), kept)
    counts = np.array([values.count(value) for value in values])
    order = np.argsort(counts, kind="stable")
    assert (np.diff(frequency[order]) >= 0).all()
    assert frequency.mean() == pytest.approx(0, abs=1e-6)
    assert frequency.std() == pytest.approx(0.1, abs=1e-6)


def test_the_order_of_rows_does_not_matter_where_counts_differ() -> None:
    values = [f"v{i}" for i in range(5) for _ in range(i + 1)]
    shuffled = np.random.default_rng(0).permutation(len(values))
    assert np.array_equal(
        embed(CATEGORY, [values[i] for i in shuffled]).dense, embed(CATEGORY, values).dense[shuffled]
    )
