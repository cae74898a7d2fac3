"""The jobs of one project: started, watched, stopped, taken up again."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from emendata.errors import ProjectError
from emendata.files import make_folder
from emendata.jobs.state import ENDED, JobState, read_state, write_state
from emendata.records import Json

__all__ = ["Board"]

_SILENT = 15.0  # seconds without a beat after which a job whose process is gone is over
_DEAD = 300.0  # and after which one is whose number some process has, which may by now be another
_GRACE = 5.0  # seconds that a job has to stop by itself


class Board:
    """The jobs of a project, each a file ``jobs/NUMBER.json`` in its folder, so that they outlive who started them.

    Parameters
    ----------
    project : path
        The project's folder.
    """

    def __init__(self, project: Path) -> None:
        self.project = project
        self._folder = project / "jobs"
        self._processes: dict[int, subprocess.Popen[bytes]] = {}

    def start(self, kind: str, arguments: Mapping[str, Json]) -> JobState:
        """Begin a job in a process of its own.

        Raises
        ------
        ProjectError
            If one is running.
        OutputError
            If the project's folder cannot be written.
        """
        last = self.last()
        if last is not None and last.status not in ENDED:
            raise ProjectError("Work on this project is going on. Wait until it is done, or cancel it.")
        make_folder(self._folder)
        number = 1 if last is None else last.number + 1
        state = JobState(number, kind, dict(arguments), beat=time.time(), started=time.time())
        write_state(self.file(number), state)
        self._launch(number)
        return state

    def resume(self) -> JobState:
        """Take up the last job again, which goes on from what it had put into the project.

        Raises
        ------
        ProjectError
            If there is none, or it needs no taking up.
        """
        last = self.last()
        if last is None:
            raise ProjectError("There is no work to take up again. Start an audit.")
        return self.start(last.kind, last.arguments)

    def last(self) -> JobState | None:
        """Return the newest job as it is now, None where there is none."""
        files = sorted(self._folder.glob("[0-9]*.json"))
        return self._as_it_is(read_state(files[-1])) if files else None

    def cancel(self) -> JobState | None:
        """Ask the running job to stop, and end it if it does not; what it has finished stays."""
        last = self.last()
        if last is None or last.status in ENDED:
            return last
        self.file(last.number).with_suffix(".cancel").touch()
        until = time.monotonic() + _GRACE
        while time.monotonic() < until:
            last = self.last()
            assert last is not None
            if last.status in ENDED:
                return last
            time.sleep(0.05)
        if (process := self._processes.get(last.number)) is not None:
            process.kill()
            process.wait()
        stopped = replace(last, status="cancelled", ended=time.time())
        write_state(self.file(last.number), stopped)
        return stopped

    def file(self, number: int) -> Path:
        """Return where a job's state is kept."""
        return self._folder / f"{number:06d}.json"

    def _launch(self, number: int) -> None:
        with self.file(number).with_suffix(".log").open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - our own module, by this interpreter
                [sys.executable, "-m", "emendata.jobs.worker", str(self.project), str(number)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C in the terminal of the Studio is not for it
            )
        self._processes[number] = process
        threading.Thread(
            target=process.wait, daemon=True
        ).start()  # so that nothing of it stays when it is over

    def _as_it_is(self, state: JobState) -> JobState:
        """Return a state, or that the work was interrupted where nobody is at it any more."""
        if state.status in ENDED:
            return state
        process = self._processes.get(state.number)
        if process is not None:
            gone = process.poll() is not None
        else:
            gone = time.time() - state.beat > (_DEAD if _is_running(state.process) else _SILENT)
        if not gone:
            return state
        state = read_state(self.file(state.number))  # it may have ended just now
        if state.status in ENDED:
            return state
        why = "The work was interrupted: its process is gone. What it had finished is kept."
        over = replace(state, status="interrupted", ended=time.time(), message=why)
        write_state(self.file(state.number), over)
        return over


def _is_running(process: int) -> bool:
    """Return whether there is a process of a number on this machine, as far as the system tells."""
    if process <= 0 or sys.platform == "win32":  # where to ask would end it
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
