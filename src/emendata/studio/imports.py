"""Bringing data in: files that are dropped, paths that are named, and a look at both before anything runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from emendata.errors import InputError
from emendata.files import explained, make_folder, write_atomically
from emendata.records import Mode, Role, Task
from emendata.studio.code import Code, code_of_run
from emendata.studio.context import TheContext
from emendata.studio.label_choice import label_candidates, proposed_label
from emendata.studio.preflight import Warning_, preflight
from emendata.studio.workspace import place_of, within

if TYPE_CHECKING:
    from emendata.audit import Audit
    from emendata.data import Dataset

__all__ = ["DataIn", "router"]

router = APIRouter(prefix="/api", tags=["import"])

_PREVIEW_ROWS = 200
_LONGEST_CELL = 300
_MOST_COLUMNS = 200


class UploadIn(BaseModel):
    """What is about to be dropped: a file, or a folder by its name, and all its bytes."""

    name: str = Field(min_length=1, max_length=255)
    n_bytes: int = Field(ge=0, lt=1 << 63)


class UploadOut(BaseModel):
    """The name of an upload that was begun, and the folder that it goes to: the source of a dropped folder."""

    upload: str
    folder: str


class SourceOut(BaseModel):
    """Where data lie."""

    source: str


class DataIn(BaseModel):
    """Data, and what is said of them; what is left out is guessed."""

    source: str = Field(min_length=1, max_length=4096)
    label: str | None = None
    roles: dict[str, Role] = {}
    task: Task | None = None
    mode: Mode = Mode.BALANCED
    encoding: str | None = None
    delimiter: str | None = None
    table: str | None = None

    def options(self) -> dict[str, Any]:
        """Return the arguments of an `Audit` beside its source."""
        return {
            "label": self.label,
            "roles": {name: role.value for name, role in self.roles.items()},
            "task": None if self.task is None else self.task.value,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "table": self.table,
        }


class ColumnOut(BaseModel):
    """A column and what it is taken for, and why."""

    name: str
    role: Role
    reason: str
    n_missing: int
    n_distinct: int


class Preview(BaseModel):
    """The first rows of some data, what their columns are taken for, and what to look at before an audit.

    ``proposed_label`` is the likeliest of ``candidates``, where one of them stands out.
    """

    source: str
    name: str
    format: str
    n_rows: int
    n_columns: int
    label: str | None
    task: Task
    columns: list[ColumnOut]
    rows: list[list[str]]
    candidates: list[str]
    proposed_label: str | None
    warnings: list[Warning_]


class CheckPlan(BaseModel):
    """A check that will run, or why it cannot."""

    code: str
    name: str
    title: str
    runs: bool
    why: str


class Plan(BaseModel):
    """What an audit would do, in a sentence and check by check."""

    sentence: str
    n_rows: int
    n_unlabeled: int
    n_classes: int
    has_test_split: bool
    checks: list[CheckPlan]
    code: Code


class ForecastOut(BaseModel):
    """Seconds that an audit in a mode is expected to take, good to a factor of two or so."""

    mode: Mode
    seconds: float


@router.post("/uploads")
def begin(context: TheContext, upload: UploadIn) -> UploadOut:
    """Make room for what is being dropped."""
    folder = context.workspace.begin_upload(upload.name, upload.n_bytes)
    return UploadOut(upload=folder.name, folder=str(folder))


@router.put("/uploads/{upload}")
async def put(
    context: TheContext,
    upload: str,
    request: Request,
    name: Annotated[str, Query(max_length=4096, description="The file's place in what is dropped.")],
) -> SourceOut:
    """Take in one file; nothing is left of one that does not arrive whole."""
    target = within(context.workspace.upload_folder(upload), name)
    make_folder(target.parent)
    with write_atomically(target) as temporary, temporary.open("wb") as file, explained(target):
        async for part in request.stream():
            file.write(part)
    return SourceOut(source=str(target))


@router.delete("/uploads/{upload}")
def discard(context: TheContext, upload: str) -> None:
    """Remove what has arrived of an upload that was given up."""
    context.workspace.discard_upload(upload)


@router.post("/preview")
def preview(data: DataIn) -> Preview:
    """Open some data and say what they are taken for."""
    dataset = _opened(data)
    names = [column.name for column in dataset.columns][:_MOST_COLUMNS]
    rows = range(min(dataset.n_rows, _PREVIEW_ROWS))
    return Preview(
        source=data.source,
        name=dataset.name,
        format=dataset.format,
        n_rows=dataset.n_rows,
        n_columns=len(dataset.columns),
        label=dataset.label,
        task=dataset.task,
        columns=[
            ColumnOut(
                name=column.name,
                role=column.role,
                reason=column.reason,
                n_missing=column.n_missing,
                n_distinct=column.n_distinct,
            )
            for column in dataset.columns[:_MOST_COLUMNS]
        ],
        rows=[[dataset.text(row, name)[:_LONGEST_CELL] for name in names] for row in rows],
        candidates=label_candidates(dataset),
        proposed_label=proposed_label(dataset),
        warnings=preflight(dataset),
    )


@router.post("/plan")
def plan(data: DataIn) -> Plan:
    """Say what an audit would do."""
    audit = _audit(data)
    dataset = audit.dataset
    labels = dataset.table[dataset.label] if dataset.label is not None else None
    n_unlabeled = labels.null_count if labels is not None else dataset.n_rows
    classes = next((column.n_distinct for column in dataset.columns if column.role == Role.LABEL), 0)
    return Plan(
        sentence=_sentence(dataset, n_unlabeled, classes),
        n_rows=dataset.n_rows,
        n_unlabeled=n_unlabeled,
        n_classes=classes,
        has_test_split=bool(dataset.names(Role.SPLIT)),
        checks=[
            *(
                CheckPlan(code=c.code, name=c.name, title=c.title.rstrip("."), runs=True, why="")
                for c in audit.plan.checks
            ),
            *(
                CheckPlan(code=c.code, name=c.name, title=c.title.rstrip("."), runs=False, why=why)
                for c, why in audit.plan.not_applicable
            ),
        ],
        code=code_of_run(data.source, {**data.options(), "mode": data.mode.value}),
    )


@router.post("/forecast")
def forecast(data: DataIn) -> ForecastOut:
    """Say how long an audit would take, from running it on some rows for about two seconds."""
    return ForecastOut(mode=data.mode, seconds=round(_audit(data).forecast().seconds, 1))


def _opened(data: DataIn) -> Dataset:
    from emendata.data import open_dataset

    return open_dataset(_source(data), **data.options())


def _audit(data: DataIn) -> Audit:
    from emendata.audit import Audit

    return Audit(_source(data), project=False, mode=data.mode.value, read_settings=False, **data.options())


def _source(data: DataIn) -> str:
    from emendata.data.address import is_url

    if is_url(data.source):
        raise InputError(
            "The Studio opens files and folders of this machine. For a URL use: emendata audit URL."
        )
    return str(place_of(data.source))


def _sentence(dataset: Dataset, n_unlabeled: int, n_classes: int) -> str:
    rows = f"{dataset.n_rows:,} rows"
    if dataset.label is None:
        return f"Find outliers, duplicates and wrong cells in {dataset.name}: {rows}, no labels."
    what = ", ".join(
        column.name for column in dataset.columns if column.role in (Role.TEXT, Role.IMAGE, Role.AUDIO)
    )
    source = what or f"{len(dataset.columns) - 1} columns"
    without = f", {n_unlabeled:,} of them unlabelled" if n_unlabeled else ""
    return f"Find label errors in {dataset.label} ({n_classes:,} classes) from {source}: {rows}{without}."
