import bz2
import gzip
import lzma
import os
from pathlib import Path

import pytest

from emendata.data import open_dataset, packing, source_for
from emendata.data.packing import ending, packed_like, unpacked
from emendata.errors import InputError
from emendata.records import Correction
from emendata.testing import check_source

CSV = b'text,mood\r\n"good, film",up\r\nbad film,down\r\n\r\nfine film,up\r\n'
JSONL = b'{"text": "good film", "mood": "up"}\n{"text": "bad film", "mood": "down"}\n{"mood": "up"}\n'
SUFFIXES = [".gz", ".bz2", ".xz", ".zst"]
CHANGES = [
    Correction("relabel", 1, "", "mood", "down", "up", "", {}, 0.5),
    Correction("drop_duplicate", 2, "", None, None, None, "", {}, 0.5),
]


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".GZ"])
@pytest.mark.parametrize(("name", "content"), [("f.csv", CSV), ("f.jsonl", JSONL)])
def test_packed_text_is_read_corrected_and_put_back(
    tmp_path: Path, name: str, content: bytes, suffix: str
) -> None:
    path = tmp_path / f"{name}{suffix}"
    path.write_bytes(packed_like(path, content))
    assert path.read_bytes() != content
    (tmp_path / name).write_bytes(content)
    dataset, plain = open_dataset(path), open_dataset(tmp_path / name)
    assert dataset.table.equals(plain.table)
    assert dataset.format == plain.format
    source = source_for(path)
    check_source(source, path, CHANGES, tmp_path)
    assert unpacked(tmp_path / f"back{Path(name).suffix}{suffix}") == content


def test_other_tools_can_read_what_is_packed_and_the_same_bytes_come_each_time() -> None:
    assert gzip.decompress(packed_like(Path("f.csv.gz"), CSV)) == CSV
    assert bz2.decompress(packed_like(Path("f.csv.bz2"), CSV)) == CSV
    assert lzma.decompress(packed_like(Path("f.csv.xz"), CSV)) == CSV
    assert packed_like(Path("f.csv.gz"), CSV) == packed_like(Path("g.csv.gz"), CSV)
    assert packed_like(Path("f.csv"), CSV) == CSV


def test_files_of_several_members_are_read_whole(tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        path = tmp_path / f"f.csv{suffix}"
        path.write_bytes(packed_like(path, CSV[:20]) + packed_like(path, CSV[20:]))
        assert unpacked(path) == CSV


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_damaged_files_are_refused_in_one_line(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"f.csv{suffix}"
    for content in (packed_like(path, CSV * 99)[:-9], CSV, b"\0" * 99):
        path.write_bytes(content)
        with pytest.raises(InputError) as caught:
            open_dataset(path)
        assert f"f.csv{suffix} is not a whole " in str(caught.value)
        assert "Write or download it again." in str(caught.value)
        assert "\n" not in str(caught.value)


def test_what_is_packed_twice_or_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.csv.gz"
    for inside, what in ((packed_like(path, CSV), "gzip-compressed"), (b"PAR1...", "a Parquet file")):
        path.write_bytes(packed_like(path, inside))
        with pytest.raises(
            InputError, match=rf"^What is packed in f\.csv\.gz is {what}, not text\. Unpack it first\.$"
        ):
            open_dataset(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_names_that_are_not_utf8_are_names(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / os.fsdecode(b"f\xff.csv" + suffix.encode())
    path.write_bytes(packed_like(path, CSV))
    assert open_dataset(path).n_rows == 3


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setattr(packing, "_HARMLESS", 1 << 21)
    path = tmp_path / f"f.csv{suffix}"
    path.write_bytes(packed_like(path, b"a\n" * (1 << 22)))
    with pytest.raises(
        InputError, match=r"unpacks to more than [\d,]+ bytes, 100 times its size, as harmful"
    ):
        open_dataset(path)


@pytest.mark.parametrize("name", ["f.gz", "f.parquet.gz", "f.data.zst"])
def test_a_packed_file_must_say_that_text_is_in_it(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"whatever")
    with pytest.raises(
        InputError, match=r"is packed, and .* does not say that text is in it\. Unpack it first"
    ):
        open_dataset(tmp_path / name)


def test_the_ending_of_a_packed_file_has_two_parts() -> None:
    assert [ending(Path(name)) for name in ("a.csv.gz", "b.c.TSV.XZ", "a.gz", "a", "a.b.csv")] == [
        ".csv.gz", ".TSV.XZ", ".gz", "", ".csv",
    ]  # fmt: skip
