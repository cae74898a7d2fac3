"""The Python and the command that do what a screen does."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

if TYPE_CHECKING:
    from emendata.studio.bulk import BulkScope

__all__ = [
    "Code",
    "code_of_bulk",
    "code_of_compare",
    "code_of_export",
    "code_of_log",
    "code_of_overview",
    "code_of_run",
    "code_of_sample",
    "code_of_undo",
]


class Code(BaseModel):
    """The same in Python and on the command line."""

    python: str
    cli: str


def code_of_run(source: str, options: dict[str, object]) -> Code:
    """Return how an audit is run."""
    said = {name: value for name, value in options.items() if value not in (None, {}, ())}
    arguments = "".join(f", {name}={value!r}" for name, value in said.items())
    words = ["emendata", "audit", source]
    for name, value in said.items():
        if isinstance(value, dict):
            words += [part for column, role in value.items() for part in ("--role", f"{column}={role}")]
        else:
            words += [f"--{name}", str(value)]
    return Code(
        python=f"import emendata as em\n\naudit = em.Audit({source!r}{arguments}).run()\naudit.report()",
        cli=shlex.join(words),
    )


def code_of_overview(project: Path) -> Code:
    """Return how the numbers of an audit that was done are had again; nothing is computed twice."""
    from emendata.audit.last_run import read_last_run

    run = read_last_run(project, needs_source=False)
    said = {name: run.options.get(name) for name in ("label", "task", "roles", "mode")}
    folder = str(project)
    return Code(
        python=f"import emendata as em\n\naudit = em.Audit.reopen({folder!r})\n"
        "print(audit.summary.estimate)\naudit.report()",
        cli=code_of_run(run.source, {**said, "project": folder}).cli,
    )


def code_of_sample(project: Path) -> Code:
    """Return how the random sample is answered, and what the answers say."""
    return Code(
        python=(
            f"import emendata as em\n\naudit = em.Audit.reopen({str(project)!r})\n"
            'queue = audit.review(streams=["audit"])\n'
            'question = queue.next()\nqueue.answer(question, "keep")\n\n'
            "print(audit.evidence().rate)\nprint(audit.certify(0.95).sentence)"
        ),
        cli=shlex.join(["emendata", "review", str(project), "--stream", "audit"]),
    )


def code_of_bulk(project: Path, scope: BulkScope) -> Code:
    """Return how many rows are changed."""
    rows = (
        repr(scope.rows) if scope.rows is not None else f"audit.rows.ordered({scope.where!r}, {scope.sort!r})"
    )
    if scope.rows is None and scope.top is not None:
        rows += f"[:{scope.top}]"
    value = f", {scope.value!r}" if scope.value is not None else ""
    test = ", include_test=True" if scope.include_test else ""
    only = f", only=audit.certify({scope.certified}).rows" if scope.certified is not None else ""
    words = ["emendata", "decide", str(project)]
    words += [part for row in scope.rows or () for part in ("--row", str(row))]
    words += (
        [part for condition in scope.where for part in ("--where", condition)] if scope.rows is None else []
    )
    words += ["--sort", scope.sort] if scope.rows is None and scope.top is not None else []
    words += ["--top", str(scope.top)] if scope.rows is None and scope.top is not None else []
    words += [f"--{scope.action}", *([scope.value] if scope.value is not None else [])]
    words += ["--include-test"] if scope.include_test else []
    words += ["--certified", str(scope.certified)] if scope.certified is not None else []
    return Code(
        python=(
            "import emendata as em\nfrom emendata.selection import plan_bulk\n\n"
            f"audit = em.Audit.reopen({str(project)!r})\n"
            f"plan = plan_bulk(audit.rows, {rows}, {scope.action!r}{value}{test}{only})\n"
            "plan.apply(audit.decisions)"
        ),
        cli=shlex.join(words),
    )


def code_of_export(project: Path, options: dict[str, object]) -> Code:
    """Return how corrected data are written; ``options`` are those of `emendata.Audit.export`."""
    usual = {"file_format": "own", "rows": "kept", "neutralise": True}
    said = {
        name: value
        for name, value in options.items()
        if value != usual.get(name) and value not in (None, False, [])
    }
    if not options.get("neutralise", True):
        said["neutralise"] = False
    arguments = ", ".join(f"{name}={value!r}" for name, value in said.items())
    words = ["emendata", "export", str(project)]
    for name, value in said.items():
        option = {"file_format": "--format", "neutralise": "--formulas"}.get(name, f"--{name}")
        if isinstance(value, list):
            words += [part for one in value for part in (option, str(one))]
        else:
            words += [option] if isinstance(value, bool) else [option, str(value)]
    return Code(
        python=f"import emendata as em\n\naudit = em.Audit.reopen({str(project)!r})\naudit.export({arguments})",
        cli=shlex.join(words),
    )


def code_of_undo(project: Path, event_id: str) -> Code:
    """Return how everything of one moment is taken back."""
    return Code(
        python=(
            "import emendata as em\nfrom emendata.corrections import history, undo_batch\n\n"
            f"log = em.Audit.reopen({str(project)!r}).decisions\n"
            f"batch = next(batch for batch in history(log) if batch.event_id == {event_id!r})\n"
            "undo_batch(log, batch)"
        ),
        cli=shlex.join(["emendata", "decisions", str(project), "--undo", event_id, "--whole"]),
    )


def code_of_log(project: Path) -> Code:
    """Return how decisions are made again in another project of the same data."""
    return Code(
        python=(
            "import emendata as em\n\n"
            f"em.Audit.reopen({str(project)!r}).decisions.export('decisions.jsonl')\n"
            "em.Audit.reopen('OTHER.emendata').decisions.merge('decisions.jsonl')"
        ),
        cli=f"{shlex.join(['emendata', 'decisions', str(project), '--export', 'decisions.jsonl'])}\n"
        "emendata decisions OTHER.emendata --merge decisions.jsonl",
    )


def code_of_compare(project: Path, before: str, after: str) -> Code:
    """Return how two checkpoints are compared."""
    return Code(
        python=(
            "import emendata as em\nfrom emendata.corrections import compare_checkpoints, find_checkpoint\n\n"
            f"audit = em.Audit.reopen({str(project)!r})\nlog = audit.decisions\n"
            f"compare_checkpoints(audit.dataset, log, find_checkpoint(log, {before!r}), "
            f"find_checkpoint(log, {after!r}))"
        ),
        cli=shlex.join(["emendata", "decisions", str(project), "--compare", before, after]),
    )
