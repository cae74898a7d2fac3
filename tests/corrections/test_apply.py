from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.corrections.patches import drop, exclude, patch_of, relabel, there_and_back
from tests.corrections.tables import full_table

from emendata.corrections.apply import apply_patch, revert_patch
from emendata.corrections.patch import make_patch
from emendata.data import open_dataset
from emendata.errors import InputError


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
