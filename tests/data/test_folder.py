import os
from pathlib import Path

import pytest
from tests.data.folders import PETS, write_files

from emendata.data import check_label, open_dataset
from emendata.errors import InputError
from emendata.records import Role


def test_a_folder_of_links_to_elsewhere_says_why_it_counts_as_empty(tmp_path: Path) -> None:
    write_files(tmp_path / "data", {"1.png": "x"})
    (pets := tmp_path / "pets").mkdir()
    (pets / "cat").symlink_to(tmp_path / "data")
    with pytest.raises(
        InputError, match=r"^pets holds only links that lead out of it or to folders, .*\. Give"
    ):
        open_dataset(pets)


def test_a_folder_of_texts_becomes_a_table_in_natural_order(tmp_path: Path) -> None:
    data = open_dataset(write_files(tmp_path / "pets", PETS))
    assert data.table.to_pydict() == {
        "text": ["purr", "milk", "a mouse", "bark"],
        "label": ["cat", "cat", "cat", "dog"],
        "file": ["cat/1.txt", "cat/2.txt", "cat/10.txt", "dog/1.txt"],
    }
    assert [column.role for column in data.columns] == [Role.TEXT, Role.LABEL, Role.ID]
    assert data.columns[1].reason == "the folder that each file lies in"
    assert data.row_ids()[2] == "cat/10.txt"
    assert data.recognized == "a folder of 4 texts with a folder for each of 2 classes"
    assert (data.name, data.format, data.label) == ("pets", "folder", "label")


def test_a_folder_of_images_is_read_file_by_file_when_asked(tmp_path: Path) -> None:
    files = {
        "cat/1.png": b"one",
        "cat/2.png": b"",
        "3.png": b"three",
        "dog/4.png": b"four",
        "dog/list.csv": b"",
    }
    data = open_dataset(write_files(tmp_path / "pets", files))
    assert data.table.to_pydict() == {
        "image": ["3.png", "cat/1.png", "cat/2.png", "dog/4.png"],
        "label": [None, "cat", "cat", "dog"],
    }
    media = data.media["image"]
    (tmp_path / "pets" / "dog" / "4.png").write_bytes(b"later")
    assert [media.read(row) for row in range(4)] == [b"three", b"one", b"", b"later"]
    assert data.names(Role.IMAGE) == ["image"]
    assert data.row_ids() == data.table["image"].to_pylist()
    assert data.recognized.endswith("for each of 2 classes; 1 other file left out")


def test_sounds_in_splits_have_a_split_above_the_class(tmp_path: Path) -> None:
    files = dict.fromkeys(["train/yes/1.wav", "train/no/1.wav", "val/yes/2.wav"], b"RIFF")
    data = open_dataset(write_files(tmp_path / "words", files))
    assert data.table.to_pydict() == {
        "audio": ["train/no/1.wav", "train/yes/1.wav", "val/yes/2.wav"],
        "label": ["no", "yes", "yes"],
        "split": ["train", "train", "val"],
    }
    assert [column.role for column in data.columns] == [Role.AUDIO, Role.LABEL, Role.SPLIT]
    assert data.recognized == "a folder of 3 sounds with a folder for each of 2 classes, in 2 splits"


def test_a_flat_folder_has_no_label_and_one_class_is_none(tmp_path: Path) -> None:
    flat = open_dataset(write_files(tmp_path / "flat", {"1.png": b"a", "2.png": b"b"}))
    assert (flat.table.column_names, flat.label) == (["image"], None)
    one = open_dataset(write_files(tmp_path / "one", {"cat/1.png": b"a", "cat/2.png": b"b"}))
    assert one.label is None
    assert one.columns[1].reason == "the folder that each file lies in, and there is only one"
    assert one.recognized == "a folder of 2 images, all of one class"


def test_odd_texts_stop_no_other(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "1.txt": "süß",
        "2.txt": "süß".encode("cp1252"),
        "3.txt": b"",
        "4.txt": "süß".encode("utf-16"),
    }
    folder = write_files(tmp_path, files | {"5.txt": b"\x00\x01", "6.txt": " \n"})
    assert open_dataset(folder).table["text"].to_pylist() == ["süß", "süß", None, "süß", "\x00\x01", None]


def test_a_text_that_may_not_be_read_is_missing(tmp_path: Path) -> None:
    folder = write_files(tmp_path, {"1.txt": "a", "2.txt": "b"})
    (folder / "1.txt").chmod(0)
    if os.access(folder / "1.txt", os.R_OK):
        pytest.skip("this user may read everything")
    assert open_dataset(folder).table["text"].to_pylist() == [None, "b"]


def test_texts_are_read_in_the_encoding_that_is_named(tmp_path: Path) -> None:
    folder = write_files(tmp_path, {"1.txt": "Żółw".encode("cp1250")})
    data = open_dataset(folder, encoding="cp1250")
    assert data.table["text"].to_pylist() == ["Żółw"]
    assert data.dialect.encoding == "cp1250"
    with pytest.raises(InputError, match="There is no encoding 'utf-99'"):
        open_dataset(folder, encoding="utf-99")


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([], "pets is empty. Give a folder with images"),
        ([".git/config"], "pets is empty."),
        (["a.bin"], "pets holds nothing that can be read. Give a folder"),
        (["a.csv", "b/c.tsv.gz"], "pets holds several tables (a.csv, b/c.tsv.gz). Give one of them."),
        ([f"{i}.csv" for i in range(9)], "several tables (0.csv, 1.csv, 2.csv, …)."),
        (["x/1.png", "x/a.csv", "x/b.csv"], "several tables (x/a.csv, x/b.csv)."),
    ],
)
def test_a_folder_that_is_no_dataset_says_why(tmp_path: Path, files: list[str], message: str) -> None:
    (tmp_path / "pets").mkdir()
    with pytest.raises(InputError) as caught:
        open_dataset(write_files(tmp_path / "pets", dict.fromkeys(files, "x")))
    assert message in str(caught.value)


def test_a_label_that_names_no_classes_can_be_given_up(tmp_path: Path) -> None:
    folder = write_files(tmp_path, {f"class{i}/1.txt": "x" for i in range(5)})
    with pytest.raises(InputError, match=r"Say --role label=ignore to run the checks that need no label\.$"):
        check_label(open_dataset(folder))
    check_label(open_dataset(folder, roles={"label": "ignore"}))


def test_the_folder_that_one_is_in_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_files(tmp_path / "pets", PETS) / "cat")
    assert open_dataset("..").path == tmp_path / "pets"
    assert open_dataset(".").name == "cat"
