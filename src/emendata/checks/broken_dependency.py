"""Cells that break what nearly all other rows keep to: the same value here goes with the same value there."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from emendata.checks.cell_issues import CellIssue, cell_findings, listed
from emendata.checks.check import Check, option
from emendata.checks.inputs import CellColumn, Inputs
from emendata.kernels.dependencies import Dependency, Grouped, explained, find_dependencies, grouped, joined
from emendata.records import BoolArray, Findings, IntArray

__all__ = ["BrokenDependency"]

_MOST_COLUMNS = 60
_SHOWN = 3


class _Vote(NamedTuple):
    """What one dependency says of a cell: which code it should have, how sure that is as odds, and by how many rows."""

    code: int
    odds: float
    given: tuple[int, ...]
    n_majority: int
    n_same: int


@dataclass(frozen=True)
class BrokenDependency(Check):
    """Cell that breaks a dependency between columns.

    Where one or two columns determine another in nearly all rows, as a zip code does a city, a row that says otherwise
    than most with the same values is probably wrong. All dependencies of a cell vote, for the value that stands there
    as well. Of two cells that blame each other only the worse is flagged. The score is the probability that the cell
    is right.

    Cost: one grouping of a sample of the rows for each two columns, and of all rows where that does not rule a
    dependency out; the same for pairs of the ``paired`` columns of the fewest values.
    """

    code: ClassVar[str] = "EM406"
    name: ClassVar[str] = "broken_dependency"
    needs: ClassVar[tuple[str, ...]] = ("cells",)

    most_error: float = option(
        0.05, help="Part of the rows that may contradict a dependency.", ge=0.0, le=0.5
    )
    paired: int = option(20, help="Columns of the fewest values of which pairs are tried.", ge=0)
    least: float = option(
        0.7, help="Probability of another value from which on a cell is flagged.", ge=0.5, le=1.0
    )

    def find(self, inputs: Inputs) -> Findings:
        """Flag the cells that their dependencies, taken together, contradict."""
        assert inputs.cells is not None
        names = _chosen(inputs.cells, inputs.n_rows)
        columns = [inputs.cells[name] for name in names]
        codes = [column.codes.astype(np.int64) for column in columns]
        givers = np.array([_can_name(column) for column in columns], bool)
        found = find_dependencies(codes, most_error=self.most_error, n_paired=self.paired, givers=givers)
        votes = _votes(codes, found)
        rarity = [np.bincount(code[code >= 0], minlength=1) for code in codes]
        issues = [
            self._issue(row, y, doubt, cast, names, columns)
            for row, cells in votes.items()
            for y, doubt, cast in _judged(row, cells, codes, rarity, self.least)
        ]
        facts = {
            "dependencies": [
                {
                    "of": names[one.of],
                    "on": [names[x] for x in one.given],
                    "error": round(one.error, 4),
                    "rows": one.n_rows,
                }
                for one in found[:100]
            ],
            "n_dependencies": len(found),
        }
        return cell_findings(inputs.n_rows, issues, facts)

    def _issue(
        self,
        row: int,
        y: int,
        doubt: float,
        cast: "_Cast",
        names: Sequence[str],
        columns: Sequence[CellColumn],
    ) -> CellIssue:
        values = columns[y].values
        given = int(columns[y].codes[row])
        vote = max(cast.votes, key=lambda vote: (vote.odds, -len(vote.given)))
        same = " and ".join(
            f"'{names[x]}' is '{columns[x].values[int(columns[x].codes[row])]}'" for x in vote.given
        )
        others = {name for vote in cast.votes[:50] for name in (names[x] for x in vote.given)}
        others -= {names[x] for x in vote.given}
        reason = (
            f"'{names[y]}' is '{values[given]}' here; of the rows where {same}, {vote.n_majority:,} say "
            f"'{values[cast.code]}' and {vote.n_same:,} say '{values[given]}'."
        )
        if others:
            reason += f" {listed(sorted(others))} {'say' if len(others) > 1 else 'says'} the same."
        return CellIssue(
            row,
            names[y],
            1 - doubt,
            reason,
            values[cast.code],
            doubt * cast.share,
            tuple(values[code] for code in cast.next_best if code != given)[:_SHOWN],
        )


class _Cast(NamedTuple):
    code: int
    share: float
    next_best: tuple[int, ...]
    votes: tuple[_Vote, ...]


def _chosen(cells: dict[str, CellColumn], n_rows: int) -> list[str]:
    """Return the columns to be related; of very many those that have the fewest values, which group rows best."""
    sizes = {name: len(column.values) for name, column in cells.items()}
    useful = [name for name, size in sizes.items() if 2 <= size < 0.9 * n_rows]
    few = set(sorted(useful, key=lambda name: sizes[name])[:_MOST_COLUMNS])
    return [name for name in useful if name in few]


def _can_name(column: CellColumn) -> bool:
    """Tell whether a value may say what a row is: not an amount that was measured, which has parts of one."""
    numbers = column.numbers
    return column.kind != "number" or numbers is None or bool(np.all(np.isnan(numbers) | (numbers % 1 == 0)))


def _votes(codes: Sequence[IntArray], found: Sequence[Dependency]) -> dict[int, dict[int, list[_Vote]]]:
    """Return all votes on the cells that any dependency contradicts, by row and column."""
    by_column: dict[int, list[Dependency]] = defaultdict(list)
    for dependency in found:
        by_column[dependency.of].append(dependency)
    votes: dict[int, dict[int, list[_Vote]]] = defaultdict(dict)
    for y, dependencies in by_column.items():
        said = [grouped(_given(codes, one.given), codes[y]) for one in dependencies]
        others = [column for x, column in enumerate(codes) if x != y]
        speaks = [_unexplained(one, codes[y], others) for one in said]
        against = np.logical_or.reduce(
            [_is_against(one, codes[y]) & heard for one, heard in zip(said, speaks, strict=True)]
        )
        rows = np.flatnonzero(against)
        for one, heard, dependency in zip(said, speaks, dependencies, strict=True):
            told = rows[heard[rows]]
            for row, code, k, c in zip(
                told.tolist(),
                one.majority[told].tolist(),
                one.n_majority[told].tolist(),
                one.n_same[told].tolist(),
                strict=True,
            ):
                mine = code == codes[y][row]
                odds = (k - 1) / 3 if mine else k / (3 * c * c)  # errors are seldom twice the same
                odds = min(odds, (1 - dependency.error) / max(dependency.error, 0.005))
                if odds > 1 or not mine:
                    votes[row].setdefault(y, []).append(_Vote(code, max(odds, 0.1), dependency.given, k, c))
    return votes


def _is_against(said: Grouped, of: IntArray) -> BoolArray:
    return (of >= 0) & (said.majority >= 0) & (said.majority != of) & (said.n_majority >= 3 * said.n_same)


def _unexplained(said: Grouped, of: IntArray, others: Sequence[IntArray]) -> BoolArray:
    """Return the rows of which a dependency has anything to say: not where other columns tell of an exception."""
    judged = (of >= 0) & (said.majority >= 0)
    return judged & ~explained(judged & (said.majority != of), judged, others)


def _given(codes: Sequence[IntArray], given: tuple[int, ...]) -> IntArray:
    return codes[given[0]] if len(given) == 1 else joined(codes[given[0]], codes[given[1]])


def _judged(
    row: int,
    cells: dict[int, list[_Vote]],
    codes: Sequence[IntArray],
    rarity: Sequence[IntArray],
    least: float,
) -> Iterator[tuple[int, float, _Cast]]:
    """Yield the cells of a row that are probably wrong, the worst first, which then has no vote on the others."""
    wrong: set[int] = set()
    while True:
        judged = []
        for y, votes in cells.items():
            if y in wrong:
                continue
            left = [vote for vote in votes if wrong.isdisjoint(vote.given)]
            given = int(codes[y][row])
            if found := _counted_votes(left, given):
                judged.append((found[0], -int(rarity[y][given]), y, found[1]))
        if not judged:
            return
        doubt, _, y, cast = max(judged, key=lambda one: one[:3])
        if doubt < least:
            return
        wrong.add(y)
        yield y, doubt, cast


def _counted_votes(votes: Sequence[_Vote], given: int) -> tuple[float, _Cast] | None:
    """Return the probability that a cell is wrong, and what most say instead."""
    odds: dict[int, float] = defaultdict(lambda: 1.0)
    for vote in votes:
        odds[vote.code] = min(odds[vote.code] * vote.odds, 1e6)
    others = sorted((code for code in odds if code != given), key=lambda code: (-odds[code], code))
    if not others:
        return None
    best = others[0]
    doubt = odds[best] / (odds[best] + odds.get(given, 1.0))
    share = odds[best] / sum(odds[code] for code in others)
    return doubt, _Cast(best, share, tuple(others[1:]), tuple(v for v in votes if v.code == best))
