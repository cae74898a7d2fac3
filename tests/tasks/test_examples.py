from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emendata.errors import InputError
from emendata.tasks.examples import Examples, open_examples
from emendata.tasks.mixture import Mixture
from emendata.tasks.pred_probs import PredProbs, open_models
from emendata.tasks.stream import stream

Array = npt.NDArray[Any]
PROBS = [[0.9, 0.1], [0.2, 0.8], [0.95, 0.05]]
AB = pd.DataFrame(PROBS, columns=["a", "b"])


def test_integers_are_column_numbers_also_where_a_class_is_absent() -> None:
    examples = open_examples([1, None, 1], PROBS)
    assert examples.codes.tolist() == [1, -1, 1]
    assert examples.codes.dtype == np.int32
    assert (examples.class_names, examples.n_classes, examples.n_unlabelled) == ((0, 1), 2, 1)
    assert examples.probs.rows(np.array([1])).tolist() == [[0.2, 0.8]]


def test_other_labels_stand_for_the_columns_in_sorted_order() -> None:
    examples = open_examples(["dog", "cat", float("nan")], PROBS)
    assert (examples.codes.tolist(), examples.class_names) == ([1, 0, -1], ("cat", "dog"))


@pytest.mark.parametrize(
    ("labels", "names", "codes"),
    [
        (["dog", "cat", "cat"], ["dog", "cat"], [0, 1, 1]),
        (["dog", "dog", None], ["dog", "cat"], [0, 0, -1]),
        ([7, 5, 5], [7, 5], [0, 1, 1]),
        ([2, 1, 1], ["2", "1"], [0, 1, 1]),
        ([2, 1, None], ["2", "1"], [0, 1, -1]),
        (["2", "1", "1"], [2, 1], [0, 1, 1]),
        ([True, False, False], ["True", "False"], [0, 1, 1]),
        ([0, 1, 1], ["dog", "cat"], [0, 1, 1]),
        ([1, 0, 0], ["0", "1"], [1, 0, 0]),
    ],
)
def test_named_columns_are_found_by_name_not_by_position(labels: Any, names: Any, codes: list[int]) -> None:
    frame = pd.DataFrame(PROBS, columns=names)
    assert open_examples(labels, frame).codes.tolist() == codes
    assert open_examples(labels, PROBS, class_names=names).codes.tolist() == codes
    if all(isinstance(name, str) for name in names):
        assert open_examples(labels, pl.from_pandas(frame)).codes.tolist() == codes


def test_class_names_go_before_the_names_of_columns() -> None:
    examples = open_examples(["b", "a", "a"], pd.DataFrame(PROBS, columns=["x", "y"]), class_names=["b", "a"])
    assert (examples.codes.tolist(), examples.class_names) == ([0, 1, 1], ("b", "a"))


def test_a_class_that_no_label_has_needs_a_name_or_a_category() -> None:
    three = np.full((3, 3), 1 / 3)
    frame = pd.DataFrame(three, columns=["a", "b", "c"])
    assert open_examples(["a", "c", "c"], frame).class_names == ("a", "b", "c")
    categories = pd.Categorical(["c", "a", "a"], categories=["c", "b", "a"])
    assert open_examples(categories, three).codes.tolist() == [2, 0, 0]
    assert open_examples(categories, PROBS).class_names == ("a", "c")
    assert open_examples([True, True, True], PROBS).codes.tolist() == [1, 1, 1]


def test_a_stream_brings_its_own_probabilities() -> None:
    pairs = stream([(["dog"], PROBS[:1]), (["cat", None], PROBS[1:])])
    examples = open_examples(pairs)
    assert (examples.codes.tolist(), examples.class_names, examples.n_unlabelled) == (
        [1, 0, -1],
        ("cat", "dog"),
        1,
    )
    for wrong in (
        {"pred_probs": PROBS},
        {"class_names": ["a", "b"]},
        {"normalize": True},
        {"from_logits": True},
    ):
        with pytest.raises(InputError, match="A stream brings its own pred_probs"):
            open_examples(pairs, **wrong)


