"""Cells that are written in another form than the others of their column."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from emendata.checks.cell_issues import CellIssue, cell_findings, rows_by_code
from emendata.checks.check import Check, option
from emendata.checks.inputs import CellColumn, Inputs
from emendata.checks.sentinel import is_stand_in
from emendata.kernels.patterns import fingerprint, in_form, pattern
from emendata.kernels.rounding import places_of
from emendata.records import Findings, IntArray

__all__ = ["RarePattern"]

_FORMS = 3  # that nearly all cells of a column with a form have
_FEWEST = 20  # cells that tell a form
_NEARLY_ALL = 0.97
_MORE_PLACES = 3
_RUNS = re.compile(r"(A|a|9)\1*")
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
    is odd, but, where there are several, one that differs in the length of its parts only; if the letters and digits
    fit one of the usual patterns, that is the suggestion. And a number with at
    least three decimal places more than nearly all was made of another. The score is the part of the cells that have the
    odd form.

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
        issues: list[CellIssue] = []
        facts = {}
        for name, column in inputs.cells.items():
            counts = np.bincount(column.codes[column.codes >= 0], minlength=len(column.values))
            if column.kind == "number" and not column.is_name:
                issues += _issues(name, column, list(_exact(column, counts)))
            if column.is_typed or column.kind == "date":
                continue
            forms = _usual_forms(column, counts, 1 - self.most)
            if forms:
                facts[name] = list(forms)
            found: dict[int, _Odd] = {}
            for odd in (
                *self._variants(column, counts),
                *self._spaced(column, counts),
                *self._formless(column, counts, forms),
            ):
                found.setdefault(odd.code, odd)
            issues += _issues(name, column, list(found.values()))
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
                share = counts[code] / total
                if (
                    code != best
                    and share <= self.most
                    and not _differs_in_signs_that_count(column.values[code], column.values[best])
                ):
                    yield _Odd(
                        code,
                        1 - share,
                        column.values[best],
                        float(1 - share),
                        f"is '{column.values[best]}' written otherwise: {int(counts[code]):,} cells against "
                        f"{int(counts[best]):,}",
                    )

    def _spaced(self, column: CellColumn, counts: IntArray) -> Iterator[_Odd]:
        """Yield the values with spaces too many, where hardly any have them, and then those in another case than all."""
        odd = [code for code, value in enumerate(column.values) if _SPACES.sub(" ", value.strip()) != value]
        share = counts[odd].sum() / max(counts.sum(), 1)
        if share <= self.most:
            for code in odd:
                value = _SPACES.sub(" ", column.values[code].strip())
                yield _Odd(code, 1 - float(share), value, 0.95, "has spaces that others do not have")

    def _formless(self, column: CellColumn, counts: IntArray, forms: Sequence[str]) -> Iterator[_Odd]:
        """Yield the values of another pattern than nearly all; words that stand for nothing are no pattern."""
        if not forms:
            return
        of_runs = {_RUNS.sub(r"\1", form) for form in forms} if len(forms) > 1 else set()
        shapes = [pattern(value) for value in column.values]
        fits = [shape in forms or _RUNS.sub(r"\1", shape) in of_runs for shape in shapes]
        share = 1 - float(counts[np.array(fits)].sum() / counts.sum())
        shown = " or ".join(f"'{form}'" for form in forms)
        for code, value in enumerate(column.values):
            if not fits[code] and not is_stand_in(value):
                made = in_form(value, forms)
                yield _Odd(
                    code,
                    1 - share,
                    made,
                    0.9 if made else np.nan,
                    f"does not have the form {shown} that {100 * (1 - share):.1f} % of {int(counts.sum()):,} cells have "
                    "(9 is a digit, a and A are letters)",
                )


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


def _usual_forms(column: CellColumn, counts: IntArray, least: float) -> tuple[str, ...]:
    """Return the few patterns that nearly all cells have, the commonest first; none where cells have no form.

    Patterns without a digit are words, whose length tells nothing.
    """
    if counts.sum() < _FEWEST or len(column.values) < _FORMS or _are_amounts(column):
        return ()
    shapes: Counter[str] = Counter()
    for value, count in zip(column.values, counts.tolist(), strict=True):
        shapes[pattern(value)] += count
    common = shapes.most_common(_FORMS)
    chosen: list[str] = []
    covered = 0
    for shape, count in common:
        chosen.append(shape)
        covered += count
        if covered >= least * counts.sum():
            break
    is_code = all(("9" in shape and not shape.isalnum()) or _is_mixed(shape) for shape in chosen)
    return tuple(chosen) if covered >= least * counts.sum() and is_code else ()


def _are_amounts(column: CellColumn) -> bool:
    """Tell amounts, whose digits are as many as they are large, from codes that are written with digits."""
    coded = column.is_name or any(
        len(value) > 1 and value[0] == "0" and value.isdigit() for value in column.values
    )
    return column.kind == "number" and not coded


def _is_mixed(shape: str) -> bool:
    return "9" in shape and ("A" in shape or "a" in shape or len(shape) >= 4)


def _differs_in_signs_that_count(one: str, other: str) -> bool:
    """Tell whether texts differ in signs that make another value: ``-1`` and ``1``, ``C+`` and ``C``."""
    signs = re.compile(r"[+\-<>=#%&]")
    outside = [re.sub(r"(?<=\w)-(?=\w)", " ", text) for text in (one, other)]
    return signs.findall(outside[0]) != signs.findall(outside[1])


def _issues(name: str, column: CellColumn, found: Sequence[_Odd]) -> Iterator[CellIssue]:
    rows = rows_by_code(column, [odd.code for odd in found])
    for odd in found:
        for row in rows[odd.code]:
            reason = f"'{column.values[odd.code]}' in '{name}' {odd.why}."
            yield CellIssue(row, name, 1 - odd.doubt, reason, odd.suggestion, odd.probability)
