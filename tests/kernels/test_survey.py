from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tasks import slow
from tests.tasks.problems import Problem, made, problems

from emendata.kernels import survey as kernel
from emendata.kernels.survey import NARROW, Look, Survey, empty_survey, own_probability, survey_block, tiles

WAYS = [kernel._survey_narrow, kernel._survey_wide]


def surveyed(problem: Problem, bars: list[float], n_rivals: int) -> Survey:
    labels = problem.labels.astype(np.int32)
    n, k = problem.read.shape
    out = empty_survey(n, k, n_rivals, problem.read.dtype)
    out.own[:] = own_probability(labels, problem.read)
    survey_block(labels, problem.read, np.array(bars), out)
    return out


def assert_equals_the_slow_one(problem: Problem, n_rivals: int) -> None:
    bars = slow.thresholds(problem)
    found = surveyed(problem, bars, n_rivals)
    assert found.looks_like.tolist() == slow.looks_like(problem.read, bars)
    for i, (y, p) in enumerate(zip(problem.labels.tolist(), problem.read, strict=True)):
        assert found.own[i] == (p[y] if y >= 0 else 0)
        assert found.best[i] == p.argmax()
        assert found.best_prob[i] == p.max()
        rivals = slow.rivals(p, y)[: found.rivals.shape[1]]
        assert found.rivals[i].tolist() == rivals
        assert found.rival_probs[i].tolist() == p[rivals].tolist()


def test_a_row_is_seen_by_its_label_its_best_class_and_the_rivals_of_its_label() -> None:
    block = np.array([[0.5, 0.3, 0.2], [0.1, 0.2, 0.7], [0.2, 0.2, 0.6]])
    out = surveyed(Problem(np.array([0, 1, -1]), block), [0.4, 0.4, 0.65], 2)
    assert out.own.tolist() == [0.5, 0.2, 0.0]
    assert out.best.tolist() == [0, 2, 2]
    assert out.best_prob.tolist() == [0.5, 0.7, 0.6]
    assert out.looks_like.tolist() == [0, 2, -1]
    assert out.rivals.tolist() == [[1, 2], [2, 0], [2, 0]]
    assert out.rival_probs.tolist() == [[0.3, 0.2], [0.7, 0.1], [0.6, 0.2]]


@pytest.mark.parametrize("survey", WAYS)
@pytest.mark.parametrize(
    ("row", "bars", "looks_like"),
    [
        ([0.5, 0.3, 0.2], [0.5, 0.9, 0.9], 0),
        ([0.5, 0.3, 0.2], [0.6, 0.3, 0.9], 1),  # the best stays below its own threshold
        ([0.5, 0.3, 0.2], [0.6, 0.3, 0.2], 0),  # several others: the best, though it stays below
        ([0.5, 0.3, 0.2], [0.6, 0.4, 0.3], -1),
        ([0.4, 0.4, 0.2], [0.4, 0.4, 0.9], 0),  # the first of equals
        ([0.4, 0.4, 0.2], [0.5, 0.4, 0.9], 1),
        ([0.5, 0.3, 0.2], [0.5000009, 2.0, 2.0], 0),  # within 1e-6
        ([0.5, 0.3, 0.2], [0.5000011, 2.0, 2.0], -1),
    ],
)
def test_what_a_row_looks_like_depends_on_the_thresholds_it_reaches(
    survey: Callable[..., None], row: list[float], bars: list[float], looks_like: int
) -> None:
    out = empty_survey(1, 3, 0, np.float64)
    bar = np.array(bars) - 1e-6
    survey(np.array([1], np.int32), np.array([row]), bar, out)
    assert out.looks_like.tolist() == [looks_like]


@settings(deadline=None)
@given(problems(), st.integers(0, 6))
def test_a_survey_equals_the_slow_obvious_one(problem: Problem, n_rivals: int) -> None:
    assert_equals_the_slow_one(problem, n_rivals)


