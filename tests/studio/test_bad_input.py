"""Data that change, vanish or are not what they say, and a disk without room: nothing of what was decided is lost."""

import random
import shutil
import sqlite3
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.studio.served import audited, client_of, opened
from tests.studio.test_bad_clients import animals, decision

import emendata as em


def state(client: TestClient, project: str) -> dict[str, Any]:
    """Wait until a project is open or cannot be, and return its state."""
    while (said := client.get(f"/api/projects/{project}").json())["status"] in ("opening", "working"):
        pass
    return dict(said)


def kept(source: Path) -> list[str]:
    """Return the ids of the decisions that are on the disk, read as somebody would who was not there."""
    with closing(sqlite3.connect(source.with_name(f"{source.name}.emendata") / "catalog.sqlite")) as catalog:
        return [name for (name,) in catalog.execute("SELECT event_id FROM decisions ORDER BY number")]


def decided(client: TestClient, project: str, *decisions: dict[str, Any]) -> None:
    answer = client.post(f"/api/projects/{project}/decisions", json=decisions)
    assert answer.status_code == 200, answer.text


def test_a_review_goes_on_when_its_file_is_gone(tmp_path: Path) -> None:
    source = animals(tmp_path)
    client = client_of(tmp_path / "studio")
    project = audited(client, source, "label")
    at = f"/api/projects/{project}"
    decided(client, project, decision(1, 2))
    content = source.read_bytes()
    source.unlink()
    decided(client, project, decision(2, 4))
    for address in ("overview", "rows", "rows/4", "history", "progress"):
        assert client.get(f"{at}/{address}").status_code == 200
    assert client.post(f"{at}/export/plan", json={}).status_code == 200
    refused = client.post(f"{at}/export", json={})
    assert (refused.status_code, "Put it back" in refused.json()["detail"]) == (422, True)
    written = client.post(f"{at}/export", json={"file_format": "csv"}).json()
    assert written["counts"] == {"relabel": 2}
    again = client_of(tmp_path / "studio")
    said = state(again, project)
    assert (said["status"], "What was decided is kept" in said["message"]) == ("failed", True)
    source.write_bytes(content)
    decided_now = client_of(tmp_path / "studio")
    assert opened(decided_now, project)["n_rows"] == 60
    assert decided_now.get(f"{at}/progress").json()["n_decided"] == 2


def test_a_decision_of_a_stale_tab_follows_its_row(tmp_path: Path) -> None:
    """The file was sorted and audited anew while a tab with the old numbers of rows was open."""
    source = tmp_path / "animals.csv"
    lines = [f"{n}.5,{'cat' if n % 2 else 'dog'}" for n in range(60)]
    source.write_text("\n".join(["weight,label", *lines]))
    client = client_of(tmp_path / "studio")
    project = audited(client, source, "label")
    at = f"/api/projects/{project}"
    before = {line["row"]: line for line in client.get(f"{at}/rows?limit=500").json()["rows"]}
    source.write_text("\n".join(["weight,label", *lines[:0:-1]]))
    audited(client, source, "label")
    stale = decision(1, 10, row_id=before[10]["id"], new="cat", twins=[11])
    decided(client, project, stale)
    (line,) = client.get(f"{at}/rows", params={"where": "decision!=open"}).json()["rows"]
    assert (line["cells"], line["id"]) == (before[10]["cells"], before[10]["id"])
    gone = client.post(f"{at}/decisions", json=[decision(2, 0, row_id=before[0]["id"])])
    assert (gone.status_code, "audited anew" in gone.json()["detail"]) == (404, True)
    assert len(kept(source)) == 1


