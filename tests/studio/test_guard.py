"""Nobody but the browser that was given the token, and no page but our own."""

from pathlib import Path

import pytest
from tests.studio.served import client_of


def test_without_a_session_there_is_nothing_and_a_wrong_token_gives_none(tmp_path: Path) -> None:
    client = client_of(tmp_path, with_session=False)
    assert client.get("/api/projects").status_code == 401
    assert client.get("/?token=wrong").status_code == 401
    assert client.get("/api/projects").status_code == 401
    answer = client.get("/projects/x/review?where=given%3Dcat&token=secret")
    assert answer.status_code == 307
    assert answer.headers["location"] == "/projects/x/review?where=given%3Dcat"
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=strict" in answer.headers["set-cookie"]
    assert client.get("/api/projects").status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example:8377"}, 421),
        ({"host": "127.0.0.1:1"}, 421),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"x-emendata": ""}, 403),
    ],
)
def test_foreign_hosts_origins_and_forms_are_refused(
    tmp_path: Path, headers: dict[str, str], status: int
) -> None:
    client = client_of(tmp_path)
    assert client.post("/api/open", json={"path": "/"}, headers=headers).status_code == status


def test_every_answer_keeps_foreign_content_out(tmp_path: Path) -> None:
    client = client_of(tmp_path)
    for path in ("/", "/api/projects", "/api/nothing"):
        policy = client.get(path).headers["content-security-policy"]
        assert policy.startswith("default-src 'self'")
        assert "unsafe-eval" not in policy
        assert "script-src" not in policy
    assert client.get("/api/nothing").json() == {"detail": "There is no such address."}


@pytest.mark.parametrize(
    "name", ["../escape.csv", "/etc/passwd", "a/../../b.csv", "C:\\x.csv", "con", "", "a\x00b"]
)
def test_nothing_is_written_outside_of_an_upload(tmp_path: Path, name: str) -> None:
    client = client_of(tmp_path)
    upload = client.post("/api/uploads", json={"name": "mine", "n_bytes": 3}).json()["upload"]
    before = sorted(tmp_path.rglob("*"))
    answer = client.put(f"/api/uploads/{upload}", params={"name": name}, content=b"abc")
    assert answer.status_code == 422
    assert sorted(tmp_path.rglob("*")) == before
    assert client.put("/api/uploads/..", params={"name": "x"}, content=b"abc").status_code in (404, 405)


def test_more_than_the_disk_holds_is_refused_before_it_is_sent(tmp_path: Path) -> None:
    answer = client_of(tmp_path).post("/api/uploads", json={"name": "huge.csv", "n_bytes": 1 << 60})
    assert answer.status_code == 409
    assert "Free some space" in answer.json()["detail"]
