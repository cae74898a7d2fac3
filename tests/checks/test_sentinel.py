import datetime as dt

import pytest
from tests.checks.tables import flagged, suggested

from emendata.checks.sentinel import Sentinel


@pytest.mark.parametrize("word", ["n/a", "?", "Unknown", "-", "TBD"])
def test_a_word_that_says_nothing_is_known_should_be_an_empty_cell(word: str) -> None:
    towns = ["Ulm", "Bonn", "Aachen"] * 40
    towns[5] = word
    found = flagged(Sentinel(), {"town": towns})
    assert suggested(found) == {(5, "town"): ""}
    assert f"'{word}' says that nothing is known; 1 of 120 cells of 'town' hold it." in found.reasons[0]
    assert found.scores[5] == pytest.approx(0.1)


@pytest.mark.parametrize("number", [-1, -999, 999, 9999, 99999])
def test_a_number_that_people_choose_stands_apart_from_all_others(number: int) -> None:
    ages = [20 + i * 7 % 60 for i in range(200)]
    ages[3] = ages[90] = number
    found = flagged(Sentinel(), {"age": ages}, roles={"age": "number"})
    assert suggested(found) == {(3, "age"): "", (90, "age"): ""}
    assert f"'{number}' stands apart in 'age'" in found.reasons[0]
    assert "2 of 200 cells hold it" in found.reasons[0]


def test_a_day_on_which_calendars_begin_stands_for_none() -> None:
    days = [dt.datetime(2012, 1, 1) + dt.timedelta(days=i) for i in range(100)]
    days[4] = dt.datetime(1900, 1, 1)
    found = flagged(Sentinel(), {"day": days}, roles={"day": "date"})
    assert suggested(found) == {(4, "day"): ""}


def test_a_word_that_many_cells_have_is_remarked_and_flags_nobody() -> None:
    towns = ["Ulm", "Bonn", "Aachen", "unknown"] * 40
    found = flagged(Sentinel(), {"town": towns})
    assert len(found.rows) == 0
    (remark,) = found.remarks
    assert remark.column == "town"
    assert "40 of 160 cells of 'town' are 'unknown' (25 %)" in remark.reason
    assert flagged(Sentinel(most=0.5), {"town": towns}).rows.tolist() == list(range(3, 160, 4))


@pytest.mark.parametrize(
    "column",
    [
        list(range(-50, 1050)),  # 999 and -1 are among the others
        [0, 1] * 50,
        [i % 7 for i in range(100)],
        [
            ["DE", "FR", "NA", "IT"][i % 4] if i % 30 == 2 or i % 4 != 2 else "ES" for i in range(200)
        ],  # Namibia
        [float(i) for i in range(900, 1000)],
    ],
)
def test_the_same_values_among_others_like_them_are_answers(column: list[object]) -> None:
    found = flagged(Sentinel(), {"x": column})
    assert len(found.rows) == 0
