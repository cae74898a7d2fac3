"""A Studio that tests speak to: the real application, real projects, real jobs."""

import time
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from emendata.studio.app import make_app
from emendata.studio.guard import Guard
from emendata.studio.workspace import Workspace

PORT = 8377


def client_of(workspace: Path, *, with_session: bool = True) -> TestClient:
    """Return a browser's side of a Studio, which has exchanged its token unless it is told not to."""
    client = TestClient(
        make_app(Workspace(workspace), Guard("secret", PORT)),
        base_url=f"http://127.0.0.1:{PORT}",
        follow_redirects=False,
    )
    client.headers["X-Emendata"] = "1"
    if with_session:
        assert client.get("/?token=secret").status_code == 307
    return client


def audited(client: TestClient, source: Path, label: str | None, **options: Any) -> str:
    """Audit some data as the pages do, and return the project's id once it is open."""
    data = {"source": str(source), "label": label, "mode": "quick", **options}
    started = client.post("/api/projects", json=data)
    assert started.status_code == 200, started.text
    project: str = started.json()["id"]
    opened(client, project)
    return project


def opened(client: TestClient, project: str) -> dict[str, Any]:
    """Wait until a project is open, and return its state."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        state: dict[str, Any] = client.get(f"/api/projects/{project}").json()
        assert state["status"] != "failed", state
        if state["status"] == "ready":
            return state
        time.sleep(0.1)
    raise AssertionError("the project was not open after two minutes")