def test_a_project_of_a_newer_version_is_left_as_it_is(tmp_path: Path) -> None:
    source = animals(tmp_path)
    first = client_of(tmp_path / "studio")
    project = audited(first, source, "label")
    decided(first, project, decision(1, 2))
    catalog = source.with_name("animals.csv.emendata") / "catalog.sqlite"
    with closing(sqlite3.connect(catalog)) as connection:
        connection.execute("PRAGMA user_version = 99")
    client = client_of(tmp_path / "studio")
    assert "newer emendata" in state(client, project)["message"]
    (card,) = client.get("/api/projects").json()
    assert (card["status"], "Update emendata" in card["message"]) == ("failed", True)
    assert client.post(f"/api/projects/{project}/decisions", json=[decision(2, 3)]).status_code == 409
    assert kept(source) == [f"{1:032x}"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes, which takes a system that lets us mount one."""
    place = tmp_path / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(place)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be mounted here, so a full one was not tried; run it as root on Linux")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path) -> Path:
    """Write until there is no room."""
    path = disk / "fill"
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    return path


def test_a_full_disk_is_said_and_nothing_is_lost(small_disk: Path, tmp_path: Path) -> None:
    source = animals(small_disk)
    client = client_of(tmp_path / "studio")
    project = audited(client, source, "label")
    at = f"/api/projects/{project}"
    decided(client, project, decision(1, 2))
    filler = fill(small_disk)
    orders = [
        (f"{at}/decisions", [decision(2, 3)]),
        (f"{at}/export", {}),
        (f"{at}/export", {"file_format": "csv"}),
        ("/api/projects", {"source": str(source), "label": "label", "mode": "quick"}),
    ]
    for address, body in orders:
        answer = client.post(address, json=body)
        assert answer.status_code == 507, (
            answer.text
        )  # at which the browser keeps the decision and tries later
        said = answer.json()["detail"].lower()
        assert "free some space" in said
        assert "audit again" not in said
    filler.unlink()
    assert client.get(f"{at}/progress").json()["n_decided"] == 1
    decided(client, project, decision(2, 3))
    assert kept(source) == [f"{1:032x}", f"{2:032x}"]
    assert list(small_disk.rglob("*.tmp")) == []


def test_an_upload_that_meets_a_full_disk_leaves_nothing(small_disk: Path) -> None:
    client = client_of(small_disk)
    (small_disk / "data" / "mine").mkdir(parents=True)
    answer = client.put("/api/uploads/mine", params={"name": "a.csv"}, content=bytes(6 << 20))
    assert (answer.status_code, "Free some space" in answer.json()["detail"]) == (507, True)
    assert list((small_disk / "data" / "mine").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("summary.json", b"[1]"),
        ("summary.json", b"\xff\xfe"),
        ("views.json", b"[" * 100_000),
        ("jobs/000001.json", b"[" * 100_000),
        ("jobs/000001.json", b"[]"),
    ],
)
def test_a_damaged_file_of_a_project_stops_no_list(tmp_path: Path, name: str, content: bytes) -> None:
    source = animals(tmp_path)
    client = client_of(tmp_path / "studio")
    project = audited(client, source, "label")
    source.with_name("animals.csv.emendata").joinpath(name).write_bytes(content)
    assert client.get("/api/projects").status_code == 200
    answer = client.get(f"/api/projects/{project}")
    assert answer.status_code == 200 or "damaged" in answer.json()["detail"]
    assert client.get(f"/api/projects/{project}/views").status_code in (200, 409)


@pytest.mark.parametrize(
    "content", ["[" * 100_000, '{"/%s": 1}' % ("x" * 400), '{"/\\u0000": 1}', "[]", '{"a": NaN}']
)
def test_a_damaged_list_of_projects_is_no_end(tmp_path: Path, content: str) -> None:
    (tmp_path / "recent.json").write_text(content)
    assert client_of(tmp_path).get("/api/projects").status_code == 200


def bomb() -> bytes:
    """A PNG of 60,000 by 60,000 pixels in some bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1 << 20), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def test_images_that_are_none_lead_nowhere_and_stop_nothing(tmp_path: Path) -> None:
    """Bombs, pages and drawings that name themselves images, links that lead out, files that vanish."""
    from PIL import Image

    rng = random.Random(1)
    pets, secret = tmp_path / "pets", tmp_path / "secret.png"
    Image.new("RGB", (8, 8), (1, 2, 3)).save(secret)
    for n in range(24):
        place = pets / ("cat", "dog")[n % 2]
        place.mkdir(parents=True, exist_ok=True)
        picture = Image.new("RGB", (12, 12), (10 * (n % 24), 0, 0))
        picture.putpixel((rng.randrange(12), rng.randrange(12)), (0, 255, n))
        picture.save(place / f"{n:02}.png")
    (pets / "cat" / "90bomb.png").write_bytes(bomb())
    (pets / "cat" / "91page.png").write_bytes(b"<html><script>alert(1)</script>")
    (pets / "dog" / "92drawing.png").write_bytes(
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    )
    (pets / "dog" / "93link.png").symlink_to(secret)
    (pets / "dog" / "94folder").symlink_to(tmp_path)
    client = client_of(tmp_path / "studio")
    project = audited(client, pets, None)
    at = f"/api/projects/{project}"
    assert opened(client, project)["n_rows"] == 27
    (pets / "cat" / "00.png").unlink()
    lines = client.get(f"{at}/rows?limit=100").json()["rows"]
    assert not [
        line for line in lines if "link" in "".join(line["cells"]) or "secret" in "".join(line["cells"])
    ]
    answers = {line["cells"][0]: client.get(f"{at}/media/{line['row']}/image?side=64") for line in lines}
    bad = {name.split("/")[-1]: answer for name, answer in answers.items() if answer.status_code != 200}
    assert sorted(bad) == ["00.png", "90bomb.png", "91page.png", "92drawing.png"]
    assert all(answer.status_code == 404 and answer.json()["detail"] for answer in bad.values())
    assert {answer.headers["content-type"] for answer in answers.values()} == {
        "image/webp",
        "application/json",
    }
    assert client.get(f"{at}/rows/{lines[0]['row']}").status_code == 200


