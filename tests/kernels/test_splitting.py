import numpy as np

from emendata.kernels.splitting import nested_groups


def blobs(n: int = 100) -> np.ndarray:
    rng = np.random.default_rng(0)
    return np.vstack([rng.normal(size=(n, 3)) + 20 * i for i in range(4)]).astype(np.float32)


def test_rows_that_lie_together_make_a_group() -> None:
    found = [set(group.tolist()) for group in nested_groups(blobs(), 10, 50)]
    assert all(set(range(100 * i, 100 * i + 100)) in found for i in range(4))


def test_groups_are_parted_into_their_parts_and_none_is_smaller_than_allowed() -> None:
    groups = nested_groups(blobs(), 15, 50)
    assert min(map(len, groups)) >= 15
    assert all((np.diff(group) > 0).all() for group in groups)
    for i, group in enumerate(groups):
        inside = [set(other.tolist()) <= set(group.tolist()) for other in groups[:i]]
        assert not any(inside)  # a whole comes before its parts
    sizes = sorted(len(group) for group in groups[:2])
    assert sum(sizes) == 400


def test_a_few_far_rows_do_not_keep_the_others_together() -> None:
    points = blobs()
    points[0] = 1e6
    found = [len(group) for group in nested_groups(points, 15, 50)]
    assert len(found) > 6


def test_equal_rows_are_one_group_and_groups_repeat_themselves() -> None:
    assert nested_groups(np.zeros((50, 2), np.float32), 5, 10) == []
    once, again = (nested_groups(blobs(3000), 50, 20) for _ in range(2))
    assert all(np.array_equal(one, other) for one, other in zip(once, again, strict=True))
