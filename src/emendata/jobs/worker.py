"""The process that does a job: ``python -m emendata.jobs.worker PROJECT NUMBER``."""

from __future__ import annotations

import _thread
import logging
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from emendata.errors import EmendataError
from emendata.jobs.board import Board
from emendata.jobs.memory import peak_memory
from emendata.jobs.state import JobState, Stage, Status, read_state, write_state

__all__ = ["main"]

_log = logging.getLogger(__name__)
_BEAT = 0.3  # seconds between two looks at how far it is


class Worker:
    """Does one job, and says how far it is several times a second.

    Parameters
    ----------
    file : path
        Where the job's state is kept.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._state: JobState = replace(
            read_state(file), status="running", started=time.time(), process=os.getpid()
        )
        self._begun: dict[str, float] = {}
        self._stages: dict[str, Stage] = {}
        self._look: Callable[[float], tuple[float, float | None]] = lambda now: (0.0, None)
        self._over = threading.Event()

    def run(self, project: Path) -> Status:
        """Do the work and return how it ended; failures are written down, not raised."""
        beating = threading.Thread(target=self._beat, daemon=True)
        beating.start()
        status: Status = "done"
        message = trace = ""
        try:
            self._audit(project)
        except KeyboardInterrupt:
            status = "cancelled"
        except EmendataError as error:
            status, message = "failed", str(error)
        except MemoryError:
            status, message = (
                "failed",
                "The memory of this machine is too small. Try the quick mode, or fewer rows.",
            )
        except Exception as error:
            status, message = "failed", f"{type(error).__name__}: {error}"
            trace = traceback.format_exc()
        self._over.set()
        beating.join()
        self._write(status=status, ended=time.time(), message=message, traceback=trace)
        return status

    def on_progress(self, stage: str, done: int, total: int) -> None:
        """Take note of how far a stage is."""
        now = time.monotonic()
        begun = self._begun.setdefault(stage, now)
        with self._lock:
            self._stages[stage] = Stage(stage, done, total, round(now - begun, 1))

    def _with_time(self, stage: Stage) -> Stage:
        """Return a stage with the seconds until now, where it is not over."""
        if stage.done >= stage.total:
            return stage
        return replace(stage, seconds=round(time.monotonic() - self._begun[stage.name], 1))

    def _audit(self, project: Path) -> None:
        from emendata.audit import Audit
        from emendata.pipeline import Outlook

        arguments: dict[str, Any] = dict(self._state.arguments)
        source = arguments.pop("source")
        self.on_progress("Opening the data", 0, 1)
        audit = Audit(source, project=project, read_settings=False, **arguments)
        self.on_progress("Opening the data", 1, 1)
        self.on_progress("Looking how long it will take", 0, 1)
        outlook = Outlook(audit.forecast().stages, time.monotonic())
        self.on_progress("Looking how long it will take", 1, 1)
        self._look = lambda now: (outlook.part_done(now), outlook.seconds_left(now))

        def on_progress(stage: str, done: int, total: int) -> None:
            outlook.report(stage, done, total, time.monotonic())
            self.on_progress(stage, done, total)

        def on_outcome(outcome: Any) -> None:
            if outcome.findings is not None:
                found = {**self._state.found, outcome.check.name: len(set(outcome.findings.rows.tolist()))}
                self._write(found=found)

        audit.run(on_progress=on_progress, on_outcome=on_outcome)
        self.on_progress("Writing the report", 0, 1)
        audit.report()
        self.on_progress("Writing the report", 1, 1)

    def _beat(self) -> None:
        cancel = self._file.with_suffix(".cancel")
        while not self._over.wait(_BEAT):
            if cancel.exists():
                cancel.unlink(missing_ok=True)
                _thread.interrupt_main()
            part, left = self._look(time.monotonic())
            self._write(part_done=round(part, 3), seconds_left=None if left is None else round(left, 1))

    def _write(self, **changes: Any) -> None:
        with self._lock:
            self._state = replace(
                self._state,
                beat=time.time(),
                memory=peak_memory(),
                stages=tuple(self._with_time(stage) for stage in self._stages.values()),
                **changes,
            )
            try:
                write_state(self._file, self._state)
            except OSError:  # a full disk: what the audit itself meets is said when it ends
                _log.warning("the state of the job could not be written", exc_info=True)


def main(arguments: list[str]) -> int:
    """Do the job that two arguments name, the project's folder and the job's number; return the exit code."""
    project, number = Path(arguments[0]), int(arguments[1])
    status = Worker(Board(project).file(number)).run(project)
    return 0 if status in ("done", "cancelled") else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
