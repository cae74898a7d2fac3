"""Problems to try the label engine on: given labels and probabilities, made up or drawn.

Labels are column numbers, -1 where there is none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import strategies as st

from emendata.tasks.stream import Stream, stream

Array = npt.NDArray[Any]

SIZES = st.lists(st.integers(1, 90), max_size=12)


class Problem(NamedTuple):
    """Given labels as column numbers, -1 for none, shape (n,), and probabilities, shape (n, k)."""

    labels: npt.NDArray[np.int64]
    probs: Array

    @property
    def read(self) -> Array:
        """The probabilities in the type that they are computed in."""
        return self.probs.astype(np.promote_types(self.probs.dtype, np.float32))

    @property
    def given(self) -> list[int | None]:
        """The labels as a person would write them."""
        return [None if label < 0 else int(label) for label in self.labels]


def made(
    seed: int,
    n: int,
    k: int,
    *,
    dtype: str = "float64",
    tied: bool = False,
    absent: int = 0,
    unlabelled: float = 0.0,
    sharpness: float = 0.3,
) -> Problem:
    """Make up a problem: most labels are the most probable class, ``absent`` classes are no row's label."""
    rng = np.random.default_rng(seed)
    probs = rng.dirichlet(np.full(k, sharpness), n)
    if tied:
        probs = rng.multinomial(10, probs) / 10  # one digit, so that many are equal
    else:
        dtype = _untied(probs, dtype)
    present = np.sort(rng.permutation(k)[: k - min(absent, k - 1)])
    labels = np.where(rng.random(n) < 0.6, probs.argmax(axis=1), rng.choice(present, n))
    labels = np.where(np.isin(labels, present), labels, rng.choice(present, n))
    without = rng.random(n) < unlabelled
    without[rng.integers(n)] = False
    return Problem(np.where(without, -1, labels).astype(np.int64), probs.astype(dtype))


def _untied(probs: Array, dtype: str) -> str:
    """Return the type, or a longer one if in it two of a row's probabilities would be equal."""
    written = np.sort(probs.astype(dtype), axis=1)
    return dtype if (np.diff(written, axis=1) > 0).all() else "float64"


@st.composite
def problems(
    draw: st.DrawFn,
    *,
    most_classes: int = 60,
    most_rows: int = 40,
    unlabelled: bool = True,
    tied: bool | None = None,
) -> Problem:
    """Draw problems of every kind: ties, absent classes, rows without a label, three types."""
    k = draw(st.one_of(st.integers(2, min(6, most_classes)), st.integers(2, most_classes)))
    return made(
        draw(st.integers(0, 2**32 - 1)),
        draw(st.integers(1, most_rows)),
        k,
        dtype=draw(st.sampled_from(["float64", "float32", "float16"])),
        tied=draw(st.booleans()) if tied is None else tied,
        absent=draw(st.integers(0, k - 1)) if draw(st.booleans()) else 0,
        unlabelled=draw(st.sampled_from([0.0, 0.3])) if unlabelled else 0.0,
        sharpness=draw(st.sampled_from([0.05, 0.3, 2.0])),
    )  # fmt: skip


def streamed(problem: Problem, sizes: list[int]) -> Stream:
    """Bring a problem in blocks of some sizes, the last of them as large as it must be."""
    n = len(problem.labels)
    ends = [*np.minimum(np.cumsum([0, *sizes]), n).tolist(), n]
    pairs = [
        (problem.given[first:end], problem.probs[first:end]) for first, end in pairwise(ends) if end > first
    ]
    return stream(pairs)


@contextmanager
def small_blocks() -> Iterator[None]:
    """Have rows worked on 64 at a time, so that a small problem keeps several threads busy."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("emendata.engine.blocks._BLOCK_BYTES", 1)
        patch.setattr("emendata.engine.blocks._RANGE_ROWS", 16)
        yield
