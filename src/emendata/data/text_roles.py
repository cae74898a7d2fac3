"""What a column of strings is for."""

import re

import pyarrow as pa
import pyarrow.compute as pc

from emendata.records import Role

__all__ = ["NAMED_LIKE_ID", "role_of_strings"]

NAMED_LIKE_ID = re.compile(
    r"(.*[_\W])?(id|ids|uuid|guid|idx|index|key|unnamed: 0)|.*[a-z]I[dD]|row_?(no|number|num)", re.IGNORECASE
)
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_TIME = r"([T ,]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([ap]m)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
_DATE = re.compile(
    rf"(\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](\d{{4}}|\d{{2}})"
    rf"|\d{{1,2}}[ -]{_MONTH},?[ -]\d{{2,4}}|{_MONTH} \d{{1,2}},? \d{{4}}){_TIME}",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[!-~]{1,200}")  # printable ASCII without spaces
_UNSPACED = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]"
)  # scripts that put no spaces between words
_N_SAMPLE = 1000


def role_of_strings(name: str, values: pa.ChunkedArray, n_distinct: int) -> tuple[Role, str]:
    """Return role and reason, judging words and lengths on at most 1,000 rows.

    Examples
    --------
    >>> role_of_strings("town", pa.chunked_array([["Ulm", "Bern", "Ulm"]]), 2)[0].value
    'category'
    """
    n = len(values) - values.null_count
    sample = _sample(values)
    if sum(_DATE.fullmatch(cell.strip()) is not None for cell in sample) >= 0.9 * len(sample):
        return Role.DATE, "dates"
    tokens = all(_TOKEN.fullmatch(cell) for cell in sample)
    ratio = n_distinct / n
    if tokens and NAMED_LIKE_ID.fullmatch(name) and (ratio == 1 or n_distinct > max(20, 0.05 * n)):
        return Role.ID, "single words, and named like an id"
    if tokens and n_distinct == len(values) >= 20:
        return Role.ID, "a different single word in every row"
    return _text_or_category(sample, ratio, n_distinct)


def _text_or_category(sample: list[str], ratio: float, n_distinct: int) -> tuple[Role, str]:
    words = sum(map(_n_words, sample)) / len(sample)
    length = sum(map(len, sample)) / len(sample)
    if n_distinct <= 20 and (ratio <= 0.5 or words < 3):
        return Role.CATEGORY, f"{n_distinct} different values"
    if words >= 4 or length >= 40:
        if n_distinct <= 100 and ratio <= 0.05:
            return Role.CATEGORY, f"only {n_distinct} different values"
        return Role.TEXT, f"about {max(round(words), 1)} words a row"
    if ratio > 0.5:
        return Role.TEXT, "short texts, mostly different"
    return Role.CATEGORY, f"{n_distinct:,} different values that repeat"


def _n_words(cell: str) -> float:
    return max(len(cell.split()), len(_UNSPACED.findall(cell)) / 2)


def _sample(values: pa.ChunkedArray) -> list[str]:
    present = values if not values.null_count else values.filter(pc.is_valid(values))
    step = max(1, len(present) // _N_SAMPLE)
    rows = pa.array(range(0, len(present), step)[:_N_SAMPLE])
    return [str(cell) for cell in (present.take(rows) if step > 1 else present).to_pylist()]
