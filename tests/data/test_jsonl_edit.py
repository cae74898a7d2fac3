import json
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.data.jsonl_edit import JsonlSource
from emendata.data.source import Dialect
from emendata.data.values import as_text
from emendata.records import Correction, CorrectionKind, Json

SOURCE = JsonlSource()
KEYS = ("a", "ü", 'q"\\')


def correction(row: int, column: str | None, old: Json, new: Json) -> Correction:
    kind: CorrectionKind = "exclude_outlier" if column is None else "relabel"
    return Correction(kind, row, str(row), column, old, new, "", {}, 0.5)


class JsonLine(NamedTuple):
    """The blank lines above an object, its text, its line ending and the object itself."""

    blanks: str
    text: str
    end: str
    fields: dict[str, Json]


texts = st.text(st.sampled_from([*'ab01,:{}[]"\\', "é", "😀", "\n", "\t", " ", "\u2028"]), max_size=5)
scalars = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(-1e9, 1e9) | texts
values = scalars | st.lists(scalars, max_size=2) | st.dictionaries(texts, scalars, max_size=2)
ends = st.sampled_from(["\n", "\r\n", " \n"])


@st.composite
def json_lines(draw: st.DrawFn) -> JsonLine:
    members = draw(st.lists(st.tuples(st.sampled_from(KEYS), values), max_size=4))
    space = st.sampled_from(["", " ", "\t "])
    ascii_only = draw(st.booleans())
    text = ",".join(
        f"{draw(space)}{json.dumps(key, ensure_ascii=ascii_only)}{draw(space)}:{draw(space)}"
        f"{json.dumps(value, ensure_ascii=ascii_only)}{draw(space)}"
        for key, value in members
    )
    blanks = "".join(draw(st.lists(ends, max_size=2)))
    return JsonLine(blanks, draw(space) + "{" + (text or draw(space)) + "}", draw(ends), dict(members))


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
    table, dialect = SOURCE.read(before, Dialect())
    corrections = [
        correction(row, key, None if key is None else lines[row].fields.get(key), new)
        for row, changes in edits.items()
        for key, new in (changes.items() if changes else [(None, None)])
    ]
    made = SOURCE.with_raw(before, corrections, dialect)
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


def not_dropped(found: dict[str, Json], fields: dict[str, Json], changes: dict[str, Json]) -> bool:
    """Tell whether changed keys read as wanted, in whatever type, and all others are as they were."""
    return found.keys() == fields.keys() | changes.keys() and all(
        as_text(value) == as_text(changes[key]) if key in changes else repr(value) == repr(fields[key])
        for key, value in found.items()
    )


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
