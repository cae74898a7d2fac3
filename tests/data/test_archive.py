import gc
import os
import tarfile
from pathlib import Path

import pytest
from tests.corrections.patches import drop, relabel
from tests.data.folders import PETS, make_tar, make_zip

from emendata.corrections import apply_patch, make_patch, revert_patch
from emendata.data import open_dataset, source_for
from emendata.errors import InputError
from emendata.testing import check_source

SUFFIXES = [".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"]
IMAGES = {"pets/cat/1.png": "one", "pets/dog/2.png": "two", "pets/dog/3.png": "three"}


def make(path: Path, files: dict[str, str]) -> Path:
    return make_zip(path, files) if path.suffix.lower() == ".zip" else make_tar(path, files)


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".TAR.GZ", ".ZIP"])
def test_an_archive_is_read_corrected_and_put_back(tmp_path: Path, suffix: str) -> None:
    path = make(tmp_path / f"pets{suffix}", PETS)
    data = open_dataset(path)
    assert data.table["text"].to_pylist() == ["purr", "milk", "a mouse", "bark"]
    kind = "ZIP" if suffix.lower() == ".zip" else "TAR"
    assert data.recognized == f"a {kind} archive of a folder of 4 texts with a folder for each of 2 classes"
    assert (data.format, data.label, data.name) == ("archive", "label", f"pets{suffix}")
    check_source(source_for(path), path, [relabel(0, "label", "cat", "dog"), drop(2)], tmp_path)


def test_images_can_be_read_as_long_as_somebody_may_ask(tmp_path: Path) -> None:
    media = open_dataset(make_zip(tmp_path / "pets.zip", IMAGES)).media["image"]
    gc.collect()
    assert [media.read(row) for row in range(3)] == [b"one", b"two", b"three"]


def test_what_was_unpacked_goes_with_the_dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    data = open_dataset(make_zip(tmp_path / "pets.zip", IMAGES))
    assert len(list((tmp_path / "temporary").iterdir())) == 1
    del data
    gc.collect()
    assert list((tmp_path / "temporary").iterdir()) == []


def test_the_one_folder_in_an_archive_is_entered_and_written_again(tmp_path: Path) -> None:
    files = {**IMAGES, "__MACOSX/pets/._1.png": "junk"}
    path = make_zip(tmp_path / "pets.zip", files)
    data = open_dataset(path)
    assert data.table["image"].to_pylist() == ["cat/1.png", "dog/2.png", "dog/3.png"]
    patch = make_patch(data, [relabel(0, "label", "cat", "dog")])
    apply_patch(patch, path, tmp_path / "copy.tgz")
    again = open_dataset(make_zip(tmp_path / "expected.zip", {
        "pets/dog/1.png": "one", "pets/dog/2.png": "two", "pets/dog/3.png": "three",
    }))  # fmt: skip
    assert open_dataset(tmp_path / "copy.tgz").table.equals(again.table)
    with tarfile.open(tmp_path / "copy.tgz") as archive:
        assert "__MACOSX/pets/._1.png" in archive.getnames()


def test_a_class_alone_in_an_archive_is_no_folder_to_enter(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "pets.zip", {"cat/1.txt": "a", "dog/1.txt": "b"})
    patch = make_patch(open_dataset(path), [relabel(0, "label", "cat", "dog")])
    apply_patch(patch, path, tmp_path / "copy.zip")
    assert revert_patch(patch, tmp_path / "copy.zip", tmp_path / "again.zip").n_rows == 2
    assert open_dataset(tmp_path / "again.zip").table.equals(open_dataset(path).table)


@pytest.mark.parametrize("name", ["rows.csv", "data/rows.csv"])
def test_a_table_in_an_archive_is_a_table(tmp_path: Path, name: str) -> None:
    files = {name: "image,kind\n1.png,x\n2.png,y\n", name.replace("rows.csv", "1.png"): "one"}
    path = make_zip(tmp_path / "rows.zip", files)
    data = open_dataset(path, label="kind")
    assert data.media["image"].read(0) == b"one"
    assert data.recognized == f"a ZIP archive of a folder with the table {name}"
    check_source(source_for(path), path, [relabel(0, "kind", "x", "y"), drop(1)], tmp_path)


def test_a_table_in_an_archive_names_only_files_in_it(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    names = ["1.png", str(tmp_path / "secret.png"), "../" * 20 + str(tmp_path / "secret.png")]
    table = "image,kind\n" + "".join(f"{name},x\n" for name in names)
    media = open_dataset(make_zip(tmp_path / "rows.zip", {"rows.csv": table, "1.png": "one"})).media["image"]
    assert media.read(0) == b"one"
    for row in (1, 2):
        with pytest.raises(OSError, match="leads out of the folder"):
            media.read(row)
    alone = make_zip(tmp_path / "alone.zip", {"rows.csv": f"image,kind\n{names[1]},x\n{names[1]},y\n"})
    assert not open_dataset(alone).media


def test_a_name_that_is_no_text_stays_in_a_tar_archive_and_goes_in_no_zip_archive(tmp_path: Path) -> None:
    raw = os.fsdecode(b"cat/\xff.txt")
    path = make_tar(tmp_path / "pets.tar", PETS | {raw: "x"})
    patch = make_patch(open_dataset(path), [drop(0)])
    apply_patch(patch, path, tmp_path / "copy.tgz")
    with tarfile.open(tmp_path / "copy.tgz") as archive:
        assert raw in archive.getnames()
    with pytest.raises(InputError, match=r"is no text, so a ZIP archive such as copy.zip cannot hold it\."):
        apply_patch(patch, path, tmp_path / "copy.zip")


def test_the_same_files_give_the_same_archive(tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        path = make(tmp_path / f"pets{suffix}", PETS)
        patch = make_patch(open_dataset(path), [drop(0)])
        for name in ("one", "two"):
            apply_patch(patch, path, tmp_path / f"{name}{suffix}")
        assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


def test_an_archive_goes_into_no_other_kind_of_file(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "pets.zip", PETS)
    patch = make_patch(open_dataset(path), [drop(0)])
    for name in ("copy.csv", "copy.gz"):
        with pytest.raises(InputError, match=r"written as an archive, .* Give a name that ends in \.zip\."):
            apply_patch(patch, path, tmp_path / name)


def test_an_archive_without_a_dataset_names_itself(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^pets\.zip is empty\."):
        open_dataset(make_zip(tmp_path / "pets.zip", {}))
    with pytest.raises(InputError, match=r"^stuff\.zip holds several tables \(a\.csv, b\.csv\)\."):
        open_dataset(make_zip(tmp_path / "stuff.zip", {"a.csv": "x", "b.csv": "y"}))
