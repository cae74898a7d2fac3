"""What a column of strings is for."""

import re

import pyarrow as pa
import pyarrow.compute as pc

from emendata.data.date_forms import is_date
from emendata.records import Role

__all__ = ["FEW_GROUPS", "GROUPS", "NAMED_LIKE_ID", "role_of_strings"]

GROUPS = "named like an id, and its values come again"
FEW_GROUPS = 20
"""Values that repeat are taken for those of groups if there are more."""

_OWNERS = (
    "user|author|customer|client|patient|person|passenger|employee|student|member|account|session|order|product"
    "|item|article|doc|document|post|tweet|comment|review|message|sample|example|record|row|case|object|image"
)
NAMED_LIKE_ID = re.compile(
    rf"(?i:(.*[_\W])?(id|ids|uuid|guid|idx|key)|({_OWNERS})id|index|unnamed: 0|row_?(no|number|num))"
    r"|.*[a-z](Id|ID)"  # but not "paid", "acid" or "grid"
)
_TOKEN = re.compile(r"[!-~]{1,200}")  # printable ASCII without spaces
_CODE = re.compile(r"(?!\w+://)[\w.:/+=-]*\d[\w.:/+=-]*", re.ASCII)
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
    if sum(is_date(cell.strip()) for cell in sample) >= 0.9 * len(sample):
        return Role.DATE, "dates"
    tokens = all(_TOKEN.fullmatch(cell) for cell in sample)
    ratio = n_distinct / n
    if tokens and NAMED_LIKE_ID.fullmatch(name) and ratio == 1:
        return Role.ID, "single words, and named like an id"
    if tokens and NAMED_LIKE_ID.fullmatch(name) and n_distinct > max(FEW_GROUPS, 0.05 * n):
        return Role.GROUP, GROUPS
    if tokens and n_distinct == len(values) >= 20 and _are_codes(sample):
        return Role.ID, "a different code in every row"
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


def _are_codes(cells: list[str]) -> bool:
    """Tell numbers and hashes from names, addresses and sequences, which say something about their rows."""
    return sum(_CODE.fullmatch(cell) is not None for cell in cells) >= 0.5 * len(cells)


def _n_words(cell: str) -> float:
    return max(len(cell.split()), len(_UNSPACED.findall(cell)) / 2)


def _sample(values: pa.ChunkedArray) -> list[str]:
    present = values if not values.null_count else values.filter(pc.is_valid(values))
    step = max(1, len(present) // _N_SAMPLE)
    rows = pa.array(range(0, len(present), step)[:_N_SAMPLE])
    return [str(cell) for cell in (present.take(rows) if step > 1 else present).to_pylist()]
