"""What a column of strings is for."""

import re

import pyarrow as pa
import pyarrow.compute as pc

from emendata.data.date_forms import is_date
from emendata.records import Role

__all__ = ["GROUPS", "NAMED_LIKE_ID", "role_of_ids", "role_of_strings"]

GROUPS = "named like an id, and its values come again"
_FEW = 20  # values that come again are those of ids if there are more

_OWNERS = (
    "user|author|customer|client|patient|person|passenger|employee|student|member|account|session|order|product"
    "|item|article|doc|document|post|tweet|comment|review|message|image"
)
_ROWS = "sample|example|record|row|case|object"
NAMED_LIKE_ID = re.compile(
    rf"(?i:(.*[_\W])?(id|ids|uuid|guid|idx|key)|({_OWNERS}|{_ROWS})id|index|unnamed: 0|row_?(no|number|num))"
    r"|.*[a-z](Id|ID)"  # but not "paid", "acid" or "grid"
)
_NUMBERS_ROWS = re.compile(
    rf"(?!(.*[_\W])?({_OWNERS})[_\W](key|idx))(.*[_\W])?(idx|key)|index|unnamed: 0|row[_\W]?(id|no|number|num)",
    re.IGNORECASE,
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
    if tokens and (found := role_of_ids(name, n_distinct, n)):
        return found
    if tokens and n_distinct == len(values) >= 20 and _are_codes(sample):
        return Role.ID, "a different code in every row"
    return _text_or_category(sample, ratio, n_distinct)


def role_of_ids(name: str, n_distinct: int, n: int) -> tuple[Role, str] | None:
    """Return what a column of ids that come again is for, None if it is named for something else or has few values.

    Ids of those who have rows, such as users, are groups; numbers of the rows themselves tell of no one.

    Examples
    --------
    >>> role_of_ids("user_id", 300, 1000), role_of_ids("age", 300, 1000)
    ((<Role.GROUP: 'group'>, 'named like an id, and its values come again'), None)
    >>> role_of_ids("index", 300, 1000)
    (<Role.ID: 'id'>, 'named like an id')
    """
    if not NAMED_LIKE_ID.fullmatch(name) or n_distinct <= max(_FEW, 0.05 * n):
        return None
    return (Role.ID, "named like an id") if _NUMBERS_ROWS.fullmatch(name) else (Role.GROUP, GROUPS)


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
