import os
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.folders import contents, write_files

from emendata.data.tree import copy_files, files_below, is_inside, natural, tree_of
from emendata.errors import InputError, OutputError


def test_files_come_in_natural_order_folder_by_folder(tmp_path: Path) -> None:
    names = ["a/2.png", "a/10.png", "a/b/1.png", "a1/0.png", "a10/0.png", "b.png", "B.png"]
    write_files(tmp_path, dict.fromkeys(names, "x"))
    assert tree_of(tmp_path).files == (
        "B.png", "a/2.png", "a/10.png", "a/b/1.png", "a1/0.png", "a10/0.png", "b.png"
    )  # fmt: skip


def test_hidden_files_and_project_folders_are_not_seen(tmp_path: Path) -> None:
    hidden = [".git/config", "cat/.DS_Store", "Thumbs.db", "__MACOSX/cat/1.png", "a.csv.emendata/scores.csv"]
    write_files(tmp_path, dict.fromkeys([*hidden, "cat/1.png"], "x"))
    tree = tree_of(tmp_path)
    assert (tree.files, tree.n_left_out) == (("cat/1.png",), 0)


def test_links_count_where_they_stay_inside_and_never_go_round(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "pets", {"cat/1.png": "x"})
    (tmp_path / "secret.png").write_text("x")
    (folder / "cat" / "2.png").symlink_to("1.png")
    for name, goal in {
        "out.png": "../secret.png",
        "round": ".",
        "self.png": "self.png",
        "gone.png": "no",
    }.items():
        (folder / name).symlink_to(goal)
    os.mkfifo(folder / "pipe.png")
    tree = tree_of(folder)
    assert (tree.files, tree.n_left_out) == (("cat/1.png", "cat/2.png"), 5)


def test_names_that_are_no_text_are_left_out(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff.png")).touch()
    tree = tree_of(tmp_path)
    assert (tree.files, tree.n_left_out) == ((), 1)


def test_all_files_are_below_but_those_of_projects_and_elsewhere(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "pets", dict.fromkeys(["a.png", ".git/x", "pets.emendata/y"], "x"))
    raw = os.fsdecode(b"\xff.png")
    (folder / raw).touch()
    (folder / "out.png").symlink_to("/etc/passwd")
    assert set(files_below(folder)) == {"a.png", ".git/x", raw}


@given(st.lists(st.text("ab01.-", min_size=1, max_size=5)), st.randoms())
def test_natural_order_is_one_order(names: list[str], random: Random) -> None:
    shuffled = random.sample(names, len(names))
    assert sorted(names, key=natural) == sorted(shuffled, key=natural)


@pytest.mark.parametrize(
    "name", ["..", "../a", "a/../../b", "/etc/passwd", "\\a", "C:\\a", "C:a", "a\\..\\..\\b", "", ".", "a\0b"]
)
def test_what_leads_out_of_a_folder_is_not_inside(name: str) -> None:
    assert not is_inside(name)
    assert is_inside("a/b c/..d.png")


def test_files_are_copied_under_new_names_and_are_no_links(tmp_path: Path) -> None:
    source = write_files(tmp_path / "a", {"x/1": "one", "y": "two"})
    copy_files(source, tmp_path / "b", {"x/1": "z/2"})
    assert contents(tmp_path / "b") == {"z/2": b"one"}
    assert not (tmp_path / "b" / "z" / "2").samefile(source / "x" / "1")


def test_a_copy_says_which_file_it_could_not_read_or_write(tmp_path: Path) -> None:
    write_files(tmp_path, {"a/1": "one", "b": "a file"})
    with pytest.raises(InputError, match=r"2 cannot be read .*take it out of the folder"):
        copy_files(tmp_path / "a", tmp_path / "c", {"2": "2"})
    with pytest.raises(OutputError, match="Cannot write"):
        copy_files(tmp_path / "a", tmp_path / "b", {"1": "1"})
