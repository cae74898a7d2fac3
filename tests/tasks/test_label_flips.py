from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.errors import InputError
from emendata.records import FloatArray
from emendata.tasks.label_flips import flip_labels, flip_labels_by_instance
from emendata.tasks.noise_matrices import noise_matrix_from_trace, uniform_noise_matrix


@st.composite
def noise(draw: st.DrawFn) -> tuple[npt.NDArray[np.int64], FloatArray]:
    """True labels, some classes absent, and a noise matrix."""
    k, n = draw(st.integers(2, 50)), draw(st.integers(0, 300))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    matrix = rng.dirichlet(np.full(k, draw(st.sampled_from([0.05, 1.0]))), k).T
    if draw(st.booleans()):
        matrix = uniform_noise_matrix(k, 0.5)  # ties
    return rng.integers(0, draw(st.integers(1, k)), n), matrix


def test_each_cell_gets_its_rows_to_the_row() -> None:
    matrix = [[0.7, 0.0, 0.5], [0.2, 1.0, 0.25], [0.1, 0.0, 0.25]]
    flipped = flip_labels([0] * 10 + [1] * 3 + [2] * 4, matrix)
    assert np.bincount(flipped[:10], minlength=3).tolist() == [7, 2, 1]
    assert flipped[10:13].tolist() == [1, 1, 1]
    assert np.bincount(flipped[13:], minlength=3).tolist() == [2, 1, 1]


def test_fractions_of_a_row_go_to_the_largest_remainder() -> None:
    matrix = [[0.34, 0.0, 0.0], [0.33, 1.0, 0.0], [0.33, 0.0, 1.0]]
    assert np.bincount(flip_labels([0] * 4, matrix)).tolist() == [2, 1, 1]  # 1.36, 1.32, 1.32


def test_w29_labels_are_flipped_also_where_a_class_is_absent() -> None:
    true = np.array([0, 2] * 10)
    flipped = flip_labels(true, uniform_noise_matrix(3, 0.2))
    for c in (0, 2):
        assert np.bincount(flipped[true == c], minlength=3).tolist() == [8 if j == c else 1 for j in range(3)]


@settings(max_examples=50, deadline=None)
@given(noise(), st.integers(0, 99))
def test_every_class_has_the_noise_of_its_column_rounded(
    problem: tuple[npt.NDArray[np.int64], FloatArray], seed: int
) -> None:
    true, matrix = problem
    flipped = flip_labels(true, matrix, seed=seed)
    assert flipped.shape == true.shape
    assert flipped.dtype == np.int64
    for c in range(len(matrix)):
        exact = matrix[:, c] * np.count_nonzero(true == c)
        assert (np.abs(np.bincount(flipped[true == c], minlength=len(matrix)) - exact) < 1).all()


def test_labels_keep_their_kind() -> None:
    swapped = [[0.0, 1.0], [1.0, 0.0]]
    assert flip_labels(["cat", "dog", "dog"], swapped).tolist() == ["dog", "cat", "cat"]
    assert flip_labels(["cat", "cat"], swapped, class_names=["dog", "cat"]).tolist() == ["dog", "dog"]
    assert flip_labels([1, 1], swapped).tolist() == [0, 0]
    made = flip_labels_by_instance(["cat", "dog"], [[0.9, 0.1], [0.6, 0.4]], 1.0)
    assert made.tolist() == ["dog", "cat"]


def test_columns_are_classes_by_their_names() -> None:
    table = pd.DataFrame({"dog": [0.1, 0.4], "bat": [0.0, 0.5], "cat": [0.9, 0.1]})
    assert flip_labels_by_instance(["cat", "dog"], table, 1.0).tolist() == ["dog", "bat"]


