"""Cells that break what nearly all other rows keep to: the same value here goes with the same value there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.cell_issues import cell_findings, listed
from emendata.checks.check import Check, option
from emendata.checks.dependency_votes import Verdict, votes_on_cells, wrong_cells
from emendata.checks.inputs import CellColumn, Inputs
from emendata.checks.issues import Issue
from emendata.kernels.dependencies import find_dependencies
from emendata.records import Findings

__all__ = ["BrokenDependency"]

_MOST_COLUMNS = 60
_SHOWN = 3


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
        votes = votes_on_cells(codes, found)
        rarity = [np.bincount(code[code >= 0], minlength=1) for code in codes]
        issues = [
            self._issue(row, y, doubt, cast, names, columns)
            for row, cells in votes.items()
            for y, doubt, cast in wrong_cells(row, cells, codes, rarity, self.least)
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
        cast: "Verdict",
        names: Sequence[str],
        columns: Sequence[CellColumn],
    ) -> Issue:
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
        return Issue(
            row,
            names[y],
            1 - doubt,
            reason,
            values[cast.code],
            doubt * cast.share,
            tuple(values[code] for code in cast.next_best if code != given)[:_SHOWN],
        )


def _chosen(cells: Mapping[str, CellColumn], n_rows: int) -> list[str]:
    """Return the columns to be related; of very many those that have the fewest values, which group rows best."""
    sizes = {name: len(column.values) for name, column in cells.items()}
    useful = [name for name, size in sizes.items() if 2 <= size < 0.9 * n_rows]
    few = set(sorted(useful, key=lambda name: sizes[name])[:_MOST_COLUMNS])
    return [name for name in useful if name in few]


def _can_name(column: CellColumn) -> bool:
    """Tell whether a value may say what a row is: not an amount that was measured, which has parts of one."""
    numbers = column.numbers
    return column.kind != "number" or numbers is None or bool(np.all(np.isnan(numbers) | (numbers % 1 == 0)))
