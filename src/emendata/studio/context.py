"""What every router needs: the workspace, the open projects, who asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import unquote

from fastapi import Depends, Header, Request
from pydantic import Field

from emendata.corrections import user_name
from emendata.studio.desk import Desk, Desks
from emendata.studio.workspace import Workspace

__all__ = ["Conditions", "Context", "OpenDesk", "Person", "TheContext"]

_LONGEST_NAME = 80


@dataclass
class Context:
    """What the Studio has in hand."""

    workspace: Workspace
    desks: Desks = field(default_factory=Desks)


def _context(request: Request) -> Context:
    context: Context = request.app.state.context
    return context


def _desk(project: str, request: Request) -> Desk:
    context = _context(request)
    return context.desks.of(context.workspace.project(project))


def _person(x_emendata_person: Annotated[str, Header()] = "") -> str:
    """Return who asks: the name that the browser was told, else the user of this machine."""
    words = "".join(one if one.isprintable() else " " for one in unquote(x_emendata_person)).split()
    name = " ".join(words)[:_LONGEST_NAME]
    return name or user_name()


Conditions = Annotated[list[Annotated[str, Field(max_length=10_000)]], Field(max_length=2_000)]
TheContext = Annotated[Context, Depends(_context)]
OpenDesk = Annotated[Desk, Depends(_desk)]
Person = Annotated[str, Depends(_person)]
