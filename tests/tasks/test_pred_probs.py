import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd  # type: ignore[import-untyped, unused-ignore]
import polars as pl
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as stn

from emendata.errors import InputError
from emendata.tasks.pred_probs import Mixture, PredProbs, RowsSource, open_models, open_pred_probs

PROBS = [[0.875, 0.125], [0.25, 0.75], [0.5, 0.5]]
Array = npt.NDArray[Any]


class Tensor:
    """What torch and JAX have in common: an array elsewhere that must be detached and fetched first."""

    def __init__(self, array: Array, *, here: bool = False) -> None:
        self.array, self.here, self.shape = array, here, array.shape

    def detach(self) -> "Tensor":
        return Tensor(self.array)

    def cpu(self) -> "Tensor":
        return Tensor(self.array, here=True)

    def __dlpack__(self, **options: Any) -> Any:
        assert self.here
        return self.array.__dlpack__(**options)

    def __dlpack_device__(self) -> Any:
        return self.array.__dlpack_device__()


class Half(Tensor):
    """A tensor of a type that numpy does not know, such as bfloat16."""

    def detach(self) -> "Half":
        return Half(self.array, here=True)

    def cpu(self) -> "Half":
        return self

    def __dlpack__(self, **_: Any) -> Any:
        raise BufferError("no such type")

    def float(self) -> Array:
        return self.array


class Slices:
    """What zarr and h5py have in common: a shape, a type and slices of rows."""

    def __init__(self, array: Array, chunk: int | None = None) -> None:
        self.array, self.shape, self.dtype = array, array.shape, array.dtype
        self.chunks = chunk and (chunk, array.shape[1])

    def __getitem__(self, where: Any) -> Array:
        assert isinstance(where, slice) or self.array.ndim == 3
        copy: Array = self.array[where].copy()
        return copy


def read(source: RowsSource, step: int = 64) -> Array:
    blocks = [block() for block in source.blocks(step)]
    assert all(block.flags.c_contiguous for block in blocks)
    assert [len(block) for block in blocks[:-1]] == [step] * (len(blocks) - 1)
    assert {block.dtype for block in blocks} <= {source.dtype}
    return np.concatenate([np.empty((0, source.n_columns), source.dtype), *blocks])


def named(array: Array) -> dict[str, Array]:
    return {f"class {j}": np.ascontiguousarray(array[:, j]) for j in range(array.shape[1])}


def fixed(array: Array) -> Any:
    return pa.FixedSizeListArray.from_arrays(
        pa.array(np.ascontiguousarray(array).reshape(-1)), array.shape[1]
    )


def saved_npy(array: Array, folder: Path) -> Path:
    np.save(folder / "probs.npy", array)
    return folder / "probs.npy"


def mapped(array: Array, folder: Path) -> Array:
    return np.asarray(np.load(saved_npy(array, folder), mmap_mode="r"))


def part_of_a_map(array: Array, folder: Path) -> Array:
    path = folder / "more.raw"
    path.write_bytes(b"header " + np.concatenate([array[:1], array, array[:1]]).tobytes())
    whole = np.memmap(path, array.dtype, "r", 7, (len(array) + 2, array.shape[1]))
    part: Array = whole[1:-1]
    return part


def saved_parquet(array: Array, folder: Path) -> str:
    pq.write_table(pa.table(named(array)), folder / "probs.parquet", row_group_size=50)
    return str(folder / "probs.parquet")


def saved_parquet_of_lists(array: Array, folder: Path) -> Path:
    pq.write_table(pa.table({"probs": fixed(array)}), folder / "probs.parquet", row_group_size=50)
    return folder / "probs.parquet"


def saved_feather(array: Array, folder: Path) -> Path:
    feather.write_feather(pa.table(named(array)), folder / "probs.feather", chunksize=30)
    return folder / "probs.feather"


def saved_arrow_stream(array: Array, folder: Path) -> Path:
    table = pa.table({"probs": fixed(array)})
    with pa.ipc.new_stream(folder / "probs.arrow", table.schema) as writer:
        writer.write_table(table, max_chunksize=30)
    return folder / "probs.arrow"


