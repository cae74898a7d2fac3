"""What the answers of people say of all labels: how many are wrong, and which proposals may be made unseen."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from emendata.corrections.frame import Frame
from emendata.corrections.standing import Place, right_value
from emendata.kernels.error_rate import ErrorRate, error_rate
from emendata.kernels.strata import Drawn, next_stratum
from emendata.records import BoolArray, Decision, IntArray

__all__ = ["AT_SECOND_HAND", "FEWEST_FOR_A_RATE", "Evidence", "gather_evidence", "rate_of"]

FEWEST_FOR_A_RATE = 30
"""Answers of the audit stream before which nobody says how many labels are wrong."""

AT_SECOND_HAND = ("group", "bulk")  # answers to rows that nobody looked at themselves


@dataclass(frozen=True, eq=False)
class Evidence:
    """What was drawn, and what came of it.

    An answer that is still open confirms nothing. ``pending`` is the row that is drawn next, None where all were.
    ``rows`` are those that were drawn, with what was answered: whether it was judged, wrong, and not confirmed; and the
    ``right_labels`` as people say they are, None where that is open.
    """

    frame: Frame
    drawn: Drawn
    pending: int | None
    rows: IntArray
    answers: IntArray
    right_labels: tuple[str | None, ...]

    def of(self, chosen: BoolArray) -> Drawn:
        """Return what was drawn of some of the rows: they are in as random an order as all are.

        Parameters
        ----------
        chosen : bool array of shape (n_rows,)
        """
        frame, n = self.frame, len(self.frame.doubt)
        stratum, picked = frame.stratum[self.rows], chosen[self.rows]

        def counted(what: BoolArray) -> IntArray:
            return np.bincount(stratum[picked & what], minlength=n)

        judged, wrong, unconfirmed = (column.astype(bool) for column in self.answers.T)
        sizes = np.bincount(frame.stratum[chosen & (frame.stratum >= 0)], minlength=n)
        everything = np.ones(len(picked), dtype=bool)
        counts = (counted(everything), counted(judged), counted(wrong), counted(unconfirmed))
        return Drawn(sizes, *counts, frame.doubt, frame.risk, frame.n_rings)

    @property
    def n_judged(self) -> int:
        """How many drawn labels were found right or wrong."""
        return int(self.drawn.judged.sum())

    @property
    def rate(self) -> ErrorRate | None:
        """The rate of label errors, None before `FEWEST_FOR_A_RATE` answers."""
        return rate_of(self.drawn)


def rate_of(drawn: Drawn) -> ErrorRate | None:
    """Return the rate of label errors by what was drawn, None before `FEWEST_FOR_A_RATE` answers."""
    if drawn.judged.sum() < FEWEST_FOR_A_RATE:
        return None
    return error_rate(drawn.sizes, drawn.judged, drawn.wrong, drawn.doubt)


def gather_evidence(frame: Frame, row_ids: list[str], standing: Mapping[Place, Decision]) -> Evidence:
    """Draw rows as the frame says for as long as people have answered, and count the answers.

    An answer that was given for another reason counts as soon as its row is drawn, and not before: what is drawn never
    depends on who was asked about what.

    Parameters
    ----------
    frame : Frame
    row_ids : list of str
        From `emendata.data.Dataset.row_ids`.
    standing : mapping of (str, str or None) to Decision
    """
    rng = np.random.default_rng(frame.seed)
    sizes, n = frame.sizes, len(frame.doubt)
    queues = [frame.rows_of(stratum) for stratum in range(n)]
    asked, judged, wrong, unconfirmed = (np.zeros(n, dtype=np.int64) for _ in range(4))
    rows: list[int] = []
    answers: list[tuple[bool, bool, bool]] = []
    right_labels: list[str | None] = []

    def so_far(drawn: Drawn, pending: int | None) -> Evidence:
        said = np.array(answers, dtype=np.int64).reshape(-1, 3)
        return Evidence(frame, drawn, pending, np.array(rows, dtype=np.int64), said, tuple(right_labels))

    while True:
        drawn = Drawn(sizes, asked, judged, wrong, unconfirmed, frame.doubt, frame.risk, frame.n_rings)
        stratum = next_stratum(drawn, rng)
        if stratum < 0:
            return so_far(drawn, None)
        row = int(queues[stratum][asked[stratum]])
        decision = _decision_on(standing, row_ids[row], frame.column)
        if decision is None:
            return so_far(drawn, row)
        label_is_wrong, confirms = _verdict(
            decision, frame.classes[int(frame.given[row])], frame.suggestion(row)
        )
        rows.append(row)
        right_labels.append(right_value(decision))
        answers.append((label_is_wrong is not None, bool(label_is_wrong), not confirms))
        asked[stratum] += 1
        judged[stratum] += label_is_wrong is not None
        wrong[stratum] += bool(label_is_wrong)
        unconfirmed[stratum] += not confirms


def _decision_on(standing: Mapping[Place, Decision], row_id: str, column: str) -> Decision | None:
    """Return what somebody who looked at a row decided about it."""
    for place in ((row_id, None), (row_id, column)):
        decision = standing.get(place)
        if decision is not None and decision.stream not in AT_SECOND_HAND and decision.kind != "set_cell":
            if place[1] is None and decision.kind in ("keep", "drop_duplicate"):
                continue  # says nothing of the label
            return decision
    return None


def _verdict(decision: Decision, given: str, suggested: str) -> tuple[bool | None, bool]:
    """Return whether today's label is wrong, None where that is open, and whether the proposal is right.

    The label may have been changed since somebody looked at it: what counts is what was said to be right.
    """
    right = right_value(decision)
    if right is not None:
        return right != given, right == suggested
    if decision.column is None and decision.kind != "needs_review":
        return True, False  # the row does not belong into the data
    if decision.kind == "needs_review" or decision.old != given:
        return None, False
    return decision.kind != "both_right", decision.kind == "both_right"
