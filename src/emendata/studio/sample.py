"""The random sample: the question that is drawn next, and what the answers say of all labels."""

from __future__ import annotations

import numpy as np
from fastapi import APIRouter
from pydantic import BaseModel

from emendata.corrections import Evidence, certify
from emendata.corrections.evidence import FEWEST_FOR_A_RATE
from emendata.errors import InputError
from emendata.kernels.foresight import foresee_rate
from emendata.reports.headline import headline
from emendata.studio.bulk import CertificateOut, certificate_out
from emendata.studio.code import Code, code_of_sample
from emendata.studio.context import OpenDesk
from emendata.studio.details import RowDetail, asked_detail
from emendata.studio.reckoning import Reckoning, reckon

__all__ = ["router"]

router = APIRouter(prefix="/api/projects/{project}", tags=["sample"])

_GOALS = (FEWEST_FOR_A_RATE, 60, 100, 200, 300, 500, 1000)
_PRECISIONS = (0.99, 0.95, 0.9, 0.8)
_CONFIDENCE = 0.95


class Sample(BaseModel):
    """How far the sample is answered, what that says, and the next question, None once every label was drawn.

    ``n_judged`` of ``goal`` labels were found right or wrong; at the goal the number of wrong labels is expected to be
    known to within ``within``, up or down. ``rate`` is the estimate at which the interval of ``reckoning`` lies. Of
    ``n_repeated`` questions that came twice, ``n_changed`` got another answer.
    """

    question: RowDetail | None
    n_judged: int
    goal: int
    within: int
    headline: str
    rate: float | None
    reckoning: Reckoning | None
    certificates: list[CertificateOut]
    n_repeated: int
    n_changed: int
    code: Code


@router.get("/sample")
def sample(desk: OpenDesk) -> Sample:
    """Return the question that the random sample asks next, and what its answers say until now."""
    with desk.ready():
        answers = desk.rows.log.answers
        evidence = desk.queue.evidence
        if evidence is None:
            raise InputError(
                "No check judged the labels, so there is no sample of them to answer. Review what is flagged."
            )
        question = desk.queue.next(("audit",))
        summary, reckoning = reckon(desk, evidence)
        certificates = [certify(evidence, answers, precision, _CONFIDENCE) for precision in _PRECISIONS]
        goal = _goal(evidence)
        return Sample(
            question=None if question is None else asked_detail(desk, question),
            n_judged=evidence.n_judged,
            goal=goal,
            within=_within(evidence, goal),
            headline=headline(summary),
            rate=None if evidence.rate is None else evidence.rate.rate,
            reckoning=reckoning,
            certificates=[certificate_out(desk, one) for one in certificates],
            n_repeated=certificates[0].n_repeated,
            n_changed=certificates[0].n_changed,
            code=code_of_sample(desk.project),
        )


def _goal(evidence: Evidence) -> int:
    """Return the number of answers that is worth reaching next."""
    n_labels = int(evidence.drawn.sizes.sum())
    return min(next((goal for goal in _GOALS if goal > evidence.n_judged), n_labels), n_labels)


def _within(evidence: Evidence, goal: int) -> int:
    """Return by how many labels the number of wrong ones may be off, once the goal is reached."""
    drawn = evidence.drawn
    ahead = foresee_rate(drawn, goal - evidence.n_judged, np.random.default_rng(evidence.frame.seed))
    return round((ahead.high - ahead.low) / 2 * int(drawn.sizes.sum()))
