import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.kernels import best
from emendata.kernels.best import Best


def test_the_nearest_of_each_line_remain_and_raise_its_bound() -> None:
    kept = Best(2, 1, 9, np.zeros(2, dtype=np.float32))
    kept.take(np.array([0, 0, 1]), np.array([7, 8, 9]), np.array([-2, -1, -3], dtype=np.float32))
    assert kept.settled().tolist() == [[8], [9]]
    assert np.allclose(kept.bound, [-1, -3], rtol=1e-5)


def test_a_line_that_nobody_came_to_has_no_candidate() -> None:
    kept = Best(2, 2, 9, np.zeros(2, dtype=np.float32))
    kept.take(np.array([1]), np.array([4]), np.array([-1], dtype=np.float32))
    assert kept.settled().tolist() == [[-1, -1], [-1, 4]]
    assert kept.bound.tolist() == [-np.inf, -np.inf]


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 300), st.integers(1, 6))
def test_the_order_in_which_candidates_come_changes_nothing(seed: int, n: int, wanted: int) -> None:
    rng = np.random.default_rng(seed)
    lines, near = rng.integers(0, 3, n), rng.integers(-5, 0, n).astype(np.float32)
    names = rng.permutation(n)
    near_of = dict(zip(names.tolist(), near.tolist(), strict=True))
    answers = []
    for order in (np.argsort(names), rng.permutation(n)):
        kept = Best(3, wanted, best._ROOM + wanted, np.zeros(3, dtype=np.float32))
        for some in np.array_split(order, 1 + n // 20):
            some = some[near[some] > kept.bound[lines[some]]]
            kept.take(lines[some], names[some], near[some])
        found = kept.settled()
        beyond = []
        for line in range(3):
            there = _in_order(found[line][found[line] >= 0].tolist(), near_of)
            obvious = _in_order(names[lines == line].tolist(), near_of)
            assert there[:wanted] == obvious[:wanted]
            beyond.append([name for name in there if near_of[name] > kept.bound[line]])
        answers.append((kept.bound.tolist(), beyond))
    assert answers[0] == answers[1]


def _in_order(names: list[int], near_of: dict[int, float]) -> list[int]:
    return sorted(names, key=lambda name: (-near_of[name], name))
