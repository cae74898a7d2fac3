"""Taking corrected data out: in their own format or another, with all that was changed beside them."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from emendata.audit.export import OWN_FORMAT, Exported, RowChoice, corrections_of, counts_by_kind
from emendata.data import sources
from emendata.errors import UnknownName
from emendata.records import Correction, CorrectionKind
from emendata.reports.tables import TABLE_FORMATS
from emendata.studio.code import Code, code_of_export
from emendata.studio.context import Conditions, OpenDesk
from emendata.studio.desk import Desk
from emendata.studio.lines import value_text
from emendata.studio.workspace import file_in

__all__ = ["router"]

router = APIRouter(prefix="/api/projects/{project}", tags=["export"])

_MOST_CHANGES = 12


class ExportIn(BaseModel):
    """What is written, as `emendata.Audit.export` has it."""

    file_format: str = OWN_FORMAT
    rows: RowChoice = "kept"
    where: Conditions = []
    findings: bool = False
    decisions: bool = False
    certified: float | None = Field(None, gt=0, lt=1)
    neutralise: bool = True


class FormatOut(BaseModel):
    """A format to write; ``is_own``: that of the original, in which all columns and rows stay."""

    name: str
    title: str
    is_own: bool


class ChangeOut(BaseModel):
    """A change: of a cell, or of a whole row where ``column`` is none."""

    row: int
    id: str
    kind: str
    column: str | None
    old: str | None
    new: str | None
    by: str | None


class ExportPlan(BaseModel):
    """What an export would write: changes by kind, the first of them, rows that change and that go.

    ``n_gone`` decisions are on rows that are no longer there, ``n_changed_since`` on cells that hold something else by
    now.
    """

    source: str
    folder: str
    formats: list[FormatOut]
    n_rows: int
    n_changed: int
    n_excluded: int
    n_decided: int
    counts: dict[CorrectionKind, int]
    changes: list[ChangeOut]
    n_gone: int
    n_changed_since: int
    why_not_own: str
    code: Code


class FileOut(BaseModel):
    """A file that was written: its size in bytes, and where to load it from."""

    name: str
    path: str
    size: int
    address: str
    text: str


class ExportOut(BaseModel):
    """What was written, and where it lies on this machine; of a dry run, no files."""

    folder: str
    files: list[FileOut]
    counts: dict[CorrectionKind, int]
    n_rows: int


@router.post("/export/plan")
def plan(desk: OpenDesk, order: ExportIn) -> ExportPlan:
    """Say what an export would change; nothing is written, and the data are not read again."""
    with desk.ready():
        audit = desk.audit
        dataset, decided = audit.dataset, audit.decided
        corrections = corrections_of(audit, order.certified)
        excluded = {one.row for one in corrections if one.column is None}
        return ExportPlan(
            source=str(dataset.path or dataset.name),
            folder=str(desk.project / "exports"),
            formats=_formats(desk),
            n_rows=dataset.n_rows,
            n_changed=len({one.row for one in corrections} - excluded),
            n_excluded=len(excluded),
            n_decided=int(desk.rows.states.is_decided().sum()),
            counts=counts_by_kind(corrections),
            changes=[_change(one) for one in corrections[:_MOST_CHANGES]],
            n_gone=len(decided.gone),
            n_changed_since=len(decided.changed),
            why_not_own=_why_not_own(desk),
            code=code_of_export(desk.project, order.model_dump()),
        )


@router.post("/export/check")
def check(project: str, desk: OpenDesk, order: ExportIn) -> ExportOut:
    """Do everything but write: a dry run, refused as the export would be."""
    return _export(project, desk, order, dry_run=True)


@router.post("/export")
def export(project: str, desk: OpenDesk, order: ExportIn) -> ExportOut:
    """Write a corrected copy and what belongs to it into the project's folder; the original stays as it is."""
    return _export(project, desk, order, dry_run=False)


@router.get("/exports/{name}", response_class=FileResponse)
def download(desk: OpenDesk, name: str) -> FileResponse:
    """Return a file that was exported."""
    file = file_in(desk.project / "exports", name)
    if file is None:
        raise UnknownName("There is no such export. Write it again.")
    return FileResponse(file, filename=name, media_type="application/octet-stream")


def _export(project: str, desk: Desk, order: ExportIn, *, dry_run: bool) -> ExportOut:
    with desk.ready():
        made = desk.audit.export(**order.model_dump(), dry_run=dry_run)
    return _out(project, desk, made)


def _formats(desk: Desk) -> list[FormatOut]:
    dataset = desk.audit.dataset
    own = next((source.title for source in sources if source.name == dataset.format), dataset.format)
    others = [FormatOut(name=name, title=title, is_own=False) for name, title in TABLE_FORMATS.items()]
    return others if _why_not_own(desk) else [FormatOut(name=OWN_FORMAT, title=own, is_own=True), *others]


def _why_not_own(desk: Desk) -> str:
    dataset = desk.audit.dataset
    if dataset.path is None:
        return f"{dataset.name} did not come from a file, so there is no format of its own."
    if dataset.dialect.query is not None:
        return f"These rows are the answer of {dataset.name} to a query, which cannot be written back."
    return ""


def _change(one: Correction) -> ChangeOut:
    by = one.evidence.get("decided_by")
    return ChangeOut(
        row=one.row,
        id=one.id,
        kind=one.kind,
        column=one.column,
        old=value_text(one.old),
        new=value_text(one.new),
        by=None if by is None else str(by),
    )


def _out(project: str, desk: Desk, made: Exported) -> ExportOut:
    return ExportOut(
        folder=str(desk.project / "exports"),
        files=[
            FileOut(
                name=file.name,
                path=str(file),
                size=file.stat().st_size,
                address=f"/api/projects/{project}/exports/{file.name}",
                text=text,
            )
            for file, text in made.files
        ],
        counts=dict(made.counts),
        n_rows=made.n_rows,
    )
