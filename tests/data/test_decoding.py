import bz2
import codecs
import gzip
import lzma
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.data.decoding import decode
from emendata.errors import InputError


def written(folder: Path, content: bytes) -> Path:
    path = folder / "f.csv"
    path.write_bytes(content)
    return path


@settings(deadline=None, max_examples=60)
@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")).map("a,é\n".__add__),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_any_text_with_or_without_a_mark_is_read_and_written_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, text: str, encoding: str
) -> None:
    content = text.encode(encoding)
    decoded = decode(written(tmp_path_factory.mktemp("text"), content))
    assert decoded.body == text.encode()
    assert decoded.encode(decoded.body) == content


@pytest.mark.parametrize("encoding", ["utf-16", "UTF-16LE", "utf-16-be", "latin-1", "cp1252", "utf_8_sig"])
@pytest.mark.parametrize("given_as", ["its own name", "the family's name"])
def test_text_without_a_mark_is_read_with_the_encoding_that_is_named(
    tmp_path: Path, encoding: str, given_as: str
) -> None:
    content = "größe,y\n1,ä\n".encode(encoding)
    name = "utf-16" if given_as != "its own name" and "16" in encoding else encoding
    for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF8, b""):
        content = content.removeprefix(mark)
    decoded = decode(written(tmp_path, content), name)
    assert decoded.body.decode() == "größe,y\n1,ä\n"
    assert decoded.encode(decoded.body) == content


@pytest.mark.parametrize(
    ("content", "encoding", "message"),
    [
        (b"a,b\n1,2\n\xe4,3\n", None, "f.csv is not UTF-8: line 3 of f.csv (byte 8: 0xe4) does not fit."),
        (b"a,b\r1,2\r\xe4,3\r", None, "line 3 of f.csv"),
        ("a,b\nä,2\n".encode() + b"\xf6,3\n", None, "mixes encodings: text up to line 3 of f.csv (byte 9"),
        ("a\n1\n2\n".encode("utf-16") + b"x", None, "f.csv is not utf-16-le: line 4 of f.csv"),
        ("Ċ,a\nä\n".encode("utf-16") + b"x", None, "line 3 of f.csv"),
        (b"a\n\xe4\n", "ascii", "f.csv is not ascii: line 2 of f.csv (byte 2: 0xe4)"),
        (b"a,b\n1,x\0y\n", None, "holds NUL bytes, the first in line 2, so it is binary or UTF-16"),
        ("ä,b\n1,2\n".encode("utf-16-le"), None, "say how it is written with --encoding utf-16."),
        (b"a\n1\n", "utf9", "There is no encoding 'utf9'. Common ones are utf-8, cp1252,"),
        (b"a\n1\n", "base64", "There is no encoding 'base64'"),
        (b"", None, "f.csv is empty"),
        (b"\xff\xfe", None, "f.csv is empty"),
        (b"PAR1...", None, "f.csv is a Parquet file, not text. Rename it to end in .parquet."),
        (b"PK\x03\x04...", None, "Rename it to end in .zip or .xlsx."),
        (b"\xd0\xcf\x11\xe0...", None, "f.csv is an old Excel workbook, not text. Save the sheet as CSV."),
        (
            gzip.compress(b"a,b\n", mtime=0),
            None,
            "f.csv is gzip-compressed, not text. Rename it to end in .gz, or",
        ),
        (b"ARROW1...", None, "f.csv is an Arrow file, not text. Rename it to end in .arrow."),
        (
            bz2.compress(b"a,b\n", 3),
            None,
            "f.csv is bzip2-compressed, not text. Rename it to end in .bz2, or",
        ),
        (bz2.compress(b"a,b\n"), None, "f.csv is bzip2-compressed, not text. Rename it to end in .bz2, or"),
        (lzma.compress(b"a,b\n"), None, "f.csv is xz-compressed, not text. Rename it to end in .xz, or"),
    ],
)
def test_what_is_no_text_is_named_with_its_line_and_the_way_out(
    tmp_path: Path, content: bytes, encoding: str | None, message: str
) -> None:
    with pytest.raises(InputError) as caught:
        decode(written(tmp_path, content), encoding)
    assert message in str(caught.value)


def test_a_character_that_the_encoding_lacks_is_named(tmp_path: Path) -> None:
    decoded = decode(written(tmp_path, b"a\n\xe4\n"), "cp1252")
    with pytest.raises(InputError, match=r"'→' cannot be written in cp1252\. Save the file as UTF-8\."):
        decoded.encode("a\n→\n".encode())
