import numpy as np
import pytest

from emendata.kernels.sound_traits import N_PRINT, clipped_part, level, sound_print
from emendata.records import Float32Array


def voice(seed: int, seconds: float = 2.0) -> Float32Array:
    """Return noise of some colour, in syllables of some speed."""
    rng = np.random.default_rng(seed)
    time = np.arange(round(16_000 * seconds)) / 16_000
    tones = sum(np.sin(2 * np.pi * pitch * time + rng.random()) for pitch in rng.uniform(100, 4_000, 12))
    beat = 0.5 + 0.5 * np.sin(2 * np.pi * rng.uniform(1, 6) * time + rng.random() * 6)
    sound: Float32Array = (0.02 * tones * beat + 0.001 * rng.normal(size=len(time))).astype(np.float32)
    return sound


def test_a_level_is_in_decibels() -> None:
    tone = np.sin(np.arange(16_000) / 5)[:, None].astype(np.float32)
    assert level(tone) == pytest.approx(97, abs=0.1)
    assert level(tone * np.float32(0.001)) == pytest.approx(37, abs=0.1)
    assert level(np.zeros((3, 1), np.float32)) == 0


def test_what_is_cut_off_is_counted_at_any_level_and_what_is_not_is_not() -> None:
    wave = voice(0)[:, None]
    top = 0.15 * np.abs(wave).max()
    clipped = np.clip(wave, -top, top)
    assert clipped_part(wave) == 0
    assert clipped_part(clipped) > 0.02
    assert clipped_part(clipped * np.float32(0.3)) == pytest.approx(clipped_part(clipped), rel=0.05)
    assert clipped_part(np.zeros((100, 1), np.float32)) == 0


def test_a_print_stays_as_it_is_when_a_sound_is_softer_or_starts_later() -> None:
    sound = voice(1)
    softer = sound * np.float32(0.2)
    later = np.concatenate([np.zeros(800, np.float32), sound])[200:]
    others = [sound_print(voice(seed)) for seed in range(2, 12)]
    far = min(np.linalg.norm(sound_print(sound) - other) for other in others)
    assert np.linalg.norm(sound_print(sound) - sound_print(softer)) < 0.01 * far
    assert np.linalg.norm(sound_print(sound) - sound_print(later)) < 0.5 * far


def test_silence_has_no_print() -> None:
    assert not sound_print(np.zeros(16_000, np.float32)).any()
    assert sound_print(np.zeros(0, np.float32)).shape == (N_PRINT,)
