import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.json_text import KEYS, JsonLine, correction, corrections_of, json_lines, not_dropped, scalars

from emendata.data.json_array import JsonSource
from emendata.data.jsonl_edit import JsonlSource
from emendata.data.source import Dialect
from emendata.errors import InputError, PatchConflict

SOURCE = JsonSource()
spaces = st.sampled_from(["", " ", "\n", "\r\n\t"])


@settings(deadline=None, max_examples=150)
@given(st.lists(json_lines(), max_size=5), st.data())
def test_any_list_keeps_its_unedited_objects_and_comes_back_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, lines: list[JsonLine], data: st.DataObject
) -> None:
    whole = JsonLine("", json.dumps(dict.fromkeys(KEYS, "x")), "", dict.fromkeys(KEYS, "x"))
    lines.insert(data.draw(st.integers(0, len(lines))), whole)
    kept = lines.index(whole)  # of all rows one has all keys and stays
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    edit = st.none() | st.dictionaries(st.sampled_from(KEYS), scalars, min_size=1)
    rows = st.integers(0, len(lines) - 1).filter(lambda row: row != kept)
    edits = data.draw(st.dictionaries(rows, edit) if len(lines) > 1 else st.just({}))
    folder = tmp_path_factory.mktemp("json")
    before, after, again = (folder / name for name in ("before.json", "after.json", "again.json"))
    gaps = [f"{data.draw(spaces)},{data.draw(spaces)}" for _ in lines]
    inside = "".join(
        gap * (row > 0) + line.text for row, (gap, line) in enumerate(zip(gaps, lines, strict=True))
    )
    draw = data.draw
    before.write_bytes(f"{draw(spaces)}[{draw(spaces)}{inside}{draw(spaces)}]{draw(spaces)}".encode(encoding))
    reading = SOURCE.read(before, Dialect())
    table, dialect = reading.table, reading.dialect
    made = SOURCE.with_raw(before, corrections_of(lines, edits), dialect)
    SOURCE.rewrite(before, after, made, dialect)
    SOURCE.restore(after, again, made, dialect)

    assert again.read_bytes() == before.read_bytes()
    as_lines = folder / "same.jsonl"
    as_lines.write_text("".join(json.dumps(line.fields) + "\n" for line in lines), encoding="utf-8")
    assert table.equals(JsonlSource().read(as_lines, Dialect()).table)
    found = iter(json.loads(after.read_bytes().decode(encoding)))
    for row, line in enumerate(lines):
        changes = edits.get(row, {})
        if changes is not None:
            assert not_dropped(next(found), line.fields, changes)
    assert next(found, None) is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "f.json is empty"),
        (
            "{}",
            "f.json is JSON but no list. Write a list of objects, one for each row, or one object on each line",
        ),
        ('"text"', "f.json is JSON but no list."),
        ("[]", "f.json holds an empty list. Give at least one object."),
        ("[ {}, {} ]", "f.json holds only empty objects. Give each at least one key."),
        ('[{"a": 1}, 2]', "Item 2 of f.json is no object. Write a list of objects"),
        ('[{"a": 1},\n {"a": }]', "f.json cannot be read as JSON (line 2, column 8: Expecting value)."),
        ('[{"a": 1}', "f.json cannot be read as JSON (line 1, column 10: Expecting ',' or ']')."),
        ('[{"a": 1},]', "f.json cannot be read as JSON (line 1, column 11: Expecting value)."),
        ('[{"a": 1}] [', "f.json has more behind its list. Write a list of objects"),
        ('{"a": 1}\n{"a": 2}\n', "f.json cannot be read as JSON (line 2, column 1: Extra data)."),
        ('[{"a": "\\ud83d"}]', "Item 1 of f.json holds half of a surrogate pair"),
        ("[" * 9 + '{"a": ' + "[" * 200_000, "f.json cannot be read as JSON"),
        (
            '[{"a": ' + "1" * 5000 + "}]",
            "f.json cannot be read as JSON (it holds a number of thousands of digits).",
        ),
    ],
    ids=lambda value: value[:20],
)
def test_what_is_no_list_of_objects_says_what_is_wrong_in_one_line(
    tmp_path: Path, content: str, message: str
) -> None:
    path = tmp_path / "f.json"
    path.write_text(content)
    with pytest.raises(InputError) as caught:
        SOURCE.read(path, Dialect())
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_patch_without_the_text_of_a_dropped_row_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    path.write_text('[{"a": 1}, {"a": 2}]')
    with pytest.raises(
        PatchConflict, match=r"lacks the text of row 1, which it dropped\. Nothing was written"
    ):
        SOURCE.restore(path, tmp_path / "g.json", [correction(1, None, None, None)], Dialect())
    assert not (tmp_path / "g.json").exists()
