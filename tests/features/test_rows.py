from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.features.letters import Letters

from emendata.data.media import Media, files_media
from emendata.features import Batch, embed_items
from emendata.features.rows import Texts
from emendata.records import Role

TEXTS = st.lists(st.none() | st.text("ab?", max_size=4), max_size=30)


@given(TEXTS, st.integers(1, 5))
def test_every_row_has_the_vector_of_its_text_wherever_it_was_made_before(
    cells: list[str | None], n_known: int
) -> None:
    known: list[Batch] = []
    embed_items(Letters(), Texts(cells[:n_known]), keep=known.append)
    found = embed_items(Letters(), Texts(cells), known=known)
    for cell, values, problem in zip(cells, found.values.tolist(), found.problems, strict=True):
        broken = cell is not None and "?" in cell
        assert problem == ("It has a question." if broken else "")
        if cell is not None and not broken:
            assert values == [cell.count("a"), cell.count("b")]
        else:
            assert not any(values)


def test_equal_items_are_embedded_once_and_known_ones_never() -> None:
    embedder = Letters()
    known: list[Batch] = []
    embed_items(embedder, Texts(["a", "b", "a", None]), keep=known.append)
    embed_items(embedder, Texts(["b", "ab", "a"]), known=known)
    assert embedder.asked == [["a", "b"], ["ab"]]


def test_many_items_come_in_batches_and_each_is_kept_at_once() -> None:
    kept: list[Batch] = []
    steps: list[tuple[int, int]] = []
    cells = [f"{i:03d}" for i in range(600)]
    embed_items(Letters(), Texts(cells), lambda done, total: steps.append((done, total)), keep=kept.append)
    assert [len(batch.hashes) for batch in kept] == [256, 256, 88]
    assert steps == [(0, 600), (256, 600), (512, 600), (600, 600)]


def test_a_file_that_is_gone_is_a_problem_of_its_row(tmp_path: Path) -> None:
    (tmp_path / "here").write_bytes(b"aab")
    found = embed_items(Letters(), files_media(Role.IMAGE, tmp_path, ["here", "gone", None]))
    assert found.values.tolist() == [[2, 1], [0, 0], [0, 0]]
    assert found.problems == ("", "It cannot be read: no such file or directory.", "")


def test_where_nothing_can_be_read_vectors_have_no_width() -> None:
    def refuse(row: int) -> bytes:
        raise OSError("the disk is on fire.")

    found = embed_items(Letters(), Media(Role.IMAGE, 2, refuse))
    assert found.values.shape == (2, 0)
    assert found.problems == ("It cannot be read: the disk is on fire.",) * 2
    assert np.isfinite(found.values).all()