def saved_zarr(array: Array, folder: Path) -> Path:
    zarr = pytest.importorskip("zarr")
    stored = zarr.open_array(
        folder / "probs.zarr", mode="w", shape=array.shape, chunks=(30, 2), dtype=array.dtype
    )
    stored[:] = array
    return folder / "probs.zarr"


def open_zarr(array: Array, folder: Path) -> Any:
    return pytest.importorskip("zarr").open_array(saved_zarr(array, folder), mode="r")


CONTAINERS: list[Callable[[Array, Path], Any]] = [
    lambda array, _: np.asfortranarray(array),
    lambda array, _: np.repeat(array, 2, axis=0)[::2],
    lambda array, _: array.astype(array.dtype.newbyteorder(">")),
    lambda array, _: array.astype(object) if array.dtype == np.float64 else array,
    lambda array, _: array.tolist() if array.dtype == np.float64 else list(array),
    lambda array, _: list(array),
    lambda array, _: Tensor(array),
    lambda array, _: Half(array),
    lambda array, _: Slices(array),
    lambda array, _: Slices(array, 30),
    lambda array, _: pd.DataFrame(array, index=[9] * len(array)),
    lambda array, _: pd.DataFrame(named(array)),
    lambda array, _: pd.DataFrame(named(array)).astype(f"Float{8 * array.itemsize}"),
    lambda array, _: pl.DataFrame(array),
    lambda array, _: pl.concat([pl.DataFrame(array[:30]), pl.DataFrame(array[30:])], rechunk=False),
    lambda array, _: pl.Series(array.tolist(), dtype=pl.Array(pl.from_numpy(array)["column_0"].dtype, array.shape[1])),
    lambda array, _: pa.table(named(array)),
    lambda array, _: pa.RecordBatch.from_pydict(named(array)),
    lambda array, _: pa.table({"probs": fixed(array)}),
    lambda array, _: fixed(array),
    lambda array, _: fixed(np.concatenate([array[:5], array])).slice(5),
    lambda array, _: pa.array(array.tolist(), pa.list_(pa.array(array[:, 0]).type)),
    lambda array, _: pa.chunked_array([fixed(array[:30]), fixed(array[30:])]),
    saved_npy,
    mapped,
    part_of_a_map,
    saved_parquet,
    saved_parquet_of_lists,
    saved_feather,
    saved_arrow_stream,
    saved_zarr,
    open_zarr,
]  # fmt: skip


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
    assert (half.dtype, half.itemsize, read(half).tolist()) == (np.dtype(np.float32), 4, PROBS)
    for whole in (
        np.eye(2, dtype=int),
        np.eye(2, dtype=bool),
        [[1, 0], [0, 1]],
        pd.DataFrame(np.eye(2, dtype=int)),
    ):
        assert open_pred_probs(whole).dtype == np.float64
        assert read(open_pred_probs(whole)).tolist() == [[1, 0], [0, 1]]


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_arrays_are_sliced_without_a_copy(kind: type) -> None:
    array: Array = np.array(PROBS, kind)
    for source in (array, Tensor(array), fixed(array), pd.DataFrame(np.array(PROBS[:1], kind))):
        block = next(open_pred_probs(source).blocks(2))()
        assert not block.flags.owndata


def test_missing_values_of_tables_are_nan() -> None:
    frames = [
        pd.DataFrame({"a": [0.5, None], "b": [0.5, 1.0]}),
        pd.DataFrame({"a": pd.array([0.5, None], "Float64"), "b": [0.5, 1.0]}),
        pl.DataFrame({"a": [0.5, None], "b": [0.5, 1.0]}),
        pa.table({"a": [0.5, None], "b": [0.5, 1.0]}),
        [[0.5, 0.5], [None, 1.0]],
    ]
    for frame in frames:
        assert np.array_equal(read(open_pred_probs(frame)), [[0.5, 0.5], [np.nan, 1]], equal_nan=True)