def test_several_models_come_as_a_mixture() -> None:
    mixture = Mixture(open_models([PROBS, [[0.5, 0.5]] * 3]), [0.5, 0.5])
    assert open_examples([0, 1, 0], mixture).probs is mixture
    with pytest.raises(InputError, match="A mixture is open already"):
        open_examples([0, 1, 0], mixture, normalize=True)


@pytest.mark.parametrize(
    ("labels", "probs", "message"),
    [
        ([0, 1], PROBS, "pred_probs has 3 rows but labels has shape (2,). Give one label per row."),
        (np.zeros((3, 1)), PROBS, "labels has shape (3, 1). Give one label per row."),
        ([0, 1, 1], None, "pred_probs is missing. Give one row of class probabilities per label, or a stream."),
        ([0, 1, 1], [0.9, 0.2, 0.95], "pred_probs must have two dimensions, one row an example; got 1."),
        ([0, 2, 3], PROBS, "labels has 2 rows with an integer above 1 (the first is row 1, with 2) but pred_probs"),
        ([0, 1, -1], PROBS, "labels has negative integers in 1 of 3 rows (the first is row 2, with -1)."),
        (["a", "b", "c"], PROBS, "labels has 3 classes but pred_probs has 2 columns. Give one column per class, in "),
        (["b", "b", "b"], PROBS, "labels has 1 classes but pred_probs has 2 columns."),
        (["a", "b", "x"], AB, "labels has 'x' in 1 of 3 rows (the first is row 2), but the classes are 'a', 'b'."),
        ([], np.zeros((0, 2)), "pred_probs has shape (0, 2). Give at least one row and one column."),
        ([0, 0, 0], np.zeros((3, 0)), "pred_probs has shape (3, 0). Give at least one row and one column."),
        ([None, None, None], PROBS, "labels has no value in any of the 3 rows. Give at least some rows a label."),
        ([0, 1, 1], [["high", "low"]] * 3, "pred_probs cannot be read as an array of numbers"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_says_what_came_and_the_way_out(labels: Any, probs: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        open_examples(labels, probs)
    assert message in str(caught.value)


def test_class_names_must_be_as_many_as_the_columns() -> None:
    with pytest.raises(InputError, match="class_names has 3 classes but pred_probs has 2 columns"):
        open_examples(["a", "b", "b"], PROBS, class_names=["a", "b", "c"])


@given(st.integers(1, 40), st.integers(2, 5), st.integers(0, 99))
def test_logits_and_counts_are_accepted_when_said_so(n: int, k: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, k, n)
    for wide, change in ((rng.normal(0, 9, (n, k)), "from_logits"), (rng.random((n, k)) + 0.1, "normalize")):
        probs = open_examples(labels, wide, **{change: True}).probs.rows(np.arange(n))
        assert np.allclose(probs.sum(axis=1), 1)
        assert (probs.argmax(axis=1) == wide.argmax(axis=1)).all()


def test_files_and_arrays_give_equal_examples(tmp_path: Path) -> None:
    np.save(tmp_path / "labels.npy", np.array([1, 0, 0]))
    np.save(tmp_path / "probs.npy", np.array(PROBS))

    def bits(examples: Examples) -> tuple[bytes, bytes]:
        return examples.codes.tobytes(), examples.probs.rows(np.arange(3)).tobytes()

    assert isinstance(open_examples([1, 0, 0], PROBS).probs, PredProbs)
    assert bits(open_examples(tmp_path / "labels.npy", str(tmp_path / "probs.npy"))) == bits(
        open_examples([1, 0, 0], PROBS)
    )


def test_arguments_are_not_changed() -> None:
    labels, probs = np.array([0, 1, 1]), np.array(PROBS)
    labels.flags.writeable = probs.flags.writeable = False
    open_examples(labels, probs)
    assert probs.tolist() == PROBS
