"""Outlooks on made-up work with a made-up clock."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emendata.pipeline import Outlook

SECONDS = st.floats(0.01, 1e4)
WORK = st.lists(st.tuples(SECONDS, SECONDS, st.integers(1, 20)), min_size=1, max_size=6)


def run(
    expected: Mapping[str, float], work: Mapping[str, tuple[float, int]]
) -> list[tuple[float, float, float]]:
    """Do the work of each stage in so many even steps; return the time, what is said to be left and what is done."""
    outlook, now = Outlook(expected, 0.0), 0.0
    said = [(now, outlook.seconds_left(now), outlook.part_done(now))]
    for stage, (seconds, n_steps) in work.items():
        for step in range(n_steps + 1):
            outlook.report(stage, step, n_steps, now)
            said.append((now, outlook.seconds_left(now), outlook.part_done(now)))
            if step < n_steps:
                said.append(
                    (half := now + seconds / n_steps / 2, outlook.seconds_left(half), outlook.part_done(half))
                )
                now += seconds / n_steps
    return said


def test_a_forecast_that_is_right_stays_so() -> None:
    said = run({"a": 10.0, "b": 30.0, "c": 20.0}, {"a": (10.0, 5), "b": (30.0, 3), "c": (20.0, 4)})
    assert [left for _, left, _ in said] == pytest.approx([60.0 - now for now, _, _ in said])
    assert [part for _, _, part in said] == pytest.approx([now / 60.0 for now, _, _ in said])


@pytest.mark.parametrize("factor", [0.5, 2.0, 5.0])
def test_a_forecast_that_is_off_comes_to_the_truth(factor: float) -> None:
    expected = dict.fromkeys("abcdefgh", 10.0)
    said = run(expected, {name: (factor * seconds, 10) for name, seconds in expected.items()})
    total = factor * 80.0
    for now, left, _ in said:
        if now > 0.5 * total:
            assert left == pytest.approx(total - now, rel=0.25, abs=0.06 * total)
    halfway = [abs(left - (total - now)) / (total - now) for now, left, _ in said if 0.5 < now / total < 0.95]
    assert max(halfway) < abs(80.0 - total) / total / 2  # of what the forecast was off by


@given(WORK)
def test_it_is_never_below_zero_and_ends_there(work: list[tuple[float, float, int]]) -> None:
    expected = {str(i): seconds for i, (seconds, _, _) in enumerate(work)}
    said = run(expected, {str(i): (took, steps) for i, (_, took, steps) in enumerate(work)})
    assert min(left for _, left, _ in said) >= 0
    assert said[-1][1] == 0
    parts = [part for _, _, part in said]
    assert parts == sorted(parts)
    assert parts[0] >= 0
    assert parts[-1] == pytest.approx(1)


def test_a_stage_that_overruns_is_left_at_nothing_until_it_says_more() -> None:
    outlook = Outlook({"a": 10.0}, 0.0)
    outlook.report("a", 0, 2, 0.0)
    assert outlook.seconds_left(15.0) >= 0
    outlook.report("a", 1, 2, 40.0)
    assert 20 < outlook.seconds_left(40.0) < 40


def test_stages_that_were_not_needed_do_not_count_and_unexpected_ones_only_while_they_run() -> None:
    outlook = Outlook({"a": 10.0, "b": 20.0, "c": 5.0}, 0.0)
    outlook.report("b", 0, 4, 0.0)
    assert outlook.seconds_left(0.0) == 25.0
    outlook.report("c", 1, 1, 20.0)
    assert outlook.seconds_left(20.0) == 0
    outlook.report("extra", 1, 4, 30.0)
    outlook.report("extra", 2, 4, 40.0)
    assert outlook.seconds_left(40.0) == pytest.approx(10.0)


def test_without_a_forecast_the_running_stage_is_all_that_is_known() -> None:
    outlook = Outlook({}, 0.0)
    assert (outlook.seconds_left(0.0), outlook.part_done(0.0)) == (0.0, 0.0)
    outlook.report("a", 0, 0, 5.0)
    assert outlook.seconds_left(6.0) == 0.0
