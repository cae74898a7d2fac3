"""What is done when a GPU's memory runs out, with a memory that holds a few items."""

import logging

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emendata.features.gpu_batches import GpuBatches
from emendata.records import Float32Array


class Small:
    """A GPU that holds so many letters at once, and a processor that holds any; both count letters."""

    def __init__(self, n_letters: int) -> None:
        self.n_letters, self.batches, self.rest = n_letters, list[list[str]](), list[str]()
        self.run = GpuBatches(
            "tiny model",
            self.on_gpu,
            self.on_processor,
            is_full=lambda error: isinstance(error, MemoryError),
            shape=len,
        )

    def on_gpu(self, texts: list[str]) -> Float32Array:
        if sum(map(len, texts)) > self.n_letters:
            raise MemoryError
        self.batches.append(texts)
        return counted(texts)

    def on_processor(self, texts: list[str]) -> Float32Array:
        self.rest += texts
        return counted(texts)


def counted(texts: list[str]) -> Float32Array:
    return np.array([[text.count("a"), text.count("b")] for text in texts], np.float32)


@given(st.lists(st.text("ab", min_size=1, max_size=9), min_size=1, max_size=80), st.integers(0, 200))
def test_however_little_fits_every_item_has_its_own_vector(texts: list[str], n_letters: int) -> None:
    small = Small(n_letters)
    assert np.array_equal(small.run(texts), counted(texts))
    assert all(len(set(map(len, batch))) == 1 for batch in small.batches)


def test_half_as_many_go_in_until_they_fit_and_no_more_later() -> None:
    small = Small(8)
    small.run(["a"] * 20)
    small.run(["a"] * 20)
    assert [len(batch) for batch in small.batches] == [8, 8, 4] * 2
    assert small.rest == []


def test_what_fits_goes_in_whole_batches() -> None:
    small = Small(1_000)
    small.run(["a"] * 70)
    assert [len(batch) for batch in small.batches] == [32, 32, 6]


def test_where_not_even_one_fits_a_warning_says_that_the_processor_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    small = Small(3)
    with caplog.at_level(logging.WARNING):
        small.run(["aab", "b", "aaab", "bbbb"])
        small.run(["a"])
    assert small.batches == [["b"], ["aab"]]
    assert small.rest == ["aaab", "bbbb", "a"]
    assert [record.getMessage() for record in caplog.records] == [
        "The GPU has too little memory for tiny model, even for one item at a time: the processor goes on, which takes "
        "longer."
    ]


def test_another_error_is_no_matter_of_memory() -> None:
    def fail(texts: list[str]) -> Float32Array:
        raise ValueError("the model is broken")

    run = GpuBatches("m", fail, counted, is_full=lambda error: isinstance(error, MemoryError), shape=len)
    with pytest.raises(ValueError, match="broken"):
        run(["a"])
    full = GpuBatches("m", Small(0).on_gpu, fail, is_full=lambda error: True, shape=len)
    with pytest.raises(ValueError, match="broken"):
        full(["a"])
