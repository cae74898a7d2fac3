"""A project that is open in the Studio: its audit, its rows, its questions, and one lock around them."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from emendata.errors import EmendataError
from emendata.jobs import ENDED, Board, JobState
from emendata.studio.facet_choice import facet_names
from emendata.studio.refusals import NotReady

if TYPE_CHECKING:
    from emendata.audit import Audit
    from emendata.corrections import DecisionLog, ReviewQueue
    from emendata.selection import RowTable

__all__ = ["Desk", "DeskStatus", "Desks"]

DeskStatus = Literal["new", "working", "opening", "ready", "failed"]

_MOST_OPEN = 4


class Desk:
    """What is laid out of one project. Opening it takes a while, so that is done beside the requests.

    Parameters
    ----------
    project : path
    """

    def __init__(self, project: Path) -> None:
        self.project = project
        self.board = Board(project)
        self.message = ""
        self.lock = threading.RLock()
        self.used = time.monotonic()
        self._audit: Audit | None = None
        self._queue: ReviewQueue | None = None
        self._opening: threading.Thread | None = None
        # whose results are laid out: its number, and when it began, since a folder may be removed and filled anew; -1
        # for an audit that was no job of the Studio
        self._job: tuple[int, float] | None = None

    def status(self) -> DeskStatus:
        """Return how far the project is, and begin to open it where its audit is done."""
        job = self.board.last()
        if job is not None and job.status not in ENDED:
            return "working"
        with self.lock:
            if self._opening is not None and self._opening.is_alive():
                return "opening"
            newest = (-1, 0.0) if job is None else (job.number, job.started)
            if newest != self._job:
                self._begin(newest)
                return "opening"
            if self._audit is not None:
                return "ready"
            return "failed" if job is None or job.status == "done" else "new"

    def job(self) -> JobState | None:
        """Return the last job."""
        return self.board.last()

    @contextmanager
    def ready(self) -> Iterator[Desk]:
        """Hold the lock of a project that is open, and know what others decided until now.

        Raises
        ------
        NotReady
            If it is not yet, or cannot be opened.
        """
        status = self.status()
        if status == "failed":
            raise NotReady(self.message or "This project cannot be opened.")
        if status != "ready":
            raise NotReady("This project is not open yet.")
        with self.lock:
            self.used = time.monotonic()
            self.audit.rows.refresh()
            yield self

    @property
    def audit(self) -> Audit:
        """The audit whose results are laid out."""
        assert self._audit is not None
        return self._audit

    @property
    def rows(self) -> RowTable:
        """All rows, with what was decided until now."""
        self.audit.rows.refresh()
        return self.audit.rows

    @property
    def queue(self) -> ReviewQueue:
        """The questions that are worth asking."""
        assert self._queue is not None
        return self._queue

    def log(self, person: str) -> DecisionLog:
        """Return the log of decisions until now, as a person writes to it here."""
        return self.rows.log.signed(person, "studio")

    def close(self) -> None:
        """Let go of the project's files; work that goes on goes on."""
        with self.lock:
            if self._audit is not None and self._audit.project is not None:
                self._audit.project.close()
            self._audit = self._queue = self._job = None
            gc.unfreeze()

    def _begin(self, job: tuple[int, float]) -> None:
        self._audit = self._queue = None
        self._job = job
        self._opening = threading.Thread(target=self._open, daemon=True)
        self._opening.start()

    def _open(self) -> None:
        from emendata.audit import Audit

        try:
            with _uncollected():
                audit = Audit.reopen(self.project)
                table, queue = audit.rows, audit.review()
                # What every page asks first, and the first detail of a row.
                _ = table.facets([], facet_names(table)), table.ordered(), table.ordered(sort="-score")
                if table.n_rows:
                    queue.questions(0)
        except EmendataError as error:
            self.message = str(error)
            return
        except Exception as error:  # whatever it is, the page says it, and the Studio goes on
            self.message = f"{type(error).__name__}: {error}"
            return
        with self.lock:
            self.message = ""
            self._audit, self._queue = audit, queue


class Desks:
    """The desks of the projects that are open; those that were not used for longest are cleared."""

    def __init__(self) -> None:
        self._desks: dict[Path, Desk] = {}
        self._lock = threading.Lock()

    def of(self, project: Path) -> Desk:
        """Return the desk of a project."""
        with self._lock:
            if project not in self._desks:
                self._desks[project] = Desk(project)
                for old in sorted(self._desks.values(), key=lambda desk: -desk.used)[_MOST_OPEN:]:
                    if old.project != project:
                        old.close()
                        del self._desks[old.project]
            return self._desks[project]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare what is laid out from being searched for garbage, over and over, for as long as it is in use."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()
