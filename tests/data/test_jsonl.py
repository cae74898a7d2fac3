import datetime as dt
import json
import time
from pathlib import Path

import numpy as np
import pytest

from emendata.data.jsonl import read_jsonl
from emendata.data.source import Dialect
from emendata.errors import InputError


def read(folder: Path, content: str) -> dict[str, list[object]]:
    path = folder / "f.jsonl"
    path.write_text(content, encoding="utf-8", newline="")
    table: dict[str, list[object]] = read_jsonl(path, Dialect())[0].to_pydict()
    return table


def test_lines_of_different_keys_have_missing_cells(tmp_path: Path) -> None:
    table = read(tmp_path, '{"a": 1}\n\n{"b": "x", "a": null}\r\n{"c": true}\n')
    assert table == {"a": [1, None, None], "b": [None, "x", None], "c": [None, None, True]}


def test_nested_values_are_read_as_json_text(tmp_path: Path) -> None:
    table = read(tmp_path, '{"o": {"ä": [1, null]}, "l": []}\n{"o": "plain", "l": [true, "x"]}\n')
    assert table == {"o": ['{"ä": [1, null]}', "plain"], "l": ["[]", '[true, "x"]']}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["1", "2", "3"], [1, 2, 3]),
        (["1", "2.5", "null"], [1.0, 2.5, None]),
        (["NaN", "Infinity", "1", "-Infinity"], [None, None, 1.0, None]),
        (['"1"', '"02"'], ["1", "02"]),
        (["1", '"x"', "true", "2.0"], ["1", "x", "true", "2"]),
        (['""', '" "', '"x"'], [None, None, "x"]),
        (["9007199254740993", "0.5"], ["9007199254740993", "0.5"]),
        (["99999999999999999999"], ["99999999999999999999"]),
        (['"2024-02-29"', "null"], [dt.datetime(2024, 2, 29), None]),
        (
            ['"2024-02-29T12:00:00Z"', '"2024-02-29T12:00:00+02:00"'],
            [dt.datetime(2024, 2, 29, h) for h in (12, 10)],
        ),
        (['"\\ud83d\\ude00"'], ["😀"]),
    ],
)
def test_a_column_has_the_type_that_all_its_values_have(
    tmp_path: Path, values: list[str], expected: list[object]
) -> None:
    assert read(tmp_path, "\n".join(f'{{"v": {value}}}' for value in values))["v"] == expected


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"a": 1}\n\n{"a": 2\n', "Line 3 of f.jsonl is not JSON (column 8: Expecting ',' delimiter)."),
        ('{"a": 1}\n{"a": "x', "Line 2 of f.jsonl is not JSON"),
        ('{"a": 1}\n[1]\n', "Line 2 of f.jsonl is JSON but not an object. Each line must look like"),
        ("[1, 2]\n", "Line 1 of f.jsonl is JSON but not an object"),
        (
            '[{"a": 1}, {"a": 2}]',
            "f.jsonl is one JSON document, not JSON lines. Rename it to end in .json.",
        ),
        ('[\n{"a": 1}\n]', "f.jsonl is one JSON document"),
        ('{\n  "a": 1\n}', "f.jsonl is one JSON document"),
        ("{}\n{}\n", "f.jsonl holds only empty objects. Give each line at least one key."),
        ("", "f.jsonl is empty"),
        ("a,b\n1,2\n", "Line 1 of f.jsonl is not JSON"),
        ('{"a": "x"}\n{"a": "\\ud800"}', "Line 2 of f.jsonl holds half of a surrogate pair"),
        ('{"\\uDFFF": 1}', "Line 1 of f.jsonl holds half of a surrogate pair"),
        ('{"a": ' + "9" * 5000 + "}", "Line 1 of f.jsonl holds a number of thousands of digits. Write it as"),
        ('{"a": ' + "[" * 100_000 + "}", "Line 1 of f.jsonl is nested too deeply. Flatten it first."),
    ],
)
def test_a_broken_line_is_named_by_its_number(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, content)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_another_encoding_is_read_when_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "f.jsonl"
    path.write_bytes('{"a": "süß"}\n'.encode("latin-1"))
    table, dialect = read_jsonl(path, Dialect("latin-1"))
    assert table["a"].to_pylist() == ["süß"]
    assert read_jsonl(path, dialect)[0].equals(table)


def test_ten_thousand_lines_open_quickly(tmp_path: Path) -> None:
    numbers = np.random.default_rng(0).normal(size=(10_000, 14)).tolist()
    lines = [json.dumps({"text": "word " * 25} | {f"x{i}": x for i, x in enumerate(row)}) for row in numbers]
    begin = time.perf_counter()
    assert len(read(tmp_path, "\n".join(lines))["x3"]) == 10_000
    assert time.perf_counter() - begin < 2
