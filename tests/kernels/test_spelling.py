import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emendata.kernels.letters import common_intruders, unmasked
from emendata.kernels.spelling import edit_distances, near_pairs
from emendata.kernels.typing_errors import Spelled, are_alike, masked_pairs, typing_errors

text = st.text("abcd", max_size=7)
texts = st.lists(text, min_size=1, max_size=8)


def distance(a: str, b: str) -> int:
    """The restricted Damerau-Levenshtein distance by its definition, cell by cell."""
    table = [[max(i, j) if min(i, j) == 0 else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            table[i][j] = min(
                table[i - 1][j] + 1,
                table[i][j - 1] + 1,
                table[i - 1][j - 1] + (a[i - 1] != b[j - 1]),
            )
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[len(a)][len(b)]


@given(st.lists(st.tuples(text, text), max_size=8))
def test_distances_equal_those_of_the_definition(pairs: list[tuple[str, str]]) -> None:
    found = edit_distances([a for a, _ in pairs], [b for _, b in pairs])
    assert found.tolist() == [distance(a, b) for a, b in pairs]


@given(texts, texts, st.integers(0, 3))
def test_near_pairs_are_all_that_are_near(one: list[str], other: list[str], most: int) -> None:
    i, j, errors = near_pairs(one, other, np.full(len(one), most))
    found = set(zip(i.tolist(), j.tolist(), errors.tolist(), strict=True))
    assert found == {
        (i, j, distance(a, b))
        for i, a in enumerate(one)
        for j, b in enumerate(other)
        if distance(a, b) <= most
    }


@given(texts, texts)
def test_unmasked_pairs_differ_only_where_an_intruder_stands(wrong: list[str], right: list[str]) -> None:
    i, j = unmasked(wrong, right, frozenset("d"))
    expected = {
        (i, j)
        for i, a in enumerate(wrong)
        for j, b in enumerate(right)
        if len(a) == len(b)
        and a != b
        and all(x in (y, "d") for x, y in zip(a, b, strict=True))
        and 3 * sum(x == y for x, y in zip(a, b, strict=True)) >= len(a)
    }
    assert set(zip(i.tolist(), j.tolist(), strict=True)) == expected


def test_letters_that_take_the_place_of_others_now_and_then_are_no_intruders() -> None:
    pairs = [
        ("hause", "house"),
        ("gerden", "garden"),
        ("streat", "street"),
        ("windiw", "window"),
        ("tible", "table"),
    ]
    assert common_intruders(pairs, [(right, 10) for _, right in pairs]) == frozenset()


def spelled(counts: dict[str, int], ratio: float = 10.0) -> Spelled:
    return Spelled.of(list(counts), np.array(list(counts.values())), ratio)


def found(words: Spelled) -> list[tuple[str, str]]:
    return [(words.values[one.rare], words.values[one.common]) for one in typing_errors(words)]


@pytest.mark.parametrize(
    ("rare", "common"),
    [("bostom", "boston"), ("bsoton", "boston"), ("new yorck", "new york"), ("bosston 12", "boston 12")],
)
def test_a_rare_text_of_few_other_letters_is_a_typing_error(rare: str, common: str) -> None:
    assert found(spelled({common: 50, rare: 1})) == [(rare, common)]


@pytest.mark.parametrize(
    ("rare", "common"),
    [
        ("elm", "ulm"),  # short
        ("room 12", "room 13"),  # another number
        ("atypical", "typical"),  # a word of its own
        ("Boston", "boston"),  # a matter of form
        ("houston", "boston"),  # too far
    ],
)
def test_another_word_is_none(rare: str, common: str) -> None:
    assert found(spelled({common: 50, rare: 1})) == []


def test_a_text_that_is_there_more_often_needs_much_more_against_it() -> None:
    assert found(spelled({"boston": 50, "bostom": 2})) == [("bostom", "boston")]
    assert found(spelled({"boston": 50, "bostom": 3})) == []


def test_words_that_are_near_to_each_other_by_nature_are_alike() -> None:
    assert are_alike(spelled({f"item {letter}lpha": 10 for letter in "abcdef"}))
    assert not are_alike(spelled({"boston": 10, "denver": 10, "seattle": 10}))


def test_a_letter_known_to_be_put_in_may_stand_in_any_place() -> None:
    words = spelled({"birmingham": 9, "birxinghxx": 1, "dothan": 9, "dxxxxx": 1})
    pairs = [
        (words.values[one.rare], words.values[one.common]) for one in masked_pairs(words, frozenset("x"))
    ]
    assert pairs == [("birxinghxx", "birmingham")]
    assert masked_pairs(words, frozenset()) == []
