import os
from pathlib import Path

import pytest

from emendata.data.media import Media, files_media, named_file, role_of_bytes, role_of_name
from emendata.records import Role


def test_hashes_are_of_what_the_files_hold(tmp_path: Path) -> None:
    for name, data in (("a", b"one"), ("b", b"two"), ("c", b"one")):
        (tmp_path / name).write_bytes(data)
    one, two, again, missing = files_media(Role.IMAGE, tmp_path, ["a", "b", "c", None]).hashes
    assert one == again != two
    assert missing == ""


def test_a_file_that_is_gone_has_a_hash_of_its_own_and_raises_when_read(tmp_path: Path) -> None:
    media = files_media(Role.IMAGE, tmp_path, ["a", "b"])
    with pytest.raises(OSError, match="No such file"):
        media.read(0)
    assert "" not in media.hashes
    assert media.hashes[0] != media.hashes[1]


def test_a_whole_path_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"here")
    assert files_media(Role.AUDIO, Path("/nowhere"), [str(tmp_path / "a")]).read(0) == b"here"


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "link", "a/../../secret"])
def test_a_name_that_leads_out_of_where_it_must_stay_is_not_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "pets").mkdir()
    (tmp_path / "pets" / "link").symlink_to("../secret")
    media = files_media(Role.IMAGE, tmp_path / "pets", [name], tmp_path / "pets")
    with pytest.raises(OSError, match="leads out of the folder"):
        media.read(0)
    (tmp_path / "pets" / "here").write_bytes(b"here")
    inside = files_media(Role.IMAGE, tmp_path / "pets", ["../pets/here"], tmp_path / "pets")
    assert inside.read(0) == b"here"


def test_what_is_no_ordinary_file_is_a_problem_of_its_row(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "2.png")
    (tmp_path / "round.png").symlink_to("round.png")
    names = ["2.png", ".", "odd\0name", "round.png", "x" * 5000]
    assert len(set(files_media(Role.IMAGE, tmp_path, names).hashes)) == 5
    for name in names:
        with pytest.raises(OSError):
            named_file(tmp_path, name, tmp_path)


def test_nothing_is_read_before_it_is_asked_for() -> None:
    asked: list[int] = []

    def read(row: int) -> bytes:
        asked.append(row)
        return b"x"

    media = Media(Role.IMAGE, 3, read)
    assert len(media) == 3
    assert asked == []
    media.read(1)
    assert asked == [1]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("a.png", Role.IMAGE), ("A/b.JPEG", Role.IMAGE), ("x.webp", Role.IMAGE), ("x.tiff", Role.IMAGE),
        ("a.wav", Role.AUDIO), ("a.b.Mp3", Role.AUDIO), ("a.txt", None), ("png", None), ("", None),
    ],
)  # fmt: skip
def test_names_tell_images_from_sounds(name: str, role: Role | None) -> None:
    assert role_of_name(name) == role


@pytest.mark.parametrize(
    ("data", "role"),
    [
        (b"\x89PNG\r\n\x1a\n", Role.IMAGE), (b"\xff\xd8\xff\xe0", Role.IMAGE), (b"RIFF\0\0\0\0WEBP", Role.IMAGE),
        (b"RIFF\0\0\0\0WAVE", Role.AUDIO), (b"fLaC", Role.AUDIO), (b"RIFF\0\0\0\0AVI ", None), (b"", None),
        (b"PK\x03\x04", None),
    ],
)  # fmt: skip
def test_first_bytes_tell_images_from_sounds(data: bytes, role: Role | None) -> None:
    assert role_of_bytes(data) == role
