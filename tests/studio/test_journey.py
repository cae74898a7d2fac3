"""From a dropped file to the corrected one, through the API that the pages use."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.studio.served import audited, client_of, opened

import emendata as em
from emendata.corrections import apply_patch


@pytest.fixture(scope="module")
def tissue(tmp_path_factory: pytest.TempPathFactory) -> tuple[TestClient, str, Path]:
    client = client_of(tmp_path_factory.mktemp("studio"))
    source = Path(client.post("/api/examples/tissue").json()["path"])
    data = source.read_bytes()
    upload = client.post("/api/uploads", json={"name": "mine", "n_bytes": len(data)}).json()["upload"]
    kept = client.put(f"/api/uploads/{upload}", params={"name": "samples.csv"}, content=data).json()["source"]
    assert Path(kept).read_bytes() == data
    return client, audited(client, Path(kept), "diagnosis"), Path(kept)


def _decision(row: int, number: int, **said: Any) -> dict[str, Any]:
    return {"id": f"{number:032x}", "row": row, "column": "diagnosis", **said}


def test_before_an_audit_it_is_said_what_it_would_do(tissue: tuple[TestClient, str, Path]) -> None:
    client, _, source = tissue
    preview = client.post("/api/preview", json={"source": str(source)}).json()
    assert (preview["n_rows"], preview["candidates"][0], len(preview["rows"])) == (569, "diagnosis", 200)
    data = {"source": str(source), "label": "diagnosis", "mode": "quick"}
    plan = client.post("/api/plan", json=data).json()
    assert plan["sentence"].startswith("Find label errors in diagnosis (2 classes)")
    assert {check["name"] for check in plan["checks"] if check["runs"]} >= {"wrong_label", "outlier"}
    assert all(check["why"] for check in plan["checks"] if not check["runs"])
    assert client.post("/api/forecast", json=data).json()["seconds"] >= 0


def test_reviewed_undone_changed_in_bulk_and_exported_it_is_what_python_gives(
    tissue: tuple[TestClient, str, Path], tmp_path: Path
) -> None:
    client, project, source = tissue
    at = f"/api/projects/{project}"
    page = client.get(f"{at}/rows", params={"where": ["flagged=yes", "decision=open"]}).json()
    lines = page["rows"]
    assert page["total"] == len(lines) > 20
    assert all(line["suggested"] not in (None, line["given"]) for line in lines)
    for number, line in enumerate(lines[:10]):
        one = _decision(line["row"], number, kind="relabel", new=line["suggested"])
        for _ in range(2):  # an answer that was lost is asked for again
            changed = client.post(f"{at}/decisions", json=[one]).json()
        assert changed["n_events"] == 0
        assert changed["lines"][0]["decision"]["new"] == line["suggested"]
        assert changed["progress"]["n_decided"] == number + 1
    for _ in range(3):
        assert client.post(f"{at}/undo").json()["what"].startswith("Taken back")
    assert client.get(f"{at}/progress").json()["n_decided"] == 7
    assert client.post(f"{at}/redo").json()["progress"]["n_decided"] == 8
    scope = {"action": "accept", "where": ["check=wrong_label"], "include_test": True}
    preview = client.post(f"{at}/bulk/preview", json=scope).json()
    assert (preview["n_decided"], preview["n_changed"]) == (8, page["total"] - 8)
    stale = client.post(f"{at}/bulk/apply", json={**scope, "n_changed": 3})
    assert (stale.status_code, "Look at the preview again" in stale.text) == (422, True)
    done = client.post(f"{at}/bulk/apply", json={**scope, "n_changed": preview["n_changed"]}).json()
    assert done["n_events"] == preview["n_changed"]
    history = client.get(f"{at}/history").json()
    assert history["batches"][0]["n_events"] == preview["n_changed"]
    made = client.post(f"{at}/export", json={}).json()
    files = {file["name"]: client.get(file["address"]).content for file in made["files"]}
    audit = em.Audit.reopen(source.with_name("samples.csv.emendata"))
    apply_patch(audit.patch(reviewed_only=True), source, tmp_path / "samples.corrected.csv")
    assert files["samples.corrected.csv"] == (tmp_path / "samples.corrected.csv").read_bytes()
    assert len(list(csv.DictReader(io.StringIO(files["changes.csv"].decode())))) == made["counts"]["relabel"]
    batch = history["batches"][0]
    client.post(f"{at}/history/undo", json={"at": batch["at"], "by": batch["by"]})
    assert client.get(f"{at}/progress").json()["n_decided"] == 8


def test_a_project_of_the_command_line_is_opened(tmp_path: Path) -> None:
    client = client_of(tmp_path / "studio")
    source = tmp_path / "animals.csv"
    source.write_text(
        "weight,label\n" + "".join(f"{n % 7}.5,{'cat' if n % 2 else 'dog'}\n" for n in range(60))
    )
    em.Audit(source, label="label", mode="quick").run()
    card = client.post("/api/open", json={"path": str(source)}).json()["project"]
    assert opened(client, card["id"])["n_rows"] == 60


def test_a_row_comes_with_reasons_choices_and_neighbours(tissue: tuple[TestClient, str, Path]) -> None:
    client, project, _ = tissue
    at = f"/api/projects/{project}"
    row = client.get(f"{at}/rows", params={"where": "check=wrong_label"}).json()["rows"][0]["row"]
    detail = client.get(f"{at}/rows/{row}").json()
    finding = detail["findings"][0]
    assert finding["reasons"][0]["text"]
    assert {choice["value"] for choice in finding["choices"]} == {"benign", "malignant"}
    assert len(detail["nearest"]) >= 5
    assert client.get(f"{at}/position", params={"row": row, "where": "check=wrong_label"}).json() == 0
    assert client.get(f"{at}/next", params={"stream": "audit"}).json()["findings"][0]["stream"] == "audit"
    overview = client.get(f"{at}/overview").json()
    assert re.search(r"of 569 labels look wrong", overview["headline"])
    for lead in overview["leads"]:
        assert client.get(f"{at}/rows", params={"where": lead["where"]}).json()["total"] == lead["n"]


@pytest.mark.parametrize(
    ("method", "path", "status", "said"),
    [
        ("get", "/rows?where=gven%3Dx", 404, "Did you mean 'given'"),
        ("get", "/rows?sort=scor", 404, "Did you mean"),
        ("get", "/rows?limit=100000", 422, "limit"),
        ("get", "/rows/99999", 404, "There is no row"),
        ("get", "/exports/..%2Fcatalog.sqlite", 404, ""),
        ("get", "/media/0/diagnosis", 404, "There is no column of images or sounds"),
    ],
)
def test_what_cannot_be_asked_is_answered_in_a_sentence(
    tissue: tuple[TestClient, str, Path], method: str, path: str, status: int, said: str
) -> None:
    client, project, _ = tissue
    answer = client.request(method, f"/api/projects/{project}{path}")
    assert answer.status_code == status
    assert said in answer.json()["detail"]


def test_pictures_are_served_small_and_kept(tmp_path: Path) -> None:
    client = client_of(tmp_path)
    source = Path(client.post("/api/examples/digits").json()["path"])
    some = tmp_path / "some"
    for folder in sorted(source.iterdir())[:3]:
        (some / folder.name).mkdir(parents=True)
        for file in sorted(folder.iterdir())[:15]:
            (some / folder.name / file.name).write_bytes(file.read_bytes())
    project = audited(client, some, None)
    (column,) = opened(client, project)["media"]
    first, again = (client.get(f"/api/projects/{project}/media/0/{column}?side=32") for _ in range(2))
    assert first.headers["content-type"] == "image/webp"
    assert "immutable" in first.headers["cache-control"]
    assert first.content == again.content
