"""Whatever a text file holds, applying a patch and taking it back gives the same bytes."""

import json
import string
import tempfile
from pathlib import Path

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corrections.patches import drop, relabel, there_and_back

from emendata.data import open_dataset
from emendata.errors import InputError

cells = st.text(
    st.sampled_from(
        [*string.ascii_lowercase[:4], " ", ",", ";", '"', "\r", "\n", "é", "😀", "ش", "0", "\u2028"]
    ),
    max_size=6,
)


@st.composite
def csv_files(draw: st.DrawFn) -> bytes:
    """Draw the bytes of a file: any quoting, one line ending a file."""
    delimiter, ending = (
        draw(st.sampled_from([",", ";", "\t", "|"])),
        draw(st.sampled_from(["\n", "\r\n", "\r"])),
    )
    names = [f"c{i}" for i in range(draw(st.integers(2, 3)))]
    rows = draw(st.lists(st.lists(cells, min_size=len(names), max_size=len(names)), min_size=1, max_size=6))
    text = delimiter.join(names) + ending
    for i, row in enumerate(rows):
        text += ending * draw(st.integers(0, 2))
        for j, cell in enumerate(row):
            must = any(mark in cell for mark in (delimiter, '"', "\r", "\n"))
            quoted = must or draw(st.booleans())
            text += delimiter * (j > 0) + ('"' + cell.replace('"', '""') + '"' if quoted else cell)
        text += ending if i < len(rows) - 1 or draw(st.booleans()) else ""
    mark = draw(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    return mark + text.encode()


@st.composite
def edits(draw: st.DrawFn, n_rows: int, names: list[str]) -> list[tuple[int, str | None, str]]:
    chosen = draw(
        st.lists(st.tuples(st.integers(0, n_rows - 1), st.sampled_from([None, *names]), cells), max_size=6)
    )
    kept: dict[tuple[int, str | None], str] = {}
    dropped = {row for row, name, _ in chosen if name is None}
    for row, name, new in chosen:
        kept[row, None if row in dropped else name] = new
    return [(row, name, new) for (row, name), new in kept.items()]


def check_round_trip(suffix: str, content: bytes, chosen: list[tuple[int, str | None, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"f{suffix}"
        path.write_bytes(content)
        dataset = open_dataset(path)
        made = [
            drop(row) if name is None else relabel(row, name, dataset.table[name][row].as_py(), new)
            for row, name, new in chosen
        ]
        n_left = dataset.n_rows - sum(name is None for _, name, _ in chosen)
        if not n_left or any(
            c.column and dataset.table.schema.field(c.column).type != pa.string() for c in made
        ):
            return
        corrected, again, done = there_and_back(path, *made)
        assert again == content
        assert done.exact is True or not made
        after = open_dataset(path.with_name(f"corrected{suffix}"), delimiter=dataset.dialect.delimiter)
        assert after.n_rows == n_left
        del corrected


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_any_csv_comes_back_byte_for_byte(data: st.DataObject) -> None:
    content = data.draw(csv_files())
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "f.csv"
            path.write_bytes(content)
            dataset = open_dataset(path)
    except InputError:  # nothing but blanks, say
        return
    check_round_trip(".csv", content, data.draw(edits(dataset.n_rows, list(dataset.table.column_names))))


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_any_json_lines_come_back_byte_for_byte(data: st.DataObject) -> None:
    names = ["a", "b\n", "ü"]
    rows = data.draw(
        st.lists(
            st.dictionaries(st.sampled_from(names), cells | st.none(), min_size=1), min_size=1, max_size=5
        )
    )
    rows[0] |= dict.fromkeys(names, "x y")
    ascii_only, ending = data.draw(st.booleans()), data.draw(st.sampled_from(["\n", "\r\n", "\n\n"]))
    indent = data.draw(st.sampled_from([(",", ":"), (", ", ": "), (" , ", " : ")]))
    lines = [json.dumps(row, ensure_ascii=ascii_only, separators=indent) for row in rows]
    text = ending.join(lines) + ending * data.draw(st.integers(0, 1))
    check_round_trip(".jsonl", text.encode(), data.draw(edits(len(rows), names)))