@pytest.mark.parametrize(
    ("frame", "names"),
    [
        (pd.DataFrame(PROBS, columns=["dog", "cat"]), ("dog", "cat")),
        (pd.DataFrame(PROBS, columns=[2, 1]), (2, 1)),
        (pd.DataFrame(PROBS), None),
        (pd.DataFrame(PROBS, columns=["0", "1"]), None),
        (pl.DataFrame(PROBS, orient="row"), None),
        (pl.DataFrame(PROBS, ["dog", "cat"], orient="row"), ("dog", "cat")),
        (pa.table({"dog": [1.0], "cat": [0.0]}), ("dog", "cat")),
        (pa.table({"probs": pa.array([[1.0, 0.0]], pa.list_(pa.float32(), 2))}), None),
        (PROBS, None),
    ],
)
def test_named_columns_name_the_classes(frame: Any, names: tuple[Any, ...] | None) -> None:
    assert open_pred_probs(frame).column_names == names


def test_rows_are_divided_by_their_sum() -> None:
    assert read(open_pred_probs([[3, 1], [1, 1]], normalize=True)).tolist() == [[0.75, 0.25], [0.5, 0.5]]


def test_logits_become_probabilities_also_where_they_are_large() -> None:
    logits = np.array([[1000.0, 1000.0], [-1000.0, 0.0], [0.0, np.log(3)], [0.0, -np.inf]])
    expected = [[0.5, 0.5], [0.0, 1.0], [0.25, 0.75], [1.0, 0.0]]
    assert np.allclose(read(open_pred_probs(logits, from_logits=True)), expected)


@given(
    stn.arrays(np.float64, st.tuples(st.integers(1, 9), st.sampled_from([2, 3, 70])), elements=st.floats(-30, 30))
)  # fmt: skip
def test_softmax_agrees_with_the_plain_formula(logits: Array) -> None:
    plain = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    assert np.allclose(read(open_pred_probs(logits, from_logits=True), 4), plain)


