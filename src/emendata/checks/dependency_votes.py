"""What dependencies between columns say of single cells, taken together."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from emendata.kernels.dependencies import Dependency, explained
from emendata.kernels.grouping import Grouped, grouped, joined
from emendata.records import BoolArray, IntArray

__all__ = ["Verdict", "Vote", "votes_on_cells", "wrong_cells"]


class Vote(NamedTuple):
    """What one dependency says of a cell: which code it should have, how sure that is as odds, and by how many rows."""

    code: int
    odds: float
    given: tuple[int, ...]
    n_majority: int
    n_same: int


class Verdict(NamedTuple):
    """What a cell should hold: a code, its share of what speaks for others than the given, and who says so."""

    code: int
    share: float
    next_best: tuple[int, ...]
    votes: tuple[Vote, ...]


def votes_on_cells(
    codes: Sequence[IntArray], found: Sequence[Dependency]
) -> dict[int, dict[int, list[Vote]]]:
    """Return all votes on the cells that any dependency contradicts, by row and column."""
    by_column: dict[int, list[Dependency]] = defaultdict(list)
    for dependency in found:
        by_column[dependency.of].append(dependency)
    votes: dict[int, dict[int, list[Vote]]] = defaultdict(dict)
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
                    votes[row].setdefault(y, []).append(Vote(code, max(odds, 0.1), dependency.given, k, c))
    return votes


def _is_against(said: Grouped, of: IntArray) -> BoolArray:
    judged = (of >= 0) & (said.majority >= 0)
    against: BoolArray = judged & (said.majority != of) & (said.n_majority >= 3 * said.n_same)
    return against


def _unexplained(said: Grouped, of: IntArray, others: Sequence[IntArray]) -> BoolArray:
    """Return the rows of which a dependency has anything to say: not where other columns tell of an exception."""
    judged = (of >= 0) & (said.majority >= 0)
    speaks: BoolArray = judged & ~explained(judged & (said.majority != of), judged, others)
    return speaks


def _given(codes: Sequence[IntArray], given: tuple[int, ...]) -> IntArray:
    return codes[given[0]] if len(given) == 1 else joined(codes[given[0]], codes[given[1]])


def wrong_cells(
    row: int,
    cells: Mapping[int, Sequence[Vote]],
    codes: Sequence[IntArray],
    rarity: Sequence[IntArray],
    least: float,
) -> Iterator[tuple[int, float, Verdict]]:
    """Yield the cells of a row that are probably wrong, each with how probable that is and what it should be.

    The one that is in most contradictions comes first, and has no vote on the others from then on.
    """
    given = {y: int(codes[y][row]) for y in cells}
    wrong: set[int] = set()
    while True:
        left = {
            y: [vote for vote in votes if wrong.isdisjoint(vote.given)]
            for y, votes in cells.items()
            if y not in wrong
        }
        blame = Counter(
            x
            for y, votes in left.items()
            for vote in votes
            if vote.code != given[y]
            for x in (y, *vote.given)
        )
        judged = [
            (blame[y], doubt, -int(rarity[y][given[y]]), y, verdict)
            for y, votes in left.items()
            for doubt, verdict in _counted_votes(votes, given[y])
            if doubt >= least
        ]
        if not judged:
            return
        _, doubt, _, y, verdict = max(judged, key=lambda one: one[:4])
        wrong.add(y)
        yield y, doubt, verdict


def _counted_votes(votes: Sequence[Vote], given: int) -> Iterator[tuple[float, Verdict]]:
    """Yield the probability that a cell is wrong, and what most say instead, if any say so."""
    odds: dict[int, float] = defaultdict(lambda: 1.0)
    for vote in votes:
        odds[vote.code] = min(odds[vote.code] * vote.odds, 1e6)
    others = sorted((code for code in odds if code != given), key=lambda code: (-odds[code], code))
    if not others:
        return
    best = others[0]
    doubt = odds[best] / (odds[best] + odds.get(given, 1.0))
    share = odds[best] / sum(odds[code] for code in others)
    yield doubt, Verdict(best, share, tuple(others[1:]), tuple(v for v in votes if v.code == best))
