"""Which cells, but for labels, the checks of cells are sure enough of to change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from emendata.data import Dataset
from emendata.data.table_edit import to_scalar
from emendata.data.values import readable
from emendata.errors import InputError
from emendata.records import Correction

if TYPE_CHECKING:
    from emendata.pipeline import Outcome

__all__ = ["cell_changes"]


def cell_changes(
    dataset: Dataset, outcomes: Sequence[Outcome], ids: Sequence[str], least: float
) -> Iterator[Correction]:
    """Yield a change of each cell whose best candidate has at least a probability, by rows.

    What only tips say is proposed by nobody, nor is a value that the column cannot hold. Evidence holds the further
    candidates, for a person who knows better.
    """
    from emendata.pipeline.cell_errors import cell_errors

    issues = {outcome.check.name for outcome in outcomes if outcome.check.severity == "issue"}
    for one in cell_errors(outcomes):
        if one.suggestion is None or not one.probability >= least or issues.isdisjoint(one.checks):
            continue
        new = one.suggestion or None
        if not _fits(dataset, one.column, new):
            continue
        evidence: dict[str, object] = {
            "probability": round(one.probability, 6),
            "checks": list(one.checks),
        }
        if one.alternatives:
            evidence["alternatives"] = list(one.alternatives)
        yield Correction(
            kind="set_cell",
            row=one.row,
            id=ids[one.row],
            column=one.column,
            old=readable(dataset.table[one.column][one.row].as_py()),
            new=new,
            reason=one.reason,
            evidence=evidence,
            score=round(one.score, 6),
        )


def _fits(dataset: Dataset, column: str, value: str | None) -> bool:
    try:
        to_scalar(value, dataset.table.schema.field(column).type, column)
    except InputError:
        return False
    return True
