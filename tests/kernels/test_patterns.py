import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emendata.kernels.candidates import Candidate, ranked
from emendata.kernels.forms import of_usual_form, usual_forms
from emendata.kernels.patterns import differ_in_signs, fingerprint, in_form, pattern
from emendata.kernels.stand_ins import is_stand_in


@given(st.text(max_size=20))
def test_a_pattern_has_a_sign_for_each_letter_and_is_its_own_pattern_of_letters(text: str) -> None:
    found = pattern(text)
    assert len(found) == len(text)
    for letter, sign in zip(text, found, strict=True):
        if letter.isascii():
            expected = (
                "9" if letter.isdigit() else "A" if letter.isupper() else "a" if letter.islower() else letter
            )
            assert sign == expected


@given(st.text("ab C-_.", max_size=12))
def test_case_signs_and_spaces_do_not_change_a_fingerprint(text: str) -> None:
    assert fingerprint(text) == fingerprint(f"  {text.swapcase()} ") == fingerprint(text.replace("-", "_"))


@pytest.mark.parametrize(
    ("text", "form", "made"),
    [
        ("2053258100", "999-999-9999", "205-325-8100"),
        ("205.325.8100", "(999) 999 9999", "(205) 325 8100"),
        ("ab12", "AA-99", "AB-12"),
        ("a7", "A-999", "A-007"),
        ("a7", "A-9999", None),  # three zeros are too many to be forgotten
        ("AB-12", "AA-99", None),  # it has the form
        ("1a", "A-9", None),
        ("x", "99", None),
    ],
)
def test_a_text_is_brought_into_a_form_that_takes_all_its_letters(
    text: str, form: str, made: str | None
) -> None:
    assert in_form(text, [form]) == made


def test_columns_of_codes_have_forms_and_those_of_words_and_amounts_have_none() -> None:
    codes = [f"{letter}{i:03d}" for i in range(40) for letter in "ab"]
    assert usual_forms([*codes, "x"], np.ones(81, int), 0.95) == ("a999",)
    assert usual_forms([f"{i}" for i in range(10, 50)], np.ones(40, int), 0.95) == ()
    assert usual_forms(["red", "blue", "green"] * 10, np.ones(30, int), 0.95) == ()
    assert usual_forms(codes[:10], np.ones(10, int), 0.95) == ()  # too few to tell
    mixed = [f"{i}-{i % 10}" if i % 2 else f"x{i}" for i in range(100, 140)]
    assert set(usual_forms(mixed, np.ones(40, int), 0.95)) == {"999-9", "a999"}


def test_of_several_forms_only_the_signs_and_their_order_count() -> None:
    assert of_usual_form(["A-1234", "A1234"], ["A-9", "AA-99"]).tolist() == [True, False]
    assert of_usual_form(["A-1234", "A-1"], ["A-9"]).tolist() == [False, True]


def test_signs_count_where_they_make_another_value() -> None:
    assert differ_in_signs("-1", "1")
    assert differ_in_signs("C#", "C+")
    assert not differ_in_signs("well-known", "well known")


def test_words_that_say_nothing_is_known_are_told_from_others() -> None:
    assert all(map(is_stand_in, ["N/A", "?", " Unknown ", "-", "TBD"]))
    assert not any(map(is_stand_in, ["no", "0", "nancy", "", "x"]))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 1)), max_size=8))
def test_candidates_are_wrong_only_if_all_that_name_them_are(said: list[tuple[str, float]]) -> None:
    found = ranked([Candidate(value, probability) for value, probability in said])
    for one in found:
        doubt = np.prod([1 - min(probability, 0.999) for value, probability in said if value == one.value])
        assert one.probability == pytest.approx(1 - doubt)
    assert sorted(one.value or "" for one in found) == sorted({value for value, _ in said})
    assert [one.probability for one in found] == sorted((one.probability for one in found), reverse=True)