@pytest.mark.parametrize("k", [NARROW, NARROW + 1, 300, 1000])
@pytest.mark.parametrize("tied", [False, True])
def test_a_survey_of_many_classes_equals_the_slow_obvious_one(k: int, tied: bool) -> None:
    assert_equals_the_slow_one(made(k, 40, k, dtype="float32", tied=tied, absent=k // 3, unlabelled=0.2), 5)


@pytest.mark.parametrize("survey", WAYS)
@pytest.mark.parametrize("n_rivals", [0, 1, 3])
def test_values_just_below_zero_are_in_the_order_of_numbers(
    survey: Callable[..., Look], n_rivals: int
) -> None:
    block = np.array([[0.6, -1e-7, 0.4, -0.0], [0.25, 0.25, 0.25, 0.25]], np.float32)
    labels = np.array([1, 0], np.int32)
    out = empty_survey(2, 4, n_rivals, np.float32)
    out.own[:] = own_probability(labels, block)
    assert not survey(labels, block, np.full(4, 0.5, np.float32), out).unsigned
    assert out.best.tolist() == [0, 0]
    assert out.best_prob.tolist() == [np.float32(0.6), 0.25]
    assert out.rivals.tolist() == [[0, 2, 3][:n_rivals], [1, 2, 3][:n_rivals]]


@settings(deadline=None)
@given(problems(), st.integers(0, 6), st.integers(0, 99))
def test_few_and_many_classes_are_surveyed_alike(problem: Problem, n_rivals: int, seed: int) -> None:
    block = problem.read
    bars = np.random.default_rng(seed).choice([0.0, 0.1, 0.3, 0.5, 2.0], block.shape[1]).astype(block.dtype)
    narrow, wide = (empty_survey(len(block), block.shape[1], n_rivals, block.dtype) for _ in WAYS)
    labels = problem.labels.astype(np.int32)
    for survey, out in zip(WAYS, (narrow, wide), strict=True):
        out.own[:] = own_probability(labels, block)
        survey(labels, block, bars, out)
    for one, other in zip(narrow, wide, strict=True):
        assert one.dtype == other.dtype
        assert np.array_equal(one, other)


@pytest.mark.parametrize("k", [5, 60])
def test_tiles_change_no_bit(k: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = made(0, 100, k, unlabelled=0.2)
    whole = surveyed(problem, slow.thresholds(problem), 3)
    monkeypatch.setattr(kernel, "_TILE_BYTES", 1)
    for one, other in zip(whole, surveyed(problem, slow.thresholds(problem), 3), strict=True):
        assert one.tobytes() == other.tobytes()


@given(st.integers(0, 3000), st.integers(1, 3000), st.integers(1, 4))
def test_tiles_cover_each_row_once(n: int, k: int, side_by_side: int) -> None:
    block = np.broadcast_to(np.float32(0), (n, k))
    for n_rows in (None, n // 2):
        rows = [i for part in tiles(block, n_rows=n_rows, side_by_side=side_by_side) for i in range(n)[part]]
        assert rows[: n if n_rows is None else n_rows] == list(range(n if n_rows is None else n_rows))


@pytest.mark.parametrize("k", [3, 60])
@pytest.mark.parametrize("n", [1, 50])  # a single row is contiguous whichever way it lies
def test_blocks_are_not_written_to(n: int, k: int) -> None:
    problem = made(0, n, k)
    problem.probs.flags.writeable = False
    survey_block(problem.labels.astype(np.int32), problem.probs, np.zeros(k), empty_survey(n, k, 4, "f8"))


def test_there_are_never_more_rivals_than_other_classes() -> None:
    assert empty_survey(7, 3, 5, np.float32).rivals.shape == (7, 2)
    assert empty_survey(7, 3, 0, np.float32).rival_probs.shape == (7, 0)


def test_codes_are_as_small_as_the_classes_allow() -> None:
    assert empty_survey(1, 32767, 1, "f4").best.dtype == np.int16
    assert empty_survey(1, 40000, 1, "f4").rivals.dtype == np.int32


def test_a_part_is_a_view_of_the_same_rows() -> None:
    whole = empty_survey(5, 3, 2, np.float32)
    part = whole.part(slice(1, 3))
    assert [len(array) for array in part] == [2] * 6
    assert all(np.shares_memory(one, other) for one, other in zip(whole, part, strict=True))


def test_without_a_label_the_own_probability_is_zero() -> None:
    block = np.array([[0.9, 0.1], [0.2, 0.8], [0.5, 0.5]], np.float32)
    assert own_probability(np.array([0, 1, -1], np.int32), block).tolist() == [
        np.float32(0.9),
        np.float32(0.8),
        0,
    ]
    assert own_probability(np.array([0, 1, 0], np.int32), block).dtype == np.float32
    assert own_probability(np.empty(0, np.int32), block[:0]).shape == (0,)
