"""Where to begin: the largest confusions, the worst class, each kind of error, with a few rows of each."""

from __future__ import annotations

import numpy as np
from pydantic import BaseModel

from emendata.records import Summary
from emendata.selection.fields import NumberField
from emendata.studio.desk import Desk
from emendata.studio.lines import RowLine, line_maker

__all__ = ["Lead", "find_leads"]

_EXAMPLES = 5
_MOST = 12


class Lead(BaseModel):
    """A place to begin: ``n`` rows that ``where`` chooses, ``n_open`` of them open, the first few as lines.

    ``expected`` is how often the models expect the suggestions to be right, on average; nobody has checked that.
    ``bulk``: the suggestions can be taken for many at once.
    """

    title: str
    text: str
    n: int
    n_open: int
    where: list[str]
    lines: list[RowLine]
    expected: float | None
    bulk: bool


def find_leads(desk: Desk, summary: Summary) -> list[Lead]:
    """Return where to begin: the largest confusions, the worst class, and each kind of error."""
    made = [
        _lead(
            desk,
            f"{flow.given} → {flow.suggested}",
            "The confusion with most flagged rows." if place == 0 else "The confusion with the next most.",
            [f"given={flow.given}", f"suggested={flow.suggested}", "check=wrong_label"],
            bulk=True,
        )
        for place, flow in enumerate(summary.flows[:2])
        if flow.n_rows > 1
    ]
    worst = max(summary.classes, key=lambda one: one.n_flagged / max(one.n_rows, 1), default=None)
    if worst is not None and worst.n_flagged:
        made.append(
            _lead(
                desk,
                f"Class {worst.name}",
                "The class of whose rows the largest part is flagged.",
                [f"given={worst.name}", "check=wrong_label"],
                bulk=True,
            )
        )
    made += [
        _lead(
            desk,
            check.title.rstrip("."),
            f"The clearest: {check.cards[0].reason}" if check.cards else "",
            [f"check={check.name}"],
        )
        for check in sorted(summary.checks, key=lambda check: -check.n_flagged)
        if check.status == "found" and check.severity == "issue" and check.n_flagged
    ]
    return _different([lead for lead in made if lead.n])[:_MOST]


def _different(leads: list[Lead]) -> list[Lead]:
    """Leave out what another place to begin shows already: of two classes, each has one confusion only."""
    seen: set[tuple[int, ...]] = set()
    kept = []
    for lead in leads:
        key = (lead.n, *(line.row for line in lead.lines))
        if not lead.bulk or key not in seen:
            kept.append(lead)
        seen.add(key)
    return kept


def _lead(desk: Desk, title: str, text: str, where: list[str], *, bulk: bool = False) -> Lead:
    table = desk.rows
    rows = table.ordered(where)
    still_open = rows[~table.states.is_decided()[rows]]
    shown = still_open if len(still_open) else rows
    return Lead(
        title=title,
        text=text,
        n=len(rows),
        n_open=len(still_open),
        where=where,
        lines=line_maker(desk).lines(shown[:_EXAMPLES].tolist()),
        expected=_expected(desk, rows) if bulk else None,
        bulk=bulk,
    )


def _expected(desk: Desk, rows: np.ndarray) -> float | None:
    field = desk.rows.fields.get("probability")
    if not isinstance(field, NumberField):
        return None
    known = field.values[rows]
    known = known[np.isfinite(known)]
    return round(float(known.mean(dtype=np.float64)), 4) if len(known) else None
