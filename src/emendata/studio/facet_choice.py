"""Which facets are shown, and which of their values."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from emendata.records import Role
from emendata.selection import Count, RowTable

__all__ = ["facet_names", "without_most"]

_FIRST = ("decision", "check", "given", "suggested", "score", "probability", "split", "by")
_MOST = 22


def facet_names(table: RowTable, most: int = _MOST) -> list[str]:
    """Return the fields that people filter by most: what was found and decided, then the columns of the data."""
    ids = {f"column:{name}" for name in table.dataset.names(Role.ID)}
    first = [name for name in _FIRST if name in table.fields]
    rest = [
        name
        for name in table.fields
        if name not in first and name.startswith(("column:", "length:")) and name not in ids
    ]
    return (first + rest)[:most]


def without_most(counts: Sequence[Count], chosen: Collection[str], limit: int) -> list[Count]:
    """Return the values with most rows in view, and those that are chosen, in their order."""
    by_size = sorted(range(len(counts)), key=lambda i: (-counts[i].n, -counts[i].n_all, i))[:limit]
    kept = set(by_size) | {i for i, count in enumerate(counts) if count.value in chosen}
    return [counts[i] for i in sorted(kept, key=lambda i: (-counts[i].n, i))]
