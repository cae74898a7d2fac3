import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corrections.patches import drop, relabel
from tests.data.folders import PETS, contents, write_files

from emendata.corrections import Patch, apply_patch, make_patch, revert_patch
from emendata.data import open_dataset, sources
from emendata.data.source import Dialect
from emendata.errors import InputError, OutputError, PatchConflict
from emendata.records import Correction

CORRECTED = {"cat/10.txt": "a mouse", "dog/1.txt": "bark", "dog/1-2.txt": "purr"}


@pytest.fixture
def pets(tmp_path: Path) -> Path:
    return write_files(tmp_path / "pets", PETS)


def patch_of(folder: Path, *corrections: Correction) -> Patch:
    return make_patch(open_dataset(folder), corrections)


def encoded(files: dict[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in files.items()}


def test_a_file_goes_to_the_folder_of_its_class_and_comes_back(pets: Path) -> None:
    others = {"notes.pdf": b"%PDF", "cat/sub/list.csv": b"x"}
    write_files(pets, others)
    patch = patch_of(pets, relabel(0, "label", "cat", "dog"), drop(1))
    copy, again = pets.with_name("copy"), pets.with_name("again")
    assert apply_patch(patch, pets, copy).n_rows == 3
    assert contents(copy) == encoded(CORRECTED) | others
    done = revert_patch(patch, copy, again)
    assert (done.exact, done.n_rows) == (True, 4)
    assert contents(again) == contents(pets) == encoded(PETS) | others


def test_hidden_files_and_names_that_are_no_text_come_along_and_back(pets: Path) -> None:
    others = {".git/config": b"x", "cat/.DS_Store": b"y", os.fsdecode(b"cat/\xff.txt"): b"z"}
    write_files(pets, others)
    patch = patch_of(pets, relabel(0, "label", "cat", "dog"), drop(1))
    apply_patch(patch, pets, pets.with_name("copy"))
    assert contents(pets.with_name("copy")) == encoded(CORRECTED) | others
    assert revert_patch(patch, pets.with_name("copy"), pets.with_name("again")).exact
    assert contents(pets.with_name("again")) == encoded(PETS) | others


def test_a_new_class_gets_a_folder_and_no_class_none(pets: Path) -> None:
    patch = patch_of(pets, relabel(0, "label", "cat", "tom cat"), relabel(3, "label", "dog", None))
    apply_patch(patch, pets, pets.with_name("copy"))
    assert set(contents(pets.with_name("copy"))) == {"cat/2.txt", "cat/10.txt", "tom cat/1.txt", "1.txt"}
    assert revert_patch(patch, pets.with_name("copy"), pets.with_name("again")).exact


def test_files_move_within_their_split(tmp_path: Path) -> None:
    files = {"train/cat/1.txt": "a", "train/dog/1.txt": "b", "test/cat/1.txt": "c"}
    folder = write_files(tmp_path / "pets", files)
    patch = patch_of(folder, relabel(0, "label", "cat", "dog"))
    apply_patch(patch, folder, tmp_path / "copy")
    assert set(contents(tmp_path / "copy")) == {"train/cat/1.txt", "train/dog/1.txt", "test/dog/1.txt"}


def test_the_new_label_may_be_edited_in_the_patch(pets: Path) -> None:
    patch = patch_of(pets, relabel(0, "label", "cat", "dog"))
    edited = replace(patch, corrections=(replace(patch.corrections[0], new="bird"),))
    apply_patch(edited, pets, pets.with_name("copy"))
    assert "bird/1.txt" in contents(pets.with_name("copy"))
    assert revert_patch(edited, pets.with_name("copy"), pets.with_name("again")).exact


def test_a_folder_that_does_not_come_back_exactly_is_told(pets: Path) -> None:
    patch = patch_of(pets, relabel(0, "label", "cat", "dog"))
    apply_patch(patch, pets, pets.with_name("copy"))
    write_files(pets.with_name("copy"), {"notes.pdf": "new"})
    assert revert_patch(patch, pets.with_name("copy"), pets.with_name("again")).exact is False


@pytest.mark.parametrize("label", ["", "..", ".hidden", "a/b", "a\\b", "C:", "  ", "x.emendata"])
def test_a_class_that_can_be_no_folder_is_refused(pets: Path, label: str) -> None:
    patch = patch_of(pets, relabel(0, "label", "cat", label))
    with pytest.raises(
        InputError, match=r"cannot be the name of a folder.* Give it another name in the patch\."
    ):
        apply_patch(patch, pets, pets.with_name("copy"))
    assert sorted(path.name for path in pets.parent.iterdir()) == ["pets"]


def test_only_the_label_can_be_corrected(pets: Path) -> None:
    patch = patch_of(pets, relabel(0, "text", "purr", "meow"))
    with pytest.raises(InputError, match="only column 'label' of a folder can be corrected, not 'text'"):
        apply_patch(patch, pets, pets.with_name("copy"))


def test_rows_are_found_by_their_files_where_others_came_between(pets: Path) -> None:
    patch = patch_of(pets, relabel(0, "label", "cat", "dog"), drop(1))
    (pets / "dog" / "1.txt").rename(pets / "cat" / "0.txt")
    apply_patch(patch, pets, pets.with_name("copy"))
    left = {"cat/0.txt": "bark", "cat/10.txt": "a mouse", "dog/1.txt": "purr"}
    assert contents(pets.with_name("copy")) == encoded(left)


@pytest.mark.parametrize("label", ["c:cat", "a\\..\\b"])
def test_names_that_only_this_system_allows_are_corrected_too(tmp_path: Path, label: str) -> None:
    odd = f"{label}/2\\..\\x.txt"
    files = {"cat/1.txt": "purr", "dog/1.txt": "bark", odd: "meow", f"{label}/3.txt": "hiss"}
    folder = write_files(tmp_path / "pets", files)
    rows = {name: row for row, name in enumerate(open_dataset(folder).table["file"].to_pylist())}
    changes = [
        relabel(rows["dog/1.txt"], "label", "dog", label),
        relabel(rows[odd], "label", label, "cat"),
        drop(rows[f"{label}/3.txt"]),
    ]
    patch = patch_of(folder, *changes)
    apply_patch(patch, folder, tmp_path / "copy")
    left = {"cat/1.txt": "purr", f"{label}/1.txt": "bark", "cat/2\\..\\x.txt": "meow"}
    assert contents(tmp_path / "copy") == encoded(left)
    assert revert_patch(patch, tmp_path / "copy", tmp_path / "again").exact
    assert contents(tmp_path / "again") == encoded(files)


def test_a_file_that_is_none_of_the_folder_is_not_copied_into_it(pets: Path) -> None:
    write_files(pets.parent, {"secret.txt": "secret"})
    for name in ("../secret.txt", "cat/9.txt", str(pets.parent / "secret.txt")):
        lost = replace(relabel(0, "label", "cat", "dog"), raw=json.dumps({"file": name}))
        with pytest.raises(PatchConflict):
            sources["folder"].rewrite(pets, pets.with_name("copy"), [lost], Dialect())
    assert not pets.with_name("copy").exists()


@pytest.mark.parametrize(
    ("files", "corrections", "why"),
    [
        (
            [*(f"cat/{i}.txt" for i in range(20)), "dog/1.png", "dog/2.png"],
            [drop(0)],
            "it would hold images instead of texts",
        ),
        (
            ["dog/1.png", "test/1.png"],
            [relabel(0, "label", "dog", "test")],
            "the names of all its folders would be those of splits",
        ),
        (
            ["test/cat/1.png", "train/dog/1.png", "train/dog/2.png"],
            [relabel(1, "label", "dog", None), relabel(0, "label", "cat", None), drop(2)],
            "no file would lie in the folder of a class",
        ),
        (
            ["cat/1.png", "dog/1.png", "meta.csv"],
            [relabel(1, "label", "dog", "cat")],
            "with less than two classes, meta.csv would count as its table",
        ),
    ],
)
def test_what_would_be_read_as_another_folder_is_not_written(
    tmp_path: Path, files: list[str], corrections: list[Correction], why: str
) -> None:
    folder = write_files(tmp_path / "pets", {name: f"a\n{name}\n" for name in files})
    with pytest.raises(InputError, match=f"The corrected pets would be read as another folder: {why}. Take"):
        apply_patch(patch_of(folder, *corrections), folder, tmp_path / "copy")
    assert [path.name for path in tmp_path.iterdir()] == ["pets"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda pets: (pets / "cat/1.txt").rename(pets / "cat/3.txt"), r"Row 0 \(cat/1.txt\) is not there"),
        (lambda pets: (pets / "cat/2.txt").write_text("cream"), "Row 1 is not the row that the patch drops"),
        (lambda pets: (pets / "cat/3.txt").write_text("new"), "was made for 4 rows and pets has 5"),
    ],
)
def test_another_folder_than_the_patch_is_for_is_refused(pets: Path, change: object, message: str) -> None:
    patch = patch_of(pets, replace(relabel(0, "label", "cat", "dog"), id="cat/1.txt"), drop(1))
    assert callable(change)
    change(pets)
    with pytest.raises(PatchConflict, match=message):
        apply_patch(patch, pets, pets.with_name("copy"))
    assert not pets.with_name("copy").exists()


