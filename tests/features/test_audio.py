import sys

import numpy as np
import pytest
from tests.features.sounds import FORMATS, hum, packed

from emendata.features.audio import AudioEmbedder
from emendata.testing import check_row_embedder

AUDIO = AudioEmbedder()
NOISE = np.random.default_rng(1).normal(0, 0.1, 8_000)


def test_the_contract_of_embedders_holds_for_sounds_of_every_format() -> None:
    sounds = [packed(hum(seconds), kind) for kind in FORMATS for seconds in (0.01, 0.2, 0.7)]
    check_row_embedder(AUDIO, sounds, b"no sound at all")


def test_a_sound_that_cannot_be_read_is_a_problem_of_its_row() -> None:
    vectors = AUDIO.vectors([packed(hum()), b"", b"no sound at all", packed(hum())[:300], packed(hum())])
    assert [problem[:9] for problem in vectors.problems] == ["", "The file ", "This is n", "The sound", ""]
    assert np.array_equal(vectors.values.any(axis=1), [True, False, False, False, True])


def test_the_same_sound_at_another_rate_and_in_stereo_is_near() -> None:
    sounds = [packed(hum(rate=rate), rate=rate) for rate in (16_000, 44_100)]
    sounds += [packed(np.column_stack([hum(), hum()])), packed(hum(pitch=300)), packed(NOISE)]
    values = AUDIO.vectors(sounds).values
    apart = np.linalg.norm(values - values[0], axis=1)
    assert apart[1:3].max() < 0.5 * apart[3:].min()


def test_low_and_high_sounds_are_told_apart() -> None:
    pitches = np.tile([200, 210, 220, 2_000, 2_100, 2_200], 4)
    block = AUDIO.block(AUDIO.vectors([packed(hum(0.3, pitch=pitch)) for pitch in pitches]).values, 0)
    apart = np.linalg.norm(block.dense[:, None] - block.dense[None], axis=2)
    low = pitches < 1_000
    assert apart[low][:, low].max() < apart[low][:, ~low].min()


def test_silence_lies_far_from_what_is_heard() -> None:
    sounds = [packed(hum(pitch=pitch)) for pitch in range(300, 700, 20)] + [packed(np.zeros(8_000))]
    dense = AUDIO.block(AUDIO.vectors(sounds).values, 0).dense
    far = np.linalg.norm(dense, axis=1)
    assert far[-1] > 2 * far[:-1].max()


def test_a_sound_counts_as_much_as_a_number_does() -> None:
    sounds = [packed(NOISE * loudness) for loudness in (0.1, 0.3, 0.5, 1.0)]
    dense = AUDIO.block(AUDIO.vectors(sounds).values, 0).dense
    assert (dense**2).sum(axis=1).mean() == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("n_sounds", [0, 1, 3])
def test_gaps_stand_where_the_mean_does(n_sounds: int) -> None:
    sounds = [packed(hum(pitch=200 * (1 + i))) for i in range(n_sounds)]
    block = AUDIO.block(AUDIO.vectors([*sounds, b"", b""]).values, 0)
    assert not block.dense[n_sounds:].any()
    assert not np.asarray(block.wide)[n_sounds:].any()


def test_it_says_what_has_to_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert AUDIO.obstacle() is None
    monkeypatch.setitem(sys.modules, "soundfile", None)
    assert AUDIO.obstacle() == "This needs soundfile. Install it: pip install 'emendata[audio]'"
