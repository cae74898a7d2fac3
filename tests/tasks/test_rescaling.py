import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as stn
from tests.tasks.containers import Array, read

from emendata.errors import InputError
from emendata.tasks.pred_probs import open_pred_probs


def test_rows_are_divided_by_their_sum() -> None:
    assert read(open_pred_probs([[3, 1], [1, 1]], normalize=True)).tolist() == [[0.75, 0.25], [0.5, 0.5]]


def test_logits_become_probabilities_also_where_they_are_large() -> None:
    logits = np.array([[1000.0, 1000.0], [-1000.0, 0.0], [0.0, np.log(3)], [0.0, -np.inf]])
    expected = [[0.5, 0.5], [0.0, 1.0], [0.25, 0.75], [1.0, 0.0]]
    assert np.allclose(read(open_pred_probs(logits, from_logits=True)), expected)


@given(
    stn.arrays(np.float64, st.tuples(st.integers(1, 9), st.sampled_from([2, 3, 70])), elements=st.floats(-30, 30))
)  # fmt: skip
def test_softmax_agrees_with_the_plain_formula(logits: Array) -> None:
    plain = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    assert np.allclose(read(open_pred_probs(logits, from_logits=True), 4), plain)


def test_rows_that_sum_to_zero_cannot_be_divided() -> None:
    probs = open_pred_probs([[1, 1], [1, 1], [0, 0], [-1, 0]], normalize=True)
    with pytest.raises(InputError) as caught:
        read(probs, 4)
    assert str(caught.value) == (
        "2 of rows 0 to 3 of pred_probs sum to zero or less (the first is row 2), so that normalize=True cannot "
        "divide them. Predict these rows or leave them out."
    )
    with pytest.raises(InputError, match=r"1 of rows 2 to 2 of pred_probs .* \(the first is row 2\)"):
        read(probs, 1)
    with pytest.raises(InputError, match=r"1 of 2 rows of pred_probs .* \(the first is row 3\)"):
        probs.rows([3, 1])