def test_what_was_corrected_already_is_not_corrected_again(pets: Path) -> None:
    patch = patch_of(pets, relabel(0, "label", "cat", "dog"), drop(1))
    apply_patch(patch, pets, pets.with_name("copy"))
    with pytest.raises(PatchConflict, match="seems to be applied to copy already"):
        apply_patch(patch, pets.with_name("copy"), pets.with_name("twice"))
    with pytest.raises(PatchConflict, match="pets is the original"):
        revert_patch(patch, pets, pets.with_name("back"))


def test_a_target_that_is_there_or_inside_is_refused(pets: Path) -> None:
    patch = patch_of(pets, relabel(0, "label", "cat", "dog"))
    write_files(pets.parent, {"full/a.txt": "x", "a file": "x", "empty/.keep": ""})
    (pets.parent / "empty" / ".keep").unlink()
    before = contents(pets.parent)
    with pytest.raises(OutputError, match="a folder of that name with files in it"):
        apply_patch(patch, pets, pets.parent / "full")
    with pytest.raises(OutputError, match="a file of that name where a folder is needed"):
        apply_patch(patch, pets, pets.parent / "a file")
    for target in (pets, pets / "copy", pets / "cat" / ".." / "x"):
        with pytest.raises(InputError, match="originals are never changed"):
            apply_patch(patch, pets, target)
    with pytest.raises(
        InputError, match=r"The result is written as a folder of files, .* Give a name without such an ending"
    ):
        apply_patch(patch, pets, pets.parent / "copy.zip")
    assert contents(pets.parent) == before
    apply_patch(patch, pets, pets.parent / "empty")


