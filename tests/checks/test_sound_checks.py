"""Checks of sounds on the traits of many, and on sounds that are damaged in a known way."""

import numpy as np
import pytest
from tests.features.sounds import packed

from emendata.checks import CHECKS
from emendata.checks.inputs import Content, Inputs, Traits
from emendata.errors import NotApplicable
from emendata.features import SOUND_TRAITS, SoundTraits
from emendata.records import Float32Array

N = 40


def spoken(seed: int) -> Float32Array:
    """Return a sound as of speech: tones of its own in syllables of its own."""
    rng = np.random.default_rng(seed)
    time = np.arange(round(16_000 * rng.uniform(0.8, 1.2))) / 16_000
    tones = sum(np.sin(2 * np.pi * pitch * time + rng.random()) for pitch in rng.uniform(100, 4_000, 8))
    beat = 0.5 + 0.5 * np.sin(2 * np.pi * rng.uniform(1, 6) * time + 6 * rng.random())
    sound: Float32Array = (0.05 * tones * beat + 0.001 * rng.normal(size=len(time))).astype(np.float32)
    return sound


SPOKEN = [spoken(seed) for seed in range(N)]


def inputs_of(files: list[bytes]) -> Inputs:
    found = SoundTraits().vectors(files)
    values = np.where(np.array(found.problems)[:, None] == "", found.values, np.nan)
    n = len(SOUND_TRAITS)
    return Inputs(
        len(files),
        sounds={"call": Traits(SOUND_TRAITS, values[:, :n])},
        prints={"call": values[:, n:]},
        content=Content(np.arange(len(files)), np.zeros(len(files)), ("call",)),
    )


DAMAGE = {
    "silent": lambda sound: packed(0 * sound),
    "clipped": lambda sound: packed(np.clip(8 * sound, -1, 1)),
    "odd_duration": lambda sound: packed(sound[:300]),
    "mixed_sample_rates": lambda sound: packed(sound, rate=11_025),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_the_damaged_sounds_are_flagged_in_words_and_no_others(name: str) -> None:
    files = [DAMAGE[name](sound) if row in (2, 21) else packed(sound) for row, sound in enumerate(SPOKEN)]
    findings = CHECKS[name].find(inputs_of(files))
    assert findings.rows.tolist() == [2, 21]
    assert (findings.scores[[2, 21]] < 0.5).all()
    assert (np.delete(findings.scores, [2, 21]) >= 0.5).all()


@pytest.mark.parametrize("name", ["silent", "clipped"])
def test_what_most_sounds_share_is_no_error(name: str) -> None:
    files = [DAMAGE[name](sound) if row < 30 else packed(sound) for row, sound in enumerate(SPOKEN)]
    with pytest.raises(NotApplicable, match="Here most sounds are"):
        CHECKS[name].find(inputs_of(files))


def test_no_rate_is_usual_where_none_has_most_sounds() -> None:
    files = [packed(sound, rate=(8_000, 16_000)[row % 2]) for row, sound in enumerate(SPOKEN)]
    with pytest.raises(NotApplicable, match="No sample rate"):
        CHECKS["mixed_sample_rates"].find(inputs_of(files))


def test_copies_are_found_softer_later_and_in_another_format() -> None:
    later = np.concatenate([np.zeros(500, np.float32), SPOKEN[11]])
    copies = [packed(SPOKEN[4] * np.float32(0.3)), packed(later), packed(SPOKEN[30], "flac")]
    findings = CHECKS["duplicate_recording"].find(inputs_of([*map(packed, SPOKEN), *copies]))
    assert findings.rows.tolist() == [4, 11, 30, 40, 41, 42]
    assert findings.related == ((40,), (41,), (42,), (4,), (11,), (30,))


def test_a_sound_that_cannot_be_read_is_left_alone() -> None:
    files = [packed(sound) for sound in SPOKEN]
    files[5] = b"broken"
    inputs = inputs_of(files)
    for name in (*DAMAGE, "duplicate_recording"):
        assert np.isnan(CHECKS[name].find(inputs).scores[5])
