"""How the texts of a column are built, as a regular expression that all of them match."""

import re
from collections.abc import Sequence
from itertools import groupby

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from emendata.kernels.forms import of_usual_form, usual_forms

__all__ = ["FORMAT_CHECKS", "are_numbers", "text_pattern"]

FORMAT_CHECKS = ("rare_pattern", "typo", "mixed_types", "date_order", "label_variants")
"""Checks that find cells which are written in the wrong way."""

_USUAL = 0.95  # part of the texts that tell the usual forms; all of them must have one of these
_ONE_SPACE = r"^\S+( \S+)*$"
_NUMBER = re.compile(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*")
_SPECIAL = re.compile(r"[.^$*+?{}\[\]\\|()]")
_ASCII = {"9": "[0-9]", "A": "[A-Z]", "a": "[a-z]"}
_ANY = {"9": r"\d", "A": r"[^\W\d_]", "a": r"[^\W\d_]"}


def text_pattern(texts: pa.ChunkedArray) -> str | None:
    r"""Return a regular expression that all texts match: that of their usual forms, or that no space is too many.

    None where they have neither.

    Examples
    --------
    >>> text_pattern(pa.chunked_array([[f"{10 + i}-{20 + i}" for i in range(30)]]))
    '^[0-9]{2}-[0-9]{2}$'
    >>> text_pattern(pa.chunked_array([["to be", "or not"]]))
    '^\\S+( \\S+)*$'
    """
    counted = pc.value_counts(texts.combine_chunks())
    values = counted.field("values").to_pylist()
    forms = usual_forms(values, np.asarray(counted.field("counts"), np.int64), _USUAL)
    if forms and of_usual_form(values, forms).all():
        classes = _ASCII if all(value.isascii() for value in values) else _ANY
        written = sorted({_regex(form, classes, any_length=len(forms) > 1) for form in forms})
        return _if_all(written[0] if len(written) == 1 else f"({'|'.join(written)})", values)
    return _ONE_SPACE if all(re.search(_ONE_SPACE, value) for value in values) else None


def are_numbers(values: Sequence[str]) -> bool:
    """Tell whether all texts are numbers.

    Examples
    --------
    >>> are_numbers(["007", "-1.5e3"]), are_numbers(["7", "seven"])
    (True, False)
    """
    return all(_NUMBER.fullmatch(value) for value in values)


def _if_all(inner: str, values: Sequence[str]) -> str | None:
    pattern = f"^{inner}$"
    return pattern if all(re.search(pattern, value) for value in values) else None


def _regex(form: str, classes: dict[str, str], *, any_length: bool) -> str:
    """Return a form as a regular expression; where texts have several, their parts may be longer and shorter."""
    parts = []
    for sign, run in groupby(form):
        n = len(list(run))
        if sign not in classes:
            parts.append(_SPECIAL.sub(r"\\\g<0>", sign) * n)
        elif any_length:
            parts.append(f"{classes[sign]}+")
        else:
            parts.append(classes[sign] + (f"{{{n}}}" if n > 1 else ""))
    return "".join(parts)
