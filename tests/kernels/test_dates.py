import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emendata.kernels.dates import date_parts, in_order, order_of, swapped_days, swapped_text

EPOCH = dt.date(1970, 1, 1)
days = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))


@given(st.lists(days, min_size=1))
def test_parts_equal_those_of_the_calendar(found: list[dt.date]) -> None:
    parts = date_parts(np.array([(day - EPOCH).days + 0.25 for day in found]))
    assert [tuple(map(int, one)) for one in zip(*parts, strict=True)] == [
        (day.year, day.month, day.day) for day in found
    ]


@given(days)
def test_a_swapped_date_is_that_of_the_other_reading(day: dt.date) -> None:
    (found,) = swapped_days(np.array([float((day - EPOCH).days)]))
    if day.day > 12 or day.day == day.month:
        assert np.isnan(found)
    else:
        assert found == (dt.date(day.year, day.day, day.month) - EPOCH).days


@given(st.lists(days, min_size=1), st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y"]))
def test_the_order_found_reads_every_date_right(found: list[dt.date], form: str) -> None:
    texts = [f"{day:{form.replace('%Y', f'{day.year:04d}')}}" for day in found]
    order = order_of(texts, np.array([float((day - EPOCH).days) for day in found]))
    assert order is not None
    names = {"y": "year", "m": "month", "d": "day"}
    for day, text in zip(found, texts, strict=True):
        parts = [int(part) for part in text.replace(".", "-").replace("/", "-").split("-")]
        assert parts == [getattr(day, names[name]) for name in order]


def test_words_have_no_order() -> None:
    assert order_of(["1 May 1970"], np.array([120.0])) is None
    assert order_of([], np.array([])) is None


@pytest.mark.parametrize(
    ("text", "order", "right"),
    [
        ("2012-25-01", "ymd", "2012-01-25"),
        ("25/12/2012 10:00", "mdy", "12/25/2012 10:00"),
        ("2012-25-13", "ymd", None),
        ("soon", "ymd", None),
    ],
)
def test_day_and_month_change_places_in_a_text_where_that_gives_a_date(
    text: str, order: str, right: str | None
) -> None:
    assert swapped_text(text, order) == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("31.12.1970", "1970-12-31"),
        ("12/31/1970", "1970-12-31"),
        ("05.04.1970", "1970-04-05"),
        ("19701231", "1970-12-31"),
        ("1970/1/2", "1970-01-02"),
        ("31.31.1970", None),
        ("1.2.70", None),
        ("never", None),
    ],
)
def test_a_date_in_another_form_is_written_like_the_others(text: str, right: str | None) -> None:
    assert in_order(text, "ymd", "2012-01-02") == right
