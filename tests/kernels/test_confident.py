import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from emendata.kernels.confident import confident_joint, thresholds, transition_matrix
from emendata.records import FloatArray, IntArray


@st.composite
def problems(draw: st.DrawFn) -> tuple[IntArray, FloatArray]:
    n_classes = draw(st.integers(2, 6))
    n = draw(st.integers(1, 60))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    probs = rng.dirichlet(np.full(n_classes, draw(st.sampled_from([0.1, 1.0, 5.0]))), n)
    if draw(st.booleans()):
        probs = np.round(probs, 1) + 1e-9  # many ties
        probs /= probs.sum(axis=1, keepdims=True)
    labels = rng.integers(0, draw(st.integers(1, n_classes)), n)  # some classes may be absent
    return labels, probs


def slow_joint(labels: IntArray, probs: FloatArray) -> FloatArray:
    n_classes = probs.shape[1]
    bars = [
        np.mean([p[k] for p, y in zip(probs, labels, strict=True) if y == k] or [np.inf])
        for k in range(n_classes)
    ]
    joint = np.zeros((n_classes, n_classes))
    for p, y in zip(probs, labels, strict=True):
        reached = [k for k in range(n_classes) if p[k] >= bars[k] - 1e-6]
        if reached:
            joint[y, max(reached, key=lambda k: (p[k], -k))] += 1
    for j in range(n_classes):
        count = np.sum(labels == j)
        if joint[j].sum() == 0:
            joint[j, j] = 1
        joint[j] *= count / joint[j].sum()
    return joint


def test_thresholds_are_mean_self_confidence() -> None:
    labels = np.array([0, 0, 1])
    probs = np.array([[0.8, 0.2], [0.6, 0.4], [0.1, 0.9]])
    assert np.allclose(thresholds(labels, probs), [0.7, 0.9])


@given(problems())
def test_the_joint_equals_the_slow_obvious_one(problem: tuple[IntArray, FloatArray]) -> None:
    assert np.allclose(confident_joint(*problem), slow_joint(*problem))


@given(problems())
def test_the_joint_counts_every_row_once(problem: tuple[IntArray, FloatArray]) -> None:
    labels, probs = problem
    joint = confident_joint(labels, probs)
    assert np.allclose(joint.sum(axis=1), np.bincount(labels, minlength=probs.shape[1]))


@given(problems())
def test_lines_of_the_transition_matrix_are_distributions(problem: tuple[IntArray, FloatArray]) -> None:
    transition = transition_matrix(confident_joint(*problem), 5.0)
    assert np.allclose(transition.sum(axis=1), 1)
    assert (transition >= 0).all()


def test_without_rows_a_class_is_as_noisy_as_the_whole() -> None:
    joint = np.array([[90.0, 10.0, 0.0], [20.0, 80.0, 0.0], [0.0, 0.0, 0.0]])
    assert np.allclose(transition_matrix(joint, 10.0)[2], [0.075, 0.075, 0.85])


def test_with_many_rows_half_is_what_was_counted_and_half_even_noise() -> None:
    joint = np.array([[9e6, 1e6], [0.0, 1e7]])
    counted, even = np.array([[1.0, 0.0], [1 / 11, 10 / 11]]), np.array([[0.95, 0.05], [0.05, 0.95]])
    assert np.allclose(transition_matrix(joint, 200.0), (counted + even) / 2, atol=1e-3)
