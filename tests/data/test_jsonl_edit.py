import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.json_text import KEYS, JsonLine, correction, corrections_of, json_lines, not_dropped, scalars

from emendata.data.jsonl_edit import JsonlSource
from emendata.data.source import Dialect

SOURCE = JsonlSource()


@settings(deadline=None, max_examples=150)
@given(st.lists(json_lines(), min_size=1, max_size=5), st.data())
def test_any_file_keeps_its_unedited_lines_and_comes_back_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, lines: list[JsonLine], data: st.DataObject
) -> None:
    lines.append(JsonLine("", json.dumps(dict.fromkeys(KEYS, "x")), "", dict.fromkeys(KEYS, "x")))
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    edit = st.none() | st.dictionaries(st.sampled_from(KEYS), scalars, min_size=1)
    edits = data.draw(st.dictionaries(st.integers(0, len(lines) - 2), edit))
    folder = tmp_path_factory.mktemp("jsonl")
    before, after, again = (folder / name for name in ("before.jsonl", "after.jsonl", "again.jsonl"))
    before.write_bytes("".join(line.blanks + line.text + line.end for line in lines).encode(encoding))
    reading = SOURCE.read(before, Dialect())
    table, dialect = reading.table, reading.dialect
    made = SOURCE.with_raw(before, corrections_of(lines, edits), dialect)
    SOURCE.rewrite(before, after, made, dialect)
    SOURCE.restore(after, again, made, dialect)

    assert again.read_bytes() == before.read_bytes()
    assert table.num_rows == len(lines)
    left = after.read_bytes().decode(encoding).split("\n")
    at = 0
    for row, line in enumerate(lines):
        changes = edits.get(row, {})
        for blank in line.blanks.splitlines():
            assert left[at].strip() == blank.strip()
            at += 1
        if changes is None:
            continue
        if changes:
            assert not_dropped(json.loads(left[at]), line.fields, changes)
        else:
            assert left[at] == (line.text + line.end).removesuffix("\n")
        at += 1


@pytest.mark.parametrize(
    ("column", "new", "expected"),
    [
        ('"up" "down" null', "up", '"up"'),
        ("1 2 null", "2", "2"),
        ("1 2 null", "7", "7"),
        ("true false null", "false", "false"),
        ("2.0 1 2 null", "2", "2"),
        ("2.0 1.5 null", "2", "2.0"),
        ("1 2 null", "many", '"many"'),
        ('"1" "2" null', "3", '"3"'),
        ("null null null", "3", '"3"'),
    ],
)
def test_a_missing_value_is_filled_with_one_of_the_columns_own_type(
    tmp_path: Path, column: str, new: str, expected: str
) -> None:
    path = tmp_path / "f.jsonl"
    cells = column.split(" ")
    path.write_text("".join(f'{{"k": 0, "y": {cell}}}\n' for cell in cells))
    SOURCE.rewrite(path, tmp_path / "g.jsonl", [correction(len(cells) - 1, "y", None, new)], Dialect())
    assert (tmp_path / "g.jsonl").read_text().splitlines()[-1] == f'{{"k": 0, "y": {expected}}}'
