import math
from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.kernels.trigrams import letter_surprise


def slow(texts: list[str], n_rows: list[int]) -> list[float]:
    n_letters = len(set("".join(texts)))
    answers = []
    for i, text in enumerate(texts):
        threes: Counter[str] = Counter()
        twos: Counter[str] = Counter()
        for j, other in enumerate(texts):
            if j != i:
                for at in range(len(other) - 2):
                    threes[other[at : at + 3]] += n_rows[j]
                    twos[other[at : at + 2]] += n_rows[j]
        bits = [
            -math.log2((threes[text[at : at + 3]] + 0.5) / (twos[text[at : at + 2]] + 0.5 * n_letters))
            for at in range(len(text) - 2)
        ]
        answers.append(sum(bits) / len(bits) if bits else math.nan)
    return answers


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(st.text("abc ", max_size=12), st.integers(1, 4)),
        min_size=1,
        max_size=8,
        unique_by=lambda t: t[0],
    )
)
def test_a_text_is_judged_by_all_the_others(texts: list[tuple[str, int]]) -> None:
    words, n_rows = [text for text, _ in texts], [n for _, n in texts]
    found = letter_surprise(words, np.array(n_rows, np.int64))
    np.testing.assert_allclose(found, slow(words, n_rows), rtol=1e-9)


def test_many_texts_are_judged_in_parts_as_they_are_in_one() -> None:
    rng = np.random.default_rng(0)
    words = ["".join(rng.choice(list("abcdefgh "), 9)) + str(i) for i in range(20_050)]
    n_rows = np.ones(len(words), np.int64)
    whole = letter_surprise(words, n_rows)
    assert np.isfinite(whole).all()
    some = [5, 19_999, 20_000, 20_049]
    turned = letter_surprise(words[::-1], n_rows)[::-1]
    np.testing.assert_allclose(whole[some], turned[some])