def test_an_archive_that_leads_out_is_refused(tmp_path: Path) -> None:
    client = client_of(tmp_path / "studio")
    with zipfile.ZipFile(tmp_path / "pets.zip", "w") as archive:
        archive.writestr("../../escaped.txt", "x")
        archive.writestr("cat/1.txt", "a cat")
    answer = client.post("/api/preview", json={"source": str(tmp_path / "pets.zip")})
    assert (answer.status_code, "escaped.txt" in answer.json()["detail"]) == (422, True)
    assert not list(tmp_path.parent.glob("escaped.txt"))


@pytest.mark.long
def test_a_cell_of_ten_megabytes_is_cut_wherever_it_is_shown(tmp_path: Path) -> None:
    source = tmp_path / "notes.csv"
    lines = [
        f"{'word ' * 2_000_000 if n == 7 else f'note {n}'},{'up' if n % 2 else 'down'}" for n in range(60)
    ]
    source.write_text("\n".join(["text,label", *lines]))
    em.Audit(source, label="label", mode="quick").run()
    client = client_of(tmp_path / "studio")
    project = client.post("/api/open", json={"path": str(source)}).json()["project"]["id"]
    opened(client, project)
    at = f"/api/projects/{project}"
    decided(client, project, {**decision(1, 7), "column": "text", "kind": "set_cell", "new": "short"})
    for address in ("rows?limit=500", "rows/7", "history", "overview", "next", "facets"):
        answer = client.get(f"{at}/{address}")
        assert (answer.status_code, len(answer.content) < 500_000) == (200, True), (
            address,
            len(answer.content),
        )
    preview = client.post("/api/preview", json={"source": str(source)})
    assert len(preview.content) < 500_000
    assert len(client.post(f"{at}/export/plan", json={}).content) < 500_000
    detail = client.get(f"{at}/rows/7").json()
    assert [cell["n_characters"] for cell in detail["cells"] if cell["name"] == "text"] == [10_000_000]


def test_a_file_that_cannot_be_read_to_its_end_is_said(tmp_path: Path) -> None:
    if not Path("/proc/self/mem").exists():
        pytest.skip("only Linux has a file that begins with an error, so none was tried")
    answer = client_of(tmp_path).post("/api/preview", json={"source": "/proc/self/mem"})
    assert (answer.status_code, "cannot be read" in answer.json()["detail"]) == (422, True)
