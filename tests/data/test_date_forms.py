import datetime as dt

import pyarrow as pa
import pytest

from emendata.data.date_forms import DAYS, TIMES, is_date
from emendata.features.date import DateEmbedder


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("time", TIMES)
def test_every_form_is_a_date_that_features_can_be_read_from(day: str, time: str) -> None:
    moments = [dt.datetime(2024, 1, 1, 1, 2, 3) + dt.timedelta(days=40 * i, hours=i) for i in range(20)]
    cells = [moment.strftime(day + time) for moment in moments]
    assert all(map(is_date, cells))
    dense = DateEmbedder().embed(pa.chunked_array([cells]), 0).dense
    assert (dense[1:, 0] > dense[:-1, 0]).all()


@pytest.mark.parametrize(
    "text",
    ["", "2024", "2024-13-01", "0000-00-00", "32.1.2024", "1.2.3", "24.12.24", "192.168.1.1", "1-2", "12:30", "may",
     "3/4", "2024-01-01 25:00", "555-12-3456", "١.٢.٢٠٢٤"],
)  # fmt: skip
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert not is_date(text)
