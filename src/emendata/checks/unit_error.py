"""Numbers in another unit, or with the wrong sign."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from emendata.checks.cell_issues import cell_findings, listed, numbers_by_row
from emendata.checks.check import Check, option
from emendata.checks.inputs import CellColumn, Inputs
from emendata.checks.issues import Issue
from emendata.kernels.expected import AROUND, Expected, expected, robust_spread
from emendata.kernels.rounding import are_rounded, decimals, places_of
from emendata.kernels.tails import beyond_tail
from emendata.kernels.units import other_units
from emendata.records import BoolArray, Findings, FloatArray, IntArray

__all__ = ["UnitError"]

_FEWEST = 30  # numbers that tell what is usual
_FEWEST_VALUES = 5
_POSITIVE = 0.97  # part of the numbers above zero from which on a column is of amounts
_FAR_FROM_ZERO = 0.2  # of the median, that nearly all amounts must reach
_TIGHT = 0.25  # spread of logarithms below which others tell an amount so well that it is above zero
_MORE_PLACES = 3
_FEW = 0.03  # part of the numbers that may have more decimal places by error
_FITS = 2.5  # times the spread that a corrected number may be from what is expected
_MOST_GROUPS = 8
_MANY = 0.1  # part of the rows that the values of a column of groups may be
_MOST_COLUMNS = 30
_SHOWN = 3


class _Odd(NamedTuple):
    row: int
    strength: float  # how many spreads the number is away
    alone: float  # and from the middle of its column, whatever the other columns say
    suggestions: tuple[tuple[float, float, str], ...]  # value, probability, way


@dataclass(frozen=True)
class UnitError(Check):
    """Number in another unit or with the wrong sign.

    What is to be expected of a number is told by the other columns of numbers, by groups of rows and by the rows around
    it. A number is flagged if it is ``cut`` times as far from that as usual, far beyond the tail of its column, or has
    at least three decimal places more than nearly all others, and is where it should be, with as many places as they,
    once it is multiplied or divided by 10, 100, 1,000 or a factor between common units, turned from degrees Celsius to
    Fahrenheit or back, or given the other sign. The score is low where it is far away.

    Cost: every two columns of numbers are related on 20,000 rows at most; linear in the rows beyond.
    """

    code: ClassVar[str] = "EM408"
    name: ClassVar[str] = "unit_error"
    needs: ClassVar[tuple[str, ...]] = ("cells",)

    cut: float = option(6.0, help="Times the usual distance from what is expected.", ge=2.0)

    def find(self, inputs: Inputs) -> Findings:
        """Flag the numbers that are right in another unit or with another sign."""
        assert inputs.cells is not None
        columns = _amounts(inputs.cells)
        groups = _groups(inputs.cells, inputs.n_rows)
        scaled = {name: _logs(numbers) for name, numbers in columns.items()}
        found: dict[int, list[tuple[str, _Odd, Expected]]] = defaultdict(list)
        for name, numbers in columns.items():
            others = [scaled[other] for other in columns if other != name]
            by = expected(scaled[name], others, [codes for other, codes in groups.items() if other != name])
            for odd in self._odd(numbers, scaled[name], by):
                found[odd.row].append((name, odd, by))
        issues = [
            _issue(inputs.cells[name], name, odd, _sources(name, by, list(columns), list(groups)))
            for of_row in found.values()
            for name, odd, by in _unrelated(of_row, list(columns))
        ]
        return cell_findings(inputs.n_rows, issues)

    def _odd(self, numbers: FloatArray, scaled: FloatArray, by: Expected) -> Iterator[_Odd]:
        """Yield the numbers far beyond the tail of all that one of the ways would put right."""
        spread = max(by.spread, 1e-3 * robust_spread(scaled - np.nanmedian(scaled)), 1e-9)
        if not np.isfinite(spread):
            return
        is_log = scaled is not numbers
        away = np.abs(scaled - by.values) / spread
        judged = ~np.isnan(numbers) & ~np.isnan(by.values)
        if is_log and (_are_far_from_zero(numbers) or (by.from_columns and by.spread < _TIGHT)):
            away[judged & (numbers < 0)] = np.inf
        cut = beyond_tail(away[judged & np.isfinite(away)], self.cut)
        n_places = decimals(numbers)
        exact = judged & _too_exact(numbers, n_places)
        rows = np.flatnonzero((judged & (away > cut)) | exact)
        if not len(rows):
            return
        from_middle = scaled - np.nanmedian(scaled)
        alone = np.abs(from_middle) / max(robust_spread(from_middle), 1e-9)
        ways = list(other_units(numbers[rows], temperatures=not is_log))
        near = np.stack([np.abs(_scale(way.right, is_log) - by.values[rows]) / spread for way in ways])
        near = np.where(np.isnan(near), np.inf, near)
        usual = numbers[judged & (away <= cut)]
        low, high = usual.min(), usual.max()
        fits = np.stack(
            [
                (way.right >= low)
                & (way.right <= high)
                & are_rounded(way.right, numbers[rows], way.factor, n_places)
                for way in ways
            ]
        )
        fits &= near <= np.where(exact[rows] & (away[rows] <= cut), cut, _FITS)
        weights = np.array([way.weight for way in ways])[:, None] * np.exp(-0.5 * near**2) * fits
        total = weights.sum(axis=0)
        for i in np.flatnonzero(total > 0):
            order = np.argsort(-weights[:, i], kind="stable")[: 1 + _SHOWN]
            said = tuple(
                (round(float(ways[w].right[i]), n_places), float(weights[w, i] / total[i]), ways[w].name)
                for w in order
                if weights[w, i] > 0
            )
            strength = float(min(max(away[rows[i]], self.cut), 1e6))
            yield _Odd(int(rows[i]), strength, float(np.nan_to_num(alone[rows[i]], nan=1e6)), said)


def _amounts(cells: Mapping[str, CellColumn]) -> dict[str, FloatArray]:
    """Return the columns of numbers that measure or count something, by rows."""
    chosen: dict[str, FloatArray] = {}
    for name, column in cells.items():
        if column.kind == "number" and not column.is_name and len(column.values) >= _FEWEST_VALUES:
            numbers = numbers_by_row(column)
            if np.count_nonzero(~np.isnan(numbers)) >= _FEWEST and len(chosen) < _MOST_COLUMNS:
                chosen[name] = numbers
    return chosen


def _groups(cells: Mapping[str, CellColumn], n_rows: int) -> dict[str, IntArray]:
    sizes = {name: len(column.values) for name, column in cells.items() if column.kind != "date"}
    useful = sorted((size, name) for name, size in sizes.items() if 2 <= size <= _MANY * n_rows)
    return {name: cells[name].codes.astype(np.int64) for _, name in useful[:_MOST_GROUPS]}


def _logs(numbers: FloatArray) -> FloatArray:
    """Return the logarithms of a column of amounts, in which units are shifts; others stay."""
    there = numbers[~np.isnan(numbers) & (numbers != 0)]
    return _scale(numbers, is_log=True) if np.mean(there > 0) >= _POSITIVE else numbers


def _are_far_from_zero(numbers: FloatArray) -> bool:
    """Tell whether amounts stop well above zero, so that one below it is no small amount."""
    above = numbers[numbers > 0]
    return bool(np.quantile(above, 0.02) >= _FAR_FROM_ZERO * np.median(above))


def _scale(numbers: FloatArray, is_log: bool) -> FloatArray:
    if not is_log:
        return numbers
    return np.log(np.where(numbers > 0, numbers, np.nan))


def _too_exact(numbers: FloatArray, places: int) -> BoolArray:
    """Return the numbers of at least three decimal places more than nearly all, as factors make them."""
    found = np.zeros(len(numbers), bool)
    there = ~np.isnan(numbers)
    found[there] = places_of(numbers[there]) >= places + _MORE_PLACES
    return found if found.sum() <= _FEW * there.sum() else np.zeros(len(numbers), bool)


def _unrelated(
    of_row: Sequence[tuple[str, _Odd, Expected]], names: Sequence[str]
) -> Iterator[tuple[str, _Odd, Expected]]:
    """Yield the odd numbers of a row, but for those that only seem so beside one that is odder by itself."""
    for name, odd, by in of_row:
        asked = set(_number_sources(name, by, names))
        if not any(other in asked and more.alone > odd.alone for other, more, _ in of_row):
            yield name, odd, by


def _number_sources(name: str, by: Expected, names: Sequence[str]) -> list[str]:
    others = [other for other in names if other != name]
    return [others[at] for at in by.from_columns if 0 <= at < len(others)]


def _sources(name: str, by: Expected, names: Sequence[str], groups: Sequence[str]) -> str:
    others = [*(other for other in names if other != name), *(group for group in groups if group != name)]
    said = list(dict.fromkeys(others[at] for at in by.from_columns if at != AROUND))
    if AROUND in by.from_columns:
        return f"{listed(said)} and the rows around" if said else "the rows around"
    return listed(said) if said else "the other cells of its column"


def _issue(column: CellColumn, name: str, odd: _Odd, sources: str) -> Issue:
    (value, probability, way), *others = odd.suggestions
    given = column.values[int(column.codes[odd.row])]
    reason = (
        f"'{given}' in '{name}' is {min(odd.strength, 999):.0f} times as far as usual from what {sources} lead one to "
        f"expect; {way} it is {_written(value)}, which fits."
    )
    sure = 1 - 1 / (1 + odd.strength)
    return Issue(
        odd.row,
        name,
        1 - sure,
        reason,
        _written(value),
        probability * sure,
        tuple(_written(other) for other, _, _ in others),
    )


def _written(value: float) -> str:
    return f"{value:.10g}"
