import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.kernels.groups import groups_of_pairs
from emendata.kernels.linkage import compact_groups

N_ROWS = 9
PAIRS = list(itertools.combinations(range(N_ROWS), 2))
some_pairs = st.dictionaries(st.sampled_from(PAIRS), st.integers(1, 12).map(lambda n: n / 10), max_size=30)


def joined_slowly(pairs: dict[tuple[int, int], float], diameter: float) -> list[list[int]]:
    """Join along pairs, the closest first, looking at every pair of rows each time."""
    groups = [{row} for row in range(N_ROWS)]
    for (a, b), distance in sorted(pairs.items(), key=lambda item: (item[1], item[0])):
        one, other = (next(group for group in groups if row in group) for row in (a, b))
        between = [pairs.get((min(i, j), max(i, j)), 9.0) for i in one for j in other if i != j]
        if distance <= diameter and one is not other and max(between) <= diameter:
            groups.remove(other)
            one |= other
    return sorted(sorted(group) for group in groups if len(group) > 1)


def arrays(pairs: dict[tuple[int, int], float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    left = np.array([a for a, _ in pairs], dtype=np.int64)
    right = np.array([b for _, b in pairs], dtype=np.int64)
    return left, right, np.array(list(pairs.values()), dtype=np.float64)


@given(some_pairs, st.sampled_from([0.3, 0.7, 1.0]))
@settings(max_examples=200, deadline=None)
def test_groups_are_those_of_the_slow_way(pairs: dict[tuple[int, int], float], diameter: float) -> None:
    found = [group.tolist() for group in compact_groups(*arrays(pairs), N_ROWS, diameter)]
    assert found == joined_slowly(pairs, diameter)


@given(some_pairs)
@settings(max_examples=100, deadline=None)
def test_every_two_rows_of_a_group_are_close_and_no_two_groups_could_be_joined(
    pairs: dict[tuple[int, int], float],
) -> None:
    left, right, distances = arrays(pairs)
    both = np.concatenate([left, right]), np.concatenate([right, left]), np.tile(distances, 2)
    groups = [set(group.tolist()) for group in compact_groups(*both, N_ROWS, 0.7)]

    def is_compact(group: set[int]) -> bool:
        return all(pairs.get(pair, 9.0) <= 0.7 for pair in itertools.combinations(sorted(group), 2))

    alone = [{row} for row in range(N_ROWS) if not any(row in group for group in groups)]
    assert all(map(is_compact, groups))
    assert not any(is_compact(one | other) for one, other in itertools.combinations([*groups, *alone], 2))
    whole = groups_of_pairs(left, right, N_ROWS)
    assert all(any(group <= set(part.tolist()) for part in whole) for group in groups)


def test_a_long_chain_falls_into_pairs_and_many_cliques_are_quick() -> None:
    n = 200_000
    first = np.arange(0, n, 4)
    left = np.concatenate([first + i for i, _ in itertools.combinations(range(4), 2)])
    right = np.concatenate([first + j for _, j in itertools.combinations(range(4), 2)])
    groups = compact_groups(left, right, np.ones(len(left)), n, 1.0)
    assert len(groups) == n // 4
    assert {len(group) for group in groups} == {4}
    chain = compact_groups(np.arange(9), np.arange(1, 10), np.ones(9), 10, 1.0)
    assert [group.tolist() for group in chain] == [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]]
