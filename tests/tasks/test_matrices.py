import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as stn
from tests.tasks.containers import (
    CONTAINERS,
    PROBS,
    Array,
    read,
)

from emendata.tasks.pred_probs import PredProbs, open_pred_probs


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_containers_give_equal_bits(
    container: Callable[[Array, Path], Any], kind: type, tmp_path: Path
) -> None:
    array: Array = np.random.default_rng(0).random((130, 3)).astype(kind)
    changes: dict[str, bool]
    for changes in ({}, {"normalize": True}, {"from_logits": True}):
        expected = read(PredProbs.of_pieces(lambda _: iter([array]), (130, 3), kind, **changes))
        probs = open_pred_probs(container(array, tmp_path), **changes)
        assert (probs.n_rows, probs.n_columns, probs.dtype) == (130, 3, np.dtype(kind))
        for step in (1, 64, 100, 1000):
            assert read(probs, step).tobytes() == expected.tobytes()
        wanted = np.array([129, 3, 3, 64, 0, 65])
        assert probs.rows(wanted).tobytes() == expected[wanted].tobytes()
        assert probs.rows([]).shape == (0, 3)


@given(
    stn.arrays(np.float32, st.tuples(st.integers(1, 20), st.integers(1, 4)), elements=st.floats(0, 1, width=32)),
    st.integers(1, 9),
    st.integers(1, 9),
)  # fmt: skip
def test_pieces_of_any_size_are_cut_to_the_same_blocks(array: Array, size: int, step: int) -> None:
    def pieces(_: int) -> Any:
        for first in range(0, len(array), size):
            yield array[first : first + size]
            yield array[:0]

    probs = PredProbs.of_pieces(pieces, array.shape, array.dtype)
    assert read(probs, step).tobytes() == array.tobytes()
    assert probs.rows(np.arange(len(array))[::-1]).tobytes() == array[::-1].tobytes()


def test_half_precision_is_read_as_single_and_whole_numbers_as_double() -> None:
    half = open_pred_probs(np.array(PROBS, np.float16))
    assert (half.dtype, read(half).tolist()) == (np.dtype(np.float32), PROBS)
    for whole in (
        np.eye(2, dtype=int),
        np.eye(2, dtype=bool),
        [[1, 0], [0, 1]],
        pd.DataFrame(np.eye(2, dtype=int)),
    ):
        assert open_pred_probs(whole).dtype == np.float64
        assert read(open_pred_probs(whole)).tolist() == [[1, 0], [0, 1]]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the kernel does not tell the peak")
def test_a_mapped_file_takes_memory_only_while_a_block_is_in_use(tmp_path: Path) -> None:
    path = tmp_path / "probs.npy"
    np.lib.format.open_memmap(path, "w+", np.float32, (750_000, 100)).flush()
    code = f"""
import numpy as np
from emendata.engine import map_blocks
from emendata.tasks.pred_probs import open_pred_probs
peak = lambda: next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
probs = open_pred_probs(np.load({str(path)!r}, mmap_mode="r")[1:])
before = peak()
n_rows = sum(map_blocks(probs, lambda first, block: len(block) + int(block.max()), n_threads=2))
probs.rows(np.arange(0, n_rows, 500))
print(n_rows, (peak() - before) // 1024)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    n_rows, megabytes = map(int, done.stdout.split())
    assert n_rows == 749_999
    assert megabytes < 100
