from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.data.lines import Line, Lines, raw_row, restored, rewritten
from emendata.errors import PatchConflict
from emendata.records import Correction


def correction(row: int, column: str | None, raw: str | None) -> Correction:
    return Correction("relabel", row, "", column, None, None, "", {}, 0.5, raw)


def split(body: bytes) -> Lines:
    """Take text apart whose blank lines are ``.`` and whose rows are anything else."""
    rows: list[Line] = []
    blanks: tuple[bytes, ...] = ()
    for line in body.splitlines(keepends=True):
        if line.strip() == b".":
            blanks += (line,)
        else:
            rows.append(Line(blanks, line.rstrip(b"\n"), line[len(line.rstrip(b"\n")) :]))
            blanks = ()
    return Lines(rows, blanks)


def put(content: bytes, changes: Sequence[Correction]) -> bytes:
    return b"new"


def take_back(content: bytes, changes: Sequence[Correction]) -> bytes:
    return (changes[0].raw or "").encode()


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from([b".\n", b"a\n", b"b\n"])).map(b"".join), st.data())
def test_blank_lines_stay_and_every_row_comes_back_to_its_place(body: bytes, data: st.DataObject) -> None:
    lines = split(body)
    rows = st.sampled_from(range(len(lines.rows))) if lines.rows else st.nothing()
    chosen = data.draw(st.dictionaries(rows, st.sampled_from([None, "y"])))
    corrections = [
        correction(
            row, column, raw_row(lines.rows[row]) if column is None else lines.rows[row].content.decode()
        )
        for row, column in chosen.items()
    ]
    corrected = rewritten(lines, corrections, put)
    assert restored(split(corrected), corrections, take_back, split) == body
    assert corrected.count(b".\n") == body.count(b".\n")
    assert corrected.count(b"new") == list(chosen.values()).count("y")
    assert len(split(corrected).rows) == len(lines.rows) - list(chosen.values()).count(None)


def test_a_dropped_row_whose_text_was_lost_is_named() -> None:
    for raw in (None, "", "a\nb\n"):
        with pytest.raises(
            PatchConflict, match=r"lacks the text of row 1, which it dropped\. Nothing was written"
        ):
            restored(split(b"a\nc\n"), [correction(1, None, raw)], take_back, split)
