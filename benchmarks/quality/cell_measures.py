"""How many wrong cells are found and corrected, and how many right ones are not."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import emendata as em
from emendata.checks import CHECKS
from emendata.corrections import ProposalRules
from emendata.data.values import same_value
from emendata.pipeline import Outcome, Preparation, plan_audit, run_checks
from emendata.pipeline.cell_errors import CELL_CHECKS, CellError, cell_errors
from emendata.store import MemoryShelf

__all__ = ["Line", "Truth", "audited", "by_check", "measured"]

Line = dict[str, Any]
Truth = Mapping[tuple[int, str], tuple[str, str]]
"""What is right, and the kind of error, of each wrong cell by row and column."""

_SURE = ProposalRules().min_probability


def measured(path: Path, wrong: Truth) -> Line:
    """Return precision, recall and F1 of the flags and of the first suggestions."""
    outcomes, seconds, n_cells = audited(path)
    found = {(one.row, one.column): one for one in cell_errors(outcomes)}
    hits = [place for place in found if place in wrong]
    right = [place for place in hits if is_right(found[place], *wrong[place])]
    kinds = Counter(kind for _, kind in wrong.values())
    return {
        "cells": n_cells,
        "wrong": len(wrong),
        "detection": scores(len(hits), len(found), len(wrong)),
        "correction": scores(
            len(right), sum(one.suggestion is not None for one in found.values()), len(wrong)
        ),
        "sure": sure(found, wrong),
        "recall_by_kind": {
            kind: round(sum(wrong[place][1] == kind for place in hits) / n, 3) for kind, n in kinds.items()
        },
        "false_alarms_by_check": by_check(one for place, one in found.items() if place not in wrong),
        "seconds": seconds,
    }


def sure(found: Mapping[tuple[int, str], CellError], wrong: Truth) -> Line:
    """Return how many suggestions are sure enough to be proposed, and the part of them that is right."""
    proposed = [
        place for place, one in found.items() if one.suggestion is not None and one.probability >= _SURE
    ]
    right = sum(place in wrong and is_right(found[place], *wrong[place]) for place in proposed)
    return {"n": len(proposed), "right": round(right / max(len(proposed), 1), 3)}


def is_right(one: CellError, right: str, kind: str) -> bool:
    """Tell whether a suggestion is what stood there, or an empty cell where something stands for one."""
    if one.suggestion is None:
        return False
    return (kind == "sentinel" and one.suggestion == "") or same_value(one.suggestion, right)


def audited(path: Path) -> tuple[tuple[Outcome, ...], Line, int]:
    """Run the checks of cells on a file, each by itself to be timed."""
    dataset = em.open_dataset(path)
    preparation = Preparation(dataset, MemoryShelf())
    outcomes: list[Outcome] = []
    seconds: Line = {}
    for check in (check for check in CHECKS if check.name in CELL_CHECKS):
        start = time.perf_counter()
        outcomes += run_checks(plan_audit(dataset, [check]), preparation, strict=True)
        seconds[check.name] = round(time.perf_counter() - start, 2)
    n_cells = sum(int((column.codes >= 0).sum()) for column in preparation.cells.values())
    return tuple(outcomes), seconds, n_cells


def by_check(found: Iterable[CellError]) -> dict[str, int]:
    """Count flags by each check that gave them."""
    return dict(Counter(name for one in found for name in one.checks))


def scores(n_hits: int, n_found: int, n_wrong: int) -> Line:
    """Return precision, recall and F1."""
    precision = n_hits / n_found if n_found else 0.0
    recall = n_hits / n_wrong if n_wrong else 0.0
    f1 = 2 * precision * recall / (precision + recall) if n_hits else 0.0
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}
