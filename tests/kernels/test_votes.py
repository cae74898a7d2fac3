import numpy as np

from emendata.kernels.votes import neighbor_votes


def test_nearer_neighbours_count_more_and_rows_sum_to_one() -> None:
    neighbors = np.array([[1, 2], [0, 2], [0, 1]])
    distances = np.array([[0.1, 1.0], [0.1, 1.0], [1.0, 1.0]], dtype=np.float32)
    votes = neighbor_votes(neighbors, distances, np.array([0, 0, 1]), 2)
    assert np.allclose(votes.sum(axis=1), 1)
    assert votes[0, 0] > 0.6
    assert votes[2, 0] > votes[0, 0]


def test_neighbours_without_a_label_do_not_vote() -> None:
    neighbors, distances = np.array([[1], [0]]), np.ones((2, 1), dtype=np.float32)
    votes = neighbor_votes(neighbors, distances, np.array([-1, 1]), 2)
    assert votes[1, 1] < votes[0, 1]  # row 1 hears nothing but the prior, row 0 hears row 1