def test_ambiguous_rows_are_flipped_first_and_to_the_most_similar_class() -> None:
    probs = np.tile([0.9, 0.06, 0.04], (1000, 1))
    probs[500:] = [0.4, 0.25, 0.35]
    flipped = flip_labels_by_instance(np.zeros(1000, np.int64), probs, 0.2, seed=3)
    assert np.count_nonzero(flipped) == 200
    assert set(flipped[:500]) == {0, 1}
    assert set(flipped[500:]) == {0, 2}
    assert np.count_nonzero(flipped[500:]) > 3 * np.count_nonzero(flipped[:500])


@settings(max_examples=50, deadline=None)
@given(noise(), st.floats(0, 1), st.integers(0, 99))
def test_the_number_of_flips_by_instance_is_exact(
    problem: tuple[npt.NDArray[np.int64], FloatArray], rate: float, seed: int
) -> None:
    true, matrix = problem
    probs = matrix.T[np.random.default_rng(seed).integers(0, len(matrix), len(true))]
    flipped = flip_labels_by_instance(true, probs, rate, seed=seed)
    changed = np.flatnonzero(flipped != true)
    assert len(changed) == round(rate * len(true))
    for i in changed:
        assert probs[i, flipped[i]] == max(p for c, p in enumerate(probs[i]) if c != true[i])


def test_many_rows_by_instance_are_read_in_blocks_alike() -> None:
    rng = np.random.default_rng(0)
    probs, true = rng.dirichlet(np.ones(600), 4000), rng.integers(0, 600, 4000)
    flipped = flip_labels_by_instance(true, probs, 1.0)
    probs[np.arange(4000), true] = -1
    assert (flipped == probs.argmax(axis=1)).all()


def drawn(seed: int) -> list[npt.NDArray[Any]]:
    probs = np.random.default_rng(0).dirichlet(np.ones(5), 200)
    true = probs.argmax(axis=1)
    return [
        noise_matrix_from_trace(5, 3.0, seed=seed),
        flip_labels(true, uniform_noise_matrix(5, 0.4), seed=seed),
        flip_labels_by_instance(true, probs, 0.3, seed=seed),
    ]


def test_w28_the_same_seed_gives_the_same_noise_and_the_global_generator_is_left_alone() -> None:
    before = np.random.get_state(legacy=False)  # noqa: NPY002 - looked at, not used
    first, again, other = drawn(1), drawn(1), drawn(2)
    after = np.random.get_state(legacy=False)  # noqa: NPY002
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert not any(np.array_equal(a, b) for a, b in zip(first, other, strict=True))
    assert np.array_equal(before["state"]["key"], after["state"]["key"])
    assert before["state"]["pos"] == after["state"]["pos"]


def test_arguments_are_not_changed() -> None:
    true, probs, matrix = np.array([0, 1, 1]), np.full((3, 2), 0.5), np.full((2, 2), 0.5)
    for array in (true, probs, matrix):
        array.flags.writeable = False
    flip_labels(true, matrix)
    flip_labels_by_instance(true, probs, 0.5)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: flip_labels([0, 2], np.eye(2)), "true_labels has 3 classes but there are 2 columns."),
        (lambda: flip_labels(["a", "b"], np.eye(3)), "true_labels has 2 classes but there are 3 columns. Say with"),
        (lambda: flip_labels([0, None], np.eye(2)), "true_labels has no value in 1 row. Leave these rows out."),
        (lambda: flip_labels_by_instance([0], np.eye(2), 0.5), "pred_probs has 2 rows but true_labels has 1."),
        (lambda: flip_labels_by_instance([0], [[0.5, 0.5]], -1), "rate must be between 0 and 1; got -1."),
        (lambda: flip_labels_by_instance([0], [0.5], 0.5), "pred_probs must have two dimensions, one row an"),
        (lambda: flip_labels_by_instance([0], [[0.5]], 0.5), "pred_probs has 1 columns. Give one per class, two"),
        (lambda: flip_labels_by_instance([0], [[0.5, np.nan]], 0.5), "pred_probs hold NaN, infinity or"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_says_what_came_and_the_way_out(call: Callable[[], object], message: str) -> None:
    with pytest.raises(InputError) as caught:
        call()
    assert message in str(caught.value)
