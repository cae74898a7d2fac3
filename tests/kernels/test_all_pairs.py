import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.kernels.all_pairs import AllPairs
from emendata.kernels.tiles import Centred


@pytest.mark.parametrize(("n", "size"), [(5, 5), (7, 3), (12, 3), (13, 2)])
def test_every_two_blocks_meet_once(n: int, size: int) -> None:
    pairs = AllPairs(Centred.of(np.arange(n, dtype=np.float32)[:, None]), 1, size)
    blocks = len(pairs.blocks)
    met = [frozenset((block, other)) for block in range(blocks) for other in pairs._half_a_turn(block)]
    assert len(met) == len(set(met)) == blocks * (blocks - 1) // 2
    counts = [len(list(pairs._half_a_turn(block))) for block in range(blocks)]
    assert max(counts) - min(counts) <= 1


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(2, 90), st.integers(1, 30), st.integers(1, 5))
def test_the_nearest_are_among_the_candidates_in_whatever_order_blocks_meet(
    seed: int, n: int, size: int, wanted: int
) -> None:
    rng = np.random.default_rng(seed)
    points = (rng.normal(size=(n, 3)) * 10.0 ** rng.integers(-3, 4)).astype(np.float32)
    wanted = min(wanted, n - 1)
    apart = np.linalg.norm(points[:, None].astype(np.float64) - points[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    for order in (np.arange, rng.permutation):
        pairs = AllPairs(Centred.of(points), wanted, size)
        for block in order(len(pairs.blocks)):
            pairs.meet_itself(block)
        for block in order(len(pairs.blocks)):
            pairs.meet_others(block)
        found = [line for block in range(len(pairs.blocks)) for line in pairs.candidates(block).tolist()]
        for row, nearest in enumerate(np.argsort(apart, axis=1)[:, :wanted]):
            assert set(nearest) <= set(found[row])
            assert row not in found[row]
