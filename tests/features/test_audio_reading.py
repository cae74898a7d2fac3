import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.fft import rfft
from tests.features.sounds import FORMATS, hum, packed

from emendata.features.audio_reading import Sound, read_sound, resampled

WHOLE = {kind: packed(hum(), kind) for kind in FORMATS}


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_holds_the_same_sound(kind: str) -> None:
    sound = read(WHOLE[kind])
    samples = resampled(sound, 16_000)
    assert samples.dtype == np.float32
    assert len(samples) == pytest.approx(8_000, abs=1_200)  # mp3 and opus fill their frames up
    assert pitch(samples) == pytest.approx(440, abs=4)


@pytest.mark.parametrize("depth", ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", "ULAW", "ALAW"])
def test_every_depth_is_read_on_the_same_scale(depth: str) -> None:
    sound = read(packed(hum(), depth=depth))
    assert np.abs(sound.samples - hum()).max() < 0.02


@pytest.mark.parametrize("rate", [1_000, 8_000, 11_025, 15_999, 22_050, 44_100, 48_000, 192_000])
def test_every_rate_is_brought_to_16_khz(rate: int) -> None:
    samples = resampled(read(packed(hum(rate=rate, pitch=110), rate=rate)), 16_000)
    assert len(samples) == pytest.approx(8_000, abs=16)
    assert pitch(samples) == pytest.approx(110, abs=3)


def test_what_is_too_high_for_the_rate_is_left_out() -> None:
    high = resampled(Sound(hum(rate=48_000, pitch=12_000), 48_000), 16_000)
    assert np.abs(high).mean() < 0.1 * np.abs(hum(rate=48_000, pitch=12_000)).mean()


@pytest.mark.parametrize("n_channels", [1, 2, 6, 16])
def test_channels_are_averaged(n_channels: int) -> None:
    share = np.arange(1, n_channels + 1) / n_channels
    sound = read(packed(hum()[:, None] * share, depth="FLOAT"))
    assert sound.samples.ndim == 1
    assert np.allclose(sound.samples, hum() * share.mean(), atol=1e-6)


def test_of_a_long_sound_the_first_60_seconds_are_read() -> None:
    steps = np.repeat([0.25, -0.5], [60 * 1_000, 5 * 1_000])
    sound = read(packed(steps, rate=1_000))
    assert len(sound.samples) == 60 * 1_000
    assert np.allclose(sound.samples, 0.25)


def test_silent_and_clipped_sounds_are_sounds() -> None:
    assert not read(packed(np.zeros(100))).samples.any()
    assert np.abs(read(packed(np.sign(hum()))).samples).min() > 0.99


def test_no_byte_and_no_sample_are_told_apart() -> None:
    assert read_sound(b"") == "The file is empty."
    assert {read_sound(packed(np.zeros(0), kind)) for kind in ("wav", "aiff")} == {
        "The sound has no samples."
    }


@pytest.mark.parametrize("data", [b"hello", bytes(1_000), b"\x89PNG" + bytes(99)])
def test_what_is_no_sound_is_said_to_be_none(data: bytes) -> None:
    assert str(read_sound(data)).startswith("This is no sound")


@pytest.mark.parametrize("data", [b"OggS", b"fLaC" + bytes(99), b"ID3" + bytes(99), b"RIFF\0\0\0\0WAVE"])
def test_what_only_begins_as_a_sound_is_damaged_or_cut_short(data: bytes) -> None:
    assert str(read_sound(data)).endswith("cut short.")


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("part", [0.97, 0.6, 0.25])
def test_a_sound_that_is_cut_short_says_so(kind: str, part: float) -> None:
    whole = WHOLE[kind]
    assert str(read_sound(whole[: int(part * len(whole))])).endswith("cut short.")


@pytest.mark.parametrize("rate", [1, 900, 3_000_000])
def test_a_rate_that_no_sound_has_is_a_broken_header(rate: int) -> None:
    whole = bytearray(WHOLE["wav"])
    whole[24:28] = rate.to_bytes(4, "little")
    assert f"{rate:,} samples a second" in str(read_sound(bytes(whole)))


def test_samples_that_are_no_numbers_are_a_problem() -> None:
    assert (
        read_sound(packed(np.array([0, np.nan, 1]), depth="FLOAT"))
        == "The sound has samples that are no numbers."
    )


@settings(max_examples=60, deadline=None)
@given(kind=st.sampled_from([kind for kind in FORMATS if kind != "mp3"]), data=st.data())
def test_bytes_gone_wrong_are_a_sound_or_a_sentence(kind: str, data: st.DataObject) -> None:
    broken = bytearray(WHOLE[kind])
    places = st.tuples(st.integers(0, len(broken) - 1), st.integers(0, 255))
    for place, byte in data.draw(st.lists(places, max_size=9)):
        broken[place] = byte
    sound = read_sound(bytes(broken))
    assert sound.endswith(".") if isinstance(sound, str) else np.isfinite(sound.samples).all()


def read(data: bytes) -> Sound:
    sound = read_sound(data)
    assert isinstance(sound, Sound), sound
    return sound


def pitch(samples: np.ndarray) -> float:
    spectrum = np.abs(rfft(samples * np.hanning(len(samples))))
    return float(spectrum.argmax() * 16_000 / len(samples))
