"""A patch for data that changed since: three versions, and what becomes of each cell."""

from pathlib import Path

import pytest
from tests.journeys.command import emendata

from emendata.corrections import (
    Patch,
    apply_patch,
    make_patch,
    read_patch,
    rebase_patch,
    revert_patch,
    write_patch,
)
from emendata.data import open_dataset
from emendata.errors import PatchConflict
from emendata.records import Correction

BASE = "tag,size,kind\na1,1.5,cat\na2,2.5,dog\na3,3.5,cat\na4,4.5,dog\na5,5.5,cat\n"


def patch_for(folder: Path, text: str = BASE) -> Patch:
    path = folder / "pets.csv"
    path.write_text(text)
    data = open_dataset(path, label="kind", roles={"tag": "id"} if "tag" in text else None)
    ids = data.row_ids()
    change = [
        Correction("relabel", 0, ids[0], "kind", "cat", "dog", "It barks.", {}, 0.1),
        Correction("relabel", 2, ids[2], "kind", "cat", "dog", "It barks.", {}, 0.1),
        Correction("drop_duplicate", 3, ids[3], None, None, None, "Again.", {}, 0.1),
        Correction("set_cell", 4, ids[4], "size", 5.5, 55, "A point is missing.", {}, 0.1),
    ]
    return make_patch(data, change)


def later(folder: Path, text: str) -> Path:
    path = folder / "today.csv"
    path.write_text(text)
    return path


@pytest.mark.parametrize("with_ids", [True, False])
def test_rows_that_moved_and_new_ones_are_no_obstacle(tmp_path: Path, with_ids: bool) -> None:
    def cut(text: str) -> str:
        return text if with_ids else "\n".join(line.partition(",")[2] for line in text.splitlines()) + "\n"

    patch = patch_for(tmp_path, cut(BASE))
    rows = ["n1,9.5,cow", "a5,5.5,cat", "a4,4.5,dog", "a3,3.5,cat", "a2,2.5,dog", "a1,1.5,cat", "n2,8.5,cow"]
    path = later(tmp_path, cut("\n".join(["tag,size,kind", *rows, ""])))
    rebased = rebase_patch(patch, path)
    assert (rebased.conflicts, rebased.n_there) == ((), 0)
    assert [c.row for c in rebased.patch.corrections] == [1, 2, 3, 5]
    apply_patch(rebased.patch, path, tmp_path / "right.csv")
    assert (tmp_path / "right.csv").read_text() == cut(
        "tag,size,kind\nn1,9.5,cow\na5,55,cat\na3,3.5,dog\na2,2.5,dog\na1,1.5,dog\nn2,8.5,cow\n"
    )
    revert_patch(rebased.patch, tmp_path / "right.csv", tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == path.read_bytes()


def test_what_is_there_already_is_counted_and_what_differs_is_a_conflict(tmp_path: Path) -> None:
    patch = patch_for(tmp_path)
    path = later(tmp_path, "tag,size,kind\na1,1.5,dog\na2,2.5,dog\na3,3.5,cow\na5,5.5,cat\n")
    rebased = rebase_patch(patch, path)
    assert rebased.n_there == 2  # a1 is a dog already, and a4 is gone
    (conflict,) = rebased.conflicts
    assert conflict.correction.id == "a3"
    assert "has 'cow' in column 'kind', where the patch knows 'cat' and wants 'dog'" in conflict.reason
    assert [(c.row, c.new) for c in rebased.patch.corrections] == [(3, 55)]


def test_a_row_or_column_that_is_gone_is_said(tmp_path: Path) -> None:
    patch = patch_for(tmp_path)
    path = later(tmp_path, "tag,kind\na1,cat\na2,dog\na4,dog\na5,cat\n")
    reasons = [conflict.reason for conflict in rebase_patch(patch, path).conflicts]
    assert reasons == [
        "Row a3 is gone, or changed beyond recognition.",
        "There is no column 'size' any more.",
    ]


def test_another_file_is_refused(tmp_path: Path) -> None:
    patch = patch_for(tmp_path)
    with pytest.raises(PatchConflict, match="None of the 4 corrections fits"):
        rebase_patch(
            patch, later(tmp_path, "tag,size,kind\n" + "".join(f"z{i},{i},{'ab'[i % 2]}\n" for i in range(6)))
        )


def test_the_command_makes_what_fits_keeps_what_does_not_and_can_take_it_back(tmp_path: Path) -> None:
    write_patch(patch_for(tmp_path), tmp_path / "p.jsonl")
    path = later(tmp_path, "tag,size,kind\na2,2.5,dog\na1,1.5,cat\na3,3.5,cow\na4,4.5,dog\na5,5.5,cat\n")
    refused = emendata("apply", "p.jsonl", "today.csv", "-o", "out.csv", cwd=tmp_path)
    assert refused.returncode == 2
    merged = emendata("apply", "p.jsonl", "today.csv", "-o", "out.csv", "--merge", cwd=tmp_path)
    assert (merged.returncode, merged.stderr) == (1, "")
    assert "Left out, for they do not fit any more: 1 corrections." in merged.stdout
    assert (
        tmp_path / "out.csv"
    ).read_text() == "tag,size,kind\na2,2.5,dog\na1,1.5,dog\na3,3.5,cow\na5,55,cat\n"
    (left,) = read_patch(tmp_path / "out.csv.conflicts.jsonl").corrections
    assert left.id == "a3"
    back = emendata("apply", "out.csv.patch.jsonl", "out.csv", "-o", "back.csv", "--revert", cwd=tmp_path)
    assert back.returncode == 0, back.stderr
    assert (tmp_path / "back.csv").read_bytes() == path.read_bytes()


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    write_patch(patch_for(tmp_path), tmp_path / "p.jsonl")
    before = sorted(tmp_path.iterdir())
    tried = emendata("apply", "p.jsonl", "pets.csv", "-o", "out.csv", "--dry-run", cwd=tmp_path)
    assert (tried.returncode, tried.stderr) == (0, "")
    assert tried.stdout.startswith("Would be made: 2 label changes, 1 duplicate removal")
    assert sorted(tmp_path.iterdir()) == before
    later(tmp_path, BASE.replace("cat", "cow"))
    misfit = emendata("apply", "p.jsonl", "today.csv", "-o", "out.csv", "--dry-run", cwd=tmp_path)
    assert misfit.returncode == 2
    assert not (tmp_path / "out.csv").exists()
