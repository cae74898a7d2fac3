"""``kill -9`` of the Studio, or of the work it started, at random moments: what was acknowledged is there."""

import itertools
import random
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from tests.studio.process import StudioProcess

import emendata as em

N_KILLS = 50


def table(folder: Path, n_rows: int) -> Path:
    """A table with labels of which a tenth are wrong."""
    rng = np.random.default_rng(7)
    true = rng.integers(0, 3, n_rows)
    given = np.where(rng.random(n_rows) < 0.1, (true + 1) % 3, true)
    points = rng.normal(size=(n_rows, 6)) + 1.5 * true[:, None]
    lines = [",".join([*(f"c{number}" for number in range(6)), "label"])]
    lines += [
        ",".join([*(f"{value:.3f}" for value in row), "abc"[code]])
        for row, code in zip(points, given, strict=True)
    ]
    path = folder / "samples.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


@contextmanager
def client_of(studio: StudioProcess) -> Iterator[httpx.Client]:
    """A browser's side of the Studio, let in by its address."""
    address = f"http://127.0.0.1:{studio.port}"
    with httpx.Client(base_url=address, headers={"X-Emendata": "1"}, timeout=60) as client:
        assert client.get(studio.address).status_code == 307
        yield client


def state_of(client: httpx.Client, project: str) -> dict[str, Any]:
    state: dict[str, Any] = client.get(f"/api/projects/{project}").json()
    return state


def until(client: httpx.Client, project: str, *wanted: str) -> dict[str, Any]:
    """Wait until a project is in one of some states."""
    end = time.monotonic() + 180
    while time.monotonic() < end:
        state = state_of(client, project)
        if state["status"] in wanted:
            return state
        assert state["status"] != "failed", state
        time.sleep(0.05)
    raise AssertionError(f"after three minutes it is {state}")


def kept_decisions(project: Path) -> dict[str, object]:
    """Read the ids of the kept decisions and what each set, as a reader who was not there."""
    with closing(sqlite3.connect(project / "decisions.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return {event.event_id: event.new for event in em.Audit.reopen(project).decisions.events}


def decide_until_killed(studio: StudioProcess, chance: random.Random, acknowledged: dict[str, str]) -> None:
    """Decide on row after row while somebody waits to kill the Studio."""
    with client_of(studio) as client:
        project = client.get("/api/projects").json()[0]["id"]
        until(client, project, "ready")
        killer = threading.Timer(chance.uniform(0.05, 1.0), studio.kill)
        killer.start()
        for number in itertools.count(1000 * len(acknowledged)):
            name, new = f"{number:032x}", "abc"[number % 3]
            one = {"id": name, "row": number % 600, "kind": "relabel", "column": "label", "new": new}
            try:
                answer = client.post(f"/api/projects/{project}/decisions", json=[one])
            except httpx.TransportError:
                killer.join()
                return
            assert answer.status_code == 200, answer.text
            acknowledged[name] = new


@pytest.mark.long
def test_no_acknowledged_decision_is_lost(tmp_path: Path) -> None:
    chance = random.Random(11)
    source = table(tmp_path, 600)
    em.Audit(source, label="label", mode="quick").run()
    project = source.with_name("samples.csv.emendata")
    acknowledged: dict[str, str] = {}
    with StudioProcess(tmp_path / "studio", opened=project) as studio:
        for _ in range(N_KILLS):
            decide_until_killed(studio, chance, acknowledged)
            assert acknowledged.items() <= kept_decisions(project).items()
            studio.start()
    assert len(acknowledged) > N_KILLS // 2  # else nothing was tried


@pytest.mark.long
def test_a_run_goes_on_to_what_it_would_have_found(tmp_path: Path) -> None:
    """The Studio is killed, and each third time the work that it had started instead."""
    chance = random.Random(5)
    source = table(tmp_path, 3000)
    folder = source.with_name("samples.csv.emendata")
    em.Audit(source, label="label", mode="quick").run()
    wanted = len(em.Audit.reopen(folder).rows.ordered(["flagged=yes"]))
    assert wanted > 100
    killed = 0
    with StudioProcess(tmp_path / "studio") as studio:
        while killed < N_KILLS:
            shutil.rmtree(folder)
            with client_of(studio) as client:
                data = {"source": str(source), "label": "label", "mode": "quick"}
                project = client.post("/api/projects", json=data).json()["id"]
            while killed < N_KILLS and _is_at_work(studio, project):
                time.sleep(chance.uniform(0.0, 1.5))
                _kill(studio, folder, the_work=killed % 3 == 2)
                killed += 1
            with client_of(studio) as client:
                while until(client, project, "ready", "new")["status"] == "new":
                    assert client.post(f"/api/projects/{project}/resume").status_code == 200
                rows = client.get(f"/api/projects/{project}/rows", params={"where": "flagged=yes"})
                assert rows.status_code == 200, rows.text
                assert rows.json()["total"] == wanted


def _is_at_work(studio: StudioProcess, project: str) -> bool:
    """Take up what was interrupted, and say whether there is still something to kill."""
    with client_of(studio) as client:
        status: str = until(client, project, "ready", "new", "working")["status"]
        if status == "new":
            assert client.post(f"/api/projects/{project}/resume").status_code == 200
        return status != "ready"


def _kill(studio: StudioProcess, project: Path, *, the_work: bool) -> None:
    if not the_work:
        studio.kill()
        studio.start()
        return
    subprocess.run(["pkill", "-9", "-f", f"emendata.jobs.worker {project}"], check=False)  # it may be over
