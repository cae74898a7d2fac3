"""Tables whose cells stand for images or sounds."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from emendata.data import open_dataset
from emendata.errors import InputError
from emendata.records import Role

PNG, WAV = b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WAVEfmt "


def folder_of_scans(folder: Path) -> Path:
    (folder / "scans").mkdir()
    for i in range(5):
        (folder / "scans" / f"{i}.png").write_bytes(PNG + bytes([i]))
    table = folder / "scans.csv"
    table.write_text("scan,note,finding\n" + "".join(f"scans/{i}.png,note {i},none\n" for i in range(5)))
    return table


def test_a_column_of_paths_to_images_is_found(tmp_path: Path) -> None:
    data = open_dataset(folder_of_scans(tmp_path), label="finding")
    assert data.names(Role.IMAGE) == ["scan"]
    assert data.media["scan"].read(3) == PNG + b"\x03"
    assert [column.reason for column in data.columns if column.name == "scan"] == ["image files"]


def test_paths_that_lead_nowhere_are_ordinary_words(tmp_path: Path) -> None:
    table = folder_of_scans(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    moved = table.rename(elsewhere / "scans.csv")
    assert open_dataset(moved, label="finding").media == {}


def test_one_lost_file_among_many_leaves_the_column_one_of_images(tmp_path: Path) -> None:
    table = folder_of_scans(tmp_path)
    (tmp_path / "scans" / "2.png").unlink()
    data = open_dataset(table, label="finding")
    assert data.names(Role.IMAGE) == ["scan"]
    with pytest.raises(OSError, match="No such file"):
        data.media["scan"].read(2)


def test_a_role_that_is_given_decides(tmp_path: Path) -> None:
    table = folder_of_scans(tmp_path)
    as_category = open_dataset(table, label="finding", roles={"scan": "category"})
    assert as_category.media == {}
    assert "scan" in as_category.names(Role.CATEGORY)
    plain = tmp_path / "plain.csv"
    plain.write_text("scan,finding\nscans/0,none\nscans/1,none\n")
    assert list(open_dataset(plain, label="finding", roles={"scan": "image"}).media) == ["scan"]


def test_a_column_without_files_cannot_be_one_of_images(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("size,kind\n1,a\n2,b\n")
    with pytest.raises(
        InputError, match=r"Column 'size' holds no names of files\. Give it another role than image\."
    ):
        open_dataset(file, label="kind", roles={"size": "image"})


def test_bytes_in_cells_are_media(tmp_path: Path) -> None:
    pq.write_table(
        pa.table({"clip": [WAV, None, WAV + b"1"], "kind": ["a", "b", "a"]}), tmp_path / "t.parquet"
    )
    data = open_dataset(tmp_path / "t.parquet", label="kind")
    assert data.names(Role.AUDIO) == ["clip"]
    assert [data.media["clip"].read(row) for row in range(3)] == [WAV, None, WAV + b"1"]


def test_bytes_beside_their_path_are_media(tmp_path: Path) -> None:
    cells = [{"bytes": PNG + b"1", "path": "1.png"}, {"bytes": PNG + b"2", "path": None}]
    pq.write_table(pa.table({"image": cells, "kind": ["a", "b"]}), tmp_path / "t.parquet")
    data = open_dataset(tmp_path / "t.parquet", label="kind")
    assert data.names(Role.IMAGE) == ["image"]
    assert data.media["image"].read(1) == PNG + b"2"


def test_other_bytes_are_no_media() -> None:
    data = open_dataset(pa.table({"key": [b"abc", b"def"], "kind": ["a", "b"]}), label="kind")
    assert data.media == {}


def test_equal_files_are_equal_content_whatever_their_names(tmp_path: Path) -> None:
    table = folder_of_scans(tmp_path)
    before = open_dataset(table, label="finding").content
    (tmp_path / "scans" / "0.png").write_bytes(PNG + b"new")
    after = open_dataset(table, label="finding").content
    assert before["scan"] != after["scan"]
    assert before["finding"] == after["finding"]
