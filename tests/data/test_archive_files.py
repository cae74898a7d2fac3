"""Archives that were made to harm, or were harmed, end in one sentence and write nothing outside."""

import struct
import tarfile
import zipfile
from pathlib import Path

import pytest
from tests.data.folders import contents, make_tar, make_zip

from emendata.data import archive_files, packing
from emendata.data.archive_files import pack, unpack
from emendata.errors import InputError, OutputError

HARMFUL = ["../evil.png", "/tmp/evil.png", "cat/../../evil.png", "C:/evil.png", "..\\evil.png"]


def refused(path: Path) -> str:
    folder = path.parent / "here"
    folder.mkdir()
    before = contents(path.parent)
    with pytest.raises(InputError) as caught:
        unpack(path, folder)
    outside = {name for name in contents(path.parent) if not name.startswith("here/")}
    assert outside == set(before)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def header(kind: bytes, name: str = "cat/1.png") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, "/etc/passwd"
    return info


@pytest.mark.parametrize("name", HARMFUL)
def test_a_member_that_leads_out_is_named(tmp_path: Path, name: str) -> None:
    said = refused(make_zip(tmp_path / "a.zip", {"cat/1.png": "x", name: "evil"}))
    assert "evil.png' in a.zip leads out of the folder that it is unpacked to. Unpack it yourself" in said


@pytest.mark.parametrize("name", [*HARMFUL, "../evil/"])
def test_a_member_of_a_tar_archive_that_leads_out_is_named(tmp_path: Path, name: str) -> None:
    info = tarfile.TarInfo(name)
    info.type = tarfile.DIRTYPE if name.endswith("/") else tarfile.REGTYPE
    assert "in a.tgz leads out of the folder" in refused(make_tar(tmp_path / "a.tgz", {name: info}))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_no_files(tmp_path: Path, kind: bytes) -> None:
    said = refused(make_tar(tmp_path / "a.tar", {"a": "x", "b": header(kind)}))
    assert said.startswith("'cat/1.png' in a.tar is a link or a device, no file. Unpack it yourself")


def test_a_link_in_a_zip_archive_is_no_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        info = zipfile.ZipInfo("cat")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc")
    assert "'cat' in a.zip is a link or a device" in refused(tmp_path / "a.zip")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["cat/1.png", "cat//1.png", "cat/1.png/2.png"])
@pytest.mark.parametrize("end", [".zip", ".tgz"])
def test_no_member_is_written_over_another(tmp_path: Path, second: str, end: str) -> None:
    make = make_zip if end == ".zip" else make_tar
    for number, names in enumerate([["cat/1.png", second], [second, "cat/1.png"]]):
        (folder := tmp_path / str(number)).mkdir()
        path = make(folder / f"a{end}", {"cat/1.png": ""})
        with zipfile.ZipFile(path, "w") if end == ".zip" else tarfile.open(path, "w:gz") as archive:
            for name in names:
                if isinstance(archive, zipfile.ZipFile):
                    archive.writestr(name, "x")
                else:
                    archive.addfile(tarfile.TarInfo(name))
        said = refused(path)
        assert said == (
            f"a{end} holds {names[1]!r} twice, or as a file and as a folder. Unpack it yourself, and give the folder."
        )


def test_an_encrypted_archive_is_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"cat/1.png": "x"})
    data = bytearray(path.read_bytes())
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1  # the flag in the central directory
    data[6] |= 1
    path.write_bytes(bytes(data))
    assert "'cat/1.png' in a.zip is encrypted. Unpack it yourself" in refused(path)


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.tar.xz", "a.tar.bz2"])
def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(packing, "_HARMLESS", 1 << 16)
    make = make_zip if name.endswith("zip") else make_tar
    said = refused(make(tmp_path / name, {"a/1.txt": "0" * (1 << 24)}))
    assert "unpacks to more than" in said
    assert "as harmful files do. Unpack it yourself if you trust it." in said


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "_HARMLESS", 1 << 16)
    path = make_zip(tmp_path / "a.zip", {"a/1.txt": "0" * (1 << 24)})
    data = path.read_bytes()
    small, large = struct.pack("<L", 99), struct.pack("<L", 1 << 24)
    path.write_bytes(data.replace(large, small))
    assert "is not a whole ZIP archive" in refused(path)


