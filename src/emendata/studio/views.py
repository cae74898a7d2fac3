"""Views that people saved: conditions, an order and a way of showing, under a name; kept in the project's folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from emendata.errors import InputError, UnknownName
from emendata.files import write_atomically
from emendata.selection import WORST_FIRST
from emendata.studio.context import Conditions, OpenDesk

__all__ = ["router"]

router = APIRouter(prefix="/api/projects/{project}", tags=["views"])

_MOST = 200
_Name = Annotated[str, Field(min_length=1, max_length=80)]


class SavedView(BaseModel):
    """What is shown under a name: the rows that fulfil conditions, in an order, and how."""

    name: _Name
    where: Conditions = []
    sort: _Name = WORST_FIRST
    view: _Name = "table"


_VIEWS = TypeAdapter(list[SavedView])


@router.get("/views")
def views(desk: OpenDesk) -> list[SavedView]:
    """Return the saved views by name."""
    return _read(desk.project)


@router.put("/views")
def save(desk: OpenDesk, view: SavedView) -> list[SavedView]:
    """Keep a view, in the place of the one of its name, and return all."""
    with desk.lock:
        others = [one for one in _read(desk.project) if one.name != view.name]
        if len(others) >= _MOST:
            raise InputError(f"A project keeps {_MOST} views. Delete one that is not needed any more.")
        return _write(desk.project, [*others, view])


@router.delete("/views")
def delete(desk: OpenDesk, name: Annotated[str, Query()]) -> list[SavedView]:
    """Forget a view, and return those that are left."""
    with desk.lock:
        before = _read(desk.project)
        left = [one for one in before if one.name != name]
        if len(left) == len(before):
            raise UnknownName.among("view", name, [one.name for one in before])
        return _write(desk.project, left)


def _read(project: Path) -> list[SavedView]:
    try:
        return _VIEWS.validate_json((project / "views.json").read_bytes())
    except (OSError, ValidationError):  # none yet, or somebody wrote into it
        return []


def _write(project: Path, saved: list[SavedView]) -> list[SavedView]:
    ordered = sorted(saved, key=lambda view: view.name.casefold())
    with write_atomically(project / "views.json") as temporary:
        temporary.write_text(
            json.dumps([view.model_dump() for view in ordered], ensure_ascii=False, indent=1),
            encoding="utf-8",
        )
    return ordered
