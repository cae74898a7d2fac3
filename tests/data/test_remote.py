import gc
import http.server
import socket
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

import emendata as em
from emendata.corrections import apply_patch
from emendata.data import open_dataset
from emendata.data.remote import downloaded
from emendata.errors import InputError

TABLE = b"text,mood\ngood film,up\nbad film,down\n"


class Host(http.server.ThreadingHTTPServer):
    """A server that says when it is closing, so that no page keeps it waiting."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Site)
        self.closing = threading.Event()


class Site(http.server.BaseHTTPRequestHandler):
    """A small site, one page for each way in which a download can go."""

    server: Host

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/cut.csv":
            self.answer(TABLE, length=99)
        elif path == "/silent.csv":
            self.answer(TABLE, length=99, then_wait=True)
        elif path == "/moved.csv":
            self.send_response(302)
            self.send_header("Location", "/films.csv")
            self.end_headers()
        elif path == "/locked.csv" and self.headers["Authorization"] != "Basic Ym9iOmEgYg==":  # bob:a b
            self.send_error(401)
        elif path == "/download":
            self.answer(TABLE, name="../films.csv")
        elif path in ("/films.csv", "/locked.csv", "/a%20b.csv"):
            self.answer(TABLE)
        else:
            self.send_error(404)

    def answer(
        self, body: bytes, length: int | None = None, name: str = "", *, then_wait: bool = False
    ) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(length or len(body)))
        if name:
            self.send_header("Content-Disposition", f'attachment; filename="{name}"')
        self.end_headers()
        self.wfile.write(body)
        if then_wait:
            self.wfile.flush()
            self.server.closing.wait(20)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with Host() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.closing.set()
        server.shutdown()
        thread.join()


def said(address: str, **options: float) -> str:
    with pytest.raises(InputError) as caught:
        downloaded(address, **options)  # type: ignore[arg-type]
    return str(caught.value)


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("films.csv", "films.csv"),
        ("films.csv?version=2", "films.csv"),
        ("moved.csv", "moved.csv"),
        ("a%20b.csv", "a b.csv"),
        ("a b.csv", "a b.csv"),
        ("download", "films.csv"),
    ],
)
def test_a_file_is_downloaded_under_its_name(site: str, page: str, name: str) -> None:
    dataset = open_dataset(f"{site}/{page}")
    assert (dataset.name, dataset.url, dataset.n_rows) == (name, f"{site}/{page}", 2)
    assert dataset.path is not None
    assert dataset.path.read_bytes() == TABLE


def test_a_name_and_password_open_the_door_and_are_kept_nowhere(site: str) -> None:
    dataset = open_dataset(site.replace("//", "//bob:a%20b@") + "/locked.csv")
    assert (dataset.n_rows, dataset.url) == (2, f"{site}/locked.csv")
    wrong = said(site.replace("//", "//bob:secret@") + "/locked.csv?token=secret")
    assert wrong.startswith(f"{site}/locked.csv cannot be had: the server answers 401 Unauthorized. Check")
    assert "secret" not in wrong


def test_what_goes_wrong_is_said_in_one_sentence(site: str) -> None:
    assert said(f"{site}/nope.csv").startswith(
        f"{site}/nope.csv cannot be had: the server answers 404 Not Found."
    )
    assert said(f"{site}/cut.csv").startswith(
        f"{site}/cut.csv broke off after {len(TABLE)} of 99 bytes. Try again"
    )
    assert said(f"{site}/silent.csv", timeout=0.3).startswith(
        f"{site}/silent.csv did not answer within 0.3 seconds."
    )
    assert said(f"{site}/films.csv", most_bytes=5).startswith(
        f"{site}/films.csv is larger than 5 bytes. Download"
    )


def test_a_server_that_is_not_there_or_says_nothing_is_given_up() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/films.csv"
        assert "cannot be reached ([Errno 111] Connection refused). Check the address. Try again" in said(
            address
        )
        silent.listen()
        assert "did not answer within 0.3 seconds" in said(address, timeout=0.3)
    assert "cannot be reached" in said("http://127.0.0.1:port/films.csv")
    assert "is no address" in said("http://[127.0.0.1/films.csv")


def test_other_storage_is_reached_through_fsspec() -> None:
    with fsspec.open("memory://folder/films.csv", "wb") as file:
        file.write(TABLE)
    dataset = open_dataset("memory://folder/films.csv")
    assert (dataset.name, dataset.url, dataset.n_rows) == ("films.csv", "memory://folder/films.csv", 2)
    assert said("memory://folder/film.csv") == "There is no file memory://folder/film.csv. Check the address."
    said_of_typo = said("htps://bob:secret@example.org/films.csv")
    assert said_of_typo.startswith(
        "htps://bob@example.org/films.csv begins with 'htps', which neither fsspec nor"
    )


@pytest.mark.parametrize("secret", ["hush", "hu/sh", "hu%20sh"])
@pytest.mark.parametrize(
    "address", ["{}/films.csv", "{}/films.csv?token=hush", "zip://a.csv::{}/a.zip", "filecache::{}/films.csv"]
)
def test_nothing_that_goes_wrong_tells_a_password(address: str, secret: str) -> None:
    for door in (f"http://bob:{secret}@127.0.0.1:1", f"ftp://bob:{secret}@127.0.0.1:1"):
        with pytest.raises(InputError) as caught:
            open_dataset(address.format(door))
        assert "hu" not in str(caught.value)


def test_a_file_in_a_chain_is_read_under_its_name(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as file:
        file.writestr("films.csv", TABLE)
    with fsspec.open("memory://all.zip", "wb") as there:
        there.write((tmp_path / "all.zip").read_bytes())
    for address in ("zip://films.csv::memory://all.zip", "simplecache::zip://films.csv::memory://all.zip"):
        dataset = open_dataset(address)
        assert (dataset.name, dataset.url, dataset.n_rows) == ("films.csv", address, 2)


def test_a_downloaded_file_is_there_as_long_as_its_dataset(site: str) -> None:
    dataset = open_dataset(f"{site}/films.csv")
    path = dataset.path
    assert path is not None
    assert path.exists()
    del dataset
    gc.collect()
    assert not path.parent.exists()


def test_a_download_that_fails_leaves_nothing(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    said(f"{site}/films.csv", most_bytes=5)
    gc.collect()
    assert not list(tmp_path.iterdir())


def test_a_remote_file_is_audited_here_and_its_patch_fits_a_downloaded_copy(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    audit = em.Audit(f"{site}/films.csv", checks=["exact_duplicate"]).run()
    assert audit.project is not None
    assert audit.project.folder == tmp_path / "films.csv.emendata"
    again = em.Audit.reopen("films.csv.emendata")
    assert again.dataset.url == f"{site}/films.csv"
    (tmp_path / "films.csv").write_bytes(TABLE)
    assert apply_patch(again.patch(), tmp_path / "films.csv", tmp_path / "films.new.csv").n_rows == 2


def test_a_downloaded_table_has_no_file_of_this_machine_read(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    table = f"image,mood\n{tmp_path}/secret.png,up\n{tmp_path}/secret.png,down\n"
    fsspec.filesystem("memory").pipe("/scans.csv", table.encode())
    assert not open_dataset("memory://scans.csv").media
    told = open_dataset("memory://scans.csv", roles={"image": "image"})
    with pytest.raises(OSError, match="leads out of the folder"):
        told.media["image"].read(0)