def test_a_bomb_in_the_header_of_a_tar_archive_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "_HARMLESS", 1 << 16)
    info = tarfile.TarInfo("a.png")
    info.pax_headers = {"comment": "0" * (1 << 24)}
    with tarfile.open(tmp_path / "a.tgz", "w:gz", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(info)
    assert "unpacks to more than" in refused(tmp_path / "a.tgz")


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_files, "_MOST_MEMBERS", 3)
    said = refused(make_zip(tmp_path / "a.zip", dict.fromkeys("abcd", "x")))
    assert said == "a.zip has more than 3 members. Unpack it, and give the folder."


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tar.xz", "a.tar.bz2"])
@pytest.mark.parametrize("damage", ["cut", "noise", "empty"])
def test_a_damaged_archive_is_refused(tmp_path: Path, name: str, damage: str) -> None:
    make = make_zip if name.endswith("zip") else make_tar
    path = make(tmp_path / name, {f"cat/{i}.txt": f"some words {i * 7919}" * 40 for i in range(50)})
    whole = path.read_bytes()
    path.write_bytes({"cut": whole[: len(whole) // 2 + 100], "noise": b"noise" * 999, "empty": b""}[damage])
    said = refused(path)
    assert said.startswith(f"{name} is not a whole {'ZIP' if name.endswith('zip') else 'TAR'} archive (")
    assert said.endswith("Write or download it again.")


def test_a_member_with_other_bytes_than_its_checksum_says_is_damage(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("1.txt", "some words")
    data = (tmp_path / "a.zip").read_bytes().replace(b"some words", b"sore words", 1)
    (tmp_path / "a.zip").write_bytes(data)
    assert "is not a whole ZIP archive" in refused(tmp_path / "a.zip")


def test_a_tar_archive_with_a_damaged_header_does_not_just_end(tmp_path: Path) -> None:
    path = make_tar(tmp_path / "a.tar", {"1.txt": "one", "2.txt": "two"})
    data = bytearray(path.read_bytes())
    data[1024 + 148] ^= 1  # the checksum of the second header
    path.write_bytes(bytes(data))
    assert "a.tar is not a whole TAR archive" in refused(path)


def test_a_name_that_no_system_can_write_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="the name is too long"):
        unpack(make_zip(tmp_path / "a.zip", {"x" * 300: "x"}), tmp_path)


def test_folders_dots_and_backslashes_are_no_obstacle(tmp_path: Path) -> None:
    info = tarfile.TarInfo("./")
    info.type = tarfile.DIRTYPE
    unpack(make_tar(tmp_path / "a.tar", {"./": info, "./cat/1.png": "x"}), tmp_path / "tar")
    unpack(make_zip(tmp_path / "a.zip", {"cat/": "", "cat\\1.png": "x"}), tmp_path / "zip")
    assert contents(tmp_path / "tar") == contents(tmp_path / "zip") == {"cat/1.png": b"x"}


def test_other_programs_can_read_what_is_packed(tmp_path: Path) -> None:
    unpack(make_zip(tmp_path / "a.zip", {"cat/1.png": "x", "ä.png": "y"}), tmp_path / "files")
    for name in ("b.zip", "b.tar", "b.tar.gz", "b.tar.bz2", "b.txz"):
        pack(tmp_path / "files", tmp_path / name, tmp_path / "a.zip")
    assert zipfile.ZipFile(tmp_path / "b.zip").namelist() == ["cat/1.png", "ä.png"]
    for name in ("b.tar", "b.tar.gz", "b.tar.bz2", "b.txz"):
        with tarfile.open(tmp_path / name) as archive:
            assert archive.getnames() == ["cat/1.png", "ä.png"]


def test_a_name_without_an_ending_is_packed_as_the_original_was(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    pack(tmp_path / "files", tmp_path / "out", tmp_path / "a.tar")
    assert tarfile.is_tarfile(tmp_path / "out")
