from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kernels.joints import in_whole_rows, joints, whole_joints

from emendata.kernels.noise_model import (
    PriorMethod,
    class_prior,
    converged,
    inverse_noise_matrix,
    joint_probabilities,
    noise_matrix,
)
from emendata.records import FloatArray, IntArray

METHODS: tuple[PriorMethod, ...] = ("counts", "equation", "marginal", "marginal_given")


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
    joint = in_whole_rows(*problem)
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


def test_arguments_are_not_changed() -> None:
    joint, counts = np.array([[6.0, 2.0], [4.0, 8.0]]), np.array([40, 60])
    joint.flags.writeable = counts.flags.writeable = False
    start = class_prior(joint, counts), noise_matrix(joint), inverse_noise_matrix(joint)
    for array in start:
        array.flags.writeable = False
    converged(counts, *start)
