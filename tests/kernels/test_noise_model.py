from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.kernels.noise_model import (
    PriorMethod,
    calibrated,
    class_prior,
    converged,
    inverse_noise_matrix,
    joint_probabilities,
    noise_matrix,
    prune_counts,
)
from emendata.records import FloatArray, IntArray

METHODS: tuple[PriorMethod, ...] = ("counts", "equation", "marginal", "marginal_given")


@st.composite
def joints(draw: st.DrawFn) -> tuple[IntArray, IntArray]:
    """A confident joint and the number of rows with each label; classes may be absent, cells may be equal."""
    k = draw(st.integers(2, 50))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    joint = rng.poisson(draw(st.sampled_from([0.1, 1.0, 20.0])), (k, k))
    joint += np.diag(rng.integers(0, 40, k))
    counts = rng.integers(0, 90, k)
    for c in range(draw(st.integers(0, k - 1))):
        counts[c] = 0
        if draw(st.booleans()):
            joint[c] = 0
    return joint, counts


@st.composite
def whole_joints(draw: st.DrawFn) -> IntArray:
    joint, counts = draw(joints())
    return calibrated(joint, np.maximum(counts, 1))


def test_lines_are_rescaled_to_the_label_counts() -> None:
    joint = np.array([[3, 1, 0], [0, 2, 2], [1, 1, 1]])
    assert calibrated(joint, np.array([8, 2, 3])).tolist() == [[6, 2, 0], [0, 1, 1], [1, 1, 1]]


def test_rows_left_over_go_to_the_cells_that_lost_most() -> None:
    joint = np.array([[64, 33, 3], [0, 1, 0], [0, 0, 1]])
    assert calibrated(joint, np.array([11, 0, 0]))[0].tolist() == [7, 4, 0]  # 7.04, 3.63, 0.33
    assert calibrated(joint, np.array([9, 0, 0]))[0].tolist() == [6, 3, 0]  # 5.76, 2.97, 0.27


def test_rows_too_many_are_taken_from_the_cells_that_won_most() -> None:
    joint = np.array([[5, 16, 16], [0, 1, 0], [0, 0, 1]])  # 0.54, 1.73, 1.73 of 4 round to 1, 2, 2
    assert calibrated(joint, np.array([4, 0, 0]))[0].tolist() == [0, 2, 2]


def test_a_label_that_was_never_seen_confidently_is_believed() -> None:
    joint = np.array([[0, 0], [1, 2]])
    assert calibrated(joint, np.array([2, 3])).tolist() == [[2, 0], [1, 2]]


def test_a_label_without_rows_stays_empty() -> None:
    assert calibrated(np.array([[1, 1], [1, 2]]), np.array([0, 3])).tolist() == [[0, 0], [1, 2]]
    assert calibrated(np.zeros((2, 2)), np.array([0, 0])).tolist() == [[0, 0], [0, 0]]


@settings(max_examples=60, deadline=None)
@given(joints())
def test_calibration_keeps_line_sums_and_moves_no_cell_by_a_row(problem: tuple[IntArray, IntArray]) -> None:
    joint, counts = problem
    made = calibrated(joint, counts)
    assert made.dtype == np.int64
    assert (made.sum(axis=1) == counts).all()
    for j in range(len(joint)):
        line = joint[j] if joint[j].sum() else np.eye(len(joint))[j]
        exact = line / line.sum() * counts[j]
        assert (np.abs(made[j] - exact) < 1 + 1e-9).all()
        whole = np.floor(exact + 1e-9)
        best = sorted(exact - whole, reverse=True)  # no other rounding of that sum is nearer
        n_up = counts[j] - int(whole.sum())
        least = sum(1 - part for part in best[:n_up]) + sum(best[n_up:])
        assert np.isclose(np.abs(made[j] - exact).sum(), least, atol=1e-6)


