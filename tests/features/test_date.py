import datetime as dt

import numpy as np
import pyarrow as pa
import pytest
from tests.features.columns import column, embed

from emendata.data.date_forms import DAYS, TIMES
from emendata.errors import InputError
from emendata.features.date import DateEmbedder

DATE = DateEmbedder()
MOMENTS = [
    dt.datetime(2024, 1, 31, 18, 30),
    dt.datetime(1999, 12, 24, 0, 15),
    dt.datetime(2024, 2, 13, 9, 0),
    dt.datetime(1970, 7, 30, 12, 0),
]


@pytest.mark.parametrize("time", TIMES)
@pytest.mark.parametrize("day", DAYS)
def test_every_form_reads_as_the_timestamp_that_it_writes(day: str, time: str) -> None:
    moments = [moment if time else dt.datetime.combine(moment, dt.time()) for moment in MOMENTS]
    written = [f" {moment.strftime(day + time)} " for moment in moments]
    assert np.array_equal(embed(DATE, written).dense, embed(DATE, moments, pa.timestamp("us")).dense)


def test_a_date_is_when_in_which_month_on_which_day_at_what_time() -> None:
    days = [dt.datetime(2024, 1, 1), dt.datetime(2024, 1, 8), dt.datetime(2024, 1, 3, 12)]
    when, month, weekday, hour = embed(DATE, days, pa.timestamp("us")).dense.T
    assert np.argsort(when).tolist() == [0, 2, 1]
    assert month.tolist() == [0, 0, 0]
    assert weekday[0] == weekday[1] < weekday[2]
    assert hour[0] == hour[1] < hour[2]


def test_cells_that_are_no_date_lie_in_the_middle_and_share_one_mark() -> None:
    dense = embed(DATE, ["2024-01-31", "soon", None, "2024-03-05"]).dense
    assert dense.shape == (4, 5)
    assert np.array_equal(dense[1], dense[2])
    assert dense[1].tolist() == [0, 0, 0, 0, 1]
    assert dense[[0, 3], 4].tolist() == [0, 0]


def test_the_form_that_reads_most_cells_is_taken() -> None:
    dense = embed(DATE, ["13.02.2024", "25.12.2023", "01/02/2024", "24.12.2024"]).dense
    assert dense[:, -1].tolist() == [0, 0, 1, 0]


@pytest.mark.parametrize("unit", ["s", "ms", "us"])
def test_the_first_and_the_last_year_there_are_keep_their_distance(unit: str) -> None:
    days = [dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31, 23, 59, 59), dt.datetime(5000, 1, 1)]
    dense = embed(DATE, days, pa.timestamp(unit)).dense
    assert np.argsort(dense[:, 0]).tolist() == [0, 2, 1]
    assert np.array_equal(dense[:2, 0] > 0, [False, True])
    written = embed(DATE, ["0001-01-01", "9999-12-31"]).dense
    assert np.allclose(written[:, 0], [-1, 1])


def test_a_column_of_gaps_is_all_marks() -> None:
    assert embed(DATE, [None, None], pa.timestamp("us")).dense.tolist() == [[0, 0, 0, 0, 1]] * 2


@pytest.mark.parametrize(
    ("values", "example"),
    [
        (["never", "24.13.2024"], "never"),
        ([20240131, 20240201], "20240131"),
        ([1.5, 2.5], "1.5"),
        ([True], "true"),
    ],
)
def test_what_holds_no_date_is_refused_with_an_example(values: list[object], example: str) -> None:
    with pytest.raises(InputError) as caught:
        DATE.embed(column(values), 0)
    said = str(caught.value)
    assert said.startswith("No cell can be read as a date, such as ")
    assert "Give the column another role with --role." in said
