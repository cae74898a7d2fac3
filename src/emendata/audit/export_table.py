"""The corrected data as a table, with what was found and decided beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from emendata.corrections import apply_to_table
from emendata.records import Correction, Decision

if TYPE_CHECKING:
    from emendata.audit.export import ExportOptions
    from emendata.audit.reporting import Reporting

__all__ = ["corrected_table"]

_PREFIX = "emendata_"


def corrected_table(audit: Reporting, corrections: Sequence[Correction], options: ExportOptions) -> pa.Table:
    """Return the rows and columns that are asked for, corrected.

    Columns that are added begin with ``emendata_``. Where excluded rows are kept, one of them says which they are.
    """
    cells = [one for one in corrections if one.column is not None]
    table = apply_to_table(cells, audit.dataset.table)
    excluded = _mask(audit.dataset.n_rows, [one.row for one in corrections if one.column is None])
    chosen = audit.rows.matching(options.where)
    if options.rows == "kept":
        chosen = chosen & ~excluded
    elif options.rows == "changed":
        chosen = chosen & ~excluded & _mask(audit.dataset.n_rows, [one.row for one in cells])
    added: dict[str, pa.Array | pa.ChunkedArray] = {}
    if options.rows == "all" and excluded.any():
        added["excluded"] = pa.array(excluded)
    if options.findings:
        scores = audit.score_table.drop_columns(["row"])
        added |= dict(zip(scores.column_names, scores.columns, strict=True))
    if options.decisions:
        added |= _decisions(audit)
    for name, values in added.items():
        table = table.append_column(_free(f"{_PREFIX}{name}", table.column_names), values)
    return table.filter(pa.array(chosen))


def _decisions(audit: Reporting) -> dict[str, pa.Array]:
    states = audit.rows.states
    decided = [states.main(row) for row in range(audit.dataset.n_rows)]

    def said(name: str) -> pa.Array:
        return pa.array([_text(one, name) for one in decided], pa.string())

    names = {"decision": "kind", "column": "column", "old": "old", "new": "new", "by": "by", "at": "at"}
    return {title: said(name) for title, name in names.items()} | {"reason": said("reason")}


def _text(decision: Decision | None, name: str) -> str | None:
    value = None if decision is None else getattr(decision, name)
    return None if value is None else str(value)


def _mask(n_rows: int, rows: Sequence[int]) -> np.ndarray:
    made = np.zeros(n_rows, dtype=np.bool_)
    made[list(rows)] = True
    return made


def _free(name: str, taken: Sequence[str]) -> str:
    while name in taken:
        name += "_"
    return name
