import datetime as dt

from tests.checks.tables import flagged, suggested

from emendata.checks.date_order import DateOrder

START = dt.date(2012, 1, 1)
DAYS = [START + dt.timedelta(days=i) for i in range(100)]
TEXTS = [str(day) for day in DAYS]


def test_a_day_that_the_calendar_does_not_have_is_turned() -> None:
    texts = [*TEXTS]
    texts[20] = "2012-21-01"
    found = flagged(DateOrder(), {"day": texts}, roles={"day": "date"})
    assert suggested(found) == {(20, "day"): "2012-01-21"}
    assert found.reasons == ("There is no day '2012-21-01'; with day and month swapped there is.",)


def test_a_date_out_of_the_order_of_its_rows_is_turned() -> None:
    texts = [*TEXTS]
    texts[36] = "2012-06-02"  # the rows around it are of February
    found = flagged(DateOrder(), {"day": texts}, roles={"day": "date"})
    assert suggested(found) == {(36, "day"): "2012-02-06"}
    assert "the rows around it are of the days around '2012-02-06'" in found.reasons[0]
    assert found.scores[36] < 0.1


def test_typed_dates_are_turned_as_well() -> None:
    days = [dt.datetime.combine(day, dt.time()) for day in DAYS]
    days[36] = dt.datetime(2012, 6, 2)
    assert suggested(flagged(DateOrder(), {"day": days}, roles={"day": "date"})) == {
        (36, "day"): "2012-02-06"
    }


def test_a_date_that_comes_after_one_that_it_always_comes_before_is_flagged() -> None:
    order = [9, 80, 3, 41, 66, 17, 90, 28, 55, 73] * 10
    start = [str(START + dt.timedelta(days=37 * k % 97 + k)) for k in order]
    end = [str(START + dt.timedelta(days=37 * k % 97 + k + 5)) for k in order]
    start[7], end[7] = "2012-03-08", "2012-03-01"
    found = flagged(DateOrder(), {"from": start, "to": end}, roles={"from": "date", "to": "date"})
    assert (7, "to") in suggested(found) or (7, "from") in suggested(found)
    assert set(found.rows.tolist()) == {7}
    assert found.facts["orders"] == [{"before": "from", "after": "to"}]
    assert "it comes first in all but 1 of 100 rows" in found.reasons[0]


def test_a_day_of_the_month_that_all_share_and_a_column_of_months_tell_swapped_dates() -> None:
    first = [f"20{10 + i // 12}-{i % 12 + 1:02d}-01" for i in range(120)]
    order = [i * 49 % 120 for i in range(120)]  # in no order
    shuffled = [first[i] for i in order]
    row = order.index(4)
    shuffled[row] = "2010-01-05"
    assert suggested(flagged(DateOrder(), {"d": shuffled}, roles={"d": "date"})) == {(row, "d"): "2010-05-01"}
    days = [f"2011-{i % 12 + 1:02d}-{i % 9 + 2:02d}" for i in range(120)]
    months = [i % 12 + 1 for i in range(120)]
    days[25] = "2011-09-02"  # the month is 2, of day 9
    found = flagged(DateOrder(), {"d": days, "month": months}, roles={"d": "date"})
    assert suggested(found) == {(25, "d"): "2011-02-09"}


def test_a_date_centuries_away_is_flagged_without_a_suggestion() -> None:
    texts = [*TEXTS]
    texts[50] = "1012-02-20"
    found = flagged(DateOrder(), {"day": texts}, roles={"day": "date"})
    assert suggested(found) == {(50, "day"): None}
    assert "nine of ten are from 2012-01-04 to 2012-04-04" in found.reasons[0]


def test_dates_that_are_in_order_or_in_none_flag_nobody() -> None:
    assert len(flagged(DateOrder(), {"day": TEXTS}, roles={"day": "date"}).rows) == 0
    mixed = [TEXTS[i * 37 % 100] for i in range(100)]
    assert len(flagged(DateOrder(), {"day": mixed}, roles={"day": "date"}).rows) == 0
    other = [TEXTS[i * 61 % 100] for i in range(100)]
    both = flagged(DateOrder(), {"one": mixed, "other": other}, roles={"one": "date", "other": "date"})
    assert len(both.rows) == 0
