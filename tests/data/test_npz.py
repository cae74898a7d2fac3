import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.corrections.patches import drop, relabel

from emendata.data.npz import NpzSource
from emendata.data.source import Dialect
from emendata.errors import InputError, UnknownName
from emendata.records import Correction, Role
from emendata.testing import check_source

SOURCE = NpzSource()
PIXELS = np.arange(3 * 4 * 5, dtype=np.uint8).reshape(3, 4, 5)


def written(folder: Path, **arrays: Any) -> Path:
    np.savez(folder / "rows.npz", **arrays)
    return folder / "rows.npz"


def loaded(path: Path) -> dict[str, Any]:
    with np.load(path, allow_pickle=False) as archive:
        return dict(archive)


def there_and_back(path: Path, *changes: Correction) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the arrays of the corrected and of the restored archive."""
    exact = SOURCE.with_raw(path, changes, Dialect())
    assert SOURCE.with_raw(path, changes, Dialect()) == exact
    corrected, restored = path.with_name("corrected.npz"), path.with_name("restored.npz")
    SOURCE.rewrite(path, corrected, exact, Dialect())
    SOURCE.restore(corrected, restored, exact, Dialect())
    return loaded(corrected), loaded(restored)


def assert_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert list(one) == list(other)
    for name, array in one.items():
        assert array.dtype == other[name].dtype
        assert array.shape == other[name].shape
        assert array.tobytes() == other[name].tobytes()


def test_an_archive_keeps_the_contract_of_sources(tmp_path: Path) -> None:
    path = written(tmp_path, x=np.eye(3), y=np.array(["cat", "dog", "cat"]), scan=PIXELS)
    check_source(
        SOURCE, path, [relabel(0, "y", "cat", "elephant"), drop(1), relabel(2, "x_1", 0.0, 2.5)], tmp_path
    )


def test_the_splits_of_keras_are_one_table_with_a_label(tmp_path: Path) -> None:
    path = written(tmp_path, x_train=PIXELS, y_train=np.arange(3), x_test=PIXELS[:1], y_test=np.array([7]))
    reading = SOURCE.read(path, Dialect())
    assert reading.table.column_names == ["x", "y", "split"]
    assert reading.table["y"].to_pylist() == [0, 1, 2, 7]
    assert reading.verdicts["y"] == (Role.LABEL, "named like the labels of arrays")
    assert reading.verdicts["split"][0] == Role.SPLIT
    assert reading.media["x"].hashes[3] == reading.media["x"].hashes[0]
    assert reading.recognized == "an archive of named arrays with 4 rows in the splits train, test"


def test_names_types_and_what_has_no_rows_stay(tmp_path: Path) -> None:
    path = written(
        tmp_path, x_train=PIXELS, y_train=np.array([[0], [1], [2]], ">i2"), version=np.array(3),
        x_test=PIXELS[:2], y_test=np.array([[2], [1]], np.uint8),
    )  # fmt: skip
    corrected, restored = there_and_back(
        path, relabel(1, "y", "1", "2"), relabel(4, "y", "1", "0"), drop(0), drop(3)
    )
    assert corrected["y_train"].tolist() == [[2], [2]]
    assert corrected["y_train"].dtype == np.dtype(">i2")
    assert corrected["y_test"].tolist() == [[0]]
    assert np.array_equal(corrected["x_test"], PIXELS[1:2])
    assert_same(restored, loaded(path))


@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_any_archive_comes_back_to_the_byte(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    n_rows = data.draw(st.integers(1, 5))

    def drawn(cells: st.SearchStrategy[Any], kind: str | None = None) -> Any:
        return np.array(data.draw(st.lists(cells, min_size=n_rows, max_size=n_rows)), kind)

    arrays = {
        "f": drawn(st.floats(width=32), "f4"),
        "i": drawn(st.integers(-128, 127), "i1"),
        "s": drawn(st.text("ab ", max_size=3)),
        "b": drawn(st.sampled_from([b"a", b"\xff"])),
        "t": drawn(st.sampled_from(["NaT", "2024-01-31"]), "M8[D]"),
        "w": np.arange(2.0 * n_rows).reshape(n_rows, 2),
    }
    path = written(tmp_path_factory.mktemp("npz"), **arrays)
    table = SOURCE.read(path, Dialect()).table
    new = {"f": 2.5, "i": "7", "s": "longer", "b": "longer", "t": "2020-02-29", "w_1": None}
    chosen = data.draw(st.dictionaries(st.integers(0, n_rows - 1), st.none() | st.sampled_from(sorted(new))))
    assume(any(chosen.get(row, "") is not None for row in range(n_rows)))
    changes = [
        drop(row) if name is None else relabel(row, name, table[name][row].as_py(), new[name])
        for row, name in chosen.items()
    ]
    corrected, restored = there_and_back(path, *changes)
    assert_same(restored, loaded(path))
    assert len(corrected["i"]) == n_rows - sum(name is None for name in chosen.values())


@pytest.mark.parametrize(("save", "kind"), [(np.savez, 0), (np.savez_compressed, 8)])
def test_an_archive_is_compressed_if_the_original_is_and_is_always_the_same(
    tmp_path: Path, save: Any, kind: int
) -> None:
    save(tmp_path / "a.npz", y=np.arange(3))
    for name in ("b.npz", "c.npz"):
        SOURCE.rewrite(tmp_path / "a.npz", tmp_path / name, [relabel(0, "y", "0", "2")], Dialect())
    with zipfile.ZipFile(tmp_path / "b.npz") as archive:
        assert [member.compress_type for member in archive.infolist()] == [kind]
    assert (tmp_path / "b.npz").read_bytes() == (tmp_path / "c.npz").read_bytes()


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (relabel(0, "z", "a", "b"), UnknownName, "There is no column 'z'."),
        (
            relabel(0, "scan", "a", "b"),
            InputError,
            "Column 'scan' holds pictures, which no correction changes.",
        ),
        (
            relabel(0, "y", "0", None),
            InputError,
            "Column 'y' holds int64, which has no word for a missing value.",
        ),
        (relabel(0, "y", "0", "many"), InputError, "'many' does not fit column 'y', which holds int64."),
        (relabel(3, "y", "0", "1"), InputError, "There is no row 3 in a dataset of 3 rows."),
    ],
)
def test_what_no_array_can_hold_is_named(
    tmp_path: Path, change: Correction, error: type[Exception], message: str
) -> None:
    path = written(tmp_path, y=np.arange(3), scan=PIXELS)
    with pytest.raises(error) as caught:
        SOURCE.rewrite(path, tmp_path / "corrected.npz", [change], Dialect())
    assert message in str(caught.value)
    assert not (tmp_path / "corrected.npz").exists()


@pytest.mark.parametrize("raw", [None, "nonsense", "UEsFBg=="])
def test_a_patch_without_what_it_changed_cannot_be_taken_back(tmp_path: Path, raw: str | None) -> None:
    path = written(tmp_path, y=np.arange(3))
    change = Correction("drop_duplicate", 1, "", None, None, None, "", {}, 0.0, raw)
    with pytest.raises(InputError, match=r"does not hold the cells that it changed|There is no row"):
        SOURCE.restore(path, tmp_path / "back.npz", [change], Dialect())


def npy(array: Any) -> bytes:
    sink = io.BytesIO()
    np.save(sink, array)
    return sink.getvalue()


def archive(**members: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as file:
        for name, content in members.items():
            file.writestr(name.replace("_npy", ".npy"), content)
    return sink.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "rows.npz is not a whole archive of arrays. Write it again with numpy.savez."),
        (npy(np.arange(3)), "rows.npz is not a whole archive of arrays. Write it again"),
        (archive(x_npy=npy(np.arange(9)))[:-60], "rows.npz is not a whole archive of arrays"),
        (archive(x_npy=npy(np.arange(9))[:-8]), "rows.npz is not a whole archive of arrays ("),
        (archive(x_npy=b"\x93NUMPY\x01\x00v\x00"), "rows.npz is not a whole archive of arrays ("),
        (archive(notes=b"hello"), "rows.npz holds 'notes', which is no array. Take it out."),
        (archive(x_npy=npy(np.array(3))), "rows.npz has no array with rows. Give an archive with at least one row."),
        (archive(x_npy=npy(np.array([1, None]))), "An array of rows.npz holds Python objects, and reading these can"),
    ],
)  # fmt: skip
def test_what_is_no_archive_of_arrays_is_refused_in_one_line(
    tmp_path: Path, content: bytes, message: str
) -> None:
    (tmp_path / "rows.npz").write_bytes(content)
    with pytest.raises(InputError) as caught:
        SOURCE.read(tmp_path / "rows.npz", Dialect())
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_archive_that_unpacks_to_far_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("emendata.data.packing._HARMLESS", 1 << 10)
    np.savez_compressed(tmp_path / "rows.npz", x=np.zeros(10**6))
    with pytest.raises(InputError, match="100 times its size, as harmful files do"):
        SOURCE.read(tmp_path / "rows.npz", Dialect())
