"""When nothing is left under some conditions: what came of it, which condition is in the way, and where to go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel

from emendata.corrections.evidence import FEWEST_FOR_A_RATE
from emendata.selection import RowTable
from emendata.studio.context import OpenDesk
from emendata.studio.desk import Desk
from emendata.studio.reckoning import Reckoning, reckon

__all__ = ["router"]

router = APIRouter(prefix="/api/projects/{project}", tags=["rows"])

_WRONG = ("relabel", "neither_right")


class KindOut(BaseModel):
    """A kind of decision, and about how many rows it was made."""

    kind: str
    n: int


class LoosenedOut(BaseModel):
    """A condition, and how many rows there are without it."""

    condition: str
    n: int


class NextQueue(BaseModel):
    """Where to go on: with the sample, with ``n`` open rows that ``where`` chooses, or with the export."""

    place: Literal["sample", "review", "export"]
    title: str
    n: int
    where: list[str]


class Finished(BaseModel):
    """What became of ``n_rows`` rows under conditions, whatever these say of decisions; ``n_open`` are open.

    ``n_wrong`` labels of them were found wrong. ``without`` is there where no row fulfils the conditions: each of
    them, with the rows that there are without it.
    """

    n_rows: int
    n_open: int
    kinds: list[KindOut]
    n_wrong: int
    reckoning: Reckoning | None
    next: NextQueue
    without: list[LoosenedOut]


@router.get("/finished")
def finished(desk: OpenDesk, where: Annotated[Sequence[str], Query()] = ()) -> Finished:
    """Say what became of the rows under conditions, and what to do once nothing of them is left."""
    with desk.ready():
        table = desk.rows
        about = [one for one in where if not one.startswith("decision")]
        (by_kind,) = table.facets(about, ["decision"])
        counts = {count.value: count.n for count in by_kind.counts if count.n}
        _, reckoning = reckon(desk, desk.queue.evidence)
        return Finished(
            n_rows=sum(counts.values()),
            n_open=counts.get("open", 0),
            kinds=[KindOut(kind=kind, n=n) for kind, n in counts.items() if kind != "open"],
            n_wrong=sum(counts.get(kind, 0) for kind in _WRONG),
            reckoning=reckoning,
            next=_next(desk),
            without=_without(table, where),
        )


def _next(desk: Desk) -> NextQueue:
    """Return what tells most, or finds most: the sample, then the check with most open rows, then the export."""
    evidence = desk.queue.evidence
    n_left = 0 if evidence is None else FEWEST_FOR_A_RATE - evidence.n_judged
    if evidence is not None and evidence.pending is not None and n_left > 0:
        return NextQueue(place="sample", title="The random sample", n=n_left, where=[])
    open_of = [
        (int(desk.rows.matching(conditions).sum()), check.title.rstrip("."), conditions)
        for check in desk.audit.summary.checks
        if check.status == "found" and check.severity == "issue"
        for conditions in [[f"check={check.name}", "decision=open"]]
    ]
    n, title, conditions = max(open_of, key=lambda one: one[0], default=(0, "", []))
    if n:
        return NextQueue(place="review", title=title, n=n, where=conditions)
    return NextQueue(place="export", title="Export", n=0, where=[])


def _without(table: RowTable, where: Sequence[str]) -> list[LoosenedOut]:
    if not where or table.matching(where).any():
        return []
    counted = [
        LoosenedOut(condition=one, n=int(table.matching([other for other in where if other != one]).sum()))
        for one in dict.fromkeys(where)
    ]
    return sorted(counted, key=lambda one: -one.n)
