import gc
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emendata.errors import InputError
from emendata.tasks.stream import Stream, stream

Array = npt.NDArray[Any]
PAIRS: list[tuple[Any, Any]] = [
    (["cat"], [[0.875, 0.125]]),
    (["dog", None], [[0.25, 0.75], [0.5, 0.5]]),
]
NAMED = pd.DataFrame([[0.1, 0.9]], columns=["dog", "cat"])


class Loader:
    """Blocks that can be iterated again, as a data loader's."""

    def __init__(self, pairs: Any) -> None:
        self.pairs = pairs

    def __iter__(self) -> Iterator[Any]:
        return iter(self.pairs)


WAYS: list[Callable[[list[Any]], Any]] = [list, tuple, Loader, lambda pairs: lambda: iter(pairs), iter]


def read(pairs: Stream, step: int = 64) -> Array:
    return np.concatenate([block() for block in pairs.blocks(step)])


@pytest.fixture(autouse=True)
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("way", WAYS)
def test_blocks_are_read_as_one_whatever_brings_them(way: Callable[[list[Any]], Any]) -> None:
    pairs = stream(way(PAIRS))
    assert (pairs.n_rows, pairs.n_columns, pairs.dtype) == (3, 2, np.dtype(np.float64))
    assert (pairs.labels.codes.tolist(), pairs.labels.class_names) == ([0, 1, -1], ("cat", "dog"))
    for step in (1, 2, 64):
        assert read(pairs, step).tolist() == [[0.875, 0.125], [0.25, 0.75], [0.5, 0.5]]
    assert pairs.rows(np.array([2, 0])).tolist() == [[0.5, 0.5], [0.875, 0.125]]


@given(
    st.lists(st.integers(0, 9), min_size=1).filter(any),
    st.integers(1, 9),
    st.sampled_from(range(len(WAYS))),
    st.sampled_from(["float16", "float32", "float64", "mixed"]),
)
def test_sizes_of_the_blocks_change_no_bit(sizes: list[int], step: int, way: int, kind: str) -> None:
    rng = np.random.default_rng(0)
    n = sum(sizes)
    probs = rng.random((n, 3)).astype("float64" if kind == "mixed" else kind)
    cuts = np.cumsum(sizes)[:-1]
    blocks = list(zip(np.split(rng.integers(0, 3, n), cuts), np.split(probs, cuts), strict=True))
    if kind == "mixed":
        blocks = [(codes, block.astype("f4" if i % 2 else "f8")) for i, (codes, block) in enumerate(blocks)]
        whole = np.concatenate([np.asarray(block, np.float64) for _, block in blocks])
    else:
        whole = probs.astype(np.promote_types(kind, np.float32))
    if kind == "mixed" and all(block.dtype == np.float32 for codes, block in blocks if len(codes)):
        whole = whole.astype(np.float32)
    pairs = stream(WAYS[way](blocks))
    assert pairs.labels.codes.tolist() == np.concatenate([codes for codes, _ in blocks]).tolist()
    for _ in range(2):
        assert read(pairs, step).tobytes() == whole.tobytes()
    assert pairs.rows(np.arange(n)[::-1]).tobytes() == whole[::-1].tobytes()


@pytest.mark.parametrize("way", WAYS)
def test_probabilities_are_changed_after_the_blocks_are_cut(way: Callable[[list[Any]], Any]) -> None:
    pairs = stream(way([([0], [[3.0, 1.0]]), ([1, 0], [[1.0, 1.0], [0.0, 2.0]])]), normalize=True)
    assert read(pairs, 2).tolist() == [[0.75, 0.25], [0.5, 0.5], [0, 1]]


def test_empty_blocks_are_passed_over() -> None:
    pairs = stream([([], []), *PAIRS, ([], np.zeros((0, 2)))])
    assert pairs.n_rows == 3


def test_names_come_from_tables_or_from_class_names() -> None:
    frames = [(labels, pd.DataFrame(probs, columns=["dog", "cat"])) for labels, probs in PAIRS]
    for pairs in (stream(frames), stream(iter(frames)), stream(PAIRS, class_names=["dog", "cat"])):
        assert (pairs.labels.codes.tolist(), pairs.labels.class_names) == ([1, 0, -1], ("dog", "cat"))
        assert read(pairs).shape == (3, 2)
    assert stream(iter(frames)).column_names == ("dog", "cat")


def test_what_can_be_read_once_is_kept_in_a_file_that_goes_with_the_stream(
    spool: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "emendata"):
        pairs = stream(iter(PAIRS))
    (file,) = spool.iterdir()
    assert str(file) in caplog.text
    assert file.stat().st_size == 3 * 2 * 8
    probs = pairs.probs
    del pairs
    gc.collect()
    assert file.exists()
    assert len(probs.rows([0])) == 1
    del probs
    gc.collect()
    assert not file.exists()


def test_no_file_stays_when_the_blocks_fail(spool: Path) -> None:
    def failing() -> Iterator[Any]:
        yield PAIRS[0]
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        stream(failing())
    assert not list(spool.iterdir())


def test_blocks_that_can_be_read_again_are_kept_nowhere(spool: Path) -> None:
    read(stream(lambda: iter(PAIRS)))
    assert not list(spool.iterdir())


@pytest.mark.parametrize("later", [PAIRS[:1], PAIRS * 2])
def test_another_number_of_rows_in_a_later_pass_is_refused(later: list[Any]) -> None:
    passes = iter([PAIRS, later])
    pairs = stream(lambda: iter(next(passes)))
    with pytest.raises(InputError, match=r"held 3 rows in the first pass and|other labels than in"):
        read(pairs)


def test_shuffled_blocks_are_refused() -> None:
    passes = iter([PAIRS, PAIRS[::-1]])
    pairs = stream(lambda: iter(next(passes)))
    with pytest.raises(
        InputError, match="From row 0 on, the blocks hold other labels than in the first pass"
    ):
        read(pairs)


@pytest.mark.parametrize(
    ("blocks", "message"),
    [
        (7, "blocks is a int. Give pairs (labels, pred_probs), or a function"),
        ("pairs", "blocks is a str. Give pairs (labels, pred_probs), or a function"),
        ([np.eye(2)[0, 0]], "Block 0 is a float64. Give pairs (labels, pred_probs)."),
        ([(1, 2, 3)], "Block 0 is a tuple. Give pairs (labels, pred_probs)."),
        ([], "The blocks hold no rows. Give at least one pair (labels, pred_probs) that has some."),
        ([([], [])], "The blocks hold no rows."),
        ([*PAIRS, ([0], PAIRS[1][1])], "The block that starts at row 3 has 2 rows of pred_probs but 1 labels."),
        ([*PAIRS, ([0], [[0.1, 0.2, 0.7]])], "pred_probs has 3 columns from row 3 on and 2 before."),
        ([*PAIRS, ([0], [[0.1, 0.9]])], "labels are of several types and have no order."),
        ([*PAIRS, (["dog"], NAMED)], "The columns of pred_probs from row 3 on are named otherwise"),
    ],
)  # fmt: skip
def test_what_does_not_fit_says_what_came_and_the_way_out(blocks: Any, message: str) -> None:
    for given_as in (blocks, iter(blocks)) if isinstance(blocks, list) else (blocks,):
        with pytest.raises(InputError) as caught:
            stream(given_as)
        assert message in str(caught.value)


def test_both_changes_at_once_are_refused_before_anything_is_read() -> None:
    with pytest.raises(InputError, match="normalize and from_logits are both True"):
        stream(PAIRS, normalize=True, from_logits=True)
