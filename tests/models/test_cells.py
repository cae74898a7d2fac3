import numpy as np

from emendata.models.cells import expect_numbers, expect_words
from emendata.records import Float32Array


def table(n: int) -> Float32Array:
    return np.random.default_rng(0).normal(size=(n, 3)).astype(np.float32)


def test_a_wrong_class_is_not_learned_by_the_trees_that_judge_it() -> None:
    x = table(600)
    codes = (x[:, 0] > 0).astype(np.int64)
    far = np.flatnonzero(np.abs(x[:, 0]) > 1)[:20]
    wrong = codes.copy()
    wrong[far] = 1 - codes[far]
    found = expect_words(x, wrong, 2, n_trees=40, seed=0)
    assert (found.expected[far] == codes[far]).mean() >= 0.9
    assert (found.given[far] < 0.5).mean() >= 0.9
    assert ((found.probability > 0) & (found.probability <= 1)).all()


def test_rows_without_a_class_are_predicted_as_well() -> None:
    x = table(400)
    codes = (x[:, 0] > 0).astype(np.int64)
    hidden = codes.copy()
    hidden[:50] = -1
    found = expect_words(x, hidden, 2, n_trees=40, seed=0)
    assert (found.expected[:50] == codes[:50]).mean() > 0.9
    assert np.isnan(found.given[:50]).all()


def test_numbers_are_expected_near_what_the_others_of_their_row_say() -> None:
    x = table(600)
    numbers = 10.0 * x[:, 0].astype(float)
    numbers[5], numbers[6] = 500, np.nan
    found = expect_numbers(x, numbers, n_trees=40, seed=0)
    ordinary = np.abs(x[:, 0]) < 1
    assert np.median(np.abs(found - 10 * x[:, 0])[ordinary]) < 4
    assert abs(found[5]) < 100
    assert np.isfinite(found).all()


def test_large_tables_give_the_same_twice_on_any_number_of_threads() -> None:
    x = table(25_000)
    codes = (x[:, 0] + x[:, 1] > 0).astype(np.int64)
    one, other = (expect_words(x, codes, 2, n_trees=5, seed=0) for _ in range(2))
    assert np.array_equal(one.probability, other.probability)
    assert (one.expected == codes).mean() > 0.9
