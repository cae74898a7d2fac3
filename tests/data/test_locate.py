import os
from pathlib import Path

import pytest

from emendata.data.locate import existing_file, existing_source, refuse_same_file
from emendata.errors import InputError


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("reveiws.csv", "There is no file {folder}/reveiws.csv. Did you mean 'reviews.csv'?"),
        ("REVIEWS.CSV", "Did you mean 'reviews.csv'?"),
        ("unlike", "There is no file {folder}/unlike. Check the path."),
        ("no/such.csv", "There is no folder {folder}/no, so no file such.csv. Check the path."),
        ("reviews.csv/x", "There is no folder {folder}/reviews.csv, so no file x. Check the path."),
        ("", "{folder} is a folder. Give one of the files in it."),
        ("pipe", "{folder}/pipe is not an ordinary file. Copy its content to a file first."),
        ("a" * 5000, "is no file name: File name too long. Check the path."),
        ("a\0b", "There is no file"),
    ],
)
def test_what_is_no_file_is_answered_with_the_way_out(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "reviews.csv").touch()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError) as caught:
        existing_file(tmp_path / name)
    assert message.format(folder=tmp_path) in str(caught.value)


def test_the_home_of_nobody_is_no_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"Could not determine home directory\. Check the path\."):
        existing_file("~no-such-user/f.csv")
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "f.csv").touch()
    assert existing_file("~/f.csv") == tmp_path / "f.csv"


def test_the_file_that_is_read_is_recognised_by_any_name(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.touch()
    (tmp_path / "soft.csv").symlink_to(source)
    for target in (source, tmp_path / "soft.csv", tmp_path / "x" / ".." / "a.csv"):
        with pytest.raises(InputError, match=r"originals are never changed\. Give another name\."):
            refuse_same_file(source, target)
    refuse_same_file(source, tmp_path / "b.csv")


def test_a_folder_is_a_source_with_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pets" / "cat").mkdir(parents=True)
    assert existing_source(f"{tmp_path}/pets/") == tmp_path / "pets"
    monkeypatch.chdir(tmp_path / "pets")
    assert existing_source(".") == existing_source("cat/..") == tmp_path / "pets"
    assert existing_source("cat") == Path("cat")


def test_nothing_is_written_into_the_folder_that_is_read(tmp_path: Path) -> None:
    source = tmp_path / "pets"
    (source / "cat").mkdir(parents=True)
    (tmp_path / "soft").symlink_to(source)
    for target in (source / "new", source / "cat", tmp_path / "soft" / "x" / "y"):
        with pytest.raises(
            InputError, match=r"lies in the folder that is read, .* Give a place outside of it\."
        ):
            refuse_same_file(source, target)
    with pytest.raises(InputError, match=r"soft is the folder that is read, .* Give another name\."):
        refuse_same_file(source, tmp_path / "soft")
    refuse_same_file(source, tmp_path / "pets.copy")
