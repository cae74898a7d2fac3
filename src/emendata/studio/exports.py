"""Taking corrected data out: in their own format, with all that was changed beside them."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from emendata.errors import UnknownName
from emendata.studio.code import Code, code_of_export
from emendata.studio.context import OpenDesk
from emendata.studio.desk import Desk
from emendata.studio.export_files import Exported, export_to

__all__ = ["router"]

router = APIRouter(prefix="/api/projects/{project}", tags=["export"])


class ExportIn(BaseModel):
    """What is written: decisions alone, or certified proposals too; ``neutralise`` disarms formulas in changes.csv."""

    certified: float | None = Field(None, gt=0, lt=1)
    neutralise: bool = True


class ExportPlan(BaseModel):
    """What an export would write."""

    source: str
    format: str
    n_rows: int
    counts: dict[str, int]
    n_gone: int
    n_changed_since: int
    can_be_written: bool
    why: str
    code: Code


class FileOut(BaseModel):
    """A file that was written: its size in bytes, and where to load it from."""

    name: str
    size: int
    address: str
    text: str


class ExportOut(BaseModel):
    """What was written, and where it lies on this machine."""

    folder: str
    files: list[FileOut]
    counts: dict[str, int]
    n_rows: int


@router.post("/export/plan")
def plan(desk: OpenDesk, order: ExportIn) -> ExportPlan:
    """Say what an export would write."""
    with desk.ready():
        audit = desk.audit
        dataset = audit.dataset
        patch = audit.patch(
            certificate=None if order.certified is None else audit.certify(order.certified),
            reviewed_only=True,
        )
        counts: dict[str, int] = {}
        for correction in patch.corrections:
            counts[correction.kind] = counts.get(correction.kind, 0) + 1
        source = dataset.path
        return ExportPlan(
            source="" if source is None else str(source),
            format=dataset.format,
            n_rows=dataset.n_rows,
            counts=counts,
            n_gone=len(audit.decided.gone),
            n_changed_since=len(audit.decided.changed),
            can_be_written=source is not None,
            why="" if source is not None else "These data did not come from a file.",
            code=code_of_export(desk.project, str(source), _corrected(source), certified=order.certified),
        )


@router.post("/export")
def export(project: str, desk: OpenDesk, order: ExportIn) -> ExportOut:
    """Write a corrected copy and what belongs to it into the project's folder; the original stays as it is."""
    with desk.ready():
        made = export_to(desk.project / "exports", desk.audit, order.certified, neutralise=order.neutralise)
    return _out(project, desk, made)


@router.get("/exports/{name}", response_class=FileResponse)
def download(desk: OpenDesk, name: str) -> FileResponse:
    """Return a file that was exported."""
    folder = (desk.project / "exports").resolve()
    file = (folder / name).resolve()
    if file.parent != folder or not file.is_file():
        raise UnknownName("There is no such export. Write it again.")
    return FileResponse(file, filename=name, media_type="application/octet-stream")


def _corrected(source: Path | None) -> str:
    if source is None:
        return "corrected"
    return str(source.with_name(f"{source.stem}.corrected{source.suffix}"))


def _out(project: str, desk: Desk, made: Exported) -> ExportOut:
    return ExportOut(
        folder=str(desk.project / "exports"),
        files=[
            FileOut(
                name=file.name,
                size=file.stat().st_size,
                address=f"/api/projects/{project}/exports/{file.name}",
                text=text,
            )
            for file, text in made.files
        ],
        counts=made.counts,
        n_rows=made.n_rows,
    )
