"""Types for columns that came as strings."""

import re

import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["blank_to_missing", "typed", "with_dates"]

_MISSING_WORDS = ("NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NULL", "null", "None", "none", "?")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|[+-]?inf(inity)?", re.IGNORECASE)
_COMMA_NUMBER = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?([eE][+-]?\d+)?")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?)?")
_ZONED = re.compile(r".*:.*(Z|[+-]\d{2}:?\d{2})")
_CODE = r"^[+-]?(0[0-9xX]|[0-9]{19,}$)"  # zip codes, hexadecimals, long account numbers: names, not amounts
_BOOLS = ("false", "true")
_N_SAMPLE = 256


def typed(strings: pa.ChunkedArray, *, decimal_comma: bool = False) -> pa.ChunkedArray:
    """Return the column as int64, float64, bool or timestamp if every cell fits, else as strings.

    Blank cells are missing in every type; words such as ``NA``, ``NaN``, ``null``, ``None`` and ``?`` are
    missing among numbers and booleans only. Numbers with leading zeros stay strings. With ``decimal_comma``,
    ``1.234,5`` is a number too.

    Examples
    --------
    >>> typed(pa.chunked_array([["1", "NA", " 3"]])).to_pylist()
    [1, None, 3]
    >>> typed(pa.chunked_array([["01", "NA"]])).to_pylist()
    ['01', 'NA']
    """
    filled = blank_to_missing(strings)
    sample = [cell.strip() for cell in _sample(filled)]
    told = [cell for cell in sample if cell not in _MISSING_WORDS]
    if not told:
        return filled
    found = None
    if all(_NUMBER.fullmatch(cell) for cell in told):
        found = _numbers(_without_missing_words(filled))
    elif decimal_comma and all(_COMMA_NUMBER.fullmatch(cell) for cell in told):
        found = _numbers(_with_points(_without_missing_words(filled)))
    elif all(cell.lower() in _BOOLS for cell in told):
        found = _booleans(_without_missing_words(filled))
    return with_dates(filled) if found is None else found


def _with_points(strings: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write ``1.234,5`` as ``1234.5``; a cell that is written in neither way stays, and is no number then."""
    fits = pc.match_substring_regex(strings, f"^\\s*({_COMMA_NUMBER.pattern})\\s*$")
    plain = pc.replace_substring(pc.replace_substring(strings, ".", ""), ",", ".")
    return pc.if_else(fits, plain, pa.scalar("written in another way"))


def with_dates(strings: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the column as timestamps if every cell is an ISO date or time, else as it is.

    Times that say their zone become those of UTC.
    """
    sample = _sample(strings)
    if not sample or not all(_ISO_DATE.fullmatch(cell) for cell in sample):
        return strings
    zone = "UTC" if _ZONED.fullmatch(sample[0]) else None
    times = _cast(strings, pa.timestamp("us", zone))
    return strings if times is None else times.cast(pa.timestamp("us"))


def blank_to_missing(strings: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the strings with empty and white-space-only cells as null.

    Examples
    --------
    >>> blank_to_missing(pa.chunked_array([["a", " ", ""]])).to_pylist()
    ['a', None, None]
    """
    blank = pc.or_(pc.equal(pc.binary_length(strings), 0), pc.utf8_is_space(strings))
    return pc.if_else(blank, pa.scalar(None, strings.type), strings) if pc.any(blank).as_py() else strings


def _sample(strings: pa.ChunkedArray) -> list[str]:
    n = len(strings)
    head = strings.slice(0, _N_SAMPLE)
    rest = strings.take(pa.array(range(0, n, max(1, n // _N_SAMPLE)))) if n > _N_SAMPLE else head
    return [cell for cell in [*head.to_pylist(), *rest.to_pylist()] if cell is not None]


def _without_missing_words(strings: pa.ChunkedArray) -> pa.ChunkedArray:
    trimmed = pc.utf8_trim_whitespace(strings)
    words = pc.is_in(trimmed, value_set=pa.array(_MISSING_WORDS))
    return pc.if_else(words, pa.scalar(None, strings.type), trimmed)


def _numbers(strings: pa.ChunkedArray) -> pa.ChunkedArray | None:
    odd = pc.or_(pc.starts_with(strings, "0"), pc.greater(pc.binary_length(strings), 15))
    signed = pc.or_(pc.starts_with(strings, "-"), pc.starts_with(strings, "+"))
    suspects = strings.filter(pc.fill_null(pc.or_(odd, signed), False))
    if pc.any(pc.match_substring_regex(suspects, _CODE)).as_py():
        return None
    if pc.any(pc.starts_with(suspects, "+")).as_py():
        strings = pc.replace_substring_regex(strings, r"^\+(\d|\.)", r"\1")
    whole = _cast(strings, pa.int64())
    if whole is not None:
        return whole
    numbers = _cast(strings, pa.float64())
    if numbers is None:
        return None
    return pc.if_else(pc.is_finite(numbers), numbers, pa.scalar(None, pa.float64()))


def _booleans(strings: pa.ChunkedArray) -> pa.ChunkedArray | None:
    lower = pc.utf8_lower(strings)
    known = pc.or_(pc.equal(lower, "true"), pc.equal(lower, "false"))
    return pc.equal(lower, "true") if pc.all(known).as_py() else None


def _cast(strings: pa.ChunkedArray, to: pa.DataType) -> pa.ChunkedArray | None:
    try:
        return pc.cast(strings, to)
    except pa.ArrowInvalid:
        return None
