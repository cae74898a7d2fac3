import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corrections.patches import drop

from emendata.data.media import Media
from emendata.data.source import Reading
from emendata.data.splits import by_part, joined, part_of, starts_of
from emendata.errors import InputError
from emendata.records import Role


def test_columns_that_a_split_lacks_are_missing_there() -> None:
    train = Reading(pa.table({"x": [1], "y": ["a"]}), verdicts={"y": (Role.LABEL, "said")})
    both = joined({"train": train, "test": Reading(pa.table({"x": [2.5], "split": ["z"]}))})
    assert both.table.to_pydict() == {
        "x": [1.0, 2.5], "y": ["a", None], "split": [None, "z"], "split_": ["train", "test"],
    }  # fmt: skip
    assert both.verdicts["y"] == (Role.LABEL, "said")
    assert both.verdicts["split_"][0] == Role.SPLIT


def test_media_are_read_from_their_own_split() -> None:
    def part(*cells: bytes) -> Reading:
        table = pa.table({"a": pa.array([str(cell) for cell in cells], pa.string())})
        return Reading(
            table, media={"a": Media(Role.IMAGE, len(cells), cells.__getitem__, lambda row: b"raw")}
        )

    without = Reading(pa.table({"b": [1]}))
    media = joined({"one": part(b"1", b"2"), "none": part(), "two": without, "three": part(b"3")}).media["a"]
    assert [media.read(row) for row in range(len(media))] == [b"1", b"2", None, b"3"]
    assert media.hashes[0] == media.hashes[3]
    assert media.hashes[2] == ""


def test_columns_that_cannot_be_one_are_refused() -> None:
    parts = {"train": Reading(pa.table({"x": [1]})), "test": Reading(pa.table({"x": ["a"]}))}
    with pytest.raises(InputError, match="The splits 'train', 'test' have columns of one name that differ"):
        joined(parts)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=6).filter(sum), st.data())
def test_each_row_is_in_the_part_that_holds_it(sizes: list[int], data: st.DataObject) -> None:
    row = data.draw(st.integers(0, sum(sizes) - 1))
    places = [(part, at) for part, size in enumerate(sizes) for at in range(size)]
    assert part_of(starts_of(sizes), row) == places[row][0]
    found = [
        (part, [c.row for c in local]) for part, local in enumerate(by_part([drop(row)], sizes)) if local
    ]
    assert found == [(places[row][0], [places[row][1]])]


def test_a_row_that_no_part_has_is_named() -> None:
    with pytest.raises(InputError, match=r"There is no row 3 in a dataset of 3 rows\."):
        by_part([drop(3)], [1, 2])
