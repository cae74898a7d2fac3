import numpy as np
import pytest
from tests.features.sounds import FORMATS, hum, packed

from emendata.features import SOUND_TRAITS, SoundTraits


@pytest.mark.parametrize("kind", FORMATS)
def test_length_rate_and_level_are_read_in_every_format(kind: str) -> None:
    found = SoundTraits().vectors([packed(hum(0.8), kind)])
    assert found.problems == ("",)
    seconds, rate, level, clipped = found.values[0, : len(SOUND_TRAITS)]
    assert seconds == pytest.approx(0.8, abs=0.15)
    assert rate in (16_000, 48_000)
    assert level == pytest.approx(87, abs=1)
    assert clipped == 0


def test_one_clipped_channel_of_two_is_heard() -> None:
    wave = hum(0.5)
    both = np.column_stack([wave, np.clip(wave, -0.1, 0.1)])
    clipped = SoundTraits().vectors([packed(both), packed(wave)]).values[:, 3]
    assert clipped[0] > 0.1
    assert clipped[1] == 0


def test_the_length_is_that_of_the_whole_sound() -> None:
    found = SoundTraits().vectors([packed(np.zeros(70 * 1_000, np.float32), rate=1_000)])
    assert found.values[0, 0] == 70


def test_what_cannot_be_read_has_a_problem_and_no_traits() -> None:
    found = SoundTraits().vectors([b"", packed(hum(0.1)), packed(np.zeros(0, np.float32)), b"no sound"])
    assert [problem != "" for problem in found.problems] == [True, False, True, True]
    assert not found.values[[0, 2, 3]].any()
