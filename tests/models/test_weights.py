from dataclasses import replace

import numpy as np
import pytest

from emendata.models import PREDICTORS
from emendata.testing import sample_problem

WEIGHING = ("random_trees", "boosted_trees", "logistic_regression")


@pytest.mark.parametrize("name", WEIGHING)
@pytest.mark.parametrize("is_apart", [False, True])
def test_rows_of_no_weight_teach_nothing(name: str, is_apart: bool) -> None:
    problem = sample_problem()
    true = np.arange(problem.n_rows) % 3
    misled = np.random.default_rng(0).random(problem.n_rows) < 0.6
    confused = replace(
        problem,
        wide=problem.dense,
        labels=np.where(misled, (true + 1) % 3, true),
        weights=np.where(misled, 0.0, 1.0),
        is_apart=is_apart,
    )
    model = PREDICTORS[name]
    right = model.predict(confused, lambda done, total: None).argmax(axis=1) == true
    wrong = model.predict(replace(confused, weights=None), lambda done, total: None).argmax(axis=1) == true
    assert right.mean() > 0.8
    assert wrong.mean() < 0.5
