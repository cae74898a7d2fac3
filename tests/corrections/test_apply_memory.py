import datetime as dt
from typing import Any

import datasets
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from PIL import Image
from tests.corrections.patches import drop, relabel
from tests.corrections.tables import full_table
from tests.data.hub import kinds_only

from emendata import Audit
from emendata.corrections.apply_memory import apply_to_source, apply_to_table
from emendata.data import open_dataset
from emendata.errors import InputError, UnknownName

N = 60
SIZES = np.random.default_rng(0).normal(size=(N, 5)) + np.repeat([0.0, 12.0], 30)[:, None]
DAY = dt.date(2024, 1, 31)
BAD = 5  # a row with a wrong label


def labels(names: tuple[Any, Any]) -> list[Any]:
    made = [names[row // 30] for row in range(N)]
    made[BAD] = names[1]
    return made


def test_a_table_in_memory_keeps_its_types() -> None:
    table = full_table()
    fixed = apply_to_table([relabel(0, "y", "up", "new"), relabel(1, "n", "2", 7.0), drop(2)], table)
    assert fixed.schema.equals(table.schema, check_metadata=True)
    assert fixed["y"].to_pylist() == ["new", "down", "up", "down"]
    assert fixed["n"].to_pylist() == [1, 7, None, 5]
    assert apply_to_table([], table) is table


def test_a_value_that_a_column_cannot_hold_is_named() -> None:
    with pytest.raises(InputError, match="'many' does not fit column 'n', which holds int16"):
        apply_to_table([relabel(0, "n", 1, "many")], full_table())
    with pytest.raises(UnknownName, match="no column 'm'"):
        apply_to_table([relabel(0, "m", 1, 2)], full_table())
    with pytest.raises(InputError, match="no row 9 in a table of 5 rows"):
        apply_to_table([drop(9)], full_table())


def test_an_audit_fixes_a_dataset_of_hugging_face_as_one() -> None:
    features = datasets.Features(
        {f"x_{i}": datasets.Value("float32") for i in range(5)}
        | {"kind": datasets.ClassLabel(names=["cat", "dog"])}
    )
    columns = {f"x_{i}": SIZES[:, i] for i in range(5)} | {"kind": labels((0, 1))}
    source = datasets.Dataset.from_dict(columns, features=features)
    fixed = Audit(source, ignore=["outlier"]).run().fix()
    assert isinstance(fixed, datasets.Dataset)
    assert fixed.features == features
    assert fixed["kind"][:] == [0] * 30 + [1] * 30
    assert source["kind"][BAD] == 1


@pytest.mark.parametrize("kind", ["U3", "O", "list"])
def test_an_audit_fixes_arrays_with_their_names_and_types(kind: str) -> None:
    given = labels(("cat", "dog"))
    source = {"x": SIZES.astype(np.float32), "y": given if kind == "list" else np.array(given, kind)}
    fixed = Audit(source, label="y", ignore=["outlier"]).run().fix()
    assert list(fixed["y"]) == ["cat"] * 30 + ["dog"] * 30
    assert fixed["x"].dtype == np.float32
    assert np.array_equal(fixed["x"], source["x"])
    assert type(fixed["y"]) is type(source["y"])
    assert source["y"][BAD] == "dog"


def test_an_audit_fixes_a_dataset_of_items_as_an_arrow_table() -> None:
    source = list(zip(SIZES, labels((7, 8)), strict=True))
    fixed = Audit(source, ignore=["outlier"]).run().fix()
    assert isinstance(fixed, pa.Table)
    assert fixed["label"].to_pylist() == [7] * 30 + [8] * 30


def test_pictures_go_with_their_rows_and_stay_objects() -> None:
    scans = [Image.new("L", (2, 2), 50 * row) for row in range(4)]
    source = {"scan": scans, "y": ["a", "b", "a", "b"]}
    made = apply_to_source([relabel(0, "y", "a", "b"), drop(2)], source, open_dataset(source, label="y"))
    assert made == {"scan": [scans[0], scans[1], scans[3]], "y": ["b", "b", "b"]}


def test_a_dict_of_datasets_is_corrected_as_one() -> None:
    source = datasets.DatasetDict(train=kinds_only([0, 1]), test=kinds_only([1, 0]))
    made = apply_to_source([relabel(3, "kind", "cat", "dog"), drop(0)], source, open_dataset(source))
    assert {split: part["kind"][:] for split, part in made.items()} == {"train": [1], "test": [1, 1]}


def test_pictures_in_a_series_are_found_by_their_place() -> None:
    scans = [Image.new("L", (2, 2), 50 * row) for row in range(3)]
    source = {"scan": pd.Series(scans, index=[2, 1, 0]), "kind": ["x", "y", "x"]}
    made = apply_to_source([drop(0)], source, open_dataset(source, label="kind"))
    assert made["scan"] == scans[1:]


def test_a_dict_keeps_the_values_of_its_rows_bytes_too() -> None:
    source = {"kind": [b"cat", b"dog", b"cat"], "n": (value for value in "xyz"), "day": [DAY, None, DAY]}
    dataset = open_dataset(source, label="kind")
    cat, dog, _ = dataset.table["kind"].to_pylist()
    made = apply_to_source([relabel(1, "kind", dog, cat), drop(0)], source, dataset)
    assert made == {"kind": [b"cat", b"cat"], "n": ["y", "z"], "day": [None, DAY]}


def test_no_text_is_written_into_bytes_of_a_table_or_of_arrays() -> None:
    table = pa.table({"kind": [b"cat", b"dog"]})
    arrays = {"x": SIZES[:2], "kind": np.array([b"cat", b"dog"], object)}
    for source in (table, arrays):
        with pytest.raises(InputError, match="Column 'kind' holds bytes, into which no text can be written"):
            apply_to_source(
                [relabel(0, "kind", "a", "3_bytes_01")], source, open_dataset(source, label="kind")
            )
