"""Bulk changes, the history and checkpoints, through the API that the pages use."""

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.studio.served import audited, client_of
from typer.testing import CliRunner

from emendata.cli.app import app


@pytest.fixture(scope="module")
def tissue(tmp_path_factory: pytest.TempPathFactory) -> tuple[TestClient, str, Path]:
    client = client_of(tmp_path_factory.mktemp("studio"))
    source = Path(client.post("/api/examples/tissue").json()["path"])
    return client, f"/api/projects/{audited(client, source, 'diagnosis')}", source


@pytest.fixture
def ask(tissue: tuple[TestClient, str, Path]) -> Any:
    client, at, _ = tissue

    def asked(method: str, path: str, body: Any = None, **params: Any) -> Any:
        answer = client.request(method, f"{at}{path}", json=body, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return asked


SCOPE: dict[str, Any] = {"action": "accept", "where": ["check=wrong_label"], "include_test": True}


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, [*arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_what_was_looked_at_is_followed_and_undone_with_or_without_what_came_later(ask: Any) -> None:
    preview = ask("post", "/bulk/preview", SCOPE)
    assert 0 < preview["expected"] <= 1
    sample = [line["row"] for line in preview["sample"]]
    assert len(sample) == min(30, preview["n_changed"])
    looked = {"n_looked": len(sample), "wrong": sample[-1:], "reason": "sure"}
    done = ask("post", "/bulk/apply", {**SCOPE, **looked, "n_changed": preview["n_changed"]})
    assert done["n_events"] == preview["n_changed"] - 1
    moment = {"at": done["at"], "by": done["by"]}
    newest = ask("get", "/history")["batches"][0]
    assert newest["reason"] == f"sure {len(sample) - 1} of {len(sample)} looked at were right."
    assert ask("get", "/rows", where=[f"batch={done['at']}"])["total"] == done["n_events"]
    overruled = ask(
        "post", "/decisions", [{"id": f"{1:032x}", "row": sample[0], "column": "diagnosis", "kind": "keep"}]
    )
    again = ask("post", "/bulk/preview", SCOPE)
    assert (again["n_changed"], again["n_conflicts"]) == (1, 1)
    assert [line["row"] for line in again["conflicts"]] == [sample[0]]
    (later,) = ask("get", "/history/later", **moment)
    assert (later["at"], later["rows"]) == (overruled["at"], [sample[0]])
    undone = ask("post", "/history/undo", moment)
    assert undone["progress"]["n_decided"] == 1
    ask("post", "/history/undo", {"at": undone["at"], "by": undone["by"]})
    ask("post", "/history/undo", {**moment, "later": [{"at": later["at"], "by": later["by"]}]})
    assert ask("get", "/progress")["n_decided"] == 0
    assert all(batch["is_undone"] for batch in ask("get", "/history")["batches"] if batch["source"] == "bulk"
               and batch["action"] == "decided")  # fmt: skip


def test_a_guard_without_answers_leaves_all_rows_alone(
    ask: Any, tissue: tuple[TestClient, str, Path]
) -> None:
    guarded = ask("post", "/bulk/preview", {**SCOPE, "certified": 0.95})
    assert (guarded["n_changed"], guarded["n_unsure"] > 0) == (0, True)
    assert "--certified 0.95" in guarded["code"]["cli"]
    client, at, _ = tissue
    refused = client.post(f"{at}/bulk/preview", json={**SCOPE, "action": "exclude", "certified": 0.95})
    assert (refused.status_code, "Only suggestions are certified" in refused.text) == (422, True)


def test_checkpoints_are_made_compared_and_gone_back_to_here_and_on_the_command_line(
    ask: Any, tissue: tuple[TestClient, str, Path]
) -> None:
    client, at, _ = tissue
    assert ask("post", "/checkpoints", {"name": "before"})["name"] == "before"
    assert client.post(f"{at}/checkpoints", json={"name": "before"}).status_code == 422
    preview = ask("post", "/bulk/preview", SCOPE)
    ask("post", "/bulk/apply", {**SCOPE, "n_changed": preview["n_changed"]})
    found = ask("get", "/checkpoints/compare", before="before")
    assert (found["n_rows"], found["n_after"] - found["n_before"]) == (preview["n_changed"],) * 2
    assert sum(found["classes_before"].values()) == sum(found["classes_after"].values()) == 569
    project = found["code"]["cli"].split()[2]
    said = run("decisions", project, "--compare", "before", "now", "--batches")
    assert f"{preview['n_changed']:,} differ between before and now" in said
    way_out = (
        run("decisions", project, "--go-back", "before")
        .splitlines()[0]
        .split("take this back: emendata ")[-1]
    )
    assert ask("get", "/checkpoints/compare", before="before")["n_rows"] == 0
    run(*way_out.split())
    assert ask("get", "/checkpoints/compare", before="before")["n_rows"] == preview["n_changed"]
    assert ask("post", "/checkpoints/back", {"name": "before"})["n_events"] == preview["n_changed"]
    assert ask("post", "/checkpoints", {"name": "after"})["name"] == "after"
    assert [one["name"] for one in ask("get", "/checkpoints")] == ["before", "after"]
    newest = ask("get", "/history", limit=1)["batches"][0]
    assert (newest["checkpoint"], newest["n_rows"], newest["rows"]) == ("after", 0, [])
    log = client.get(f"{at}/history/log")
    events = [json.loads(line) for line in log.text.splitlines()]
    assert sum(len(one.get("rows", [0])) for one in events) == ask("get", "/history")["n_events"]
