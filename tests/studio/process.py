"""A Studio in a process of its own, as `emendata studio` starts it, that tests may kill and start again."""

import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        number: int = listener.getsockname()[1]
        return number


@dataclass
class StudioProcess:
    """The command, its address, and ways to end it.

    Parameters
    ----------
    workspace : path
        The folder for dropped data and the list of projects.
    opened : path, optional
        What the command is given to open.
    port : int
        Kept over a restart, as a person's terminal would.
    """

    workspace: Path
    opened: Path | None = None
    port: int = field(default_factory=free_port)
    address: str = ""
    _process: "subprocess.Popen[str] | None" = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> str:
        """Start the command, and return the address that lets a browser in."""
        command = [sys.executable, "-m", "emendata", "studio", "--no-browser"]
        command += ["--port", str(self.port), "--workspace", str(self.workspace)]
        command += [str(self.opened)] if self.opened else []
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        first = self._process.stdout.readline()
        assert first.startswith("Studio"), first
        self.address = first.split()[-1]
        return self.address

    def kill(self) -> None:
        """End it at once: nothing is tidied up."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        self._process.communicate(timeout=30)
        self._process = None