@pytest.mark.parametrize(
    "raw", [None, "no JSON", "[1]", '{"file": "../../etc/passwd", "data": ""}', '{"data": ""}']
)
def test_a_patch_that_lost_the_name_of_a_file_takes_nothing_back(pets: Path, raw: str | None) -> None:
    patch = patch_of(pets, drop(1))
    apply_patch(patch, pets, pets.with_name("copy"))
    lost = replace(patch, corrections=(replace(patch.corrections[0], raw=raw),))
    with pytest.raises(PatchConflict, match="lacks the name of its file for row 1"):
        revert_patch(lost, pets.with_name("copy"), pets.with_name("again"))
    lost = replace(patch, corrections=(replace(patch.corrections[0], raw=json.dumps({"file": "cat/2.txt"})),))
    with pytest.raises(PatchConflict, match="lacks the bytes of its file for row 1"):
        revert_patch(lost, pets.with_name("copy"), pets.with_name("again"))
    assert not pets.with_name("again").exists()


def test_a_file_that_cannot_be_copied_leaves_nothing_behind(pets: Path) -> None:
    patch = patch_of(pets, relabel(0, "label", "cat", "x" * 300))
    with pytest.raises(OutputError, match="the name is too long"):
        apply_patch(patch, pets, pets.with_name("copy"))
    assert [path.name for path in pets.parent.iterdir()] == ["pets"]


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(
        st.builds(
            "{}/{}.txt".format,
            st.sampled_from(["a", "b", "c"]),
            st.sampled_from(["1", "1-2", "1-3", "2", "X"]),
        ),
        st.text("xyz", min_size=1),
        min_size=2,
    ),
    st.data(),
)
def test_any_folder_comes_back_byte_for_byte(files: dict[str, str], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as top:
        folder = write_files(Path(top) / "f", files)
        dataset = open_dataset(folder)
        corrections = chosen(data, dataset.table["label"].to_pylist())
        patch = make_patch(dataset, corrections)
        apply_patch(patch, folder, Path(top) / "copy")
        assert revert_patch(patch, Path(top) / "copy", Path(top) / "again").exact
        assert contents(Path(top) / "again") == encoded(files)


def chosen(data: st.DataObject, labels: Sequence[str]) -> list[Correction]:
    rows = data.draw(
        st.lists(st.integers(0, len(labels) - 1), unique=True, min_size=1, max_size=len(labels) - 1)
    )
    news = [data.draw(st.sampled_from(["a", "b", "c", "new", "drop"])) for _ in rows]
    return [
        drop(row) if new == "drop" else relabel(row, "label", labels[row], new)
        for row, new in zip(rows, news, strict=True)
        if new != labels[row]
    ] or [drop(rows[0])]
