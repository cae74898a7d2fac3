import numpy as np
import pytest
from tests.features.columns import column, embed

from emendata.features.text import TextEmbedder

TEXT = TextEmbedder()
TOPICS = (
    "the ship sails over the wide sea today",
    "a sailor and a ship and the sea tonight",
    "the tax office wants every form again",
    "every tax form goes to the office soon",
)


def distances(texts: list[str | None]) -> np.ndarray:
    dense = embed(TEXT, texts).dense
    apart: np.ndarray = np.linalg.norm(dense[:, None] - dense[None], axis=2)
    return apart


def test_texts_about_the_same_thing_are_nearer() -> None:
    apart = distances(list(TOPICS))
    assert max(apart[0, 1], apart[2, 3]) < apart[:2, 2:].min()


def test_dense_rows_have_unit_length_unless_they_say_nothing() -> None:
    dense = embed(TEXT, [*TOPICS, "", None, "xylophone"]).dense
    assert np.allclose(np.linalg.norm(dense, axis=1), [1, 1, 1, 1, 0, 0, 0], atol=1e-5)


@pytest.mark.parametrize("texts", [["", "", None], ["word"], ["  ", "\n"], [None, None, "x"]])
def test_hardly_any_words_are_still_a_block(texts: list[str | None]) -> None:
    block = embed(TEXT, [text and str(text) for text in texts])
    assert block.dense.shape[1] >= 1
    assert block.wide.shape[1] >= 1


def test_one_word_texts_are_told_apart() -> None:
    apart = distances(["yes", "no", "yes", "no", "yes", "no"])
    assert np.allclose(apart, np.sqrt(2) * (np.add.outer(range(6), range(6)) % 2), atol=1e-5)


def test_where_no_word_occurs_twice_equal_texts_are_equal_and_others_not() -> None:
    apart = distances(["one", "two", "three", "! ?"])
    assert np.allclose(np.diag(apart), 0)
    assert (apart[~np.eye(4, dtype=bool)] > 0.5).all()
    marks = distances(["! ?", "…", "! ?"])
    assert marks[0, 2] == pytest.approx(0, abs=1e-5)
    assert marks[0, 1] > 0.5


@pytest.mark.parametrize(
    "texts",
    [
        ["東京 は 大きい 町", "東京 は 暑い", "снег идёт", "снег лежит"],
        ["مرحبا بالعالم", "مرحبا يا صديق", "שלום עולם", "שלום לך"],
        ["καλημέρα κόσμε", "καλημέρα σε όλους", "नमस्ते दुनिया", "नमस्ते दोस्त"],
        ["good 👍 film", "good 👍 book", "bad 👎 day", "bad 👎 week"],
    ],
)
def test_every_script_has_words(texts: list[str]) -> None:
    apart = distances(list(texts))
    assert max(apart[0, 1], apart[2, 3]) < apart[:2, 2:].min()


def test_beyond_20_000_characters_nothing_is_read() -> None:
    long = "the same words again " * 1000
    block = embed(TEXT, [long[:20_000], f"{long[:20_000]} and other words", *TOPICS])
    assert (block.wide[0] != block.wide[1]).nnz == 0
    assert block.wide[0].nnz > 0


def test_progress_grows_to_its_total() -> None:
    steps: list[tuple[int, int]] = []
    TEXT.embed(column(list(TOPICS) * 100), 0, lambda done, total: steps.append((done, total)))
    assert steps == sorted(steps)
    assert len(steps) > 3
    assert steps[-1] == (600, 600)
