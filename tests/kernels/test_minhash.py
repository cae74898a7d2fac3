import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.kernels import minhash
from emendata.kernels.minhash import similar_texts


def sequences(text: str) -> set[str]:
    plain = " ".join(text.lower().split()).ljust(5)
    return {plain[at : at + 5] for at in range(len(plain) - 4)}


def jaccard(a: str, b: str) -> float:
    return len(sequences(a) & sequences(b)) / len(sequences(a) | sequences(b))


WORDS = ("river", "oak", "stone", "planted", "garden", "school", "of", "the", "a", "road")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_pairs_are_as_alike_as_comparing_them_says_and_hardly_one_is_missed(seed: int) -> None:
    rng = np.random.default_rng(seed)
    texts = [" ".join(rng.choice(WORDS, 12)) for _ in range(30)]
    texts += [text + " " + str(rng.choice(WORDS)) for text in texts[:10]]
    texts = list(dict.fromkeys(texts))
    left, right, distances = similar_texts(texts, 0.75)
    found = {(a, b): d for a, b, d in zip(left.tolist(), right.tolist(), distances.tolist(), strict=True)}
    assert all(a < b for a, b in found)
    for (a, b), distance in found.items():
        assert abs(1 - distance - jaccard(texts[a], texts[b])) < 1e-12
    wanted = {
        (a, b)
        for a in range(len(texts))
        for b in range(a + 1, len(texts))
        if jaccard(texts[a], texts[b]) >= 0.75
    }
    assert set(found) <= wanted
    assert len(wanted - set(found)) <= 0.02 * len(wanted)


def test_blocks_do_not_change_the_pairs() -> None:
    texts = [f"the {i} oaks by the river were planted in the year {1900 + i}" for i in range(40)]
    whole = similar_texts(texts, 0.7)
    before, minhash._BLOCK = minhash._BLOCK, 7
    try:
        parts = similar_texts(texts, 0.7)
    finally:
        minhash._BLOCK = before
    assert all(np.array_equal(one, other) for one, other in zip(whole, parts, strict=True))
    assert len(whole[0])


def test_no_texts_and_empty_texts_have_no_pairs() -> None:
    assert [len(part) for part in similar_texts([], 0.8)] == [0, 0, 0]
    left, _, _ = similar_texts(["", "something else entirely"], 0.8)
    assert len(left) == 0
