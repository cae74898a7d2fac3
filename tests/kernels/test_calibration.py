from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kernels.joints import in_whole_rows, joints, whole_joints

from emendata.kernels.calibration import prune_counts, with_line_totals
from emendata.kernels.cells import cells_of
from emendata.records import FloatArray, IntArray


def pruned(joint: IntArray, least: int, part: float) -> IntArray:
    return prune_counts(cells_of(joint), least, part).matrix()


def test_lines_are_rescaled_to_the_label_counts() -> None:
    joint = np.array([[3, 1, 0], [0, 2, 2], [1, 1, 1]])
    assert in_whole_rows(joint, np.array([8, 2, 3])).tolist() == [[6, 2, 0], [0, 1, 1], [1, 1, 1]]


def test_rows_left_over_go_to_the_cells_that_lost_most() -> None:
    joint = np.array([[64, 33, 3], [0, 1, 0], [0, 0, 1]])
    assert in_whole_rows(joint, np.array([11, 0, 0]))[0].tolist() == [7, 4, 0]  # 7.04, 3.63, 0.33
    assert in_whole_rows(joint, np.array([9, 0, 0]))[0].tolist() == [6, 3, 0]  # 5.76, 2.97, 0.27


def test_rows_too_many_are_taken_from_the_cells_that_won_most() -> None:
    joint = np.array([[5, 16, 16], [0, 1, 0], [0, 0, 1]])  # 0.54, 1.73, 1.73 of 4 round to 1, 2, 2
    assert in_whole_rows(joint, np.array([4, 0, 0]))[0].tolist() == [0, 2, 2]


def test_a_label_that_was_never_seen_confidently_is_believed() -> None:
    joint = np.array([[0, 0], [1, 2]])
    assert in_whole_rows(joint, np.array([2, 3])).tolist() == [[2, 0], [1, 2]]


def test_a_label_without_rows_stays_empty() -> None:
    assert in_whole_rows(np.array([[1, 1], [1, 2]]), np.array([0, 3])).tolist() == [[0, 0], [1, 2]]
    assert in_whole_rows(np.zeros((2, 2)), np.array([0, 0])).tolist() == [[0, 0], [0, 0]]


@settings(max_examples=60, deadline=None)
@given(joints())
def test_calibration_keeps_line_sums_and_moves_no_cell_by_a_row(problem: tuple[IntArray, IntArray]) -> None:
    joint, counts = problem
    made = in_whole_rows(joint, counts)
    assert made.dtype == np.int64
    assert (made.sum(axis=1) == counts).all()
    for j in range(len(joint)):
        line = joint[j] if joint[j].sum() else np.eye(len(joint))[j]
        exact = line / line.sum() * counts[j]
        assert (np.abs(made[j] - exact) < 1 + 1e-9).all()
        floor = np.floor(exact + 1e-9)
        best = sorted(exact - floor, reverse=True)  # no other rounding of that sum is nearer
        n_up = counts[j] - int(floor.sum())
        least = sum(1 - part for part in best[:n_up]) + sum(best[n_up:])
        assert np.isclose(np.abs(made[j] - exact).sum(), least, atol=1e-6)


@settings(max_examples=60, deadline=None)
@given(joints())
def test_of_equal_cells_those_give_way_that_sorting_the_line_puts_first(
    problem: tuple[IntArray, IntArray],
) -> None:
    joint, counts = problem
    seen = np.where(joint.sum(axis=1, keepdims=True) > 0, joint, np.eye(len(joint), dtype=np.int64))
    exact = seen / seen.sum(axis=1, keepdims=True) * counts[:, None]
    exact = exact / (exact.sum() or 1) * counts.sum()
    wanted = np.rint(exact)
    for line, total in zip(range(len(joint)), counts, strict=True):
        order, short = np.argsort(exact[line] - wanted[line]), int(total - wanted[line].sum())
        wanted[line, order[len(order) - short :] if short > 0 else order[:-short]] += np.sign(short)
    assert in_whole_rows(joint, counts).tolist() == wanted.tolist()


@pytest.mark.parametrize("dense", [False, True])
def test_of_equal_cells_of_many_classes_the_later_gains_and_the_earlier_loses(dense: bool) -> None:
    rng, k = np.random.default_rng(0), 300
    joint = rng.poisson(1.0, (k, k)) if dense else rng.poisson(0.02, (k, k))
    joint, counts = joint + np.eye(k, dtype=np.int64), rng.integers(1, 2000 if dense else 40, k)
    wanted = joint / joint.sum(axis=1, keepdims=True) * counts[:, None]
    rest = wanted - np.rint(wanted)
    wanted = np.rint(wanted)
    for line in range(k):
        order, short = np.argsort(rest[line], kind="stable"), int(counts[line] - wanted[line].sum())
        wanted[line, order[k - short :] if short > 0 else order[:-short]] += np.sign(short)
    assert in_whole_rows(joint, counts).tolist() == wanted.tolist()


def test_rows_to_keep_come_evenly_from_the_other_classes() -> None:
    joint = np.array([[1, 4, 7, 0], [0, 9, 4, 1], [0, 0, 0, 0], [2, 0, 0, 8]])
    made = pruned(joint, 6, 1.0)
    assert made.tolist() == [[6, 1, 4, 0], [0, 9, 4, 1], [0, 0, 6, 0], [2, 0, 0, 8]]


def test_a_part_of_the_noise_is_given_back_to_the_diagonal() -> None:
    joint = np.array([[5, 4, 2], [0, 9, 3], [1, 0, 5]])
    assert pruned(joint, 1, 0.5).tolist() == [[8, 2, 1], [0, 10, 1], [0, 0, 5]]
    assert pruned(joint, 1, 0.0).tolist() == [[11, 0, 0], [0, 12, 0], [0, 0, 6]]
    assert pruned(joint, 1, 1.0).tolist() == joint.tolist()


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
    made, exact = pruned(joint, least, part), slowly_pruned(joint, least, part)
    assert made.dtype == np.int64
    assert (
        (made > exact - 1 - 1e-6) & (made < exact + 1e-6)
    ).all()  # rounded down, whatever the last bit says
    assert (made.diagonal() >= least - 1e-6).all()


def test_lines_get_the_totals_that_are_wanted_and_stay_empty_if_they_were() -> None:
    joint = cells_of(np.array([[6, 1, 3], [0, 13, 0], [2, 0, 6]]))
    made = with_line_totals(joint, np.array([8, 2, 9]), np.array([10, 13, 8])).matrix()
    assert made.tolist() == [[2, 2, 6], [0, 11, 0], [9, 0, 0]]
