import json
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.corrections.patch import Patch, make_patch, read_patch, write_patch
from emendata.data import open_dataset
from emendata.errors import InputError
from emendata.records import Correction

HEADER = {
    "emendata_patch": 1,
    "source": "r.csv",
    "format": "csv",
    "sha256": "0" * 64,
    "n_rows": 3,
    "label": "y",
}
LINE = {
    "kind": "relabel",
    "row": 1,
    "id": "a",
    "column": "y",
    "old": "up",
    "new": "down",
    "reason": "ä",
    "evidence": {"p": 0.5},
    "score": 0.25,
}


def patch_file(folder: Path, *lines: object) -> Path:
    path = folder / "p.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts) + "\n")
    return path


def test_a_patch_reads_as_a_header_and_one_line_a_correction_by_row(tmp_path: Path) -> None:
    late = Correction("drop_duplicate", 2, "c", None, None, None, "a twin", {"first_row": 0}, 0.0, "c,up\r\n")
    early = Correction(
        "relabel", 0, "a", "y", "up", "größer", "why", {"p": np.float32(0.5), "q": np.nan}, 0.25
    )
    write_patch(Patch("r.csv", "csv", "0" * 64, 3, "y", (late, early), "utf-8", ",", "t"), tmp_path / "p")
    header, *lines = (tmp_path / "p").read_text(encoding="utf-8").splitlines()
    assert list(json.loads(header)) == [*HEADER, "encoding", "delimiter", "table"]
    assert lines == [
        '{"kind": "relabel", "row": 0, "id": "a", "column": "y", "old": "up", "new": "größer", "reason": "why", '
        '"evidence": {"p": 0.5, "q": null}, "score": 0.25}',
        '{"kind": "drop_duplicate", "row": 2, "id": "c", "column": null, "old": null, "new": null, '
        '"reason": "a twin", "evidence": {"first_row": 0}, "score": 0.0, "raw": "c,up\\r\\n"}',
    ]
    assert read_patch(tmp_path / "p").corrections[1] == late


def test_a_patch_without_corrections_is_one(tmp_path: Path) -> None:
    assert read_patch(patch_file(tmp_path, HEADER)) == Patch("r.csv", "csv", "0" * 64, 3, "y", ())


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([""], "is empty, so it is not a patch"),
        (["text,y"], "its first line is no JSON"),
        (['{"text": "a"}'], "its first line does not say so"),
        (["[1]"], "its first line does not say so"),
        ([HEADER | {"emendata_patch": 3}], "version 3, and this emendata reads version 2. Upgrade"),
        ([HEADER | {"emendata_patch": "new"}], "version new"),
        ([HEADER | {"n_rows": "3"}], "Line 1 of p.jsonl has no usable 'n_rows': '3'"),
        ([HEADER, LINE, "{"], "Line 3 of p.jsonl is not JSON"),
        ([HEADER, "", "3"], "Line 3 of p.jsonl is not an object"),
        ([HEADER, {"kind": "relabel", "row": 1}], "Line 2 of p.jsonl lacks 'id', 'column'"),
        ([HEADER, LINE | {"raws": ""}], "a key 'raws' that patches do not have"),
        ([HEADER, LINE | {"row": "1"}], "no usable 'row': '1'"),
        ([HEADER, LINE | {"score": "low"}], "no usable 'score'"),
        (
            [HEADER, LINE | {"kind": "rename"}],
            "Line 2 of p.jsonl: there is no kind 'rename'; there are relabel",
        ),
        ([HEADER, LINE | {"row": 3}], "there is no row 3 in a file of 3 rows"),
        ([HEADER, LINE | {"row": -1}], "there is no row -1"),
        ([HEADER, LINE, LINE], "Line 3 of p.jsonl: row 1 is relabelled twice"),
        ([HEADER, LINE | {"column": None}], "relabel must name a column"),
        ([HEADER, LINE | {"kind": "exclude_outlier"}], "exclude_outlier must have null as its column"),
        (
            [HEADER, LINE, LINE | {"kind": "drop_duplicate", "column": None}],
            "row 1 is both dropped and edited",
        ),
    ],
)
def test_a_bad_patch_is_refused_with_its_line(tmp_path: Path, lines: list[object], message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_patch(patch_file(tmp_path, *lines))
    assert message in str(caught.value)


def test_a_binary_or_missing_patch_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not UTF-8"):
        read_patch(tmp_path / "p")
    with pytest.raises(InputError, match="no file"):
        read_patch(tmp_path / "q")


def test_a_patch_needs_a_file_and_corrections_that_agree(tmp_path: Path) -> None:
    fix = Correction("relabel", 0, "a", "y", "up", "down", "why", {}, 0.5)
    with pytest.raises(InputError, match="came from memory"):
        make_patch(open_dataset({"y": ["up", "down"]}), [fix])
    path = tmp_path / "r.csv"
    path.write_text("x,y\n1,up\n2,down\n")
    with pytest.raises(InputError, match="Row 0: row 0 is relabelled twice"):
        make_patch(open_dataset(path), [fix, fix])


def test_the_answer_to_a_query_cannot_be_patched(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "r.db")) as connection:
        connection.executescript("CREATE TABLE r (x, y); INSERT INTO r VALUES (1, 'up'), (2, 'down')")
    dataset = open_dataset(tmp_path / "r.db", query="SELECT y FROM r")
    with pytest.raises(
        InputError, match=r"^These rows are the answer of r\.db to a query, which no patch can change\. Name"
    ):
        make_patch(dataset, [])


def test_the_table_of_a_database_is_in_the_header(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "r.db")) as connection:
        connection.executescript("CREATE TABLE r (y); INSERT INTO r VALUES ('up'); CREATE TABLE s (x)")
    patch = make_patch(open_dataset(tmp_path / "r.db", table="r"), [])
    assert (patch.format, patch.table) == ("sqlite", "r")
    write_patch(patch, tmp_path / "p")
    assert read_patch(tmp_path / "p") == patch


def test_raw_is_kept_only_where_the_value_does_not_give_it_back(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text('x,y\n1,up\n2,"up"\n3.0,up\n')
    fixes = [
        Correction("relabel", 0, "a", "y", "up", "down", "why", {}, 0.5),
        Correction("relabel", 1, "b", "y", "up", "down", "why", {}, 0.5),
        Correction("relabel", 2, "c", "x", 3.0, 1, "why", {}, 0.5),
    ]
    patch = make_patch(open_dataset(path, label="y"), fixes)
    assert [c.raw for c in patch.corrections] == [None, '"up"', "3.0"]
    assert (patch.label, patch.n_rows, patch.encoding, patch.delimiter) == ("y", 3, "utf-8", ",")


json_values = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)


@settings(deadline=None, max_examples=50)
@given(st.data())
def test_any_patch_reads_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    rows = data.draw(st.lists(st.integers(0, 9), unique=True).map(sorted))
    text = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    values = json_values.filter(lambda v: not isinstance(v, str) or v.isprintable())
    fixes = tuple(
        Correction(
            "relabel",
            row,
            data.draw(text),
            data.draw(text),
            data.draw(values),
            data.draw(values),
            "",
            {},
            0.5,
        )
        for row in rows
    )
    patch = Patch(data.draw(text), "csv", "0" * 64, 10, data.draw(text | st.none()), fixes)
    path = tmp_path_factory.mktemp("patch") / "p"
    write_patch(patch, path)
    first = path.read_bytes()
    assert read_patch(path) == patch
    write_patch(read_patch(path), path)
    assert path.read_bytes() == first
