"""Rows: pages of them under conditions, how many have which value, and one of them in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import numpy as np
from fastapi import APIRouter, Query
from pydantic import BaseModel

from emendata.selection import WORST_FIRST
from emendata.selection.facets import Facet
from emendata.studio.context import OpenDesk
from emendata.studio.details import RowDetail, detail_of, guided_detail
from emendata.studio.facet_choice import facet_names, without_most
from emendata.studio.lines import RowLine, line_maker

__all__ = ["router"]

router = APIRouter(prefix="/api/projects/{project}", tags=["rows"])

Where = Annotated[
    Sequence[str],
    Query(description="Conditions such as given=cat, score<0.2, check!=outlier, text~refund."),
]
Sort = Annotated[str, Query(description="worst, or a field; with - in front the highest first.")]


class PageColumn(BaseModel):
    """A column of the data that lines show."""

    name: str
    role: str


class Page(BaseModel):
    """Some rows of those that fulfil the conditions, ``total`` in all, from the ``offset``-th on."""

    total: int
    offset: int
    n_rows: int
    columns: list[PageColumn]
    rows: list[RowLine]


class CountOut(BaseModel):
    """A value, an empty one being none: how many of the rows in view have it, and how many of all."""

    value: str
    title: str
    n: int
    n_all: int


class BinOut(BaseModel):
    """Numbers from low to high: how many of the rows in view, and of all."""

    low: float
    high: float
    n: int
    n_all: int


class FacetOut(BaseModel):
    """A field with its counts. Of many values those with most rows are given, of ``n_values`` in all."""

    field: str
    title: str
    kind: Literal["values", "numbers", "text"]
    counts: list[CountOut]
    bins: list[BinOut]
    n_values: int


class FieldOut(BaseModel):
    """A field that rows can be filtered and sorted by."""

    field: str
    title: str


@router.get("/rows")
def page(
    desk: OpenDesk,
    where: Where = (),
    sort: Sort = WORST_FIRST,
    offset: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=0, le=500)] = 100,
) -> Page:
    """Return a page of the rows that fulfil conditions, in an order."""
    with desk.ready():
        table, maker = desk.rows, line_maker(desk)
        rows = table.ordered(where, sort)
        columns = {column.name: column.role.value for column in table.dataset.columns}
        return Page(
            total=len(rows),
            offset=offset,
            n_rows=table.n_rows,
            columns=[PageColumn(name=name, role=columns[name]) for name in maker.columns],
            rows=maker.lines(rows[offset : offset + limit].tolist()),
        )


@router.get("/lines")
def lines(desk: OpenDesk, row: Annotated[list[int], Query()]) -> list[RowLine]:
    """Return some rows by their numbers, such as those that somebody else has decided about."""
    with desk.ready():
        table = desk.rows
        return line_maker(desk).lines([number for number in row[:500] if 0 <= number < table.n_rows])


@router.get("/position")
def position(
    desk: OpenDesk, row: Annotated[int, Query(ge=0)], where: Where = (), sort: Sort = WORST_FIRST
) -> int | None:
    """Return at which offset a row stands under conditions, in an order; nothing if it is not among them."""
    with desk.ready():
        found = np.flatnonzero(desk.rows.ordered(where, sort) == row)
        return int(found[0]) if len(found) else None


@router.get("/fields")
def fields(desk: OpenDesk) -> list[FieldOut]:
    """Return what rows can be filtered and sorted by."""
    with desk.ready():
        table = desk.rows
        return [FieldOut(field=name, title=table.fields[name].title) for name in facet_names(table, most=200)]


@router.get("/facets")
def facets(
    desk: OpenDesk,
    where: Where = (),
    field: Annotated[Sequence[str], Query(description="Which fields; the usual ones if none is named.")] = (),
    find: Annotated[str, Query(description="Only values that contain this.")] = "",
    limit: Annotated[int, Query(ge=1, le=5000)] = 12,
) -> list[FacetOut]:
    """Return how many rows have each value of some fields, each counted under the conditions on all others."""
    with desk.ready():
        table = desk.rows
        names = field or facet_names(table)
        chosen = {
            condition.value for condition in table.conditions(where) if condition.operator in ("=", "!=")
        }
        return [_facet_out(facet, chosen, find, limit) for facet in table.facets(where, names)]


@router.get("/rows/{row}")
def one(desk: OpenDesk, row: int) -> RowDetail:
    """Return all that is known of one row: cells, findings with their reasons, neighbours, decisions."""
    with desk.ready():
        return detail_of(desk, row)


@router.get("/next")
def next_question(
    desk: OpenDesk,
    stream: Annotated[Sequence[Literal["worst", "audit", "disagreement"]], Query()] = (
        "worst",
        "audit",
        "disagreement",
    ),
) -> RowDetail | None:
    """Return the question that is most worth asking next: of the worst, of a fair sample, of rows at odds."""
    with desk.ready():
        return guided_detail(desk, tuple(stream))


def _facet_out(facet: Facet, chosen: set[str], find: str, limit: int) -> FacetOut:
    counts = [count for count in facet.counts if find.casefold() in count.title.casefold()]
    shown = without_most(counts, chosen, limit)
    return FacetOut(
        field=facet.field,
        title=facet.title,
        kind=facet.kind,
        counts=[CountOut(value=c.value, title=c.title, n=c.n, n_all=c.n_all) for c in shown],
        bins=[BinOut(low=b.low, high=b.high, n=b.n, n_all=b.n_all) for b in facet.bins],
        n_values=len(counts),
    )
