import pytest
from tests.checks.tables import flagged, suggested

from emendata.checks.typo import Typo


def test_a_misspelt_value_is_flagged_with_the_common_one() -> None:
    towns = ["Birmingham", "Huntsville"] * 40
    towns[5] = "Birmingam"
    found = flagged(Typo(), {"town": towns})
    assert suggested(found) == {(5, "town"): "Birmingham"}
    assert found.reasons == (
        "'Birmingam' stands once in 'town'; 'Birmingham', which differs by little, 40 times.",
    )
    assert found.scores[5] == pytest.approx(1 / 41)
    assert found.probabilities[0] == pytest.approx(40 / 41)


def test_of_two_values_that_are_near_the_commoner_is_suggested_and_the_other_an_alternative() -> None:
    starts, ends = ("Green", "Rock", "Silver", "Black", "Winter"), ("field", "port", "mouth", "haven", "dale")
    others = [start + end for start in starts for end in ends]
    towns = ["Stamford"] * 60 + ["Stanford"] * 30 + [town for town in others for _ in range(9)] + ["Stabford"]
    found = flagged(Typo(), {"town": towns})
    assert (found.suggestions, found.alternatives) == (("Stamford",), (("Stanford",),))
    assert found.probabilities[0] == pytest.approx(60 / 91)


def test_a_misspelt_word_in_a_longer_text_is_corrected_in_its_place() -> None:
    texts = [f"Treatment of patients with disease {'ABCDEFGH'[i % 8] * 3} number {i}" for i in range(120)]
    texts[50] = texts[50].replace("patients", "patinets")
    found = flagged(Typo(), {"measure": texts})
    assert suggested(found) == {(50, "measure"): texts[50].replace("patinets", "patients")}


def test_a_letter_that_errors_put_in_again_and_again_is_found_in_any_number() -> None:
    towns = [["Birmingham", "Huntsville", "Montgomery", "Tuscaloosa", "Andalusia"][i % 5] for i in range(200)]
    for row, letter in zip(range(0, 30, 5), "imBrng", strict=True):
        towns[row] = towns[row].replace(letter, "x")
    towns[1] = "Hxxtsvxxle"
    found = flagged(Typo(), {"town": towns})
    assert found.facts["letters_put_in"] == ["x"]
    assert suggested(found) == dict.fromkeys([(row, "town") for row in range(0, 30, 5)], "Birmingham") | {
        (1, "town"): "Huntsville"
    }


@pytest.mark.parametrize(
    "column",
    [
        [f"street {i}" for i in range(100)],  # numbers tell them apart
        ["male", "female"] * 50,
        ["east", "west", "best"] * 30 + ["rest"],  # short
        [f"{a}{b}ling{c}ton" for a in "BDK" for b in "aei" for c in "aei" for _ in range(6)] + ["Bilingoton"],
    ],
)
def test_columns_whose_values_are_near_by_nature_flag_nobody(column: list[str]) -> None:
    assert len(flagged(Typo(), {"x": column}).rows) == 0


def test_a_value_that_is_there_often_is_none() -> None:
    towns = ["Birmingham"] * 60 + ["Birmingam"] * 3
    assert len(flagged(Typo(), {"town": towns}).rows) == 0
