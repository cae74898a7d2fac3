"""Projects: the list of them, starting one, and how far its work is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from emendata import __version__
from emendata.errors import InputError, UnknownName
from emendata.studio.cards import ProjectCard, card_of
from emendata.studio.context import OpenDesk, Person, TheContext
from emendata.studio.desk import Desk, DeskStatus
from emendata.studio.examples import EXAMPLES, write_example
from emendata.studio.imports import DataIn
from emendata.studio.job_out import JobOut, job_out
from emendata.studio.workspace import place_of, project_at, project_name

__all__ = ["router"]

router = APIRouter(prefix="/api", tags=["projects"])

_LOOK = 0.3  # seconds between two looks at a job


class Studio(BaseModel):
    """The program that answers, and who it takes the person for."""

    version: str
    person: str
    workspace: str


class ProjectState(BaseModel):
    """A project: whether it can be worked with, and its last job."""

    id: str
    name: str
    folder: str
    status: DeskStatus
    message: str
    job: JobOut | None
    media: dict[str, str]
    n_rows: int | None
    label: str | None
    classes: list[str]


class PathIn(BaseModel):
    """A place on this machine."""

    path: str = Field(max_length=4096)


class Opened(BaseModel):
    """What lies at a place: the project of it, where it has one, else data that can be audited."""

    source: str
    project: ProjectCard | None


class ExampleOut(BaseModel):
    """A dataset that comes with the Studio."""

    name: str
    title: str
    text: str


@router.get("/studio")
def studio(context: TheContext, person: Person) -> Studio:
    """Return what answers here."""
    return Studio(version=__version__, person=person, workspace=str(context.workspace.folder))


@router.get("/projects")
def projects(context: TheContext) -> list[ProjectCard]:
    """Return the projects that were opened, the last in front."""
    return [card_of(recent) for recent in context.workspace.recent()]


@router.post("/projects")
def start(context: TheContext, data: DataIn) -> ProjectState:
    """Begin the audit of some data in a project of theirs."""
    source = place_of(data.source)
    if not source.exists():
        raise InputError(f"There is no file or folder {source}.")
    recent = context.workspace.remember(context.workspace.place_for(source))
    desk = context.desks.of(recent.folder)
    desk.board.start("audit", {"source": str(source), **data.options(), "mode": data.mode.value})
    return _state(recent.id, desk)


@router.post("/open")
def open_path(context: TheContext, place: PathIn) -> Opened:
    """Open a project by its folder, or by the file or folder that it is about, or say that there is none."""
    path = place_of(place.path)
    if not path.exists():
        raise UnknownName(f"There is no file or folder {path}. Copy its path from the file manager.")
    folder = project_at(path)
    card = None if folder is None else card_of(context.workspace.remember(folder))
    return Opened(source=str(path), project=card)


@router.get("/examples")
def examples() -> list[ExampleOut]:
    """Return the datasets that come with the Studio."""
    return [ExampleOut(name=one.name, title=one.title, text=one.text) for one in EXAMPLES]


@router.post("/examples/{name}")
def take_example(context: TheContext, name: str) -> PathIn:
    """Write a dataset that comes with the Studio into the workspace, and return where it is."""
    return PathIn(path=str(write_example(name, context.workspace.folder / "examples")))


@router.get("/projects/{project}")
def project(project: str, desk: OpenDesk) -> ProjectState:
    """Return how far a project is; it is opened if its audit is done."""
    return _state(project, desk)


@router.delete("/projects/{project}")
def forget(context: TheContext, project: str) -> None:
    """Take a project from the list; its files stay where they are."""
    context.workspace.forget(project)


@router.post("/projects/{project}/cancel")
def cancel(project: str, desk: OpenDesk) -> ProjectState:
    """Stop the work on a project; what it has finished stays."""
    desk.board.cancel()
    return _state(project, desk)


@router.post("/projects/{project}/resume")
def resume(project: str, desk: OpenDesk) -> ProjectState:
    """Take up the work on a project where it was left."""
    desk.board.resume()
    return _state(project, desk)


@router.get("/projects/{project}/events", response_class=StreamingResponse)
async def events(project: str, desk: OpenDesk, request: Request) -> StreamingResponse:
    """Send the project's state whenever it changes, as server-sent events, until it is ready or has failed."""
    return StreamingResponse(_events(project, desk, request), media_type="text/event-stream")


async def _events(project: str, desk: Desk, request: Request) -> AsyncIterator[str]:
    last = ""
    while not await request.is_disconnected():
        state = await asyncio.to_thread(_state, project, desk)
        said = state.model_dump_json()
        if said != last:
            last = said
            yield f"data: {said}\n\n"
        await asyncio.sleep(_LOOK)


def _state(project: str, desk: Desk) -> ProjectState:
    status, job = desk.status(), desk.job()
    made = ProjectState(
        id=project,
        name=project_name(desk.project),
        folder=str(desk.project),
        status=status,
        message=desk.message if status == "failed" else "",
        job=None if job is None else job_out(job),
        media={},
        n_rows=None,
        label=None,
        classes=[],
    )
    if status != "ready":
        return made
    dataset, table = desk.audit.dataset, desk.audit.rows
    given = table.fields.get("given")
    return made.model_copy(
        update={
            "media": {name: found.role.value for name, found in dataset.media.items()},
            "n_rows": dataset.n_rows,
            "label": dataset.label,
            "classes": sorted(getattr(given, "values", ())),
        }
    )
