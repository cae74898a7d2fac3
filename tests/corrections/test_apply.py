import json
import os
import string
import tempfile
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.corrections.apply import Applied, apply_patch, apply_to_table, revert_patch
from emendata.corrections.patch import Patch, make_patch, read_patch, write_patch
from emendata.data import open_dataset
from emendata.errors import InputError, OutputError, PatchConflict, UnknownName
from emendata.records import Correction, Json


def relabel(row: int, column: str, old: Json, new: Json) -> Correction:
    return Correction("relabel", row, f"·{row}·", column, old, new, "two models disagree", {"p": 0.9}, 0.1)


def drop(row: int) -> Correction:
    return Correction("drop_duplicate", row, f"·{row}·", None, None, None, "a twin", {}, 0.0)


def exclude(row: int) -> Correction:
    return Correction("exclude_outlier", row, f"·{row}·", None, None, None, "far from all", {}, 0.0)


def patch_of(path: Path, *corrections: Correction) -> Patch:
    """Make, write and read a patch, as people do."""
    file = path.with_name("p.jsonl.patch")
    write_patch(make_patch(open_dataset(path), corrections), file)
    return read_patch(file)


def there_and_back(path: Path, *corrections: Correction) -> tuple[bytes, bytes, Applied]:
    patch = patch_of(path, *corrections)
    corrected = path.with_name(f"corrected{path.suffix}")
    again = path.with_name(f"again{path.suffix}")
    apply_patch(patch, path, corrected)
    done = revert_patch(patch, corrected, again)
    return corrected.read_bytes(), again.read_bytes(), done


