"""Flagged rows by class, split, source and annotator."""

from __future__ import annotations

from pydantic import BaseModel

from emendata.records import Role
from emendata.selection import RowTable

__all__ = ["GroupOut", "GroupTable", "group_tables", "open_by_class"]

_ROLES = (Role.SPLIT, Role.GROUP, Role.ANNOTATOR)
_MOST = 200


class GroupOut(BaseModel):
    """The rows with one value of a column, an empty one being none, and how many of them are flagged, and open."""

    value: str
    n_rows: int
    n_flagged: int
    n_open: int


class GroupTable(BaseModel):
    """A column that says where rows belong: those of its ``n_values`` values that have most flagged rows."""

    field: str
    title: str
    role: str
    n_values: int
    groups: list[GroupOut]


def group_tables(table: RowTable) -> list[GroupTable]:
    """Return how many rows are flagged of each split, group and annotator."""
    fields = [
        (f"column:{column.name}", column.role)
        for role in _ROLES
        for column in table.dataset.columns
        if column.role == role
    ]
    splits = table.dataset.names(Role.SPLIT)
    named = [
        ("split" if field == f"column:{splits[0] if splits else ''}" else field, role)
        for field, role in fields
    ]
    return [_table(table, field, role) for field, role in named if field in table.fields]


def open_by_class(table: RowTable) -> dict[str, int]:
    """Return how many rows of each class have a label that is flagged and nobody decided about."""
    if "given" not in table.fields:
        return {}
    (facet,) = table.facets(["check=wrong_label", "decision=open"], ["given"])
    return {count.value: count.n for count in facet.counts}


def _table(table: RowTable, field: str, role: Role) -> GroupTable:
    (flagged,) = table.facets(["flagged=yes"], [field])
    (still_open,) = table.facets(["flagged=yes", "decision=open"], [field])
    n_open = {count.value: count.n for count in still_open.counts}
    found = [count for count in flagged.counts if count.n_all]
    worst = sorted(found, key=lambda count: -count.n)[:_MOST]
    return GroupTable(
        field=field,
        title=flagged.title,
        role=role.value,
        n_values=len(found),
        groups=[
            GroupOut(value=one.value, n_rows=one.n_all, n_flagged=one.n, n_open=n_open.get(one.value, 0))
            for one in worst
        ],
    )
