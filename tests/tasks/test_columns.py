import pickle
import sys

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.errors import InputError, UnknownName
from emendata.extras import MissingPackage
from emendata.tasks.columns import Columns

TABLE = Columns({"name": ["cat", "dog"], "score": np.array([0.25, 1.0]), "flagged": np.array([True, False])})


def test_a_column_is_read_by_its_name() -> None:
    assert TABLE["score"].tolist() == TABLE.score.tolist() == [0.25, 1.0]
    assert len(TABLE) == 2
    assert list(TABLE.columns) == ["name", "score", "flagged"]
    assert "score" in dir(TABLE)


def test_a_misspelt_column_names_the_nearest_one() -> None:
    with pytest.raises(UnknownName, match=r"There is no column 'scores'\. Did you mean 'score'\?"):
        TABLE["scores"]
    with pytest.raises(AttributeError, match="Columns has no column or attribute 'scores'"):
        _ = TABLE.scores


def test_rows_are_plain_values() -> None:
    assert list(TABLE.rows()) == [
        {"name": "cat", "score": 0.25, "flagged": True},
        {"name": "dog", "score": 1.0, "flagged": False},
    ]


def test_columns_of_several_lengths_are_refused() -> None:
    with pytest.raises(InputError, match=r"Columns must have one length; got 'a' 2, 'b' 1\."):
        Columns({"a": np.arange(2), "b": np.arange(1)})
    with pytest.raises(InputError, match="'a' has shape"):
        Columns({"a": np.zeros((2, 2))})


def test_every_library_gets_the_same_columns() -> None:
    expected = {"name": ["cat", "dog"], "score": [0.25, 1.0], "flagged": [True, False]}
    assert TABLE.to_arrow().to_pydict() == expected
    assert TABLE.to_pandas().to_dict("list") == expected
    assert TABLE.to_polars().to_dict(as_series=False) == expected


def test_a_data_frame_owns_its_data() -> None:
    frame = TABLE.to_pandas()
    frame.loc[0, "score"] = 7.0
    assert TABLE.score.tolist() == [0.25, 1.0]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_missing_library_says_how_to_install_it(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingPackage) as caught:
        getattr(TABLE, f"to_{library}")()
    assert str(caught.value) == f"This needs {library}. Install it: pip install {library}"
    assert TABLE.to_arrow().num_rows == 2


def test_the_first_rows_are_shown() -> None:
    table = Columns(
        {"i": np.arange(12), "x": np.array([0.0, 1e-9, 1e9] * 4), "s": ["a" * 50] + ["b\nc"] * 11}
    )
    lines = repr(table).splitlines()
    assert lines[0] == "Columns, 12 rows"
    assert lines[1].split() == ["i", "x", "s"]
    assert lines[2].split() == ["0", "0", "0.0000", "a" * 29 + "…"]
    assert lines[3].split() == ["1", "1", "1e-09", "b", "c"]
    assert lines[-1] == "... and 2 more"
    assert len({line.index("b") for line in lines[3:-1]}) == 1


def test_nothing_and_one_row_are_shown_too() -> None:
    assert repr(Columns({})) == "Columns, 0 rows\n"
    assert repr(Columns({"a": []})).startswith("Columns, 0 rows\n")
    assert repr(Columns({"a": [1]})) == "Columns, 1 row\n  a\n0 1"


def test_a_table_and_its_subclasses_can_be_pickled() -> None:
    again = pickle.loads(pickle.dumps(TABLE))
    assert again.to_arrow() == TABLE.to_arrow()


@settings(max_examples=25)
@given(st.lists(st.floats(allow_nan=False)), st.booleans())
def test_numbers_come_back_as_they_went(values: list[float], integers: bool) -> None:
    column = np.arange(len(values)) if integers else np.array(values, np.float64)
    table = Columns({"x": column}).to_arrow()
    assert table["x"].to_pylist() == column.tolist()
    assert table.schema.field("x").type == (pa.int64() if integers else pa.float64())
