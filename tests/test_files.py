import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from emendata.errors import OutputError
from emendata.files import TemporaryFolder, make_folder, write_atomically, write_folder


def test_a_failure_inside_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    target = tmp_path / "result.txt"
    target.write_text("old")
    with pytest.raises(UnicodeEncodeError), write_atomically(target) as temporary:
        temporary.write_text("half \ud800")
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["result.txt"]


def test_new_files_get_ordinary_permissions(tmp_path: Path) -> None:
    with write_atomically(tmp_path / "result.txt") as temporary:
        temporary.write_text("new")
    plain = tmp_path / "plain.txt"
    plain.write_text("")
    assert (tmp_path / "result.txt").stat().st_mode == plain.stat().st_mode


def test_a_missing_folder_and_a_folder_in_the_way_are_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="folder does not exist"), write_atomically(tmp_path / "no" / "x"):
        pass
    with pytest.raises(OutputError, match="there is a folder of that name"), write_atomically(tmp_path):
        pass
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"file of that name|part of the path is a file"):
        make_folder(tmp_path / "file" / "sub")


def test_a_folder_is_whole_or_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError), write_folder(tmp_path / "made") as temporary:
        (temporary / "half").write_text("half \ud800")
    assert not list(tmp_path.iterdir())
    (tmp_path / "made").mkdir()
    with write_folder(tmp_path / "made") as temporary:
        (temporary / "whole").write_text("")
    assert [path.name for path in tmp_path.rglob("*")] == ["made", "whole"]
    (tmp_path / "plain").mkdir()
    assert (tmp_path / "made").stat().st_mode == (tmp_path / "plain").stat().st_mode
    for taken in ("made", "made/whole"):
        with pytest.raises(OutputError), write_folder(tmp_path / taken):
            pass


@pytest.mark.skipif(os.name == "nt", reason="needs resource limits")
def test_a_write_that_the_system_cuts_short_ends_in_one_sentence(tmp_path: Path) -> None:
    program = f"""
import resource, signal
from emendata.files import write_atomically
from emendata.errors import OutputError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    with write_atomically({str(tmp_path / "big")!r}) as temporary:
        temporary.write_bytes(bytes(5000))
except OutputError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "larger than this system allows" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_folder_takes_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty"):
        with write_folder(tmp_path / name) as temporary:
            (temporary / "a.txt").write_text("one")
        assert (tmp_path / name / "a.txt").read_text() == "one"
    plain = tmp_path / "plain"
    plain.mkdir()
    assert (tmp_path / "new").stat().st_mode == plain.stat().st_mode
    with pytest.raises(ZeroDivisionError), write_folder(tmp_path / "broken") as temporary:
        (temporary / "a.txt").write_text(str(1 / 0))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "new", "plain"]


def test_a_folder_never_takes_the_place_of_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").write_text("old")
    (tmp_path / "file").write_text("old")
    for name, why in {
        "full": "with files in it",
        "file": "is a file of that name",
        "no/x": "does not exist",
    }.items():
        with pytest.raises(OutputError, match=why), write_folder(tmp_path / name):
            pytest.fail("nothing is to be written")
    assert (tmp_path / "full" / "a.txt").read_text() == (tmp_path / "file").read_text() == "old"


def test_a_temporary_folder_goes_with_its_object() -> None:
    held = TemporaryFolder()
    path = held.path
    (path / "a.txt").write_text("one")
    del held
    gc.collect()
    assert not path.exists()
