from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from PIL import Image

from emendata.data import open_dataset
from emendata.data.items import are_items, read_items
from emendata.errors import InputError
from emendata.records import Role

GREY = np.arange(20, dtype=np.uint8).reshape(4, 5)


class Items:
    """A dataset as torch knows it, which counts what it is asked for."""

    def __init__(self, n_rows: int, item: Callable[[int], Any], **named: Any) -> None:
        self.n_rows = n_rows
        self.item = item
        self.asked: list[int] = []
        self.__dict__ |= named

    def __len__(self) -> int:
        return self.n_rows

    def __getitem__(self, row: int) -> Any:
        self.asked.append(row)
        return self.item(row)


class Tensor:
    """What a tensor lets others see of it."""

    def __init__(self, values: Any) -> None:
        self.values = np.asarray(values)
        self.shape = self.values.shape

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        return self.values

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, row: int) -> "Tensor":
        return Tensor(self.values[row])


def test_pictures_with_labels_at_hand_are_asked_for_when_they_are_read() -> None:
    items = Items(
        3,
        lambda row: (Image.fromarray(GREY + row), row % 2),
        targets=Tensor([0, 1, 0]),
        classes=["cat", "dog"],
    )
    dataset = open_dataset(items)
    assert items.asked == [0, 0, 1, 2]
    items.asked.clear()
    assert dataset.table.to_pydict() == {
        "image": ["item 0", "item 1", "item 2"], "label": ["cat", "dog", "cat"],
    }  # fmt: skip
    assert (dataset.label, dataset.names(Role.IMAGE)) == ("label", ["image"])
    assert dataset.recognized == "a torch-like dataset of 3 images"
    assert (dataset.media["image"].read(2) or b"").startswith(b"\x89PNG")
    assert items.asked == [2]
    assert len(set(dataset.media["image"].hashes)) == 3


def test_labels_that_the_items_do_not_have_are_not_believed() -> None:
    items = Items(3, lambda row: (GREY, row + 5), targets=[0, 1, 2], labels=[5, 6])
    assert read_items(items).table["label"].to_pylist() == [5, 6, 7]
    assert items.asked == [0, 0, 0, 1, 2]


def test_many_labels_at_hand_are_believed_after_a_look_at_some_items() -> None:
    targets = [row % 7 for row in range(5000)]
    items = Items(5000, lambda row: (GREY, targets[row]), targets=targets)
    assert read_items(items).table["label"].to_pylist() == targets
    assert len(items.asked) < 50


@pytest.mark.parametrize("order", [lambda row: 99 - row, lambda row: row if row < 50 else 149 - row])
def test_labels_of_a_dataset_that_reorders_another_are_those_of_its_items(
    order: Callable[[int], int],
) -> None:
    targets = [0] * 50 + [1] * 25 + [2] * 25
    items = Items(100, lambda row: (GREY, targets[order(row)]), targets=targets)
    assert read_items(items).table["label"].to_pylist() == [targets[order(row)] for row in range(100)]


def test_labels_of_several_numbers_are_columns() -> None:
    rows = np.eye(3)
    reading = read_items(Items(3, lambda row: (GREY, Tensor(rows[row])), targets=rows))
    assert reading.table.to_pydict() == {
        "image": ["item 0", "item 1", "item 2"], **{f"label_{i}": rows[i].tolist() for i in range(3)}
    }  # fmt: skip
    assert read_items(Items(3, lambda row: (GREY, row), targets=rows)).table["label"].to_pylist() == [0, 1, 2]


def test_lines_of_texts_are_columns_too() -> None:
    words = [np.array(["a", "b"]), np.array(["c"])]
    reading = read_items(Items(2, lambda row: (words[row], row)))
    assert reading.table.to_pydict() == {"x_0": ["a", "c"], "x_1": ["b", None], "label": [0, 1]}


@pytest.mark.parametrize(
    ("x", "columns"),
    [
        (Tensor(np.zeros((3, 8, 9), np.float32)), ["image", "label"]),
        (np.zeros((8, 9, 3), np.uint8), ["image", "label"]),
        (Tensor([0.5, 1.5]), ["x_0", "x_1", "label"]),
        ("a text", ["text", "label"]),
        (7, ["x", "label"]),
        (Tensor(7.5), ["x", "label"]),
    ],
)
def test_what_is_known_of_an_item_is_called_for_what_it_is(x: Any, columns: list[str]) -> None:
    reading = read_items(Items(2, lambda row: (x, Tensor(row))))
    assert reading.table.column_names == columns
    assert reading.table["label"].to_pylist() == [0, 1]
    assert reading.verdicts["label"] == (Role.LABEL, "the label of each item")


