"""Bytes of a text file to UTF-8 and back, exactly."""

import codecs
from dataclasses import dataclass
from pathlib import Path

from emendata.data.packing import is_packed, unpacked
from emendata.errors import InputError

__all__ = ["Decoded", "codec", "decode", "line_number"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"PAR1", "a Parquet file", "Rename it to end in .parquet"),
    (b"ARROW1", "an Arrow file", "Rename it to end in .arrow"),
    (b"PK\x03\x04", "a zip archive or an Excel workbook", "Rename it to end in .zip or .xlsx"),
    (b"\x1f\x8b", "gzip-compressed", "Rename it to end in .gz, or unpack it"),
    *(
        (b"BZh%d1AY" % level, "bzip2-compressed", "Rename it to end in .bz2, or unpack it")
        for level in range(1, 10)
    ),
    (b"\xfd7zXZ", "xz-compressed", "Rename it to end in .xz, or unpack it"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed", "Rename it to end in .zst, or unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "Save the sheet as CSV"),
)


@dataclass(frozen=True)
class Decoded:
    """The text of a file as UTF-8 bytes, with what is needed to write it as it was."""

    body: bytes
    mark: bytes
    encoding: str

    def encode(self, body: bytes) -> bytes:
        """Return ``body`` in the file's own encoding, byte-order mark included.

        Raises
        ------
        InputError
            If that encoding has no way to write it.
        """
        if self.encoding == "utf-8":
            return self.mark + body
        try:
            return self.mark + body.decode().encode(self.encoding)
        except UnicodeEncodeError as error:
            raise InputError(
                f"{error.object[error.start]!r} cannot be written in {self.encoding}. Save the file as UTF-8."
            ) from error


def decode(path: Path, encoding: str | None = None) -> Decoded:
    """Read a text file, finding its encoding by byte-order mark, else taking it for UTF-8.

    Parameters
    ----------
    path : Path
        An existing file.
    encoding : str, optional
        A codec name that overrides what was found.

    Raises
    ------
    InputError
        If the file is empty or binary, or does not have that encoding; the text names the line.
    """
    data = unpacked(path)
    _refuse_binary(path, data)
    mark, found = next(((mark, name) for mark, name in _BOMS if data.startswith(mark)), (b"", "utf-8"))
    if encoding is not None:
        wanted = codec(encoding)
        if mark and found.startswith(wanted.removesuffix("-sig")):
            wanted = found
        else:
            mark = b""
        found = _without_mark(wanted, data)
    body = _utf8(path, data[len(mark) :], found, skipped=len(mark))
    if b"\0" in body:
        raise InputError(_explain_nul(path, body))
    if not body.strip():
        raise InputError(f"{path.name} is empty. Give a file with at least one row.")
    return Decoded(body, mark, found)


def line_number(body: bytes, at: int) -> int:
    r"""Return in which line of UTF-8 text a byte stands; lines end in ``\n``, ``\r\n`` or ``\r``.

    Examples
    --------
    >>> line_number(b"a\r\nb\rc", 5)
    3
    """
    before = body[:at]
    return 1 + before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")


def codec(encoding: str) -> str:
    """Return the one name of an encoding, or raise `InputError` if there is none that is for text."""
    try:
        "".encode(encoding)  # which refuses codecs that are not for text, such as base64
        return codecs.lookup(encoding).name
    except (LookupError, ValueError) as error:
        raise InputError(
            f"There is no encoding {encoding!r}. Common ones are utf-8, cp1252, latin-1 and utf-16."
        ) from error


def _utf8(path: Path, data: bytes, encoding: str, *, skipped: int) -> bytes:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(_explain(path, data, error, skipped)) from error
    return data if encoding == "utf-8" else text.encode()


def _without_mark(encoding: str, data: bytes) -> str:
    """Return the encoding of text without a byte-order mark; its order shows in its first, Latin, letter."""
    order = "be" if data.startswith(b"\0") else "le"
    return {"utf-16": f"utf-16-{order}", "utf-32": f"utf-32-{order}", "utf-8-sig": "utf-8"}.get(
        encoding, encoding
    )


def _explain_nul(path: Path, data: bytes) -> str:
    return (
        f"{path.name} holds NUL bytes, the first in line {line_number(data, data.index(0))}, so it is binary "
        "or UTF-16 without a mark. Save it as UTF-8 text, or say how it is written with --encoding utf-16."
    )


def _explain(path: Path, data: bytes, error: UnicodeDecodeError, skipped: int) -> str:
    if error.encoding == "utf-8" and b"\0" in data:
        return _explain_nul(path, data)
    before = data[: error.start].decode(error.encoding, "replace").encode()
    line = line_number(before, len(before))
    where = f"line {line} of {path.name} (byte {error.start + skipped}: 0x{data[error.start]:02x})"
    if error.encoding != "utf-8":
        return f"{path.name} is not {error.encoding}: {where} does not fit. Give another --encoding."
    if not data[: error.start].isascii():
        return (
            f"{path.name} mixes encodings: text up to {where} is UTF-8, that byte is not. "
            "Repair that line, or read the whole file with --encoding cp1252."
        )
    return (
        f"{path.name} is not UTF-8: {where} does not fit. Try --encoding cp1252, or the one it was saved in."
    )


def _refuse_binary(path: Path, data: bytes) -> None:
    if not data:
        raise InputError(f"{path.name} is empty. Give a file with at least one row.")
    for magic, what, way_out in _MAGIC:
        if data.startswith(magic):
            if is_packed(path):
                raise InputError(f"What is packed in {path.name} is {what}, not text. Unpack it first.")
            raise InputError(f"{path.name} is {what}, not text. {way_out}.")
