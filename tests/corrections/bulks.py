"""Rows that are decided upon by one event."""

from pathlib import Path

import numpy as np

from emendata.corrections import DecisionLog, Subjects
from emendata.records import Coded
from emendata.store import Project

__all__ = ["labels", "log_in", "many"]


def log_in(folder: Path, by: str = "ann") -> DecisionLog:
    return DecisionLog(Project(folder), by=by)


def many(*rows: int, old: str = "cat") -> Subjects:
    return Subjects(
        np.array(rows, dtype=np.int64), [f"r{row}" for row in rows], "y", Coded.same(old, len(rows))
    )


def labels(log: DecisionLog) -> dict[str, object]:
    return {row: decision.new or decision.kind for (row, _), decision in log.standing.items()}
