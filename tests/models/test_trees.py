"""Out of bag: no tree that drew a row has a say about it."""

from dataclasses import replace

import numpy as np
import pytest
from tests.models.problems import lonely_class, sample, unlabeled

from emendata.models.trees import RandomTrees

SMOOTHED = 0.5 / 200


@pytest.mark.parametrize("seed", range(3))
def test_the_only_row_of_a_class_gets_not_one_vote_for_it(seed: int) -> None:
    problem = replace(lonely_class(), seed=seed)
    probs = RandomTrees().predict(problem, lambda done, total: None)
    assert probs[17, 3] == pytest.approx(SMOOTHED / (1 + 4 * SMOOTHED), rel=1e-9)
    others = np.setdiff1d(np.arange(90), 17)
    assert probs[others, 3].max() > 2 * SMOOTHED  # trees that drew it do vote for its class elsewhere


def test_a_row_unlike_all_others_does_not_repeat_its_wrong_label() -> None:
    problem = sample()
    dense, labels = problem.dense.copy(), problem.labels.copy()
    dense[17], labels[17] = (8, 12), 0  # beyond class 1 and 2, far from class 0
    probs = RandomTrees().predict(replace(problem, dense=dense, labels=labels), lambda done, total: None)
    assert probs[17].argmax() != 0
    assert probs[17, 0] < 0.3


def test_the_same_seed_gives_the_same_bits_and_another_seed_others() -> None:
    one, two, other = (
        RandomTrees().predict(replace(unlabeled(), seed=seed), lambda done, total: None) for seed in (1, 1, 2)
    )
    assert np.array_equal(one, two)
    assert not np.array_equal(one, other)
