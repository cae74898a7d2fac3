"""Export as the pages ask for it: what would change, a dry run, files, and the same by the code that is shown."""

import shlex
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.studio.served import audited, client_of
from typer.testing import CliRunner

from emendata.cli.app import app


@pytest.fixture
def reviewed(tmp_path: Path) -> tuple[TestClient, str]:
    source = tmp_path / "sizes.csv"
    source.write_text("size,kind\n" + "".join(f"{n % 7}.{n},{'ab'[n % 2]}\n" for n in range(40)))
    client = client_of(tmp_path / "studio")
    project = audited(client, source, "kind")
    decisions = [
        {"id": f"{1:032x}", "row": 3, "column": "kind", "kind": "relabel", "new": "a"},
        {"id": f"{2:032x}", "row": 4, "column": None, "kind": "exclude"},
        {"id": f"{3:032x}", "row": 5, "column": "kind", "kind": "keep"},
    ]
    assert client.post(f"/api/projects/{project}/decisions", json=decisions).status_code == 200
    return client, project


def _post(client: TestClient, project: str, path: str, **order: Any) -> dict[str, Any]:
    answer = client.post(f"/api/projects/{project}/{path}", json=order)
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_before_it_writes_it_says_what_would_change(reviewed: tuple[TestClient, str]) -> None:
    client, project = reviewed
    plan = _post(client, project, "export/plan")
    assert (plan["n_rows"], plan["n_changed"], plan["n_excluded"], plan["n_decided"]) == (40, 1, 1, 3)
    assert [(c["row"], c["old"], c["new"]) for c in plan["changes"]] == [(3, "b", "a"), (4, None, None)]
    assert [one["is_own"] for one in plan["formats"]] == [True, *[False] * 5]
    assert plan["why_not_own"] == ""
    assert _post(client, project, "export/check")["files"] == []
    assert not Path(plan["folder"]).exists()


def test_files_have_sizes_and_can_be_loaded(reviewed: tuple[TestClient, str]) -> None:
    client, project = reviewed
    made = _post(client, project, "export", file_format="csv", rows="all", decisions=True)
    assert made["n_rows"] == 40
    for file in made["files"]:
        content = client.get(file["address"]).content
        assert len(content) == file["size"] == Path(file["path"]).stat().st_size > 0


def test_the_command_that_is_shown_writes_the_same(reviewed: tuple[TestClient, str]) -> None:
    client, project = reviewed
    order = {"file_format": "csv", "rows": "all", "where": ["given=a"], "findings": True, "neutralise": False}
    made = _post(client, project, "export", **order)
    data = Path(made["files"][0]["path"])
    by_page = data.read_bytes()
    data.unlink()
    code = _post(client, project, "export/plan", **order)["code"]
    done = CliRunner().invoke(app, shlex.split(code["cli"])[1:])
    assert done.exit_code == 0, done.output
    assert data.read_bytes() == by_page
    data.unlink()
    exec(code["python"], {})
    assert data.read_bytes() == by_page


def test_what_the_own_format_cannot_hold_is_refused(reviewed: tuple[TestClient, str]) -> None:
    client, project = reviewed
    answer = client.post(f"/api/projects/{project}/export/check", json={"rows": "all"})
    assert answer.status_code == 422
    assert "Choose another format" in answer.json()["detail"]
