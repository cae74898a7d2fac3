from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emendata.checks.inputs import Inputs, Labels
from emendata.checks.label_variants import LabelVariants, same_spelling
from emendata.records import Findings


def found(labels: Sequence[str | None]) -> Findings:
    classes = sorted({label for label in labels if label is not None})
    codes = np.array([-1 if label is None else classes.index(label) for label in labels])
    return LabelVariants().find(Inputs(len(labels), labels=Labels("mood", codes, tuple(classes))))


def test_rows_of_rarer_spellings_are_flagged_with_the_commonest_as_suggestion() -> None:
    made = found(["up"] * 6 + ["Up", "UP ", None, "down", "UP "])
    assert made.rows.tolist() == [6, 7, 10]
    assert made.suggestions == ("up",) * 3
    assert np.allclose(made.scores, [1] * 6 + [1 / 9, 2 / 9, np.nan, 1, 2 / 9], equal_nan=True)
    assert np.allclose(made.probabilities, 6 / 9)
    assert made.reasons[1] == "'UP ' is 'up' written otherwise: 2 labels against 6."
    assert made.facts == {"spellings": {"UP ": {"UP ": 2, "Up": 1, "up": 6}}}


def test_of_spellings_that_are_equally_common_the_first_stays() -> None:
    assert found(["b a", "B_A", "b a", "B_A"]).rows.tolist() == [0, 2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("New York", "new-york"),
        ("new  york", "new_york\t"),
        ("Ｃａｔ", "cat"),
        ("STRASSE", "Straße"),
        ("covid-19", "COVID 19"),
        (" a", "a"),
    ],
)
def test_what_is_one_class(one: str, other: str) -> None:
    assert same_spelling(one) == same_spelling(other)
    assert len(found([one, other, other]).rows) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a", "A"),
        ("-1", "1"),
        ("<50K", ">50K"),
        ("C", "C++"),
        ("C#", "C"),
        ("1.0", "1"),
        ("re", "ré"),
        ("12", "1 2"),
    ],
)
def test_what_are_two_classes(one: str, other: str) -> None:
    assert found([one, other, other]).rows.tolist() == []


@given(
    st.lists(
        st.none() | st.sampled_from(["yes", "Yes", "YES ", "no", "n o", "no_", "-"]), min_size=1, max_size=30
    )
)
def test_after_the_suggested_changes_nothing_is_left_to_flag(labels: list[str | None]) -> None:
    if not any(labels):
        return
    made = found(labels)
    assert ((made.scores >= 0) & (made.scores <= 1) | np.isnan(made.scores)).all()
    for row, new in zip(made.rows, made.suggestions, strict=True):
        assert new != labels[row]
        labels[row] = new
    assert found(labels).rows.tolist() == []
