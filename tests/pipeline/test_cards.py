"""What a card shows of a flagged row."""

from typing import Any

import numpy as np
from tests.flowers import COPY_OF, WRONG, flowers
from tests.pipeline.audited import audited

from emendata.checks import CHECKS
from emendata.data import open_dataset
from emendata.pipeline import Preparation
from emendata.pipeline.cards import make_cards
from emendata.records import Card, Findings
from emendata.store import MemoryShelf


def cards_of(columns: dict[str, list[Any]], rows: list[int], **settings: Any) -> tuple[Card, ...]:
    dataset = open_dataset(columns, **settings)
    scores = np.linspace(0.9, 0.1, dataset.n_rows)
    found = Findings.of(scores, rows, [f"Row {row}." for row in rows])
    return make_cards(dataset, Preparation(dataset, MemoryShelf()), CHECKS["outlier"], found)


def test_a_card_shows_the_row_its_finding_and_the_rows_beside_it() -> None:
    dataset, preparation, _ = audited()
    found = audited().findings("wrong_label")
    cards = make_cards(dataset, preparation, CHECKS["wrong_label"], found)
    assert [card.score for card in cards] == sorted(float(s) for s in found.scores[found.rows])
    card = next(card for card in cards if card.row == 3)
    assert (card.id, card.column, card.given, card.suggested) == ("F-003", "species", WRONG[3], "setosa")
    assert card.probability is not None
    assert card.probability > 0.9
    row = flowers().to_pylist()[3]
    assert {name for name, _ in card.cells} == set(row) - {"species"}
    assert dict(card.cells)["flower"] == "F-003"
    assert float(dict(card.cells)["sepal_length"]) == row["sepal_length"]
    near = preparation.neighbors
    assert [other.row for other in card.nearest][:5] == near.rows[3, :5].tolist()
    assert [other.distance for other in card.nearest][:5] == [float(d) for d in near.distances[3, :5]]
    as_given = [other for other in card.nearest if other.label == card.given]
    labels = flowers()["species"].to_pylist()
    points = preparation.features.dense
    apart = {
        row: float(np.linalg.norm(points[row] - points[3]))
        for row, label in enumerate(labels)
        if label == WRONG[3] and row != 3
    }
    assert [other.row for other in as_given] == sorted(apart, key=lambda row: (apart[row], row))[:2]
    assert [other.label for other in card.nearest] == [
        flowers()["species"][other.row].as_py() for other in card.nearest
    ]
    assert all(other.excerpt.startswith("sepal_length ") for other in card.nearest)


def test_copies_are_shown_with_each_other_and_no_nearest_rows() -> None:
    dataset, preparation, _ = audited()
    check = CHECKS["exact_duplicate"]
    cards = make_cards(dataset, preparation, check, audited().findings("exact_duplicate"))
    assert {card.row: card.related for card in cards} == {COPY_OF: (150,), 150: (COPY_OF,)}
    for card in cards:
        assert (card.suggested, card.probability, card.column) == (None, None, None)
        assert card.nearest == ()


def test_the_thirty_worst_are_shown_and_twenty_twins_of_each() -> None:
    dataset = open_dataset({"x": [i + 0.5 for i in range(50)]})
    found = Findings.of(np.linspace(1, 0, 50), range(50), ["Bad."] * 50, related=[tuple(range(25))] * 50)
    preparation = Preparation(dataset, MemoryShelf())
    cards = make_cards(dataset, preparation, CHECKS["outlier"], found)
    assert [card.row for card in cards] == list(range(49, 19, -1))
    assert all(card.related == tuple(range(20)) for card in cards)
    nothing = Findings.of(np.ones(50), [], [])
    assert make_cards(dataset, preparation, CHECKS["outlier"], nothing) == ()


def test_a_wide_table_shows_the_cell_that_is_in_question() -> None:
    dataset = open_dataset({f"c{i:02}": [i + 0.5, i + 1.5, i + 2.5, i + 3.5] for i in range(60)})
    found = Findings.of(np.array([1, 0.1, 1, 1]), [1], ["Odd."], column="c59")
    (card,) = make_cards(dataset, Preparation(dataset, MemoryShelf()), CHECKS["missing_values"], found)
    assert len(card.cells) == 40
    assert card.cells[0] == ("c59", "60.5")
    assert card.given == "60.5"


def test_texts_come_first_long_cells_are_cut_and_excerpts_are_one_line() -> None:
    text = "a long\n\nstory " * 1000
    columns: dict[str, list[Any]] = {
        "n": [1.5, 2.5, 3.5, 4.5],
        "story": [text, "short one", None, "another"],
        "key": list("abcd"),
    }
    (card,) = cards_of(columns, [0], roles={"story": "text", "key": "id"})
    assert [name for name, _ in card.cells] == ["story", "n", "key"]
    assert len(card.cells[0][1]) == 2000
    assert card.cells[0][1].endswith("…")
    (other,) = cards_of(columns, [1], roles={"story": "text", "key": "id"})
    excerpt = next(near.excerpt for near in other.nearest if near.row == 0)
    assert excerpt.startswith("a long story a long story")
    assert len(excerpt) == 160
    assert next(near.excerpt for near in other.nearest if near.row == 2) == ""


def test_without_features_or_with_two_rows_there_are_no_rows_beside() -> None:
    (alone,) = cards_of({"key": list("abc")}, [1], roles={"key": "id"})
    assert (alone.nearest, alone.given) == ((), None)
    (pair,) = cards_of({"x": [1.5, 2.5]}, [1])
    assert pair.nearest == ()
