"""Small Excel workbooks, made by openpyxl."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

__all__ = ["DAY", "ROWS", "book", "saved"]

DAY = dt.datetime(2024, 1, 31)
ROWS: list[Sequence[object]] = [
    ("id", "kind", "stars", "day", "ok"),
    ("a", "up", 5, DAY, True),
    ("b", "down", 1, DAY, False),
    ("c", "up", None, None, None),
    ("d", "up", 2.5, DAY, True),
]


def book(rows: Sequence[Sequence[object]] = ROWS) -> tuple[Any, Any]:
    made = openpyxl.Workbook()
    sheet = made.active
    for row in rows:
        sheet.append(row)
    return made, sheet


def saved(made: Any, path: Path) -> Path:
    made.save(path)
    return path
