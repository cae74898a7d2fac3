import dataclasses

import pytest
from tests.reports import sample

from emendata.records import Estimate
from emendata.reports import words
from emendata.reports.headline import headline
from emendata.reports.html import render_html
from emendata.reports.text import render_text


@pytest.mark.parametrize(
    ("low", "high", "sentence"),
    [
        (0, 0, "None of 7,528 labels looks wrong."),
        (1, 1, "About 1 of 7,528 labels looks wrong (<0.1 %)."),
        (40, 40, "About 40 of 7,528 labels look wrong (0.5 %)."),
        (0, 12, "Between 0 and 12 of 7,528 labels look wrong (0–0.2 %)."),
        (7527, 7528, "Between 7,527 and 7,528 of 7,528 labels look wrong (>99.9–100 %)."),
    ],
)
def test_the_headline_fits_the_estimate(low: int, high: int, sentence: str) -> None:
    summary = dataclasses.replace(sample.spotless(), estimate=Estimate(low, high, 7528, {}))
    assert headline(summary) == sentence


def test_without_any_check_the_headline_says_that_none_ran() -> None:
    summary = dataclasses.replace(sample.table_without_label(), checks=(), n_flagged=0)
    assert headline(summary) == "7,540 rows looked at with 0 checks: none could run."


def test_an_unknown_estimator_is_left_without_words() -> None:
    assert words.estimator_meaning("models disagree")
    assert words.estimator_meaning("somebody else's") is None


def test_facts_of_any_shape_are_put_in_words() -> None:
    assert words.fact({"a": {"b": [1, True, None]}}) == "a b 1 · yes · –"
    assert words.fact(list(range(20))).endswith("11 · 8 more")


def test_what_a_dataset_was_taken_for_is_said_in_place_of_its_format() -> None:
    summary = sample.text_with_20_classes()
    assert f" · {summary.format} · " in words.about(summary)
    folder = dataclasses.replace(summary, recognized="a folder of 7,528 texts")
    assert " · a folder of 7,528 texts · " in words.about(folder)
    assert "a folder of 7,528 texts" in render_html(folder)
    assert "a folder of 7,528 texts" in render_text(folder, width=200)
