import numpy as np
import pytest
from hypothesis import given, settings
from tests.tasks import slow
from tests.tasks.containers import read
from tests.tasks.problems import Problem, problems

from emendata.tasks.adjusted import Adjusted
from emendata.tasks.pred_probs import open_pred_probs


def test_thresholds_are_taken_away_and_the_largest_is_added() -> None:
    source = open_pred_probs([[0.9, 0.1], [0.4, 0.6]])
    adjusted = Adjusted(source, np.array([0.9, 0.6]))
    assert (adjusted.n_rows, adjusted.n_columns) == (2, 2)
    found = np.concatenate([block() for block in adjusted.blocks(1)])
    assert np.allclose(found, [[0.9 / 1.3, 0.4 / 1.3], [0.4 / 1.3, 0.9 / 1.3]])


def test_nothing_is_taken_from_a_class_that_no_row_carries() -> None:
    adjusted = Adjusted(open_pred_probs([[0.5, 0.25, 0.25]]), np.array([0.5, 0.25, 2.0]))
    (block,) = adjusted.blocks(64)
    assert np.allclose(block(), [[0.5 / 1.25, 0.5 / 1.25, 0.25 / 1.25]])


@pytest.mark.parametrize("step", [1, 7, 64])
@settings(deadline=None)
@given(problem=problems())
def test_adjusted_rows_equal_the_slow_obvious_ones(step: int, problem: Problem) -> None:
    source = open_pred_probs(problem.probs)
    adjusted = Adjusted(source, np.array(slow.thresholds(problem)))
    blocks = [block() for block in adjusted.blocks(step)]
    assert {block.dtype for block in blocks} == {source.dtype}
    assert np.allclose(np.concatenate(blocks), slow.adjusted(problem).probs, atol=1e-5)
    assert np.array_equal(read(source), problem.read)  # which stays as it was
