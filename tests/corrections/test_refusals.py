"""Patches that do not fit, and what may never be written."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest
from pyarrow import csv, feather, parquet
from tests.corrections.patches import drop, patch_of, relabel

from emendata.corrections.apply import apply_patch, revert_patch
from emendata.corrections.patch import Patch
from emendata.errors import InputError, OutputError, PatchConflict
from emendata.records import Correction


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    path = tmp_path / "reviews.csv"
    path.write_text("text,mood\ngood,up\nbad,up\ntwin,down\ntwin,down\n")
    return path


def test_a_file_that_changed_elsewhere_still_takes_the_patch(reviews: Path) -> None:
    patch = patch_of(reviews, relabel(1, "mood", "up", "down"), drop(3))
    reviews.write_text("text,mood\nvery good,up\nbad,up\ntwin,down\ntwin,down\n")
    apply_patch(patch, reviews, reviews.with_name("c.csv"))
    assert reviews.with_name("c.csv").read_text() == "text,mood\nvery good,up\nbad,down\ntwin,down\n"
    assert revert_patch(patch, reviews.with_name("c.csv"), reviews.with_name("o.csv")).exact is False


WRITERS: dict[str, Callable[[pa.Table, Path], None]] = {
    ".csv": csv.write_csv,
    ".jsonl": lambda table, path: pl.DataFrame(table.to_pylist()).write_ndjson(path),
    ".json": lambda table, path: pl.DataFrame(table.to_pylist()).write_json(path),
    ".parquet": parquet.write_table,
    ".feather": feather.write_feather,
}


@pytest.mark.parametrize("suffix", WRITERS)
def test_another_row_than_the_patch_drops_is_never_dropped(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"reviews{suffix}"
    rows = [{"text": f"row {i}", "mood": "up"} for i in range(4)]
    WRITERS[suffix](pa.Table.from_pylist(rows), path)
    patch = patch_of(path, drop(2))
    rows[2]["text"] = "precious"
    WRITERS[suffix](pa.Table.from_pylist(rows), path)
    with pytest.raises(PatchConflict, match="Row 2 is not the row that the patch drops"):
        apply_patch(patch, path, tmp_path / f"c{suffix}")
    rows[2]["text"], rows[0]["text"] = "row 2", "another elsewhere"
    WRITERS[suffix](pa.Table.from_pylist(rows), path)
    assert apply_patch(patch, path, tmp_path / f"c{suffix}").n_rows == 3


def test_a_row_of_json_is_the_same_however_it_is_laid_out(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text('[{"a": 1, "y": "b"},\n {"a": 1, "y": "c"}]')
    patch = patch_of(path, drop(1))
    path.write_text('[{"a":1,"y":"b"},\r\n{"a":1,"y":"c"}]')
    apply_patch(patch, path, tmp_path / "c.json")
    assert (tmp_path / "c.json").read_text() == '[{"a":1,"y":"b"}]'


def test_a_patch_that_drops_all_rows_is_refused(reviews: Path) -> None:
    patch = patch_of(reviews, *(drop(row) for row in range(4)))
    with pytest.raises(
        PatchConflict, match=r"drops all 4 rows\. Take some drops out of it\. Nothing was written"
    ):
        apply_patch(patch, reviews, reviews.with_name("c.csv"))


def test_a_file_that_does_not_fit_is_refused_with_the_first_row(reviews: Path) -> None:
    patch = patch_of(reviews, relabel(1, "mood", "up", "down"), drop(2), drop(3))
    reviews.write_text("text,mood\ngood,up\nbad,SIDEWAYS\nother,down\ntwin,down\n")
    with pytest.raises(
        PatchConflict, match=r"Row 1 has 'SIDEWAYS'.* expects 'up'; 2 of 3 .*Nothing was written"
    ):
        apply_patch(patch, reviews, reviews.with_name("c.csv"))
    assert not reviews.with_name("c.csv").exists()


def test_another_number_of_rows_or_column_is_refused(reviews: Path) -> None:
    patch = patch_of(reviews, relabel(1, "mood", "up", "down"))
    reviews.write_text("text,mood\ngood,up\n")
    with pytest.raises(PatchConflict, match=r"made for 4 rows and reviews\.csv has 1"):
        apply_patch(patch, reviews, reviews.with_name("c.csv"))
    reviews.write_text("text,sentiment\na,up\nb,up\nc,up\nd,up\n")
    with pytest.raises(PatchConflict, match="Row 1 has no column 'mood'"):
        apply_patch(patch, reviews, reviews.with_name("c.csv"))


@pytest.mark.parametrize(
    "corrections",
    [(relabel(1, "mood", "up", "down"),), (drop(3),), (relabel(0, "mood", "up", "down"), drop(3))],
)
def test_a_patch_is_not_applied_twice(reviews: Path, corrections: tuple[Correction, ...]) -> None:
    patch = patch_of(reviews, *corrections)
    apply_patch(patch, reviews, reviews.with_name("c.csv"))
    with pytest.raises(PatchConflict, match=r"seems to be applied to c\.csv already"):
        apply_patch(patch, reviews.with_name("c.csv"), reviews.with_name("d.csv"))


def test_only_a_corrected_file_can_be_taken_back(reviews: Path) -> None:
    patch = patch_of(reviews, relabel(1, "mood", "up", "down"))
    with pytest.raises(PatchConflict, match="is the original, so there is nothing to take back"):
        revert_patch(patch, reviews, reviews.with_name("o.csv"))
    reviews.write_text("text,mood\ngood,up\nbad,up\nx,down\ny,down\n")
    with pytest.raises(PatchConflict, match="is not what applying the patch"):
        revert_patch(patch, reviews, reviews.with_name("o.csv"))


def test_another_format_is_refused(reviews: Path) -> None:
    patch = patch_of(reviews, relabel(1, "mood", "up", "down"))
    other = reviews.with_name("r.jsonl")
    other.write_text('{"mood": "up"}\n')
    with pytest.raises(
        PatchConflict, match=r"a CSV file, and r.jsonl is a JSON lines file. Give it reviews.csv"
    ):
        apply_patch(patch, other, reviews.with_name("c.jsonl"))


def test_the_original_is_never_written_by_whatever_name(reviews: Path) -> None:
    patch = patch_of(reviews, relabel(1, "mood", "up", "down"))
    soft, hard = reviews.with_name("soft.csv"), reviews.with_name("hard.csv")
    soft.symlink_to(reviews)
    os.link(reviews, hard)
    before = reviews.read_bytes()
    for target in (reviews, soft, hard, reviews.parent / "." / "reviews.csv"):
        with pytest.raises(InputError, match="originals are never changed"):
            apply_patch(patch, reviews, target)
    assert reviews.read_bytes() == before
    with pytest.raises(OutputError, match="folder does not exist"):
        apply_patch(patch, reviews, reviews.parent / "no" / "c.csv")


def test_a_drop_whose_text_was_lost_cannot_be_taken_back(reviews: Path) -> None:
    patch = patch_of(reviews, drop(3))
    apply_patch(patch, reviews, reviews.with_name("c.csv"))
    lost = Patch(patch.source, "csv", patch.sha256, 4, None, (drop(3),), "utf-8", ",")
    with pytest.raises(PatchConflict, match="lacks the text of row 3"):
        revert_patch(lost, reviews.with_name("c.csv"), reviews.with_name("o.csv"))


def test_a_patch_whose_rows_were_mixed_up_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("key,y\na1,up\na2,up\na3,down\n")
    patch = patch_of(path, replace(relabel(0, "y", "up", "down"), id="a2"))
    with pytest.raises(PatchConflict, match="Row 0 is not the row 'a2', which is row 1"):
        apply_patch(patch, path, tmp_path / "c.csv")
    assert not (tmp_path / "c.csv").exists()


def test_an_old_value_that_is_not_there_is_refused_even_in_the_very_file(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("key,y\na1,up\na2,up\n")
    patch = patch_of(path, relabel(0, "y", "wrong", "down"))
    with pytest.raises(PatchConflict, match="has 'up' in column 'y' where the patch expects 'wrong'"):
        apply_patch(patch, path, tmp_path / "c.csv")


def test_a_csv_file_is_not_written_under_the_name_of_another_format(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("key,y\na1,up\na2,up\n")
    patch = patch_of(path, relabel(0, "y", "up", "down"))
    with pytest.raises(InputError, match=r"Give a name that ends in \.csv"):
        apply_patch(patch, path, tmp_path / "c.parquet")
