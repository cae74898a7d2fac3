from typing import Any

import numpy as np
import pytest

from emendata.errors import InputError
from emendata.features.named import named_embedder
from emendata.records import Role

TEXTS = ["one", "two", "three"]


def giving(answer: Any) -> Any:
    def mine(texts: list[str]) -> Any:
        return answer

    return named_embedder(mine, Role.TEXT)


@pytest.mark.parametrize(
    ("answer", "end"),
    [
        (np.zeros((2, 4)), "it gave an array of shape (2, 4)."),
        (np.zeros(3), "it gave an array of shape (3,)."),
        (np.zeros((3, 0)), "it gave an array of shape (3, 0)."),
        (np.zeros((3, 2, 2)), "it gave an array of shape (3, 2, 2)."),
        ([[1.0], [np.nan], [np.inf]], "2 of the lines hold NaN or infinity."),
        ([["a"], ["b"], ["c"]], "it gave something else (could not convert string to float: 'a')."),
        (None, "it gave an array of shape ()."),
    ],
    ids=["too few", "flat", "empty", "deep", "not finite", "words", "nothing"],
)
def test_what_is_no_vector_for_each_item_is_refused(answer: Any, end: str) -> None:
    with pytest.raises(InputError) as caught:
        giving(answer).vectors(TEXTS)
    said = str(caught.value)
    assert said == f"The function mine must give one line of numbers for each of 3 texts; {end}"


def test_vectors_are_of_one_width_over_all_calls() -> None:
    embedder = named_embedder(lambda texts: np.ones((len(texts), len(texts))), Role.TEXT)
    embedder.vectors(["one", "two"])
    with pytest.raises(InputError, match="always equally many; it gave 2, then 3"):
        embedder.vectors(TEXTS)


def test_an_error_in_a_function_is_told_with_its_first_line() -> None:
    def mine(texts: list[str]) -> Any:
        raise RuntimeError("the model is upside down\nand more")

    with pytest.raises(InputError) as caught:
        named_embedder(mine, Role.TEXT).vectors(TEXTS)
    assert str(caught.value) == (
        "The function mine fails on 3 texts (RuntimeError: the model is upside down)."
    )
    assert isinstance(caught.value.__cause__, RuntimeError)


def test_blank_texts_are_zeros_and_not_asked_for() -> None:
    asked: list[list[str]] = []

    def mine(texts: list[str]) -> Any:
        asked.append(texts)
        return np.ones((len(texts), 2))

    found = named_embedder(mine, Role.TEXT).vectors(["", "word", " \n"])
    assert found.values.tolist() == [[0, 0], [1, 1], [0, 0]]
    assert found.problems == ("", "", "")
    assert asked == [["word"]]


def test_where_nothing_can_be_read_nothing_is_asked_and_features_are_zeros() -> None:
    def mine(images: list[Any]) -> Any:
        raise AssertionError("there is no image")

    embedder = named_embedder(mine, Role.IMAGE)
    found = embedder.vectors([b"", b"no image"])
    assert found.values.shape == (2, 0)
    assert all(found.problems)
    assert not embedder.block(found.values, 0).dense.any()
