from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.tasks.containers import PROBS, Array, Tensor, fixed, read, saved_npy

from emendata.tasks.pred_probs import open_pred_probs


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_arrays_are_sliced_without_a_copy(kind: type) -> None:
    array: Array = np.array(PROBS, kind)
    for source in (array, Tensor(array), fixed(array), pd.DataFrame(np.array(PROBS[:1], kind))):
        block = next(open_pred_probs(source).blocks(2))()
        assert not block.flags.owndata


@pytest.mark.parametrize("way", ["write", "column", "moved", "replaced"])
def test_an_odd_map_is_read_through_the_map(way: str, tmp_path: Path) -> None:
    path = saved_npy(np.array(PROBS), tmp_path)
    array = np.load(path, mmap_mode="c" if way == "write" else "r")
    if way == "column":
        array = array[:, ::-1]
    if way == "moved":
        path.unlink()
    if way == "replaced":
        np.save(tmp_path / "other.npy", np.zeros((3, 2)))
        (tmp_path / "other.npy").replace(path)
    expected = np.array(PROBS)[:, ::-1] if way == "column" else PROBS
    assert read(open_pred_probs(array)).tolist() == np.asarray(expected).tolist()
