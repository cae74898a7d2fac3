"""What is dropped, and what is said of it before anything runs."""

import io
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.studio.served import client_of


def _uploaded(client: TestClient, name: str, files: dict[str, bytes]) -> dict[str, str]:
    """Send files as the pages do, and return the upload."""
    size = sum(len(content) for content in files.values())
    begun: dict[str, str] = client.post("/api/uploads", json={"name": name, "n_bytes": size}).json()
    for place, content in files.items():
        sent = client.put(f"/api/uploads/{begun['upload']}", params={"name": place}, content=content)
        assert Path(sent.json()["source"]) == Path(begun["folder"], place)
    return begun


def test_a_dropped_folder_is_opened_by_the_folder_it_went_to(tmp_path: Path) -> None:
    client = client_of(tmp_path)
    files = {f"{kind}/{n}.txt": f"{kind} number {n}".encode() for kind in ("ham", "spam") for n in range(4)}
    begun = _uploaded(client, "letters", files)
    preview = client.post("/api/preview", json={"source": begun["folder"]}).json()
    assert (preview["n_rows"], preview["label"], preview["proposed_label"]) == (8, "label", "label")


def test_an_upload_that_was_given_up_leaves_nothing(tmp_path: Path) -> None:
    client = client_of(tmp_path)
    begun = _uploaded(client, "letters", {"ham/1.txt": b"one"})
    assert client.delete(f"/api/uploads/{begun['upload']}").status_code == 200
    assert not Path(begun["folder"]).exists()
    assert client.delete(f"/api/uploads/{begun['upload']}").status_code == 404


@pytest.mark.parametrize("project", ["letters/notes.csv.emendata", "letters.emendata"])
def test_data_that_a_project_is_about_stay(tmp_path: Path, project: str) -> None:
    client = client_of(tmp_path)
    begun = _uploaded(client, "letters", {"notes.csv": b"a,b\n1,2\n"})
    (tmp_path / "data" / project).mkdir()
    answer = client.delete(f"/api/uploads/{begun['upload']}")
    assert (answer.status_code, "Take it from the list" in answer.text) == (409, True)
    assert Path(begun["folder"], "notes.csv").is_file()


def test_images_that_cannot_be_read_are_named_before_anything_runs(tmp_path: Path) -> None:
    from PIL import Image

    files = {}
    for n in range(8):
        picture = io.BytesIO()
        Image.new("RGB", (8, 8), (30 * n, 0, 0)).save(picture, "png")
        files[f"{('cat', 'dog')[n % 2]}/{n}.png"] = picture.getvalue()
    files["dog/bad.png"] = files["dog/1.png"][:40]
    client = client_of(tmp_path)
    begun = _uploaded(client, "pets", files)
    preview = client.post("/api/preview", json={"source": begun["folder"]}).json()
    (warning,) = [one for one in preview["warnings"] if one["title"] == "Some images cannot be read"]
    assert warning["detail"] == "1 of the first 9 in image: dog/bad.png."


@pytest.mark.parametrize(
    ("header", "line", "proposed"),
    [
        ("text,mood_class", "a longer text of number {n},{kind}", "mood_class"),
        ("text,mood", "a longer text of number {n} that says something,{kind}", "mood"),
        ("size,weight,mood", "{n}.5,{n}.25,{kind}", "mood"),
        ("size,mood,weight", "{n}.5,{kind},{n}.25", None),
        ("size,mood,town", "{n}.5,{kind},{kind}ville", None),
    ],
)
def test_a_label_is_proposed_only_where_one_column_stands_out(
    tmp_path: Path, header: str, line: str, proposed: str | None
) -> None:
    lines = [line.format(n=n, kind=("up", "down")[n % 2]) for n in range(40)]
    source = tmp_path / "moods.csv"
    source.write_text("\n".join([header, *lines]), encoding="utf-8")
    preview = client_of(tmp_path).post("/api/preview", json={"source": str(source)}).json()
    assert preview["proposed_label"] == proposed
