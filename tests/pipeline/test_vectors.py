from pathlib import Path

import numpy as np
import pytest
from tests.features.letters import Letters

from emendata.features.block import no_steps
from emendata.features.rows import Texts
from emendata.pipeline.vectors import count_unknown, kept_vectors
from emendata.store import Project


def test_the_next_process_embeds_only_what_is_new(tmp_path: Path) -> None:
    first = kept_vectors(Project(tmp_path), Letters(), Texts(["a", "b?", "ab"]), no_steps)
    embedder = Letters()
    grown = kept_vectors(Project(tmp_path), embedder, Texts(["bb", "ab", "a", "b?"]), no_steps)
    assert embedder.asked == [["bb"]]
    assert grown.values.tolist() == [[0, 2], [1, 1], [1, 0], [0, 0]]
    assert grown.problems == ("", "", "", "It has a question.")
    assert np.array_equal(first.values, grown.values[[2, 3, 1]])


def test_another_embedder_has_vectors_of_its_own(tmp_path: Path) -> None:
    kept_vectors(Project(tmp_path), Letters(), Texts(["a"]), no_steps)
    other = Letters("other letters")
    kept_vectors(Project(tmp_path), other, Texts(["a"]), no_steps)
    assert other.asked == [["a"]]


def test_an_interruption_loses_one_batch_at_most(tmp_path: Path) -> None:
    class Tired(Letters):
        def vectors(self, items):  # type: ignore[no-untyped-def]
            if len(self.asked) == 1:
                raise KeyboardInterrupt
            return super().vectors(items)

    texts = Texts([f"{i:03d}" for i in range(400)])
    with pytest.raises(KeyboardInterrupt):
        kept_vectors(Project(tmp_path), Tired(), texts, no_steps)
    rested = Letters()
    kept_vectors(Project(tmp_path), rested, texts, no_steps)
    assert [len(asked) for asked in rested.asked] == [144]


def test_items_without_a_vector_are_counted_once_each_and_gaps_are_none(tmp_path: Path) -> None:
    shelf, texts = Project(tmp_path), Texts(["a", "b", None, "a", "c"])
    assert count_unknown(shelf, Letters(), texts) == 3
    kept_vectors(shelf, Letters(), Texts(["a", "d"]), no_steps)
    assert count_unknown(shelf, Letters(), texts) == 2
    assert count_unknown(shelf, Letters("other letters"), texts) == 3
