from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from PIL import Image
from tests.data.hub import kinds_only

from emendata.data import open_dataset
from emendata.data.memory import read_memory
from emendata.errors import InputError
from emendata.records import Role

SCANS = [Image.new("L", (3, 2), 7), None, Image.new("RGB", (3, 2))]
SAID = ["a", "b", "c"]


@pytest.mark.parametrize(
    ("source", "recognized"),
    [
        (kinds_only([0]), "a Hugging Face dataset of 1 row"),
        ({"x": np.eye(2)}, "named arrays with 2 rows"),
        ([("a", 1)], "a torch-like dataset of 1 text"),
        ({"x": [1]}, ""),
        ([{"x": 1}], ""),
    ],
)
def test_each_kind_of_thing_is_recognized(source: Any, recognized: str) -> None:
    assert read_memory(source).recognized == recognized


@pytest.mark.parametrize(
    "source",
    [
        {"scan": SCANS, "said": SAID},
        pd.DataFrame({"scan": SCANS, "said": SAID}),
        pl.DataFrame({"scan": pl.Series(SCANS, dtype=pl.Object), "said": SAID}),
        [{"scan": scan, "said": said} for scan, said in zip(SCANS, SAID, strict=True)],
    ],
    ids=["dict", "pandas", "polars", "rows"],
)
def test_a_column_of_pictures_is_one_of_media(source: Any) -> None:
    dataset = open_dataset(source)
    assert dataset.names(Role.IMAGE) == ["scan"]
    assert (dataset.media["scan"].read(0) or b"").startswith(b"\x89PNG")
    assert dataset.media["scan"].read(1) is None
    assert dataset.table["scan"].null_count == 1
    assert dataset.content["scan"] == open_dataset({"scan": SCANS}).content["scan"]


def test_pictures_among_other_things_are_not_media() -> None:
    assert not open_dataset({"scan": [SCANS[0], "text"], "said": ["a", "b"]}).media


@pytest.mark.parametrize("source", [pd.Series([1]), np.eye(2), 5, None])
def test_what_is_nothing_of_this_says_what_to_give(source: object) -> None:
    with pytest.raises(InputError, match=r"Cannot read a .*\. Give a path, a dataframe, a dict"):
        read_memory(source)
