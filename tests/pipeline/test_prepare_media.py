"""What is measured on images and sounds: once, and kept by content."""

from pathlib import Path

import numpy as np
from tests.features.pictures import encoded, photo
from tests.features.sounds import hum, packed

import emendata as em
from emendata.data import open_dataset
from emendata.features import IMAGE_TRAITS
from emendata.pipeline import Preparation, forecast
from emendata.store import MemoryShelf


def folder_of_images(path: Path, n: int) -> Path:
    for i in range(n):
        home = path / "set" / "ab"[i % 2]
        home.mkdir(parents=True, exist_ok=True)
        (home / f"{i:02d}.png").write_bytes(encoded(photo(40, 30, seed=i)))
    return path / "set"


def test_a_grown_folder_measures_only_what_is_new(tmp_path: Path) -> None:
    shelf, counts = MemoryShelf(), []

    def note(stage: str, done: int, total: int) -> None:
        if stage.startswith("Measuring"):
            counts.append(total)

    first = Preparation(open_dataset(folder_of_images(tmp_path, 6)), shelf, on_progress=note)
    assert first.pictures["image"].values.shape == (6, len(IMAGE_TRAITS))
    assert first.looks["image"].shape == (6, 64)
    assert set(counts) == {6}
    counts.clear()
    grown = Preparation(open_dataset(folder_of_images(tmp_path, 8)), shelf, on_progress=note)
    assert grown.pictures["image"].values.shape == (8, len(IMAGE_TRAITS))
    assert set(counts) == {2}


def test_what_cannot_be_read_has_no_traits(tmp_path: Path) -> None:
    path = folder_of_images(tmp_path, 4)
    (path / "a" / "00.png").write_bytes(b"\x89PNG")
    made = Preparation(open_dataset(path), MemoryShelf())
    assert np.isnan(made.pictures["image"].values).all(axis=1).tolist() == [True, False, False, False]
    assert np.isnan(made.looks["image"]).all(axis=1).sum() == 1


def test_a_forecast_names_the_measuring_and_an_audit_then_has_done_it(tmp_path: Path) -> None:
    data, shelf = open_dataset(folder_of_images(tmp_path, 12)), MemoryShelf()
    stage = "Measuring column 'image'"
    expected = forecast(Preparation(data, shelf), needs={"looks"})
    assert list(expected.stages) == [stage]
    assert expected.stages[stage] > 0
    assert Preparation(data, shelf).looks
    again = forecast(Preparation(data, shelf), needs={"looks"})
    assert (dict(again.stages), again.done) == ({}, (stage,))


def test_an_audit_shows_damaged_images_and_sounds_on_cards_with_pictures(tmp_path: Path) -> None:
    path = folder_of_images(tmp_path, 30)
    (path / "a" / "dark.png").write_bytes(encoded(photo(40, 30, seed=99).point(lambda value: value // 10)))
    (path / "b" / "copy.png").write_bytes(encoded(photo(40, 30, seed=3).resize((80, 60)), "JPEG"))
    audit = em.Audit(path, mode="quick", checks=["dark", "perceptual_duplicate"]).run()
    found = {(issue["check"], Path(issue["id"]).name) for issue in audit.issues.to_pylist()}
    assert found == {
        ("dark", "dark.png"),
        ("perceptual_duplicate", "copy.png"),
        ("perceptual_duplicate", "03.png"),
    }
    cards = [card for check in audit.summary.checks for card in check.cards]
    shown = {row for card in cards for row in (card.row, *card.related)}
    assert shown <= audit.summary.previews.keys()
    calls = [packed(hum(0.5 + i / 100, pitch=300 + 40 * i)) for i in range(12)]
    calls[5] = packed(0 * hum(0.5))
    sounds = {"call": calls, "y": ["a", "b"] * 6}
    silent = em.Audit(sounds, label="y", roles={"call": "audio"}, mode="quick", checks=["silent"]).run()
    assert silent.issues["row"].to_pylist() == [5]
