from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from emendata.errors import InputError
from emendata.tasks.pred_probs import open_pred_probs
from emendata.tasks.soundness import check_pred_probs

Array = npt.NDArray[Any]
PROBS = [[0.9, 0.1], [0.2, 0.8], [0.95, 0.05]]


@pytest.mark.parametrize(
    ("probs", "message"),
    [
        ([PROBS[0], [np.nan, 1], PROBS[2]], "holds NaN or infinity (the first is row 1). Predict these rows"),
        ([[np.inf, 0], *PROBS[1:]], "1 row of pred_probs holds NaN or infinity (the first is row 0)."),
        ([[np.inf, -np.inf], *PROBS[1:]], "1 row of pred_probs holds NaN or infinity (the first is row 0)."),
        ([[1.1, -0.1], *PROBS[1:]], "1 row of pred_probs holds negative values (the first is row 0). Turn"),
        ([*PROBS[:2], [0.5, 0.1]], "does not sum to one (the first is row 2). Pass normalize=True to divide"),
        ([[2.0, -1.5], [-3.0, 0.5], [4.0, 1.0]], "2 rows of pred_probs hold negative values (the first is"),
        ([[2.0, -1.5], [-3.0, 0.5], [4.0, 1.0]], "Pass from_logits=True if these are logits."),
        ([[2.0, 1.5], [3.0, 0.5], [4.0, 1.0]], "Pass from_logits=True if these are logits."),
    ],
)  # fmt: skip
def test_what_is_no_distribution_says_which_rows_and_the_way_out(probs: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        check_pred_probs(open_pred_probs(probs))
    assert message in str(caught.value)


@pytest.mark.parametrize("n_columns", [2, 10, 64, 65, 300])
@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
def test_offending_rows_are_counted_over_all_blocks(n_columns: int, kind: type) -> None:
    n = 2 * (1 << 19) // n_columns + 77
    probs: Array = np.full((n, n_columns), 1 / n_columns, kind)
    for n_threads in (1, 2, 5):
        check_pred_probs(open_pred_probs(probs), n_threads=n_threads)
    probs[n - 3, 0] += 0.25
    probs[n // 2, 1] += 0.25
    for n_threads in (1, 2, 5):
        with pytest.raises(
            InputError, match=f"2 rows of pred_probs do not sum to one .the first is row {n // 2}"
        ):
            check_pred_probs(open_pred_probs(probs), n_threads=n_threads)


def test_rounding_is_forgiven() -> None:
    check_pred_probs(open_pred_probs([[0.905, 0.1], [0.2, 0.792], [1.0000001, -0.0000001]]))
    thirds = open_pred_probs(np.full((3, 3), 0.333, np.float16))
    check_pred_probs(thirds)
    assert thirds.dtype == np.float32
