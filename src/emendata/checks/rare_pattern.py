"""Cells that are written in another form than the others of their column."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from emendata.checks.cell_issues import cell_findings, rows_by_code
from emendata.checks.check import Check, option
from emendata.checks.inputs import CellColumn, Inputs
from emendata.checks.issues import Issue
from emendata.kernels.forms import of_usual_form, usual_forms
from emendata.kernels.patterns import differ_in_signs, fingerprint, in_form
from emendata.kernels.rounding import places_of
from emendata.kernels.stand_ins import is_stand_in
from emendata.records import Findings, IntArray

__all__ = ["RarePattern"]

_FEWEST = 20  # numbers that tell how many decimal places are usual
_NEARLY_ALL = 0.97
_MORE_PLACES = 3
_SPACES = re.compile(r"\s+")


class _Odd(NamedTuple):
    """A value in an odd form: what it should be, if that is known, how sure that is, and why."""

    code: int
    doubt: float
    suggestion: str | None
    probability: float
    why: str


@dataclass(frozen=True)
class RarePattern(Check):
    """Cell in an unusual form.

    Four things are told. A value that differs from a commoner one in nothing but case, signs and spaces should be
    written like it. A cell with spaces around or double ones, where others have none, should have none. In a column
    whose cells are nearly all of a few patterns of digits, letters and signs, such as ``999-9999``, any other pattern
    is odd; where there are several, only if more than the length of its parts is another. If the letters and digits fit
    a usual pattern, that is the suggestion. And a number with at least three decimal places more than nearly all was
    made of another. The score is the part of the cells that have the odd form.

    Cost: one look at the distinct values of every column of texts.
    """

    code: ClassVar[str] = "EM404"
    name: ClassVar[str] = "rare_pattern"
    needs: ClassVar[tuple[str, ...]] = ("cells",)

    most: float = option(
        0.05, help="Part of the cells that may be in an odd form; of more the form is usual.", ge=0.0, le=0.5
    )

    def find(self, inputs: Inputs) -> Findings:
        """Flag the cells that are written otherwise than the others of their column."""
        assert inputs.cells is not None
        issues: list[Issue] = []
        facts = {}
        for name, column in inputs.cells.items():
            counts = np.bincount(column.codes[column.codes >= 0], minlength=len(column.values))
            if column.kind == "number" and not column.is_name:
                issues += _issues(name, column, list(_exact(column, counts)))
            if column.is_typed or column.kind == "date":
                continue
            forms = () if _are_amounts(column) else usual_forms(column.values, counts, 1 - self.most)
            if forms:
                facts[name] = list(forms)
            odd = [
                *self._variants(column, counts),
                *self._spaced(column, counts),
                *(_formless(column, counts, forms) if forms else ()),
            ]
            first = {one.code: one for one in reversed(odd)}
            issues += _issues(name, column, list(first.values()))
        return cell_findings(inputs.n_rows, issues, {"usual_forms": facts})

    def _variants(self, column: CellColumn, counts: IntArray) -> Iterator[_Odd]:
        """Yield the values that are a commoner one in another case or with other signs."""
        if column.kind != "word" or column.is_name:
            return
        alike: dict[str, list[int]] = defaultdict(list)
        for code, value in enumerate(column.values):
            if key := fingerprint(value):
                alike[key].append(code)
        for codes in alike.values():
            best = max(codes, key=lambda code: (int(counts[code]), -code))
            total = int(counts[codes].sum())
            for code in codes:
                share = float(counts[code] / total)
                one, other = column.values[code], column.values[best]
                if code != best and share <= self.most and not differ_in_signs(one, other):
                    cells = f"{int(counts[code]):,} cells against {int(counts[best]):,}"
                    yield _Odd(code, 1 - share, other, 1 - share, f"is '{other}' written otherwise: {cells}")

    def _spaced(self, column: CellColumn, counts: IntArray) -> Iterator[_Odd]:
        """Yield the values with spaces too many, where hardly any have them."""
        odd = [code for code, value in enumerate(column.values) if _SPACES.sub(" ", value.strip()) != value]
        share = counts[odd].sum() / max(counts.sum(), 1)
        if share <= self.most:
            for code in odd:
                value = _SPACES.sub(" ", column.values[code].strip())
                yield _Odd(code, 1 - float(share), value, 0.95, "has spaces that others do not have")


def _formless(column: CellColumn, counts: IntArray, forms: Sequence[str]) -> Iterator[_Odd]:
    """Yield the values of another pattern than nearly all; words that stand for nothing are no pattern."""
    fits = of_usual_form(column.values, forms)
    share = float(counts[fits].sum() / counts.sum())
    shown = " or ".join(f"'{form}'" for form in forms)
    for code in np.flatnonzero(~fits).tolist():
        value = column.values[code]
        if not is_stand_in(value):
            made = in_form(value, forms)
            why = (
                f"does not have the form {shown} that {100 * share:.1f} % of {int(counts.sum()):,} cells have "
                "(9 is a digit, a and A are letters)"
            )
            yield _Odd(code, share, made, 0.9 if made else np.nan, why)


def _exact(column: CellColumn, counts: IntArray) -> Iterator[_Odd]:
    """Yield the numbers of at least three decimal places more than nearly all: they were made of others."""
    assert column.numbers is not None
    there = np.flatnonzero(~np.isnan(column.numbers))
    if counts[there].sum() < _FEWEST:
        return
    own = places_of(column.numbers[there])
    n_cells = int(counts[there].sum())
    usual = next(
        places for places in range(10) if counts[there][own <= places].sum() >= _NEARLY_ALL * n_cells
    )
    odd = own >= usual + _MORE_PLACES
    n_odd = int(counts[there][odd].sum())
    for code, places in zip(there[odd].tolist(), own[odd].tolist(), strict=True):
        why = (
            f"has {places} decimal places; {n_cells - n_odd:,} of {n_cells:,} cells have fewer, and nearly all at most "
            f"{usual}"
        )
        yield _Odd(code, 1 - n_odd / n_cells, None, np.nan, why)


def _are_amounts(column: CellColumn) -> bool:
    """Tell amounts, whose digits are as many as they are large, from codes that are written with digits."""
    coded = column.is_name or any(
        len(value) > 1 and value[0] == "0" and value.isdigit() for value in column.values
    )
    return column.kind == "number" and not coded


def _issues(name: str, column: CellColumn, found: Sequence[_Odd]) -> Iterator[Issue]:
    rows = rows_by_code(column, [odd.code for odd in found])
    for odd in found:
        for row in rows[odd.code]:
            reason = f"'{column.values[odd.code]}' in '{name}' {odd.why}."
            yield Issue(row, name, 1 - odd.doubt, reason, odd.suggestion, odd.probability)
