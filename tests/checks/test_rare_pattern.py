import pytest
from tests.checks.tables import flagged, suggested

from emendata.checks.rare_pattern import RarePattern

PHONES = [f"205-32{i % 10}-{1000 + 7 * i}" for i in range(60)]


@pytest.mark.parametrize(
    ("cell", "right"), [("2053258100", "205-325-8100"), ("205 325 8100", "205-325-8100"), ("25-8100", None)]
)
def test_a_cell_without_the_form_of_all_others_is_flagged(cell: str, right: str | None) -> None:
    phones = [*PHONES]
    phones[9] = cell
    found = flagged(RarePattern(), {"phone": phones})
    assert suggested(found) == {(9, "phone"): right}
    assert "does not have the form '999-999-9999' that 98.3 % of 60 cells have" in found.reasons[0]
    assert found.facts["usual_forms"] == {"phone": ["999-999-9999"]}


def test_a_value_in_another_case_is_written_like_the_commoner_one() -> None:
    towns = ["New York", "Boston"] * 40
    towns[3], towns[8] = "boston", "new_york"
    found = flagged(RarePattern(), {"town": towns})
    assert suggested(found) == {(3, "town"): "Boston", (8, "town"): "New York"}
    assert found.reasons[0] == "'boston' in 'town' is 'Boston' written otherwise: 1 cells against 39."


def test_spaces_that_others_do_not_have_go() -> None:
    notes = [f"note of day {i}" for i in range(60)]
    notes[5], notes[6] = " note of day 5", "note  of day 6"
    found = flagged(RarePattern(), {"note": notes}, roles={"note": "text"})
    assert suggested(found) == {(5, "note"): "note of day 5", (6, "note"): "note of day 6"}


def test_a_number_with_many_more_places_than_others_was_made_of_another() -> None:
    heights = [150 + i / 10 for i in range(100)]
    heights[20] = 59.84252
    found = flagged(RarePattern(), {"height": heights})
    assert suggested(found) == {(20, "height"): None}
    assert "has 5 decimal places; 99 of 100 cells have fewer, and nearly all at most 1" in found.reasons[0]


@pytest.mark.parametrize(
    "column",
    [
        ["C", "C+", "C#", "c"] * 20,  # both cases are usual, and signs make another value
        [f"{i * 37 % 1000}" for i in range(80)],  # amounts
        [["yes", "no", "perhaps"][i % 3] for i in range(80)],
        [f"{'ab'[i % 2]}{'-' * (i % 4)}{i}" for i in range(80)],  # no form
    ],
)
def test_columns_without_a_form_flag_nobody(column: list[str]) -> None:
    assert len(flagged(RarePattern(), {"x": column}).rows) == 0


def test_a_form_that_some_cells_have_is_usual() -> None:
    phones = [*PHONES, *["2053258100"] * 5]
    assert len(flagged(RarePattern(), {"phone": phones}).rows) == 0
    assert len(flagged(RarePattern(most=0.1), {"phone": phones}).rows) == 5
