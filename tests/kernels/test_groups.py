import numpy as np

from emendata.kernels.groups import groups_of_equals, groups_of_pairs


def test_equal_keys_form_groups_in_order_of_their_first_row() -> None:
    groups = groups_of_equals(np.array([5, 2, 9, 2, 5, 5]))
    assert [group.tolist() for group in groups] == [[0, 4, 5], [1, 3]]


def test_chains_of_pairs_form_one_group() -> None:
    groups = groups_of_pairs(np.array([0, 3]), np.array([3, 1]), 5)
    assert [group.tolist() for group in groups] == [[0, 1, 3]]


def test_nothing_equal_is_no_group() -> None:
    assert groups_of_equals(np.arange(4)) == []
    assert groups_of_pairs(np.array([], dtype=int), np.array([], dtype=int), 3) == []
