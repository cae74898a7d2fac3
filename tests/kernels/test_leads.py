import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tasks.problems import Problem, made, problems

from emendata.kernels import leads as kernel
from emendata.kernels.leads import Leads, best_leads, joined, leads_block, numbering, pairs_of, reach
from emendata.kernels.survey import NARROW


def entries(leads: Leads) -> list[tuple[int, int, float]]:
    return sorted(zip(*(array.tolist() for array in leads), strict=True))


def own_of(problem: Problem) -> np.ndarray:
    return problem.read[np.arange(len(problem.read)), problem.labels]


def test_leads_are_collected_between_their_bounds() -> None:
    block = np.array([[0.5, 0.25, 0.25], [0.125, 0.5, 0.375], [0.5, 0.0, 0.5]])
    cells = np.array([1, 2, 6])  # 0 for 1, 0 for 2 and 2 for 0
    labels, rows, far = np.array([0, 0, 2], np.int32), np.arange(3), np.ones(3)
    pairs = pairs_of(cells, 3, np.zeros(3))
    assert entries(leads_block(labels, block, rows, far, pairs)) == [(1, 0, 0.375), (1, 1, 0.25)]
    assert entries(leads_block(labels, block, rows, far, pairs, left_out=np.full(3, 1))) == [(1, 1, 0.25)]
    pairs = pairs_of(cells, 3, np.array([0.375, 0.0, 0.0]))
    assert entries(leads_block(labels, block, rows, far, pairs)) == [(1, 1, 0.25)]
    pairs = pairs_of(cells, 3, np.full(3, -0.25))
    assert entries(leads_block(labels, block, rows[[0, 2]], far[:2], pairs, 0.0)) == [(2, 2, 0.0)]


@pytest.mark.parametrize("k", [3, NARROW + 1])
def test_rows_are_looked_at_as_far_as_their_leads_may_reach(k: int) -> None:
    block = np.zeros((2, k))
    block[:, :3] = [0.0, 0.4, 0.6]
    pairs = pairs_of(np.array([1, 2]), k, np.array([0.3, 0.5]))
    labels, rows = np.zeros(2, np.int32), np.arange(2)
    assert entries(leads_block(labels, block, rows, np.array([0.3, 0.9]), pairs)) == [
        (1, 0, 0.4),
        (1, 1, 0.6),
    ]


def test_a_bar_is_found_however_close_to_others_it_lies() -> None:
    far, k = 9_000, 9_001  # so large a label leaves few digits for the bar
    cells, above = np.array([far * k, far * k + 1, far * k + 2]), np.array([1e-13, 2e-13, 0.0])
    lowest = pairs_of(cells, k, above).lowest_bar()
    assert lowest[far] == 0.0
    assert np.isinf(lowest[:far]).all()


@settings(deadline=None)
@given(
    problems(unlabelled=False),
    st.integers(0, 999),
    st.sampled_from([0.0, np.inf]),
    st.booleans(),
    st.sampled_from([1, 50, 1 << 15]),
)
def test_leads_equal_the_slow_obvious_ones(
    problem: Problem, seed: int, upto: float, leaves_out: bool, run: int
) -> None:
    labels, block, k = problem.labels.astype(np.int32), problem.read, problem.probs.shape[1]
    rng = np.random.default_rng(seed)
    cells = np.flatnonzero((rng.random((k, k)) < 0.7) & ~np.eye(k, dtype=np.bool_))
    above = rng.choice([-1.0, -0.35, 0.0, 0.1, np.inf], len(cells)).astype(block.dtype)
    best = block.argmax(axis=1)
    expected = []
    for i, (y, p) in enumerate(zip(labels, block, strict=True)):
        for number, cell in enumerate(cells):
            given_label, other = divmod(cell, k)
            counts = given_label == y and not (leaves_out and other == best[i])
            if counts and above[number] < p[other] - p[y] <= upto:
                expected.append((i, number, float(p[other] - p[y])))
    own, best_prob = own_of(problem), block.max(axis=1)
    at_most = reach(own, best_prob, np.where(leaves_out & (best != labels), best_prob, 0))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernel, "_RUN_PAIRS", run)
        pairs = pairs_of(cells, k, above)
        left_out = best if leaves_out else None
        found = leads_block(labels, block, np.arange(len(block)), at_most, pairs, upto, left_out)
    assert found.leads.dtype == block.dtype
    assert entries(found) == sorted(expected)


@settings(deadline=None)
@given(problems(), st.integers(0, 999), st.booleans())
def test_leads_of_the_best_class_equal_the_slow_obvious_ones(
    problem: Problem, seed: int, in_a_table: bool
) -> None:
    labels, block, k = problem.labels.astype(np.int32), problem.read, problem.probs.shape[1]
    cells = np.flatnonzero(np.random.default_rng(seed).random(k * k) < 0.5)
    own = np.where(labels >= 0, own_of(problem), 0).astype(block.dtype)
    best, numbers = block.argmax(axis=1), {cell: i for i, cell in enumerate(cells.tolist())}
    expected = [
        (i, numbers[y * k + j], float(block[i, j] - own[i]))
        for i, (y, j) in enumerate(zip(labels.tolist(), best.tolist(), strict=True))
        if y >= 0 and own[i] < block[i, j] and y * k + j in numbers
    ]
    with pytest.MonkeyPatch.context() as patch:
        if not in_a_table:
            patch.setattr(kernel, "_MOST_TABLE_CELLS", 0)
        number_of = numbering(cells, k)
        assert entries(best_leads(labels, own, best, block.max(axis=1), number_of)) == expected


def test_no_lead_is_beyond_its_reach() -> None:
    problem = made(0, 200, 7, tied=True)
    own, best, best_prob = own_of(problem), problem.read.argmax(axis=1), problem.read.max(axis=1)
    leads = problem.read - own[:, None]
    leads[np.arange(len(best)), problem.labels] = -1
    others = leads.copy()
    others[np.arange(len(best)), best] = -1
    other = best != problem.labels
    assert (reach(own, best_prob)[:, None] >= leads).all()
    assert (reach(own, best_prob, best_prob)[other, None] >= others[other]).all()


def test_leads_are_put_one_after_the_other() -> None:
    one, two = (Leads(np.array([i], "i4"), np.array([i], "i4"), np.array([0.5])) for i in (3, 4))
    assert entries(joined([one, two])) == [(3, 3, 0.5), (4, 4, 0.5)]
    assert entries(joined([one]).shifted(10)) == [(13, 3, 0.5)]
    assert entries(joined([])) == []
