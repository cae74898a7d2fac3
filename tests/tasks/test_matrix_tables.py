from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.tasks.containers import PROBS, read

from emendata.tasks.pred_probs import open_pred_probs


def test_missing_values_of_tables_are_nan() -> None:
    frames = [
        pd.DataFrame({"a": [0.5, None], "b": [0.5, 1.0]}),
        pd.DataFrame({"a": pd.array([0.5, None], "Float64"), "b": [0.5, 1.0]}),
        pl.DataFrame({"a": [0.5, None], "b": [0.5, 1.0]}),
        pa.table({"a": [0.5, None], "b": [0.5, 1.0]}),
        [[0.5, 0.5], [None, 1.0]],
    ]
    for frame in frames:
        assert np.array_equal(read(open_pred_probs(frame)), [[0.5, 0.5], [np.nan, 1]], equal_nan=True)


@pytest.mark.parametrize(
    ("frame", "names"),
    [
        (pd.DataFrame(PROBS, columns=["dog", "cat"]), ("dog", "cat")),
        (pd.DataFrame(PROBS, columns=[2, 1]), (2, 1)),
        (pd.DataFrame(PROBS), None),
        (pd.DataFrame(PROBS, columns=["0", "1"]), None),
        (pl.DataFrame(PROBS, orient="row"), None),
        (pl.DataFrame(PROBS, ["dog", "cat"], orient="row"), ("dog", "cat")),
        (pa.table({"dog": [1.0], "cat": [0.0]}), ("dog", "cat")),
        (pa.table({"probs": pa.array([[1.0, 0.0]], pa.list_(pa.float32(), 2))}), None),
        (PROBS, None),
    ],
)
def test_named_columns_name_the_classes(frame: Any, names: tuple[Any, ...] | None) -> None:
    assert open_pred_probs(frame).column_names == names