def test_dicts_and_pairs_in_a_list_are_items_too() -> None:
    said = Items(2, lambda row: {"scan": GREY, "note": "a" * row, "Target": row, "box": np.ones(row + 1)})
    reading = read_items(said)
    assert reading.table.column_names == ["scan", "note", "Target", "box_0", "box_1"]
    assert reading.table["box_1"].to_pylist() == [None, 1.0]
    assert list(reading.verdicts) == ["Target"]
    assert reading.recognized == "a torch-like dataset of 2 rows"
    assert read_items([("up", 1), ("down", None)]).table["label"].to_pylist() == [1, None]
    assert read_items([(GREY,), (GREY,)]).table.column_names == ["image"]


def test_an_item_that_raises_is_a_problem_of_its_row() -> None:
    def item(row: int) -> Any:
        if row in (0, 2):
            raise ZeroDivisionError("no such file")
        return GREY, row

    dataset = open_dataset(Items(4, item))
    assert dataset.table["label"].to_pylist() == [None, 1, None, 3]
    assert dataset.recognized == "a torch-like dataset of 4 images, 2 of which cannot be read"
    assert dataset.media["image"].read(1)
    with pytest.raises(OSError, match="ZeroDivisionError: no such file"):
        dataset.media["image"].read(2)
    assert len(dataset.media["image"].hashes) == 4


def test_a_later_item_of_another_kind_is_a_problem_of_its_row_too() -> None:
    dataset = open_dataset(Items(3, lambda row: (GREY if row < 2 else "no picture", row)))
    assert dataset.table["label"].to_pylist() == [0, 1, 2]
    with pytest.raises(OSError, match="ValueError"):
        dataset.media["image"].read(2)


def test_negative_classes_are_missing_if_the_others_have_names() -> None:
    named = Items(4, lambda row: ("x", [0, -1, 5, "cat"][row]), classes=("cat", "dog"))
    assert read_items(named).table["label"].to_pylist() == ["cat", None, "5", "cat"]
    unnamed = Items(2, lambda row: ("x", [1, -1][row]), classes=[0, 1])
    assert read_items(unnamed).table["label"].to_pylist() == [1, -1]


def test_amounts_are_no_label() -> None:
    assert not read_items(Items(2, lambda row: ("x", row + 0.5))).verdicts


def test_tables_and_rows_are_no_items() -> None:
    others: Sequence[Any] = (
        pd.DataFrame({"a": [1]}), pd.Series([1]), pl.DataFrame({"a": [1]}), pl.Series([1]), pa.table({"a": [1]}),
        pa.array([1]), np.eye(2), {"a": [1]}, [{"a": 1}], [], "word", b"word", None, 5, iter([1]),
    )  # fmt: skip
    assert not any(map(are_items, others))
    assert are_items(Items(0, str))
    assert are_items([("a", 1)])


def failing(row: int) -> Any:
    raise RuntimeError(f"no item {row}.")


@pytest.mark.parametrize(
    ("items", "message"),
    [
        (Items(0, str), "The dataset has no items. Give one with at least one."),
        (
            Items(2, failing),
            "No item of the dataset can be read: item 0 gives RuntimeError: no item 0. Make dataset",
        ),
        (
            Items(1, lambda row: (1, 2, 3)),
            "An item of the dataset is 3 values. Give a dataset whose items are pairs",
        ),
        (
            Items(1, lambda row: 5),
            "An item of the dataset is of type int. Give a dataset whose items are pairs",
        ),
        (Items(1, lambda row: {}), "An item of the dataset is of type dict."),
        (
            Items(1, lambda row: (np.zeros((5, 5, 5)), 1)),
            "An item holds an array of shape (5, 5, 5), which is neither",
        ),
        (
            Items(2, lambda row: (np.zeros(2001), row)),
            "Array 'x' is 2,001 numbers wide, and 2,000 is the most.",
        ),
    ],
)
def test_what_cannot_be_used_at_all_says_so(items: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_items(items)
    assert message in str(caught.value)
