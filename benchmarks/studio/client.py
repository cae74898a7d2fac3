"""The Studio as a process of its own, and a browser's side of it that times each answer."""

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

__all__ = ["Client", "Spent", "studio", "summary"]

Spent = dict[str, float]
"""Milliseconds of the clock, and of the server's processor, which a busy machine changes less."""

_START = (
    "import sys; from pathlib import Path; from emendata.studio import serve; serve(Path(sys.argv[1]), "
    + (
        "workspace=Path(sys.argv[2]), port=int(sys.argv[3]), browser=False, say=lambda text: print(text, flush=True))"
    )
)
_TICK = 1000 / os.sysconf("SC_CLK_TCK")


class Client:
    """Speaks to a Studio.

    Parameters
    ----------
    address : str
        What the Studio printed: it holds the token.
    pid : int
        Of the Studio.
    """

    def __init__(self, address: str, pid: int) -> None:
        self.address = address
        self._pid = pid
        parts = urlsplit(address)
        self.project = parts.path.split("/")[2]
        self._place = parts.netloc
        self._headers = {"X-Emendata": "1", "Content-Type": "application/json"}
        connection = http.client.HTTPConnection(self._place, timeout=600)
        connection.request("GET", f"{parts.path}?{parts.query}")
        answer = connection.getresponse()
        answer.read()
        self._headers["Cookie"] = answer.headers["set-cookie"].split(";")[0]

    def get(self, path: str, **query: Any) -> tuple[Any, Spent]:
        """Ask for something of the project."""
        return self._ask("GET", f"{path}?{urlencode(query, doseq=True)}", None)

    def post(self, path: str, body: object) -> tuple[Any, Spent]:
        """Change something of the project."""
        return self._ask("POST", path, json.dumps(body))

    def memory(self) -> int:
        """Return how many bytes the Studio holds."""
        lines = Path(f"/proc/{self._pid}/status").read_text(encoding="ascii").splitlines()
        return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))

    def until_open(self) -> Spent:
        """Wait until the project can be worked with."""
        start, busy = time.perf_counter(), self._busy()
        while (state := self.get("")[0])["status"] != "ready":
            if state["status"] == "failed":
                raise RuntimeError(state["message"])
            time.sleep(0.05)
        return self._spent(start, busy)

    def _ask(self, method: str, path: str, body: str | None) -> tuple[Any, Spent]:
        start, busy = time.perf_counter(), self._busy()
        # A connection each: of one that waited for a busy server it cannot be told whether it is still open.
        connection = http.client.HTTPConnection(self._place, timeout=600)
        connection.request(method, f"/api/projects/{self.project}{path}", body, self._headers)
        answer = connection.getresponse()
        said = answer.read()
        spent = self._spent(start, busy)
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {answer.status} {said[:300]!r}")
        return json.loads(said), spent

    def _spent(self, start: float, busy: float) -> Spent:
        return {"clock": round(1000 * (time.perf_counter() - start), 1), "processor": self._busy() - busy}

    def _busy(self) -> float:
        fields = Path(f"/proc/{self._pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * _TICK


@contextmanager
def studio(project: Path, workspace: Path, port: int) -> Iterator[Client]:
    """Serve a project for as long as it is asked."""
    command = [sys.executable, "-c", _START, str(project), str(workspace), str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield Client(_listening(server.stdout.readline().strip()), server.pid)
        finally:
            server.terminate()


def _listening(address: str) -> str:
    """Wait until the address answers, and return it."""
    place = urlsplit(address).netloc
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection(place, timeout=5)
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return address
    raise RuntimeError(f"Nothing answers at {place}.")


def summary(times: list[Spent]) -> Mapping[str, Spent]:
    """Return the median and the worst of some answers."""
    return {
        name: {what: sorted(one[what] for one in times)[place] for what in ("clock", "processor")}
        for name, place in (("median", len(times) // 2), ("worst", -1))
    }
