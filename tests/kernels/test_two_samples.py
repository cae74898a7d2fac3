import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, false_discovery_control, ks_2samp

from emendata.kernels.two_samples import benjamini_hochberg, distance_of_distributions


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(200, 400), st.floats(0, 1))
def test_many_values_are_compared_as_by_kolmogorov_and_smirnov(seed: int, n: int, shift: float) -> None:
    rng = np.random.default_rng(seed)
    first = rng.random(n) < 0.4
    values = rng.normal(size=n) + shift * first
    ranks = np.argsort(np.argsort(values))
    distance, chance = distance_of_distributions(ranks, first, ~first)
    wanted = ks_2samp(values[first], values[~first], method="asymp")
    assert abs(distance - wanted.statistic) < 1e-9
    assert abs(chance - wanted.pvalue) < 0.05


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(2, 20))
def test_few_values_are_compared_as_by_pearson(seed: int, n_values: int) -> None:
    rng = np.random.default_rng(seed)
    ranks = rng.integers(-1, n_values, 500)
    first = rng.random(500) < 0.5
    distance, chance = distance_of_distributions(ranks, first, ~first)
    table = np.array([np.bincount(ranks[part] + 1, minlength=n_values + 1) for part in (first, ~first)])
    table = table[:, table.sum(axis=0) > 0]
    assert abs(chance - chi2_contingency(table, correction=False).pvalue) < 1e-9
    shares = table / table.sum(axis=1, keepdims=True)
    assert abs(distance - np.abs(shares[0] - shares[1]).sum() / 2) < 1e-12


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.floats(0.001, 0.5))
def test_what_stands_is_what_the_adjusted_chances_say(chances: list[float], rate: float) -> None:
    adjusted = false_discovery_control(chances)
    stands = benjamini_hochberg(chances, rate)
    for one, stand in zip(adjusted, stands, strict=True):
        if abs(one - rate) > 1e-9:
            assert stand == (one <= rate)


def test_an_empty_group_is_no_drift() -> None:
    nobody = np.zeros(5, bool)
    assert distance_of_distributions(np.arange(5), nobody, ~nobody) == (0.0, 1.0)
