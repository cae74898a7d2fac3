"""In what order flagged rows are looked at, as the answers so far teach, and on which rows models are at odds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from emendata.corrections.items import Item
from emendata.kernels.reranking import learned_weights
from emendata.records import FloatArray, IntArray

if TYPE_CHECKING:
    from emendata.pipeline import Outcome

__all__ = ["Ranking", "rank_table", "rows_at_odds"]

_LEARNED_FROM = 20  # answers after which the order is learned anew
_OWN_WEIGHT = 4.0  # of the check of labels, before anything is learned


class Ranking:
    """The order of what is flagged: by score, and labels by what the answers say of each check's scores.

    Parameters
    ----------
    items : sequence of Item
        In the order of their scores.
    label : str, optional
        The label column.
    outcomes : sequence of Outcome
    n_rows : int
    """

    def __init__(
        self, items: Sequence[Item], label: str | None, outcomes: Sequence[Outcome], n_rows: int
    ) -> None:
        self._labels = [item for item in items if label is not None and item.column == label]
        self._others = [item for item in items if label is None or item.column != label]
        self._outcomes = outcomes
        self._n_rows = n_rows

    def ordered(self, answered: Mapping[int, bool]) -> list[Item]:
        """Return all items, the ones to look at first in front.

        Parameters
        ----------
        answered : mapping of int to bool
            For rows whose label was judged, whether something was changed; in the order of the items.
        """
        n_learned = len(answered) // _LEARNED_FROM * _LEARNED_FROM
        taught = dict(list(answered.items())[:n_learned])
        if len(set(taught.values())) < 2:  # all alike teach nothing
            return [*self._labels, *self._others]
        names, ranks = self._ranks
        prior = np.array([_OWN_WEIGHT if name == "wrong_label" else 0.0 for name in names])
        weights = learned_weights(ranks[list(taught)], np.array(list(taught.values())), prior)
        value = ranks @ weights[:-1]
        return [*sorted(self._labels, key=lambda item: -value[item.row]), *self._others]

    @cached_property
    def _ranks(self) -> tuple[tuple[str, ...], FloatArray]:
        return rank_table(self._outcomes, self._n_rows)


def rank_table(outcomes: Sequence[Outcome], n_rows: int) -> tuple[tuple[str, ...], FloatArray]:
    """Return how suspicious each check that scores rows finds each, as ranks in [0, 1]: the worst row has 1.

    Returns
    -------
    names : tuple of str
    ranks : float64 array of shape (n_rows, n_checks)
        0.5 where a check has nothing to say.
    """
    names, columns = [], []
    for outcome in outcomes:
        if outcome.findings is None:
            continue
        scores = outcome.findings.scores
        known = np.flatnonzero(~np.isnan(scores))
        if len(known) < 2 or np.ptp(scores[known]) == 0:
            continue
        column = np.full(n_rows, 0.5)
        distinct, place = np.unique(scores[known], return_inverse=True)
        below = np.searchsorted(np.sort(scores[known]), distinct)
        column[known] = 1 - below[place] / len(known)
        names.append(outcome.check.name)
        columns.append(column)
    return tuple(names), np.column_stack(columns) if columns else np.zeros((n_rows, 0))


def rows_at_odds(votes: IntArray) -> IntArray:
    """Return the rows on which some models vote against the most common vote, those with the most such votes first.

    Parameters
    ----------
    votes : int array of shape (n_models, n_rows)

    Examples
    --------
    >>> rows_at_odds(np.array([[0, 1, 2], [0, 1, 1], [0, 0, 0]])).tolist()
    [2, 1]
    """
    ordered = np.sort(votes, axis=0)
    run = np.ones(votes.shape[1], dtype=np.int64)
    most = run.copy()
    for one, other in pairwise(ordered):
        run = np.where(one == other, run + 1, 1)
        np.maximum(most, run, out=most)
    against = len(votes) - most
    rows = np.flatnonzero(against)
    return rows[np.argsort(-against[rows], kind="stable")]
