"""What the list of projects says of each."""

import json
import time
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from tests.studio.served import audited, client_of

from emendata.jobs.state import JobState, write_state


def _cards(client: TestClient) -> list[dict[str, Any]]:
    cards: list[dict[str, Any]] = client.get("/api/projects").json()
    return cards


def test_a_card_counts_rows_findings_and_decisions_and_goes_when_it_is_forgotten(tmp_path: Path) -> None:
    client = client_of(tmp_path)
    source = Path(client.post("/api/examples/tissue").json()["path"])
    project = audited(client, source, "diagnosis")
    row = client.get(f"/api/projects/{project}/rows", params={"where": "flagged=yes"}).json()["rows"][0]
    one = {"id": f"{1:032x}", "row": row["row"], "column": "diagnosis", "kind": "keep"}
    client.post(f"/api/projects/{project}/decisions", json=[one])
    (card,) = _cards(client)
    assert (card["status"], card["n_rows"], card["n_decided"]) == ("ready", 569, 1)
    assert card["n_flagged"] > 20
    client.delete(f"/api/projects/{project}")
    assert _cards(client) == []
    assert source.with_name("tissue.csv.emendata").is_dir()


def test_a_card_tells_work_that_goes_on_from_work_that_was_stopped_or_failed(tmp_path: Path) -> None:
    client = client_of(tmp_path)
    folder = tmp_path / "notes.csv.emendata"
    (folder / "jobs").mkdir(parents=True)
    state = JobState(1, "audit", {"source": "notes.csv"}, "running", beat=time.time(), part_done=0.4)
    (tmp_path / "recent.json").write_text(json.dumps({str(folder): 1.0}), encoding="utf-8")
    for status, said, part_done in (
        ("running", "working", 0.4),
        ("cancelled", "stopped", None),
        ("interrupted", "stopped", None),
        ("failed", "failed", None),
    ):
        write_state(folder / "jobs" / "000001.json", JobState(**{**vars(state), "status": status}))
        (card,) = _cards(client)
        assert (card["status"], card["part_done"], card["source"]) == (said, part_done, "notes.csv")


def test_a_path_leads_to_its_project_else_to_the_data_else_it_is_unknown(tmp_path: Path) -> None:
    client = client_of(tmp_path)
    source = Path(client.post("/api/examples/tissue").json()["path"])
    assert client.post("/api/open", json={"path": str(source)}).json() == {
        "source": str(source),
        "project": None,
    }
    project = audited(client, source, "diagnosis")
    for path in (source, source.with_name("tissue.csv.emendata")):
        assert client.post("/api/open", json={"path": str(path)}).json()["project"]["id"] == project
    answer = client.post("/api/open", json={"path": str(tmp_path / "none.csv")})
    assert (answer.status_code, "There is no file or folder" in answer.text) == (404, True)


def test_the_root_of_the_disk_is_no_project(tmp_path: Path) -> None:
    opened = client_of(tmp_path).post("/api/open", json={"path": "/"}).json()
    assert opened == {"source": str(Path("/").resolve()), "project": None}