def test_arguments_are_not_changed() -> None:
    array = np.array(PROBS)
    array.flags.writeable = False
    for changes in ({"normalize": True}, {"from_logits": True}):
        read(open_pred_probs(array, **changes))
    assert array.tolist() == PROBS


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([0.9, 0.1], "pred_probs must have two dimensions, one row an example; got 1."),
        (np.zeros((2, 2, 2)), "pred_probs must have two dimensions, one row an example; got 3."),
        (pd.Series([0.9, 0.1]), "pred_probs must have two dimensions, one row an example; got 1."),
        ([["high", "low"]], "pred_probs cannot be read as an array of numbers: could not convert string"),
        ([[0.9, 0.1], [0.2]], "pred_probs cannot be read as an array of numbers"),
        (np.array([[1j]]), "pred_probs cannot be read as an array of numbers: they are complex"),
        (pd.DataFrame({"id": ["x"], "a": [1.0]}), "Column 'id' of pred_probs holds"),
        (pl.DataFrame({"id": ["x"], "a": [1.0]}), "Give columns of numbers only, one per class."),
        (pl.DataFrame({"a": [1.0]}).lazy(), "pred_probs is lazy. Call .collect() on it first."),
        ("probs.npy", "There is no file 'probs.npy' to read pred_probs from. Check the path."),
    ],
)
def test_what_cannot_be_read_says_what_came_and_the_way_out(given: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        open_pred_probs(given)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (pa.array([[0.5, 0.5], [1.0]]), "pred_probs has rows of different lengths"),
        (pa.array([[0.5, 0.5], None]), "pred_probs has no value in 1 rows."),
    ],
)
def test_lists_that_fit_no_matrix_are_refused_when_they_are_read(given: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(open_pred_probs(given))


@pytest.mark.parametrize("ending", ["npy", "parquet", "arrow", "feather", "csv"])
def test_a_file_of_another_kind_is_refused(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"probs.{ending}"
    path.write_text("a,b\n0.5,0.5\n")
    with pytest.raises(InputError, match=f"probs.{ending}' (cannot be read as|has an ending)"):
        open_pred_probs(path)


def test_a_row_that_sums_to_zero_cannot_be_divided() -> None:
    probs = open_pred_probs([[1, 1], [1, 1], [0, 0]], normalize=True)
    with pytest.raises(InputError, match="Row 2 of pred_probs sums to 0, so that normalize=True cannot"):
        read(probs, 2)
    with pytest.raises(InputError, match="Row 2 of pred_probs sums to 0"):
        probs.rows([1, 2])


def test_probabilities_are_changed_in_one_way_only() -> None:
    with pytest.raises(InputError, match="normalize and from_logits are both True"):
        open_pred_probs(PROBS, normalize=True, from_logits=True)
    with pytest.raises(InputError, match="open already"):
        open_pred_probs(open_pred_probs(PROBS), normalize=True)


def test_what_is_open_stays_as_it_is() -> None:
    probs = open_pred_probs(PROBS)
    assert open_pred_probs(probs) is probs


@pytest.mark.parametrize("way", ["write", "column", "moved", "replaced"])
def test_an_odd_map_is_read_through_the_map(way: str, tmp_path: Path) -> None:
    path = saved_npy(np.array(PROBS), tmp_path)
    array = np.load(path, mmap_mode="c" if way == "write" else "r")
    if way == "column":
        array = array[:, ::-1]
    if way == "moved":
        path.unlink()
    if way == "replaced":
        np.save(tmp_path / "other.npy", np.zeros((3, 2)))
        (tmp_path / "other.npy").replace(path)
    expected = np.array(PROBS)[:, ::-1] if way == "column" else PROBS
    assert read(open_pred_probs(array)).tolist() == np.asarray(expected).tolist()


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


def test_several_models_are_told_from_one(tmp_path: Path) -> None:
    array = np.array(PROBS)
    path = saved_npy(array, tmp_path)
    np.save(tmp_path / "three.npy", np.stack([array, array]))
    for one in (
        PROBS,
        array,
        list(array),
        pd.DataFrame(PROBS),
        path,
        str(path),
        open_pred_probs(PROBS),
        tuple(PROBS),
    ):
        assert [read(model).tolist() for model in open_models(one)] == [PROBS]
    for two in (
        [PROBS, PROBS],
        (array, pd.DataFrame(PROBS)),
        [path, str(path)],
        np.stack([array, array]),
        Tensor(np.stack([array, array])),
        Slices(np.stack([array, array])),
        tmp_path / "three.npy",
        [open_pred_probs(array), pa.table(named(array)).rename_columns(["0", "1"])],
    ):
        assert [read(model).tolist() for model in open_models(two)] == [PROBS, PROBS]


def test_models_must_agree() -> None:
    with pytest.raises(
        InputError, match=r"pred_probs\[1\] has shape \(1, 2\) but pred_probs\[0\] has shape \(3, 2\)"
    ):
        open_models([PROBS, PROBS[:1]])
    frame = pd.DataFrame(PROBS, columns=["dog", "cat"])
    with pytest.raises(InputError, match=r"The columns of pred_probs\[1\] are named otherwise"):
        open_models([frame, frame[["cat", "dog"]]])
    with pytest.raises(InputError, match="pred_probs holds no model"):
        open_models(np.zeros((0, 3, 2)))


def test_a_mixture_is_the_weighted_sum() -> None:
    models = open_models([PROBS, [[0.5, 0.5]] * 3])
    mixture = Mixture(models, [0.25, 0.75])
    expected = 0.25 * np.array(PROBS) + 0.75 * 0.5
    assert (mixture.n_rows, mixture.n_columns, mixture.dtype) == (3, 2, np.dtype(np.float64))
    assert read(mixture, 2).tolist() == expected.tolist()
    assert mixture.rows([2, 0]).tolist() == expected[[2, 0]].tolist()


def test_a_mixture_is_single_where_one_model_is() -> None:
    mixture = Mixture(open_models([PROBS, np.array(PROBS, np.float32)]), [0.5, 0.5])
    assert (mixture.dtype, mixture.itemsize) == (np.dtype(np.float32), 4)
    assert read(mixture).tolist() == PROBS
