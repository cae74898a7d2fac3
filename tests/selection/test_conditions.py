"""Conditions as people write them."""

import numpy as np
import pytest

from emendata.errors import InputError, UnknownName
from emendata.selection import Condition, parse_condition
from emendata.selection.fields import ClassField, Field, NumberField, TextField

FIELDS: dict[str, Field] = {
    "given": ClassField("given", "Given", ("cat", "dog"), np.array([0, 1], np.int32)),
    "score": NumberField("score", "Score", np.zeros(2, np.float32)),
    "text": TextField("text", "Any text", ["note"]),
    "column:a<b": NumberField("column:a<b", "a<b", np.zeros(2, np.float32)),
    "column:score": NumberField("column:score", "score", np.zeros(2, np.float32)),
}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("given=cat", Condition("given", "=", "cat")),
        ("given!=cat=dog", Condition("given", "!=", "cat=dog")),
        ("given=", Condition("given", "=", "")),
        ("score<=0.2", Condition("score", "<=", "0.2")),
        ("text~re<fund", Condition("text", "~", "re<fund")),
        ("a<b>=3", Condition("column:a<b", ">=", "3")),
        ("column:score<1", Condition("column:score", "<", "1")),
    ],
)
def test_a_condition_is_read_and_written_the_same(written: str, read: Condition) -> None:
    found = parse_condition(written, FIELDS)
    assert found == read
    assert parse_condition(str(found), FIELDS) == found


@pytest.mark.parametrize(
    ("written", "error", "said"),
    [
        ("gven=cat", UnknownName, "Did you mean 'given'"),
        ("given<3", InputError, "given can be compared by = !="),
        ("score<low", InputError, "which is no number"),
        ("score<nan", InputError, "which is no number"),
        ("score~2", InputError, "can be compared by"),
        ("text~ ", InputError, "looks for nothing"),
        ("cat", InputError, "is no condition"),
        ("", InputError, "is no condition"),
    ],
)
def test_what_is_no_condition_is_refused_with_the_way_out(
    written: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        parse_condition(written, FIELDS)
