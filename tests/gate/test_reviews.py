from hypothesis import given
from hypothesis import strategies as st

from emendata.gate import reviews_to_settle
from emendata.records import Estimate


def _half_width(estimate: Estimate, n_reviewed: int) -> float:
    """Half of the interval after so many reviews in all, by the squared width that goes with 1/m - 1/N."""
    n = estimate.n_labeled
    before = (estimate.high - estimate.low) / 2 / n
    left = (1 / n_reviewed - 1 / n) / (1 / estimate.n_reviewed - 1 / n)
    return float(before * left**0.5)


@given(st.integers(100, 5_000), st.data())
def test_after_as_many_reviews_the_interval_ends_before_the_limit(n: int, data: st.DataObject) -> None:
    low = data.draw(st.integers(0, n - 2))
    high = data.draw(st.integers(low + 1, n))
    most = data.draw(st.integers(low, high))
    estimate = Estimate(low, high, n, {}, n_reviewed=data.draw(st.integers(30, n - 1)))
    needed = reviews_to_settle(estimate, most)
    assert estimate.n_reviewed < needed <= n
    apart = abs((low + high) / 2 - most) / n
    assert _half_width(estimate, needed) <= apart + 1e-9 or needed == n


def test_a_limit_in_the_middle_is_settled_only_by_looking_at_every_row() -> None:
    assert reviews_to_settle(Estimate(60, 140, 1_000, {}), 100) == 1_000
    assert reviews_to_settle(Estimate(60, 140, 1_000, {}, n_reviewed=300), 100) == 1_000


def test_the_nearer_the_limit_the_more_reviews() -> None:
    needed = [reviews_to_settle(Estimate(60, 140, 1_000, {}), most) for most in (139, 130, 120, 110, 101)]
    assert needed == sorted(needed)
    assert needed[0] < needed[-1]
