import numpy as np
import pytest

from emendata.kernels.log_mel import N_STATISTICS, log_mel, mel_statistics


def tone(pitch: float, seconds: float = 0.5, loudness: float = 0.5) -> np.ndarray:
    time = np.arange(round(16_000 * seconds)) / 16_000
    return (loudness * np.sin(2 * np.pi * pitch * time)).astype(np.float32)


def test_a_higher_tone_is_in_a_higher_band() -> None:
    loudest = [
        int(log_mel(tone(pitch)).mean(axis=0).argmax()) for pitch in (80, 200, 440, 1_000, 3_000, 7_500)
    ]
    assert loudest == sorted(set(loudest))
    assert loudest[0] <= 1
    assert loudest[-1] >= 61


def test_ten_times_the_loudness_is_a_hundred_times_the_energy() -> None:
    quiet, loud = (log_mel(tone(440, loudness=loudness))[5].max() for loudness in (0.05, 0.5))
    assert loud - quiet == pytest.approx(np.log(100), abs=1e-3)


def test_every_band_holds_some_frequency() -> None:
    noise = np.random.default_rng(0).normal(size=16_000).astype(np.float32)
    spread = log_mel(noise).mean(axis=0)
    assert spread.min() > -3


@pytest.mark.parametrize("n_samples", [0, 1, 100, 400, 401, 560, 16_000])
def test_sounds_of_any_length_have_finite_statistics(n_samples: int) -> None:
    bands = log_mel(np.ones(n_samples, dtype=np.float32))
    assert bands.shape == (1 + max(n_samples - 400, 0) // 160, 64)
    statistics = mel_statistics(bands)
    assert statistics.shape == (N_STATISTICS,)
    assert statistics.dtype == np.float32
    assert np.isfinite(statistics).all()


@pytest.mark.parametrize("loudness", [0.0, 1e-30, 1e30, 3e38])
def test_no_loudness_breaks_the_logarithm(loudness: float) -> None:
    assert np.isfinite(log_mel(tone(440, loudness=loudness))).all()


def test_statistics_are_means_spreads_steps_and_course() -> None:
    bands = np.zeros((8, 64), dtype=np.float32)
    bands[:, 0] = np.arange(8)
    bands[:, 1] = [0, 1] * 4
    mean, spread, step, *parts = mel_statistics(bands)[:-1].reshape(7, 64)
    assert mean[:3].tolist() == [3.5, 0.5, 0]
    assert spread[:3] == pytest.approx([np.arange(8).std(), 0.5, 0])
    assert step[1] > step[0] > step[2] == 0
    assert [part[0] for part in parts] == [0.5, 2.5, 4.5, 6.5]
    assert mel_statistics(bands)[-1] == pytest.approx(np.log(8))


def test_the_same_sound_backwards_has_another_course() -> None:
    rising = np.concatenate([tone(200), tone(2_000)])
    there, back = (mel_statistics(log_mel(np.ascontiguousarray(way))) for way in (rising, rising[::-1]))
    assert np.abs(there[:64] - back[:64]).max() < 0.2  # hardly another mean
    assert np.abs(there[192:448] - back[192:448]).max() > 5
