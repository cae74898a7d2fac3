"""What the review page asks of the API beside deciding: prototypes, comments, views, what others did."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.studio.served import audited, client_of


@pytest.fixture(scope="module")
def tissue(tmp_path_factory: pytest.TempPathFactory) -> tuple[TestClient, str]:
    client = client_of(tmp_path_factory.mktemp("studio"))
    source = Path(client.post("/api/examples/tissue").json()["path"])
    return client, f"/api/projects/{audited(client, source, 'diagnosis')}"


def _worst(client: TestClient, at: str) -> int:
    row: int = client.get(f"{at}/rows", params={"where": "check=wrong_label"}).json()["rows"][0]["row"]
    return row


def _said(row: int, number: int, **said: Any) -> list[dict[str, Any]]:
    return [{"id": f"{number:032x}", "row": row, "column": "diagnosis", **said}]


def test_prototypes_are_unflagged_rows_of_both_labels(tissue: tuple[TestClient, str]) -> None:
    client, at = tissue
    finding = client.get(f"{at}/rows/{_worst(client, at)}").json()["findings"][0]
    labels = [near["label"] for near in finding["prototypes"]]
    assert labels == [finding["given"]] * 4 + [finding["suggested"]] * 4
    good = client.get(f"{at}/rows", params={"where": "flagged=no", "limit": 500}).json()
    more = client.get(f"{at}/rows", params={"where": "flagged=no", "limit": 500, "offset": 500}).json()
    unflagged = {line["row"] for line in good["rows"] + more["rows"]}
    assert {near["row"] for near in finding["prototypes"]} <= unflagged


def test_scores_keep_their_first_figures_however_small(tissue: tuple[TestClient, str]) -> None:
    client, at = tissue
    lines = client.get(f"{at}/rows", params={"where": "check=wrong_label", "limit": 50}).json()["rows"]
    assert all(line["score"] > 0 for line in lines)


def test_a_comment_decides_nothing_and_is_shown(tissue: tuple[TestClient, str]) -> None:
    client, at = tissue
    row = _worst(client, at)
    client.post(f"{at}/decisions", json=_said(row, 1, kind="comment", reason="torn"))
    detail = client.get(f"{at}/rows/{row}").json()
    assert [comment["reason"] for comment in detail["comments"]] == ["torn"]
    assert detail["decisions"] == []
    client.post(f"{at}/undo")
    assert client.get(f"{at}/rows/{row}").json()["comments"] == []


def test_one_decision_is_taken_back_out_of_a_batch(tissue: tuple[TestClient, str]) -> None:
    client, at = tissue
    scope = {"action": "accept", "where": ["check=wrong_label"], "top": 3, "include_test": True}
    client.post(f"{at}/bulk/apply", json={**scope, "n_changed": 3})
    (first,) = client.get(f"{at}/rows/{_worst(client, at)}").json()["decisions"]
    moment = {key: first[key] for key in ("at", "by", "event_id")}
    assert client.post(f"{at}/history/undo", json=moment).json()["n_events"] == 1
    assert client.get(f"{at}/progress").json()["n_decided"] == 2
    client.post(f"{at}/history/undo", json={"at": first["at"], "by": first["by"]})


def test_what_another_window_decided_is_heard_of_once(tissue: tuple[TestClient, str]) -> None:
    client, at = tissue
    row = _worst(client, at)
    cursor = client.get(f"{at}/changes").json()["cursor"]
    assert client.get(f"{at}/changes", params={"since": cursor}).json()["lines"] == []
    ann = {"X-Emendata-Person": "Ann"}
    client.post(f"{at}/decisions", json=_said(row, 7, kind="keep"), headers=ann)
    news = client.get(f"{at}/changes", params={"since": cursor}).json()
    assert [(line["row"], line["decision"]["by"]) for line in news["lines"]] == [(row, "Ann")]
    assert client.get(f"{at}/changes", params={"since": news["cursor"]}).json()["lines"] == []


def test_a_view_is_kept_in_the_project_under_its_name_until_it_is_deleted(
    tissue: tuple[TestClient, str],
) -> None:
    client, at = tissue
    assert client.get(f"{at}/views").json() == []
    view = {"name": "Worst / benign", "where": ["given=benign"], "sort": "score", "view": "gallery"}
    client.put(f"{at}/views", json={**view, "sort": "worst"})
    client.put(f"{at}/views", json={"name": "all"})
    assert [one["name"] for one in client.put(f"{at}/views", json=view).json()] == ["all", "Worst / benign"]
    assert client.get(f"{at}/views").json()[1] == view
    assert client.delete(f"{at}/views", params={"name": "all"}).json() == [view]
    refused = client.delete(f"{at}/views", params={"name": "Worst / bening"})
    assert (refused.status_code, "Did you mean" in refused.json()["detail"]) == (404, True)