def test_many_classes_are_calibrated_in_pieces_alike() -> None:
    rng = np.random.default_rng(0)
    joint, counts = rng.poisson(0.5, (700, 700)) + np.eye(700, dtype=np.int64), rng.integers(1, 900, 700)
    made = calibrated(joint, counts)
    assert (made.sum(axis=1) == counts).all()
    exact = joint / joint.sum(axis=1, keepdims=True) * counts[:, None]
    assert np.abs(made - exact).max() < 1


def test_joint_probabilities_sum_to_one() -> None:
    assert joint_probabilities(np.array([[6, 2], [1, 1]])).tolist() == [[0.6, 0.2], [0.1, 0.1]]
    assert joint_probabilities(np.zeros((2, 2))).tolist() == [[0.0, 0.0], [0.0, 0.0]]


def test_noise_matrices_divide_by_columns_and_by_lines() -> None:
    joint = np.array([[6, 2], [4, 8]])
    assert noise_matrix(joint).tolist() == [[0.6, 0.2], [0.4, 0.8]]
    assert np.allclose(inverse_noise_matrix(joint), [[0.75, 1 / 3], [0.25, 2 / 3]])


@settings(max_examples=40, deadline=None)
@given(joints())
def test_columns_of_noise_matrices_are_distributions_also_of_absent_classes(
    problem: tuple[IntArray, IntArray],
) -> None:
    joint = calibrated(*problem)
    for matrix in (noise_matrix(joint), inverse_noise_matrix(joint)):
        assert np.allclose(matrix.sum(axis=0), 1)
        assert (matrix >= 0).all()


def test_each_way_to_the_prior_by_hand() -> None:
    joint, counts = np.array([[6, 2], [4, 8]]), np.array([40, 60])
    by_hand = {
        "counts": [0.75 / 0.6 * 0.4, 2 / 3 / 0.8 * 0.6],
        "equation": [0.5, 0.5],  # 0.6 a + 0.2 b = 0.4 and 0.4 a + 0.8 b = 0.6
        "marginal": [0.5, 0.5],
        "marginal_given": [0.75 * 0.4 + 0.6 / 3, 0.25 * 0.4 + 0.6 * 2 / 3],
    }
    for method in METHODS:
        assert np.allclose(class_prior(joint, counts, method=method), by_hand[method])


def test_an_unknown_way_to_the_prior_is_refused() -> None:
    unknown: Any = "cnt"
    with pytest.raises(ValueError, match="one of counts, equation, marginal, marginal_given; got 'cnt'"):
        class_prior(np.eye(2), np.ones(2), method=unknown)


@settings(max_examples=40, deadline=None)
@given(joints(), st.sampled_from(METHODS))
def test_a_prior_is_a_distribution_also_with_absent_classes(
    problem: tuple[IntArray, IntArray], method: PriorMethod
) -> None:
    prior = class_prior(*problem, method=method)
    assert np.isclose(prior.sum(), 1)
    assert (prior > 0).all()


@settings(max_examples=40, deadline=None)
@given(whole_joints())
def test_where_the_joint_explains_the_labels_every_way_to_the_prior_agrees(joint: IntArray) -> None:
    joint = joint + np.diag(joint.sum(axis=1) + joint.sum(axis=0))  # dominant, so that there is one solution
    priors = [class_prior(joint, joint.sum(axis=1), method=method) for method in METHODS]
    for prior in priors:
        assert np.allclose(prior, joint.sum(axis=0) / joint.sum())


