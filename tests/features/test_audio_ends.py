import pytest
from tests.features.sounds import FORMATS, hum, packed

from emendata.features.audio_ends import ends_early

SAYS = [kind for kind in FORMATS if kind != "flac"]  # its decoder notices by itself


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("seconds", [0.02, 0.5, 3.0])
def test_whole_files_do_not_end_early(kind: str, seconds: float) -> None:
    assert not ends_early(packed(hum(seconds), kind))


@pytest.mark.parametrize("kind", FORMATS)
def test_more_at_the_end_than_promised_is_no_harm(kind: str) -> None:
    assert not ends_early(packed(hum(), kind) + b"TAG" + bytes(125))


@pytest.mark.parametrize("kind", SAYS)
@pytest.mark.parametrize("n_missing", [100, 1_000, 2_500])
def test_missing_bytes_are_noticed(kind: str, n_missing: int) -> None:
    assert ends_early(packed(hum(), kind)[:-n_missing])


@pytest.mark.parametrize("size", [0, 0x7FFFFFFF, 0xFFFFFFFF])
def test_a_size_that_the_writer_did_not_know_promises_nothing(size: int) -> None:
    whole = bytearray(packed(hum()))
    whole[4:8] = size.to_bytes(4, "little")
    assert not ends_early(bytes(whole[:500]))


def test_tags_before_an_mp3_are_skipped() -> None:
    tag = b"ID3\x04\x00\x00" + bytes([0, 0, 2, 10]) + bytes(2 * 128 + 10)
    whole = tag + packed(hum(), "mp3")
    assert not ends_early(whole)
    assert ends_early(whole[:-200])


def test_an_ogg_that_ends_inside_a_page_header_ends_early() -> None:
    whole = packed(hum(), "ogg")
    last = whole.rindex(b"OggS")
    assert all(ends_early(whole[: last + n]) for n in (4, 20, 26, 27, 30))


@pytest.mark.parametrize("data", [b"", b"text", b"RIFF", b"\xff\xfb", b"ID3", b"OggS", b".snd"])
def test_scraps_do_not_trip_it(data: bytes) -> None:
    assert ends_early(data) in (False, True)
