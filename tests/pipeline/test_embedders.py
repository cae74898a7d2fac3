"""Which embedders read a column, and what keys know of them."""

from typing import Any

import pytest

from emendata.data import Dataset, open_dataset
from emendata.features import ModelEmbedder, embedders_by_column
from emendata.pipeline import Preparation
from emendata.pipeline.effort import effort_for
from emendata.pipeline.embedders import choose_embedders
from emendata.records import Mode
from emendata.store import MemoryShelf

QUICK, BALANCED = (effort_for(mode, 4) for mode in (Mode.QUICK, Mode.BALANCED))


class Lengths:
    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, texts: list[str]) -> Any:
        return [[len(text), 1.0] for text in texts]


def films() -> Dataset:
    title, review = (
        ["a film", "one film", "no film", "a good film"],
        ["so good", "so bad", "i slept", "i wept"],
    )
    return open_dataset({"title": title, "review": review}, roles={"title": "text", "review": "text"})


def named(*columns: str, name: str = "mine 1") -> dict[str, ModelEmbedder]:
    return embedders_by_column(dict.fromkeys(columns, Lengths(name)), films())


def test_a_named_one_takes_the_place_of_ours_in_its_column_only() -> None:
    ours = choose_embedders(films(), BALANCED).names
    assert len(ours) == 2
    assert choose_embedders(films(), BALANCED, named("review")).names == (ours[0], "python mine 1 1")


def test_a_named_one_is_used_however_little_time_there_is() -> None:
    chosen = choose_embedders(films(), QUICK, named("text"))
    assert chosen.names == ("python mine 1 1",) * 2
    assert chosen.left_out is None


def test_only_texts_that_are_ours_to_read_are_left_out_for_their_length() -> None:
    why = choose_embedders(films(), QUICK).left_out
    assert why is not None
    less = choose_embedders(films(), QUICK, named("title"))
    assert less.left_out is not None
    assert less.left_out != why
    assert less.names == ("python mine 1 1",)


@pytest.mark.parametrize("need", ["features", "neighbors"])
def test_keys_depend_on_which_model_reads_which_column(need: str) -> None:
    choices = [{}, named("title"), named("review"), named("text"), named("text", name="mine 2")]
    keys = [Preparation(films(), MemoryShelf(), embedders=each).key(need) for each in choices]
    assert len(set(keys)) == len(keys)
    assert Preparation(films(), MemoryShelf(), embedders=named("title")).key(need) == keys[1]
