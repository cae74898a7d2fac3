import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.csv_text import CsvFile, Row, csv_files, values

from emendata.data.csv_edit import CsvSource
from emendata.data.source import Dialect
from emendata.data.values import as_text, same_value
from emendata.errors import UnknownName
from emendata.records import Correction, CorrectionKind

SOURCE = CsvSource()


def correction(row: int, column: str | None, old: object, new: object) -> Correction:
    kind: CorrectionKind = "exclude_outlier" if column is None else "relabel"
    return Correction(kind, row, str(row), column, old, new, "", {}, 0.5)


@st.composite
def edited_files(draw: st.DrawFn) -> tuple[CsvFile, dict[int, dict[str, str] | None]]:
    """Draw a file and by row the new values of its columns, or None where the row goes."""
    file = draw(csv_files())
    names = st.sampled_from([f"c{i}" for i in range(file.n_columns)])
    edit = st.none() | st.dictionaries(names, values, min_size=1)
    edits = draw(st.dictionaries(st.integers(0, len(file.rows) - 1), edit))
    if len(edits) == len(file.rows) and not any(edits.values()):
        edits.popitem()  # a file without rows is none
    return file, edits


@settings(deadline=None, max_examples=150)
@given(edited_files())
def test_any_file_keeps_its_unedited_records_and_comes_back_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, edited: tuple[CsvFile, dict[int, dict[str, str] | None]]
) -> None:
    file, edits = edited
    folder = tmp_path_factory.mktemp("csv")
    before, after, again = (folder / name for name in ("before.csv", "after.csv", "again.csv"))
    before.write_bytes(file.content)
    dialect = Dialect(file.encoding, file.delimiter)
    table = SOURCE.read(before, dialect).table
    corrections = [
        correction(row, name, None if name is None else as_text(table[name][row].as_py()), new)
        for row, changes in edits.items()
        for name, new in (changes.items() if changes else [(None, None)])
    ]
    made = SOURCE.with_raw(before, corrections, dialect)
    SOURCE.rewrite(before, after, made, dialect)
    SOURCE.restore(after, again, made, dialect)

    assert again.read_bytes() == file.content
    text = after.read_bytes()[len(file.mark) :].decode(file.encoding)
    kept = [_pattern(record, edits.get(row, {})) for row, record in enumerate(file.rows)]
    assert re.fullmatch(re.escape(file.head) + "".join(kept) + re.escape(file.tail), text, re.DOTALL)
    left = [row for row in range(len(file.rows)) if edits.get(row, {}) is not None]
    found = SOURCE.read(after, dialect).table
    assert found.num_rows == len(left)
    for position, row in enumerate(left):
        for name, new in (edits.get(row) or {}).items():
            assert same_value(found[name][position].as_py(), new)


def _pattern(row: Row, edit: dict[str, str] | None) -> str:
    """Return what must have become of a row: itself, something, or only the blank lines above it."""
    became = "" if edit is None else ".*" if edit else re.escape(row.source)
    return re.escape(row.blanks) + became


def test_new_values_are_written_in_the_way_that_most_of_their_column_is(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("y\n1\n2.00\n2.0\n2.0\n")
    SOURCE.rewrite(path, tmp_path / "g.csv", [correction(0, "y", "1", "2")], Dialect())
    assert (tmp_path / "g.csv").read_text() == "y\n2.0\n2.00\n2.0\n2.0\n"


def test_a_column_that_is_not_there_is_named_with_the_nearest_one(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("text,mood\na,up\n")
    with pytest.raises(UnknownName, match=r"There is no column 'mod'\. Did you mean 'mood'\?"):
        SOURCE.rewrite(path, tmp_path / "g.csv", [correction(0, "mod", "up", "down")], Dialect())
    assert not (tmp_path / "g.csv").exists()
