"""Whatever a client sends: one clear sentence, nothing let in, nothing lost, and the Studio goes on."""

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.studio.served import audited, client_of

ROOT = "/api/projects/{project}"
LONE = "\\ud800"  # half of a character, as JSON may have it and no file can


def animals(folder: Path, n_rows: int = 60) -> Path:
    """A small table with labels."""
    path = folder / "animals.csv"
    lines = [f"{n % 7}.5,{'cat' if n % 2 else 'dog'}" for n in range(n_rows)]
    path.write_text("\n".join(["weight,label", *lines]) + "\n")
    return path


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> tuple[TestClient, str]:
    folder = tmp_path_factory.mktemp("bad-clients")
    client = client_of(folder / "studio")
    return client, audited(client, animals(folder), "label")


def decision(number: int, row: int, **said: Any) -> dict[str, Any]:
    return {"id": f"{number:032x}", "row": row, "column": "label", "kind": "relabel", "new": "cat", **said}


def _body(**said: Any) -> str:
    return json.dumps([decision(1, **{"row": 1, **said})]).replace("LONE", LONE)


@pytest.mark.parametrize(
    ("method", "address", "body", "statuses"),
    [
        ("post", f"{ROOT}/decisions", "{{{", {422}),
        ("post", f"{ROOT}/decisions", "[" * 100_000 + "]" * 100_000, {400}),
        ("post", f"{ROOT}/bulk/preview", '{"a":' * 5_000 + "1" + "}" * 5_000, {400}),
        ("post", f"{ROOT}/decisions", _body(new="LONE"), {422}),
        ("post", f"{ROOT}/decisions", _body(column="LONE"), {404}),
        ("post", f"{ROOT}/decisions", _body(new="x" * 200_000), {422}),
        ("post", f"{ROOT}/decisions", _body(row=10**30), {404}),
        ("post", f"{ROOT}/decisions", _body(kind="explode"), {422}),
        ("post", f"{ROOT}/bulk/preview", '{"action": "accept", "certified": NaN}', {422}),
        ("post", f"{ROOT}/bulk/preview", '{"action": "accept", "top": Infinity}', {422}),
        ("post", f"{ROOT}/bulk/preview", json.dumps({"action": "accept", "where": ["a=b"] * 5_000}), {422}),
        ("post", f"{ROOT}/bulk/likely", '{"n": 10, "n_right": 50}', {422}),
        ("post", f"{ROOT}/export", json.dumps({"file_format": "../../x"}), {404}),
        ("put", f"{ROOT}/views", '{"name": "\\ud800"}', {422}),
        ("get", f"{ROOT}/facets?field=nothing", None, {404}),
        ("get", f"{ROOT}/facets?field={'z' * 20_000}", None, {404}),
        ("get", f"{ROOT}/exports/a%00b", None, {404}),
        ("get", f"{ROOT}/exports/{'a' * 400}", None, {404}),
        ("get", f"{ROOT}/rows/-1", None, {404}),
        ("get", f"{ROOT}/nothing", None, {404}),
        ("post", "/api/open", '{"path": "/tmp/\\u0000"}', {422}),
        ("post", "/api/open", '{"path": "/tmp/\\ud800"}', {422}),
        ("post", "/api/open", json.dumps({"path": "/tmp/" + "a" * 400}), {422}),
        ("post", "/api/open", json.dumps({"path": "a/" * 300_000}), {422}),
        ("post", "/api/open", '{"path": "~nobody-of-that-name/x"}', {422}),
        ("post", "/api/preview", '{"source": "~nobody-of-that-name/x"}', {422}),
        ("post", "/api/projects", '{"source": "/tmp/\\u0000"}', {422}),
        ("post", "/api/projects", json.dumps({"source": "/tmp/" + "a" * 400}), {422}),
        ("post", "/api/preview", '{"source": "http://127.0.0.1:1/x.csv"}', {422}),
        ("post", "/api/uploads", json.dumps({"name": "x", "n_bytes": 10**400}), {400, 422}),
        ("post", "/api/uploads", '{"name": "", "n_bytes": 1}', {422}),
    ],
    ids=range(31),
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    studio: tuple[TestClient, str], method: str, address: str, body: str | None, statuses: set[int]
) -> None:
    client, project = studio
    before = client.get(f"/api/projects/{project}/history").json()["n_events"]
    answer = client.request(
        method, address.format(project=project), content=body, headers={"content-type": "application/json"}
    )
    assert answer.status_code in statuses, answer.text
    assert 10 < len(answer.json()["detail"]) <= 2_000
    assert client.get(f"/api/projects/{project}/history").json()["n_events"] == before
    assert client.get(f"/api/projects/{project}/rows?limit=500").status_code == 200


