from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.tasks.containers import PROBS, Slices, Tensor, named, read, saved_npy

from emendata.errors import InputError
from emendata.tasks.pred_probs import open_models, open_pred_probs


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([0.9, 0.1], "pred_probs must have two dimensions, one row an example; got 1."),
        (np.zeros((2, 2, 2)), "pred_probs must have two dimensions, one row an example; got 3."),
        (pd.Series([0.9, 0.1]), "pred_probs must have two dimensions, one row an example; got 1."),
        ([["high", "low"]], "pred_probs cannot be read as an array of numbers: could not convert string"),
        ([[0.9, 0.1], [0.2]], "pred_probs cannot be read as an array of numbers"),
        (np.array([[1j]]), "pred_probs cannot be read as an array of numbers: they are complex"),
        (pd.DataFrame({"id": ["x"], "a": [1.0]}), "Column 'id' of pred_probs holds"),
        (pl.DataFrame({"id": ["x"], "a": [1.0]}), "Give columns of numbers only, one per class."),
        (pl.DataFrame({"a": [1.0]}).lazy(), "pred_probs is lazy. Call .collect() on it first."),
        ("probs.npy", "There is no file 'probs.npy' to read pred_probs from. Check the path."),
    ],
)
def test_what_cannot_be_read_says_what_came_and_the_way_out(given: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        open_pred_probs(given)
    assert message in str(caught.value)


def test_arguments_are_not_changed() -> None:
    array = np.array(PROBS)
    array.flags.writeable = False
    for changes in ({"normalize": True}, {"from_logits": True}):
        read(open_pred_probs(array, **changes))
    assert array.tolist() == PROBS


def test_probabilities_are_changed_in_one_way_only() -> None:
    with pytest.raises(InputError, match="normalize and from_logits are both True"):
        open_pred_probs(PROBS, normalize=True, from_logits=True)
    with pytest.raises(InputError, match="open already"):
        open_pred_probs(open_pred_probs(PROBS), normalize=True)


def test_what_is_open_stays_as_it_is() -> None:
    probs = open_pred_probs(PROBS)
    assert open_pred_probs(probs) is probs


def test_several_models_are_told_from_one(tmp_path: Path) -> None:
    array = np.array(PROBS)
    path = saved_npy(array, tmp_path)
    np.save(tmp_path / "three.npy", np.stack([array, array]))
    for one in (
        PROBS,
        array,
        list(array),
        pd.DataFrame(PROBS),
        path,
        str(path),
        open_pred_probs(PROBS),
        tuple(PROBS),
    ):
        assert [read(model).tolist() for model in open_models(one)] == [PROBS]
    for two in (
        [PROBS, PROBS],
        (array, pd.DataFrame(PROBS)),
        [path, str(path)],
        np.stack([array, array]),
        Tensor(np.stack([array, array])),
        Slices(np.stack([array, array])),
        tmp_path / "three.npy",
        [open_pred_probs(array), pa.table(named(array)).rename_columns(["0", "1"])],
    ):
        assert [read(model).tolist() for model in open_models(two)] == [PROBS, PROBS]


def test_models_must_agree() -> None:
    with pytest.raises(
        InputError, match=r"pred_probs\[1\] has shape \(1, 2\) but pred_probs\[0\] has shape \(3, 2\)"
    ):
        open_models([PROBS, PROBS[:1]])
    frame = pd.DataFrame(PROBS, columns=["dog", "cat"])
    with pytest.raises(InputError, match=r"The columns of pred_probs\[1\] are named otherwise"):
        open_models([frame, frame[["cat", "dog"]]])
    with pytest.raises(InputError, match="pred_probs holds no model"):
        open_models(np.zeros((0, 3, 2)))
