"""Pictures and sounds of the rows that a report shows."""

import base64
import io
from pathlib import Path

import numpy as np
from PIL import Image
from tests.features.pictures import encoded, photo
from tests.features.sounds import hum, packed

from emendata.data import Dataset, open_dataset
from emendata.pipeline.previews import make_previews
from emendata.records import Card, NearRow, Preview, Role


def card(row: int, related: tuple[int, ...] = (), near: tuple[int, ...] = ()) -> Card:
    nearest = tuple(NearRow(other, None, 0.5, "") for other in near)
    return Card(row, str(row), None, 0.1, None, None, None, "It looks odd.", (), nearest, related)


def folder_of(tmp_path: Path, files: dict[str, bytes]) -> Dataset:
    for name, data in files.items():
        (tmp_path / "set" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "set" / name).write_bytes(data)
    return open_dataset(tmp_path / "set")


def shown(preview: Preview) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(preview.uri.partition(",")[2])))


def test_rows_that_cards_are_about_or_mention_are_shown_and_no_others(tmp_path: Path) -> None:
    data = folder_of(tmp_path, {f"a/{i}.png": encoded(photo(seed=i)) for i in range(6)})
    previews = make_previews(data, [card(4, related=(1,)), card(2, near=(4, 5))])
    assert sorted(previews) == [1, 2, 4, 5]
    assert all(preview.role == Role.IMAGE and preview.column == "image" for (preview,) in previews.values())


def test_a_small_picture_is_shown_to_the_pixel_and_a_large_one_small(tmp_path: Path) -> None:
    small = photo().resize((28, 28))
    data = folder_of(tmp_path, {"a/1.png": encoded(small), "a/2.png": encoded(photo().resize((900, 300)))})
    previews = make_previews(data, [card(0), card(1)])
    assert np.array_equal(np.asarray(shown(previews[0][0])), np.asarray(small))
    assert shown(previews[1][0]).size == (112, 37)
    assert len(previews[1][0].uri) < 10_000


def test_what_cannot_be_seen_has_no_preview(tmp_path: Path) -> None:
    data = folder_of(tmp_path, {"a/1.png": b"", "a/2.png": b"GIF8", "a/3.png": encoded(photo())})
    (tmp_path / "set" / "a" / "3.png").unlink()
    assert make_previews(data, [card(0), card(1), card(2)]) == {}


def test_short_sounds_can_be_played_and_long_ones_not(tmp_path: Path) -> None:
    short, long = packed(hum(0.5)), packed(hum(20))
    data = folder_of(tmp_path, {"a/1.wav": short, "a/2.wav": long})
    previews = make_previews(data, [card(0), card(1)])
    assert list(previews) == [0]
    assert base64.b64decode(previews[0][0].uri.removeprefix("data:audio/wav;base64,")) == short


def test_a_table_without_media_has_none() -> None:
    assert make_previews(open_dataset({"a": [1.5, 2.5], "b": ["x", "y"]}), [card(0)]) == {}
