"""Changing many rows at once: preview, quick check, apply; and what is certified."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from emendata.corrections import Certificate
from emendata.errors import InputError
from emendata.selection import WORST_FIRST
from emendata.selection.bulk import BulkAction, BulkPlan, likely_right, plan_bulk
from emendata.studio.code import Code, code_of_bulk
from emendata.studio.context import Conditions, OpenDesk, Person
from emendata.studio.decisions import Changed, changed
from emendata.studio.desk import Desk
from emendata.studio.lines import RowLine, line_maker

__all__ = ["CertificateOut", "certificate_out", "router"]

router = APIRouter(prefix="/api/projects/{project}", tags=["bulk"])

_SHOWN_CONFLICTS = 20


class BulkScope(BaseModel):
    """Which rows are meant, and what becomes of them: the first ``top`` under conditions in an order, or ``rows``."""

    action: BulkAction
    value: str | None = Field(None, max_length=100_000)
    where: Conditions = []
    sort: str = WORST_FIRST
    top: int | None = Field(None, ge=1)
    rows: list[int] | None = None
    include_test: bool = False
    certified: float | None = Field(None, gt=0, lt=1)


class SplitOut(BaseModel):
    """How many of the chosen rows a split has, and how many of them are changed."""

    split: str
    n_chosen: int
    n_changed: int


class BulkPreview(BaseModel):
    """What a change of many rows would do; ``sample`` is a fair one, to be looked at before.

    Of the rows that are left out, somebody decided about ``n_decided``, about ``n_conflicts`` of them otherwise;
    ``n_unsure`` are not certified. ``expected`` is what part of the suggestions is right as the models see it.
    """

    n_chosen: int
    n_changed: int
    n_decided: int
    n_conflicts: int
    n_held_out: int
    n_without: int
    n_unsure: int
    before: dict[str, int]
    after: dict[str, int]
    splits: list[SplitOut]
    conflicts: list[RowLine]
    expected: float | None
    sample: list[RowLine]
    code: Code


class Looked(BaseModel):
    """How many rows of the sample were looked at, and of how many the change is right."""

    n: int = Field(ge=1, le=10_000)
    n_right: int = Field(ge=0)


class Likely(BaseModel):
    """Between which parts of all the change is right, with 95 % confidence."""

    low: float
    high: float
    sentence: str


class BulkOrder(BulkScope):
    """A change to be made; ``n_changed`` is what the preview said, so that nobody changes more than was shown.

    ``wrong`` are the rows for which a look said that the change is wrong: they are left as they are. How many were
    looked at is kept with the reason.
    """

    n_changed: int
    n_looked: int = Field(0, ge=0)
    wrong: list[int] = []
    reason: str = Field("", max_length=10_000)


class CertificateOut(BaseModel):
    """How many proposals the reviewed sample certifies, and what that says."""

    n_certified: int
    n_candidates: int
    n_asked: int
    precision: float
    confidence: float
    sentence: str
    n_open: int
    code: Code


@router.post("/bulk/preview")
def preview(desk: OpenDesk, scope: BulkScope) -> BulkPreview:
    """Say what a change of many rows would do; nothing is changed."""
    with desk.ready():
        plan = _plan(desk, scope)
        return BulkPreview(
            n_chosen=plan.n_chosen,
            n_changed=len(plan.rows),
            n_decided=len(plan.decided),
            n_conflicts=len(plan.conflicts),
            n_held_out=len(plan.held_out),
            n_without=len(plan.without),
            n_unsure=len(plan.unsure),
            before=dict(plan.before),
            after=dict(plan.after),
            splits=[
                SplitOut(split=name, n_chosen=n_chosen, n_changed=n_changed)
                for name, (n_chosen, n_changed) in plan.splits.items()
            ],
            conflicts=line_maker(desk).lines(plan.conflicts[:_SHOWN_CONFLICTS].tolist()),
            expected=plan.expected,
            sample=line_maker(desk).lines(plan.sample.tolist()),
            code=code_of_bulk(desk.project, scope),
        )


@router.post("/bulk/likely")
def likely(desk: OpenDesk, looked: Looked) -> Likely:
    """Say what a look at a fair sample tells of all rows."""
    if looked.n_right > looked.n:
        raise InputError(f"{looked.n_right:,} of {looked.n:,} cannot be right. Look at the sample again.")
    low, high = likely_right(looked.n_right, looked.n)
    sentence = (
        f"{looked.n_right} of {looked.n} right: {low:.0%} to {high:.0%} of all are likely right (95 %)."
    )
    return Likely(low=low, high=high, sentence=sentence)


@router.post("/bulk/apply")
def apply(desk: OpenDesk, person: Person, order: BulkOrder) -> Changed:
    """Decide about many rows at one moment; it is taken back as one."""
    with desk.ready():
        plan = _plan(desk, order)
        if len(plan.rows) != order.n_changed:
            raise InputError(
                f"Since the preview the rows have changed: {len(plan.rows):,} would be changed now, not "
                f"{order.n_changed:,}. Look at the preview again."
            )
        return changed(desk, plan.apply(desk.log(person), _reason(order), wrong=order.wrong))


@router.get("/certificate")
def certificate(
    desk: OpenDesk,
    precision: Annotated[float, Query(gt=0, lt=1)] = 0.95,
    confidence: Annotated[float, Query(gt=0, lt=1)] = 0.95,
) -> CertificateOut:
    """Say which proposals the answers so far certify."""
    with desk.ready():
        return certificate_out(desk, desk.audit.certify(precision, confidence))


def certificate_out(desk: Desk, found: Certificate) -> CertificateOut:
    """Return a certificate as the browser is told of it."""
    precision, confidence = found.precision, found.confidence
    return CertificateOut(
        n_certified=len(found.rows),
        n_candidates=found.n_candidates,
        n_asked=found.n_asked,
        precision=precision,
        confidence=confidence,
        sentence=found.sentence,
        n_open=int((~desk.rows.states.is_decided()[found.rows]).sum()),
        code=Code(
            python=f"audit.patch(certificate=audit.certify({precision}, {confidence}))",
            cli=f"emendata fix {desk.project} --certified {precision} --confidence {confidence}",
        ),
    )


def _reason(order: BulkOrder) -> str:
    looked = f"{order.n_looked - len(order.wrong)} of {order.n_looked} looked at were right."
    return " ".join([*filter(None, [order.reason.strip()]), *([looked] if order.n_looked else [])])


def _plan(desk: Desk, scope: BulkScope) -> BulkPlan:
    table = desk.rows
    if scope.certified is not None and scope.action != "accept":
        raise InputError("Only suggestions are certified. Take the guard away, or accept suggestions.")
    if scope.rows is not None:
        rows = np.unique(np.array([row for row in scope.rows if 0 <= row < table.n_rows], dtype=np.int64))
    else:
        rows = table.ordered(scope.where, scope.sort)[: scope.top]
    only = None if scope.certified is None else desk.audit.certify(scope.certified).rows
    return plan_bulk(table, rows, scope.action, scope.value, include_test=scope.include_test, only=only)
