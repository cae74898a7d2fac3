from dataclasses import replace

import numpy as np
import pytest
from tests.checks.tables import inputs_of, suggested

from emendata.checks.inputs import CellPrediction
from emendata.checks.unlikely_cell import UnlikelyCell
from emendata.errors import NotApplicable

N = 400
COLORS = ["red", "blue"] * (N // 2)
SIZES = [float(i % 50) for i in range(N)]


def words(expected: np.ndarray, probability: float = 0.99, given: float = 0.99) -> CellPrediction:
    return CellPrediction(expected.astype(float), np.full(N, probability), np.full(N, given))


def test_a_word_that_the_rest_of_its_row_speaks_against_is_flagged() -> None:
    inputs = inputs_of({"color": COLORS, "size": SIZES})
    assert inputs.cells is not None
    expected = inputs.cells["color"].codes.copy()
    expected[7] = 1 - expected[7]
    said = words(expected)
    assert said.given is not None
    said.given[7] = 1e-4
    found = UnlikelyCell().find(replace(inputs, cell_predictions={"color": said}))
    assert suggested(found) == {(7, "color"): "red"}
    assert found.reasons == ("By the other columns 'color' is 'red' here, at 0.99; it is 'blue'.",)
    assert found.scores[7] == pytest.approx(0.01)
    sure = UnlikelyCell(sure=0.995).find(replace(inputs, cell_predictions={"color": said}))
    assert len(sure.rows) == 0


def test_a_number_far_from_what_is_expected_is_flagged_unless_it_is_among_the_largest() -> None:
    inputs = inputs_of({"color": COLORS, "size": SIZES}, roles={"size": "number"})
    expected = np.array(SIZES)
    expected[[11, 49]] = 40, 9  # 49 is the largest size, which trees cannot foretell
    said = CellPrediction(expected, spread=np.full(N, 1.0))
    found = UnlikelyCell().find(replace(inputs, cell_predictions={"size": said}))
    assert suggested(found) == {(11, "size"): "40"}
    assert found.reasons == (
        "By the other columns 'size' is about 40 here; it is '11', 29 times as far away as usual.",
    )


def test_of_the_cells_of_a_row_only_the_most_unlikely_is_flagged() -> None:
    inputs = inputs_of({"one": SIZES, "other": SIZES}, roles={"one": "number", "other": "number"})
    one, other = np.array(SIZES), np.array(SIZES)
    one[11], other[11] = 31, 41
    predictions = {
        name: CellPrediction(expected, spread=np.full(N, 1.0))
        for name, expected in (("one", one), ("other", other))
    }
    assert suggested(UnlikelyCell().find(replace(inputs, cell_predictions=predictions))) == {
        (11, "other"): "41"
    }


def test_where_many_words_would_be_flagged_the_model_is_wrong() -> None:
    inputs = inputs_of({"color": COLORS, "size": SIZES})
    assert inputs.cells is not None
    expected = inputs.cells["color"].codes.copy()
    expected[:10] = 1 - expected[:10]
    found = UnlikelyCell().find(replace(inputs, cell_predictions={"color": words(expected, given=1e-5)}))
    assert len(found.rows) == 0


def test_without_predictions_it_does_not_apply() -> None:
    with pytest.raises(NotApplicable, match="quick mode leaves that out"):
        UnlikelyCell().find(replace(inputs_of({"color": COLORS}), cell_predictions={}))