def test_only_the_edited_cell_changes_and_its_row_goes(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    before = b'\xef\xbb\xbftext,"mood"\r\n"a ""b""",up\r\n\r\nplain, up \r\nbye,"down"\r\ntwin,up'
    path.write_bytes(before)
    corrected, again, done = there_and_back(
        path, relabel(0, "mood", "up", "down"), relabel(2, "mood", "down", "up"), drop(3)
    )
    assert corrected == b'\xef\xbb\xbftext,"mood"\r\n"a ""b""",down\r\n\r\nplain, up \r\nbye,"up"\r\n'
    assert again == before
    assert done.exact is True
    assert done.counts == {"relabel": 2, "drop_duplicate": 1}


def test_blank_lines_survive_around_dropped_rows(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(b"\na,b\n\np,x\n\n \nq,y\nr,z\n\n\ns,w\n\n")
    corrected, again, _ = there_and_back(path, drop(0), drop(1), exclude(3))
    assert corrected == b"\na,b\n\n\n \nr,z\n\n\n\n"
    assert again == path.read_bytes()


def test_new_values_are_spelled_as_their_column_spells_them(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("a,b,c\n1.0,True,x\n2.0,False,y\n1.0,True,z\n")
    corrected, again, _ = there_and_back(
        path, relabel(0, "a", "1", "2"), relabel(1, "b", "false", "true"), relabel(2, "c", "z", 'new, "one"')
    )
    assert corrected == b'a,b,c\n2.0,True,x\n2.0,True,y\n1.0,True,"new, ""one"""\n'
    assert again == path.read_bytes()


def test_a_missing_label_is_filled_and_emptied_again(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text('y\nup\n""\ndown\n')
    corrected, again, _ = there_and_back(path, relabel(1, "y", None, "up"), relabel(2, "y", "down", None))
    assert corrected == b'y\nup\n"up"\n""\n'
    assert again == path.read_bytes()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "cp1252", "utf-8-sig"])
def test_other_encodings_come_back_byte_for_byte(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes("name;mood\nJürgen;süß\nZoë;bitter\n".encode(encoding))
    dataset = open_dataset(path, encoding=encoding)
    patch = make_patch(dataset, [relabel(0, "mood", "süß", "bitter"), drop(1)])
    apply_patch(patch, path, tmp_path / "c.csv")
    assert open_dataset(tmp_path / "c.csv", encoding=encoding).text(0, "mood") == "bitter"
    assert revert_patch(patch, tmp_path / "c.csv", tmp_path / "o.csv").exact
    assert (tmp_path / "o.csv").read_bytes() == path.read_bytes()


def test_a_value_that_the_encoding_cannot_write_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes("a,b\nä,x\nö,y\n".encode("cp1252"))
    patch = make_patch(open_dataset(path, encoding="cp1252"), [relabel(0, "b", "x", "😀")])
    with pytest.raises(InputError, match="cannot be written in cp1252"):
        apply_patch(patch, path, tmp_path / "c.csv")
    assert not (tmp_path / "c.csv").exists()


def test_json_values_keep_their_type_and_their_neighbours(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    lines = [
        '{"text": "a \\u00e4", "y": 1, "n": {"y": 5}}\r',
        "",
        '{ "y" :2.0 , "t":[1, 2] }',
        '{"text": "b"}',
        "{ }",
        '{"y": 1, "y": 2}',
    ]
    path.write_text("\n".join(lines), newline="")
    corrected, again, _ = there_and_back(
        path,
        relabel(0, "y", "1", "2"),
        relabel(1, "y", "2", "7"),
        relabel(2, "y", None, "1"),
        relabel(3, "y", None, "2"),
        relabel(3, "text", None, "neu ß"),
        relabel(4, "y", "2", "1"),
    )
    assert corrected.decode().split("\n") == [
        '{"text": "a \\u00e4", "y": 2, "n": {"y": 5}}\r',
        "",
        '{ "y" :7 , "t":[1, 2] }',
        '{"text": "b", "y": 1}',
        '{"y": 2, "text": "neu ß" }',
        '{"y": 1, "y": 1}',
    ]
    assert again == path.read_bytes()


def test_json_truth_values_stay_truth_values(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text('{"y": true}\n{"y": false}\n{"y": null}\n')
    corrected, again, _ = there_and_back(
        path, relabel(0, "y", "true", "false"), relabel(2, "y", None, "true")
    )
    assert corrected == b'{"y": false}\n{"y": false}\n{"y": true}\n'
    assert again == path.read_bytes()


def full_table() -> pa.Table:
    schema = pa.schema(
        [
            pa.field("y", pa.dictionary(pa.int8(), pa.string()), metadata={"unit": "mood"}),
            pa.field("n", pa.int16()),
            pa.field("t", pa.timestamp("ns", tz="Europe/Berlin")),
            pa.field("d", pa.decimal128(8, 2)),
            pa.field("b", pa.binary()),
            pa.field("l", pa.list_(pa.struct([("k", pa.float32())]))),
            pa.field("s", pa.large_string()),
        ],
        metadata={"made by": "a test"},
    )
    rows = 5
    return pa.table(
        {
            "y": pa.array(["up", "down", None, "up", "down"])
            .dictionary_encode()
            .cast(schema.field("y").type),
            "n": pa.array([1, 2, 3, None, 5], pa.int16()),
            "t": pa.array([10**18 + i for i in range(rows)], schema.field("t").type),
            "d": pa.array([None, *map(pa.scalar, ["1.25"] * 4)], pa.string()).cast(pa.decimal128(8, 2)),
            "b": pa.array([b"\x00\xff", None, b"", b"x", b"y"]),
            "l": pa.array([[{"k": 0.1}], [], None, [{"k": None}], []], schema.field("l").type),
            "s": pa.array(["a", "b", "c", "d", "e"], pa.large_string()),
        },
        schema=schema,
    )


def test_parquet_comes_back_equal_with_schema_metadata_and_compression(tmp_path: Path) -> None:
    path = tmp_path / "r.parquet"
    pq.write_table(full_table(), path, compression={"y": "GZIP", "n": "NONE", "s": "ZSTD"}, row_group_size=2)
    patch = patch_of(
        path,
        relabel(0, "y", "up", "down"),
        relabel(2, "y", None, "sideways"),
        relabel(4, "n", "5", "3"),
        relabel(4, "t", "2001-09-09 01:46:40", "2024-02-03 04:05:06Z"),
        drop(1),
        exclude(3),
    )
    apply_patch(patch, path, tmp_path / "c.parquet")
    corrected = pq.read_table(tmp_path / "c.parquet")
    assert corrected["y"].to_pylist() == ["down", "sideways", "down"]
    assert corrected["n"].to_pylist() == [1, 3, 3]
    assert corrected.schema.equals(pq.read_table(path).schema, check_metadata=True)
    group = pq.read_metadata(tmp_path / "c.parquet").row_group(0)
    assert [group.column(i).compression for i in range(2)] == ["GZIP", "UNCOMPRESSED"]
    done = revert_patch(patch, tmp_path / "c.parquet", tmp_path / "o.parquet")
    assert done.exact is not False
    again = pq.read_table(tmp_path / "o.parquet")
    assert again.schema.equals(pq.read_table(path).schema, check_metadata=True)
    assert again.to_pylist() == pq.read_table(path).to_pylist()
    assert patch.corrections[1].old["s"] == "b"


def test_a_table_in_memory_keeps_its_types() -> None:
    table = full_table()
    fixed = apply_to_table([relabel(0, "y", "up", "new"), relabel(1, "n", "2", 7.0), drop(2)], table)
    assert fixed.schema.equals(table.schema, check_metadata=True)
    assert fixed["y"].to_pylist() == ["new", "down", "up", "down"]
    assert fixed["n"].to_pylist() == [1, 7, None, 5]
    assert apply_to_table([], table) is table


def test_a_value_that_a_column_cannot_hold_is_named() -> None:
    with pytest.raises(InputError, match="'many' does not fit column 'n', which holds int16"):
        apply_to_table([relabel(0, "n", 1, "many")], full_table())
    with pytest.raises(UnknownName, match="no column 'm'"):
        apply_to_table([relabel(0, "m", 1, 2)], full_table())
    with pytest.raises(InputError, match="no row 9 in a table of 5 rows"):
        apply_to_table([drop(9)], full_table())


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
    with pytest.raises(PatchConflict, match=r"made for a csv file and r.jsonl is jsonl. Give it reviews.csv"):
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
