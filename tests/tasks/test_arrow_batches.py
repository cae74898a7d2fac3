from typing import Any

import pyarrow as pa
import pytest
from tests.tasks.containers import read

from emendata.errors import InputError
from emendata.tasks.pred_probs import open_pred_probs


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (pa.array([[0.5, 0.5], [1.0]]), "pred_probs has rows of different lengths"),
        (pa.array([[0.5, 0.5], None]), "pred_probs has no value in 1 row."),
    ],
)
def test_lists_that_fit_no_matrix_are_refused_when_they_are_read(given: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(open_pred_probs(given))