def test_a_request_that_would_fill_the_memory_is_refused_unread(studio: tuple[TestClient, str]) -> None:
    client, project = studio
    address = f"/api/projects/{project}/decisions"
    answer = client.post(address, content=b" " * (17 << 20))
    assert (answer.status_code, "Send less" in answer.json()["detail"]) == (413, True)
    endless = client.post(address, content=iter([b"["]))
    assert (endless.status_code, "how long" in endless.json()["detail"]) == (411, True)


@pytest.mark.parametrize(
    "address", ["/a%00b", f"/{'a' * 5_000}", "/..%2f..%2f..%2fetc/passwd", "//etc/passwd"]
)
def test_an_address_of_nothing_leads_to_the_pages_and_nowhere_else(
    studio: tuple[TestClient, str], address: str
) -> None:
    client, _ = studio
    assert "root:" not in client.get(address).text


@pytest.mark.parametrize("origin", ["http://[::1", "https://127.0.0.1:8377", "http://127.0.0.1:8377.evil"])
def test_an_origin_that_is_none_is_foreign(studio: tuple[TestClient, str], origin: str) -> None:
    client, _ = studio
    answer = client.get("/api/projects", headers={"origin": origin})
    assert answer.status_code == 403


def test_a_token_is_compared_as_it_is(studio: tuple[TestClient, str]) -> None:
    client, _ = studio
    for token in ("%ff%00", "", "secret%00", "SECRET"):
        assert client.get(f"/?token={token}").status_code == 401


@pytest.mark.parametrize("name", ["con .csv", "x\ny", "x" * 300, "漢" * 100, "aux.txt", ".", ".."])
def test_a_file_of_a_name_that_cannot_be_is_not_written(tmp_path: Path, name: str) -> None:
    client = client_of(tmp_path)
    upload = client.post("/api/uploads", json={"name": "mine", "n_bytes": 3}).json()
    answer = client.put(f"/api/uploads/{upload['upload']}", params={"name": name}, content=b"abc")
    assert answer.status_code in (403, 422), answer.text
    assert list(Path(upload["folder"]).rglob("*")) == []


@pytest.mark.parametrize(
    "name", ["../../x", "CON", "nul.zip", "a\nb", "漢" * 250, "\U00020000" * 250, "...", " "]
)
def test_an_upload_of_any_name_has_a_folder_of_its_own(tmp_path: Path, name: str) -> None:
    client = client_of(tmp_path / "studio")
    begun = client.post("/api/uploads", json={"name": name, "n_bytes": 3}).json()
    folder = Path(begun["folder"])
    assert folder.parent == tmp_path / "studio" / "data"
    assert folder.name.split(".")[0].lower() not in ("con", "nul")
    assert client.put(f"/api/uploads/{folder.name}", params={"name": "a"}, content=b"abc").status_code == 200
    assert client.delete(f"/api/uploads/{folder.name}").status_code == 200


def test_a_name_of_a_person_is_a_line_of_text(studio: tuple[TestClient, str]) -> None:
    client, project = studio
    said = {"x-emendata-person": "%00Ada%0d%0a%1b%5b31m Lovelace" + "%e2%80%ae" + "x" * 500}
    answer = client.post(f"/api/projects/{project}/decisions", json=[decision(77, 2)], headers=said)
    by = answer.json()["by"]
    assert by.startswith("Ada [31m Lovelace")
    assert by.isprintable()
    assert len(by) <= 80
