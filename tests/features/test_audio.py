import numpy as np
import pytest
from tests.features.row_embedders import block_of, vectors_of
from tests.features.sounds import FORMATS, hum, packed

from emendata.features.audio import AudioEmbedder

AUDIO = AudioEmbedder()
NOISE = np.random.default_rng(1).normal(0, 0.1, 8_000)


def test_each_sound_has_its_own_vector_whatever_the_others_are() -> None:
    sounds = [packed(hum(seconds), kind) for kind in FORMATS for seconds in (0.01, 0.2, 0.7)]
    vectors = vectors_of(AUDIO, sounds)
    assert vectors.values.shape == (21, 449)
    assert set(vectors.problems) == {""}


def test_a_sound_that_cannot_be_read_is_a_problem_of_its_row() -> None:
    vectors = vectors_of(AUDIO, [packed(hum()), b"", b"no sound at all", packed(hum())[:300], packed(hum())])
    assert [bool(problem) for problem in vectors.problems] == [False, True, True, True, False]
    assert np.array_equal(vectors.values.any(axis=1), [True, False, False, False, True])


def test_no_sounds_are_no_rows() -> None:
    assert AUDIO.vectors([]).values.shape == (0, 449)


def test_the_same_sound_at_another_rate_and_in_stereo_is_near() -> None:
    sounds = [packed(hum(rate=rate), rate=rate) for rate in (16_000, 44_100)]
    sounds += [packed(np.column_stack([hum(), hum()])), packed(hum(pitch=300)), packed(NOISE)]
    values = AUDIO.vectors(sounds).values
    apart = np.linalg.norm(values - values[0], axis=1)
    assert apart[1:3].max() < 0.5 * apart[3:].min()


def test_low_and_high_sounds_are_told_apart() -> None:
    pitches = np.tile([200, 210, 220, 2_000, 2_100, 2_200], 4)
    block = block_of(AUDIO, AUDIO.vectors([packed(hum(0.3, pitch=pitch)) for pitch in pitches]).values)
    apart = np.linalg.norm(block.dense[:, None] - block.dense[None], axis=2)
    low = pitches < 1_000
    assert apart[low][:, low].max() < apart[low][:, ~low].min()


def test_silence_lies_far_from_what_is_heard() -> None:
    sounds = [packed(hum(pitch=pitch)) for pitch in range(300, 700, 20)] + [packed(np.zeros(8_000))]
    dense = block_of(AUDIO, AUDIO.vectors(sounds).values).dense
    far = np.linalg.norm(dense, axis=1)
    assert far[-1] > 2 * far[:-1].max()


def test_a_sound_counts_as_much_as_a_number_does() -> None:
    sounds = [packed(NOISE * loudness) for loudness in (0.1, 0.3, 0.5, 1.0)]
    dense = block_of(AUDIO, AUDIO.vectors(sounds).values).dense
    assert (dense**2).sum(axis=1).mean() == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("n_sounds", [0, 1, 2, 3])
def test_a_few_rows_are_a_block_with_or_without_gaps(n_sounds: int) -> None:
    sounds = [packed(hum(pitch=200 * (1 + i))) for i in range(n_sounds)]
    block_of(AUDIO, AUDIO.vectors(sounds).values)
    gaps = block_of(AUDIO, AUDIO.vectors([*sounds, b"", b""]).values)
    assert not gaps.dense[n_sounds:].any()
    assert not np.asarray(gaps.wide)[n_sounds:].any()


def test_it_says_what_is_missing_only_where_something_is() -> None:
    assert AUDIO.obstacle() is None
