import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from emendata.kernels.temperature import best_power, sharpened
from emendata.kernels.true_temperature import even_pattern, fit_true_power, given_labels, pattern_of
from emendata.records import FloatArray, IntArray


def drawn(
    seed: int, n: int, k: int, rate: float, pattern: FloatArray
) -> tuple[FloatArray, IntArray, IntArray]:
    """Honest probabilities of true classes, true labels drawn by them, and labels of which some went wrong."""
    rng = np.random.default_rng(seed)
    honest = rng.dirichlet(np.full(k, 0.3), n)
    true = (honest.cumsum(axis=1) > rng.random((n, 1))).argmax(axis=1)
    other = (pattern[true].cumsum(axis=1) > rng.random((n, 1))).argmax(axis=1)
    return honest, true, np.where(rng.random(n) < rate, other, true)


def loss_of(power: float, rate: float, labels: IntArray, probs: FloatArray, pattern: FloatArray) -> float:
    """The formula, row by row."""
    total = 0.0
    for y, line in zip(labels.tolist(), probs, strict=True):
        q = line**power / (line**power).sum()
        total -= np.log(
            max((1 - rate) * q[y] + rate * sum(q[k] * pattern[k, y] for k in range(len(q))), 1e-12)
        )
    return total / len(labels)


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([2, 3, 5]), st.sampled_from([0.0, 0.1, 0.3]))
def test_the_fit_is_as_likely_as_the_best_of_a_slow_search(seed: int, k: int, rate: float) -> None:
    rng = np.random.default_rng(seed)
    pattern = pattern_of(rng.random((k, k)))
    honest, _, labels = drawn(seed, 60, k, rate, pattern)
    probs = sharpened(honest, rng.uniform(0.3, 3))
    fit = fit_true_power(labels, probs, pattern)
    starts = [(np.log(power), start) for power in (0.5, 3) for start in (0.05, 0.3)]
    bounds = [(-3, 3), (0, 1 - 1 / k)]
    slow = min(
        minimize(
            lambda at: loss_of(np.exp(at[0]), at[1], labels, np.maximum(probs, 1e-6), pattern),
            start,
            bounds=bounds,
            method="L-BFGS-B",
        ).fun
        for start in starts
    )
    assert loss_of(fit.power, fit.noise_rate, labels, np.maximum(probs, 1e-6), pattern) <= slow + 1e-4


@pytest.mark.parametrize("power", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("rate", [0.1, 0.2])
@pytest.mark.parametrize("kind", ["even", "next class"])
def test_power_and_rate_are_recovered_from_labels_of_which_some_are_wrong(
    power: float, rate: float, kind: str
) -> None:
    pattern = even_pattern(4) if kind == "even" else np.roll(np.eye(4), 1, axis=1)
    honest, true, labels = drawn(0, 20_000, 4, rate, pattern)
    blurred = sharpened(honest, 1 / power)
    fit = fit_true_power(labels, blurred, pattern)
    assert fit.power == pytest.approx(best_power(true, blurred), rel=0.05)
    assert fit.noise_rate == pytest.approx(rate, abs=0.01)
    assert best_power(labels, blurred) < 0.7 * fit.power  # errors were taught to it


def test_without_errors_it_is_plain_temperature_scaling() -> None:
    pattern = even_pattern(3)
    honest, _, labels = drawn(1, 20_000, 3, 0.0, pattern)
    for power in (0.4, 1.0, 2.5):
        blurred = sharpened(honest, 1 / power)
        fit = fit_true_power(labels, blurred, pattern)
        assert fit.power == pytest.approx(best_power(labels, blurred), rel=0.02)
        assert fit.noise_rate < 0.005


def test_classes_that_are_hard_to_tell_apart_are_not_taken_for_errors() -> None:
    rng = np.random.default_rng(2)
    honest = rng.dirichlet(np.full(3, 2.0), 20_000)  # hardly ever sure
    labels = (honest.cumsum(axis=1) > rng.random((20_000, 1))).argmax(axis=1)
    fit = fit_true_power(labels, honest, even_pattern(3))
    assert (labels != honest.argmax(axis=1)).mean() > 0.3
    assert fit.noise_rate < 0.05
    assert fit.power == pytest.approx(1, rel=0.1)


def test_the_label_that_a_row_carries_speaks_for_it_as_bayes_says() -> None:
    probs = np.array([[0.6, 0.3, 0.1], [0.6, 0.3, 0.1]])
    pattern = np.array([[0, 1, 0], [0.5, 0, 0.5], [0, 1, 0]])
    made = given_labels(probs, np.array([1, -1]), 0.2, pattern)
    both = np.array([0.6 * 0.2, 0.3 * 0.8, 0.1 * 0.2])
    assert np.allclose(made[0], both / both.sum())
    assert made[1].tolist() == probs[1].tolist()


def test_probabilities_given_labels_are_as_often_right_as_they_say() -> None:
    pattern = np.roll(np.eye(4), 1, axis=1)
    honest, true, labels = drawn(3, 50_000, 4, 0.2, pattern)
    made = given_labels(honest, labels, 0.2, pattern)
    for low, high in ((0.5, 0.7), (0.7, 0.9), (0.9, 1.0)):
        sure = (made.max(axis=1) >= low) & (made.max(axis=1) < high)
        right = made[sure].argmax(axis=1) == true[sure]
        assert right.mean() == pytest.approx(made[sure].max(axis=1).mean(), abs=0.02)


def test_a_class_that_is_never_mistaken_gets_an_even_line() -> None:
    assert pattern_of(np.eye(3)).tolist() == even_pattern(3).tolist()
    assert np.allclose(pattern_of(np.random.default_rng(0).random((5, 5))).sum(axis=1), 1)
