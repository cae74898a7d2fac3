import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from emendata.kernels import nearest_among as module
from emendata.kernels.nearest_among import nearest_among


@given(st.integers(0, 2**32 - 1), st.integers(1, 5), st.integers(0, 40), st.integers(1, 12))
def test_the_nearest_members_are_those_of_a_plain_sort(seed: int, k: int, n_members: int, block: int) -> None:
    rng = np.random.default_rng(seed)
    points = rng.integers(0, 3, (50, 2)).astype(np.float32)  # many ties
    members = np.sort(rng.choice(50, n_members, replace=False))
    rows = rng.choice(50, 3, replace=False)
    before, module._BLOCK = module._BLOCK, block
    try:
        found, distances = nearest_among(points, rows, members, k)
    finally:
        module._BLOCK = before
    for i, row in enumerate(rows):
        apart = {
            int(other): float(np.linalg.norm(points[other] - points[row]))
            for other in members
            if other != row
        }
        wanted = sorted(apart, key=lambda other: (apart[other], other))[:k]
        assert [other for other in found[i].tolist() if other >= 0] == wanted
        assert distances[i, : len(wanted)].tolist() == [np.float32(apart[other]) for other in wanted]
        assert np.isinf(distances[i, len(wanted) :]).all()
