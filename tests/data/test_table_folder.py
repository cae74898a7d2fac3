import os
from pathlib import Path

import pytest
from tests.corrections.patches import drop, relabel
from tests.data.folders import contents, write_files

from emendata.corrections import apply_patch, make_patch, revert_patch
from emendata.data import open_dataset, source_for
from emendata.data.packing import packed_like
from emendata.records import Role
from emendata.testing import check_source

CSV = "image,kind\nimages/1.png,cat\nimages/2.png,dog\n"
IMAGES = {"images/1.png": b"one", "images/2.png": b"two"}


def test_a_table_is_read_with_the_images_that_it_names(tmp_path: Path) -> None:
    data = open_dataset(write_files(tmp_path / "pets", IMAGES | {"labels.csv": CSV.encode()}), label="kind")
    assert data.media["image"].read(1) == b"two"
    assert [column.role for column in data.columns] == [Role.IMAGE, Role.LABEL]
    assert (data.recognized, data.format) == ("a folder with the table labels.csv", "table_folder")
    assert data.path == tmp_path / "pets"


def test_names_start_where_the_table_lies(tmp_path: Path) -> None:
    lines = '{"file_name": "1.png", "kind": "cat"}\n{"file_name": "2.png", "kind": "dog"}\n'
    files = {"train/1.png": b"one", "train/2.png": b"two", "train/metadata.jsonl": lines.encode()}
    data = open_dataset(write_files(tmp_path / "pets", files))
    assert data.media["file_name"].read(0) == b"one"
    assert data.table.column_names == ["file_name", "kind"]


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        ("file,note\ncat/1.png,a\ndog/2.png,b\n", "table_folder"),
        ("class,n\ncat,1\ndog,1\n", "folder"),
        ('broken "table\n', "folder"),
    ],
)
def test_beside_class_folders_a_table_counts_if_it_names_their_files(
    tmp_path: Path, table: str, kind: str
) -> None:
    files = {"cat/1.png": "x", "dog/2.png": "y", "info.csv": table}
    assert open_dataset(write_files(tmp_path / "pets", files)).format == kind


def test_the_copy_has_the_corrected_table_and_all_else_as_it_is(tmp_path: Path) -> None:
    files = IMAGES | {"read me": b"hello", "tables/labels.csv": CSV.replace("images", "../images").encode()}
    folder = write_files(tmp_path / "pets", files)
    patch = make_patch(open_dataset(folder), [relabel(0, "kind", "cat", "dog"), drop(1)])
    apply_patch(patch, folder, tmp_path / "copy")
    assert contents(tmp_path / "copy") == files | {"tables/labels.csv": b"image,kind\n../images/1.png,dog\n"}
    assert revert_patch(patch, tmp_path / "copy", tmp_path / "again").exact
    assert contents(tmp_path / "again") == contents(folder) == files


def test_hidden_files_and_names_that_are_no_text_are_copied_too(tmp_path: Path) -> None:
    files = {".note": b"a", os.fsdecode(b"\xff"): b"b", "labels.csv": CSV.encode()}
    folder = write_files(tmp_path / "pets", files)
    patch = make_patch(open_dataset(folder), [drop(1)])
    apply_patch(patch, folder, tmp_path / "copy")
    assert contents(tmp_path / "copy") == files | {"labels.csv": b"image,kind\nimages/1.png,cat\n"}


def test_a_pipe_among_the_images_is_not_waited_for(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "pets", {"images/1.png": b"one", "labels.csv": CSV.encode()})
    os.mkfifo(folder / "images" / "2.png")
    with pytest.raises(OSError, match="no ordinary file"):
        open_dataset(folder).media["image"].read(1)


@pytest.mark.parametrize("name", ["rows.csv.gz", "rows.tsv", "ROWS.CSV"])
def test_a_table_alone_is_enough(tmp_path: Path, name: str) -> None:
    text = "a\tkind\n1\tx\n2\ty\n3\tx\n" if "tsv" in name else "a,kind\n1,x\n2,y\n3,x\n"
    folder = write_files(tmp_path / "table", {name: packed_like(Path(name), text.encode())})
    check_source(source_for(folder), folder, [relabel(0, "kind", "x", "y"), drop(2)], tmp_path)