def slowly_converged(given: FloatArray, prior: FloatArray, noise: FloatArray) -> tuple[FloatArray, ...]:
    """Bayes' rule cell by cell."""
    k = range(len(given))
    for _ in range(3):
        for _ in range(5):
            inverse = np.array([[noise[s, y] * prior[y] for s in k] for y in k])
            inverse = np.array([[inverse[y, s] / sum(inverse[:, s]) for s in k] for y in k])
            prior = np.array([max(1e-6, min(1.0, inverse[y, y] / noise[y, y] * given[y])) for y in k])
            prior = prior / sum(prior)
        noise = np.array([[inverse[y, s] * given[s] for y in k] for s in k])
        noise = np.array([[noise[s, y] / sum(noise[:, y]) for y in k] for s in k])
    return prior, noise, inverse


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 6), st.integers(0, 2**32 - 1))
def test_convergence_equals_the_slow_obvious_one(k: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    joint = rng.poisson(2.0, (k, k)) + np.diag(rng.integers(5, 40, k))
    counts = rng.integers(1, 90, k)
    prior, noise, inverse = class_prior(joint, counts), noise_matrix(joint), inverse_noise_matrix(joint)
    made = converged(counts, prior, noise, inverse)
    for array, slow in zip(made, slowly_converged(counts / counts.sum(), prior, noise), strict=True):
        assert np.allclose(array, slow)


def test_what_agrees_already_stays() -> None:
    joint = np.array([[6, 2], [4, 8]])
    start = class_prior(joint, joint.sum(axis=1)), noise_matrix(joint), inverse_noise_matrix(joint)
    for array, before in zip(converged(joint.sum(axis=1), *start), start, strict=True):
        assert np.allclose(array, before)


def test_rows_to_keep_come_evenly_from_the_other_classes() -> None:
    joint = np.array([[1, 4, 7, 0], [0, 9, 4, 1], [0, 0, 0, 0], [2, 0, 0, 8]])
    made = prune_counts(joint, 6, 1.0)
    assert made.tolist() == [[6, 1, 4, 0], [0, 9, 4, 1], [0, 0, 6, 0], [2, 0, 0, 8]]


def test_a_part_of_the_noise_is_given_back_to_the_diagonal() -> None:
    joint = np.array([[5, 4, 2], [0, 9, 3], [1, 0, 5]])
    assert prune_counts(joint, 1, 0.5).tolist() == [[8, 2, 1], [0, 10, 1], [0, 0, 5]]
    assert prune_counts(joint, 1, 0.0).tolist() == [[11, 0, 0], [0, 12, 0], [0, 0, 6]]
    assert prune_counts(joint, 1, 1.0).tolist() == joint.tolist()


def slowly_pruned(joint: npt.NDArray[Any], least: int, part: float) -> FloatArray:
    """The exact numbers, before fractions are dropped."""
    made = joint.astype(np.float64)
    for j in range(len(joint)):
        others = [c for c in range(len(joint)) if c != j and made[j, c] > 0]
        more = max(0.0, least - made[j, j])
        made[j, j] += more
        for c in others:
            made[j, c] = max(0.0, made[j, c] - more / len(others))
        made[j, j] += sum(made[j, c] * (1 - part) for c in others)
        for c in others:
            made[j, c] *= part
    return made


@settings(max_examples=60, deadline=None)
@given(whole_joints(), st.integers(0, 30), st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.9, 1.0]))
def test_prune_counts_equal_the_slow_obvious_ones(joint: IntArray, least: int, part: float) -> None:
    made, exact = prune_counts(joint, least, part), slowly_pruned(joint, least, part)
    assert made.dtype == np.int64
    assert (
        (made > exact - 1 - 1e-6) & (made < exact + 1e-6)
    ).all()  # rounded down, whatever the last bit says
    assert (made.diagonal() >= least - 1e-6).all()


def test_arguments_are_not_changed() -> None:
    joint, counts = np.array([[6.0, 2.0], [4.0, 8.0]]), np.array([40, 60])
    joint.flags.writeable = counts.flags.writeable = False
    start = class_prior(joint, counts), noise_matrix(joint), inverse_noise_matrix(joint)
    for array in start:
        array.flags.writeable = False
    calibrated(joint, counts)
    converged(counts, *start)
    prune_counts(joint, 7, 0.5)
