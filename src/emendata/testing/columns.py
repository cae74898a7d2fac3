"""Columns of cells, texts and measured items with an error of every kind in them."""

from typing import Any

import numpy as np

from emendata.checks.inputs import CellColumn, CellKind, CellPrediction, Languages, Traits
from emendata.records import Float32Array

__all__ = [
    "N_ROWS",
    "sample_cells",
    "sample_copies",
    "sample_languages",
    "sample_pictures",
    "sample_predictions",
    "sample_sounds",
    "sample_texts",
]

N_ROWS = 90


def sample_cells() -> dict[str, CellColumn]:
    """Return columns of 90 cells with an error of every kind, in the rows that are named for them."""
    at = np.arange(N_ROWS)
    place = np.array(["Northwood", "Lakeside", "Hillcrest"], object)[at % 3]
    misspelt, in_another_case, unknown = 6, 7, 8
    place[[misspelt, in_another_case, unknown]] = "Northwod", "lakeside", "unknown"
    zone = np.array(["N", "L", "H"], object)[at % 3]
    soil = np.array(["sand", "clay", "peat"], object)[at % 3]
    of_another_place = 22
    zone[of_another_place] = "H"
    plot = np.array([f"{zone[i]}-{i:03d}" for i in at], object)
    without_hyphen = 31
    plot[without_hyphen] = "L031"
    height = 10.0 + at * 7 % 20
    girth = 3 * height + at % 2
    in_millimetres, with_unit, standing_for_none = 41, 42, (43, 44)
    girth[in_millimetres] *= 1000
    girth[list(standing_for_none)] = -999
    texts = np.array([f"{number:g}" for number in girth], object)
    texts[with_unit] += " cm"
    girth[with_unit] = np.nan
    days = 15_340.0 + at  # from 2012-01-01
    swapped = 36
    days[swapped] = 15_493  # 2012-06-02
    dates = days.astype(np.int64).astype("datetime64[D]").astype(str).astype(object)
    return {
        "place": _sample_cells("word", place),
        "zone": _sample_cells("word", zone),
        "soil": _sample_cells("word", soil),
        "plot": _sample_cells("word", plot),
        "height": _sample_cells("number", np.array([f"{number:g}" for number in height], object), height),
        "girth": _sample_cells("number", texts, girth),
        "planted": _sample_cells("date", dates, days),
    }


def _sample_cells(kind: CellKind, texts: Any, numbers: Any = None) -> CellColumn:
    values, first, codes = np.unique(texts.astype(str), return_index=True, return_inverse=True)
    by_value = None if numbers is None else numbers[first]
    return CellColumn(kind, codes.astype(np.int32), tuple(values.tolist()), by_value)


def sample_predictions() -> dict[str, CellPrediction]:
    """Return what is expected of zones: another one in one row."""
    zone = sample_cells()["zone"].codes.astype(np.float64)
    given = np.full(N_ROWS, 0.99)
    zone[22], given[22] = zone[1], 1e-4
    return {"zone": CellPrediction(zone, np.full(N_ROWS, 0.99), given)}


def sample_texts() -> list[str | None]:
    """Return the notes of the sample: one with each kind of error in texts."""
    subjects = ("The old ash", "This elm", "A young oak", "That tree", "Our neighbour's oak")
    verbs = ("stands near", "was planted by", "shades", "has grown beside", "leans over")
    places = ("the river", "a stone wall", "the village school", "our garden", "an empty field", "the road")
    notes: list[str | None] = [
        f"{subjects[i % 5]} {verbs[i // 5 % 5]} {places[i % 6]}, in its year {i + 11}." for i in range(N_ROWS)
    ]
    wrong = {
        2: None,
        5: " \u200b ",
        9: "Die alte Esche steht schon sehr lange dort drüben am Ufer des Flusses.",
        13: "The cafÃ© beneath the ash was planted by a school in its year 24.",
        17: "This elm<br/> shades <b>our garden</b>, in its year 28.",
        22: "xkqzvv wrtpsd fghjkl zzzzqx bvcxzq wrtplk",
        24: "The old ash was planted by the river, in its very own year 35.",
        25: "The old ash was planted by the river, in its very own year 36.",
        26: "This oak shades the road today. " * 12,
        31: "This elm was planted by the village school, and [...]",
        35: "lorem ipsum",
        41: "### Response: That tree shades a stone wall, in its year 52.",
        46: "Ask ann.smith@forest.example about the oak beside the road, in its year 57.",
        52: "That shitty elm leans over the road, in its year 63.",
        58: "The old ash "
        + "stands near the river and " * 2
        + "so on: "
        + " ".join(map(str, range(1500)))
        + ".",
    }
    for row, text in wrong.items():
        notes[row] = text
    return notes


def sample_languages() -> Languages:
    """Return the languages of the notes of the sample."""
    codes = np.zeros(N_ROWS, dtype=np.int64)
    codes[[2, 5, 35]] = -1
    codes[9] = 1
    sure = np.where(codes >= 0, 0.999, 0.0).astype(np.float32)
    return Languages(("en", "de"), codes, sure, np.where(codes == 0, 1.0, 0.0).astype(np.float32))


def sample_pictures(seed: int) -> Traits:
    """Return ordinary pictures, and one with each fault."""
    usual = {
        "width": 640.0,
        "height": 480.0,
        "elongation": 4 / 3,
        "turn": 1.0,
        "blocks": 0.33,
        "grey_tail": 0.0,
        "bright": 0.9,
        "shadow": 0.2,
        "contrast": 0.8,
        "entropy": 7.0,
        "colour": 0.3,
        "sharpness": 0.7,
        "border": 0.0,
    }
    faults = {
        "bright": 0.1,
        "shadow": 0.98,
        "sharpness": 0.1,
        "width": 64.0,
        "elongation": 6.0,
        "entropy": 0.2,
        "colour": 0.0,
        "turn": 6.0,
        "border": 0.4,
        "contrast": 0.05,
        "blocks": 0.9,
        "grey_tail": 0.5,
    }
    return _sample_traits(seed, usual, faults)


def sample_sounds(seed: int) -> Traits:
    """Return ordinary sounds, and one with each fault."""
    usual = {"seconds": 3.0, "rate": 16_000.0, "level": 80.0, "clipped": 0.0}
    return _sample_traits(seed, usual, {"level": 0.0, "clipped": 0.2, "seconds": 0.01, "rate": 8_000.0})


def _sample_traits(seed: int, usual: dict[str, float], faults: dict[str, float]) -> Traits:
    """Return traits that vary a little where they are fractions; the last row could not be read."""
    names, rng = tuple(usual), np.random.default_rng(seed)
    values = np.tile(np.array(list(usual.values()), np.float32), (N_ROWS, 1))
    varies = [not value.is_integer() for value in usual.values()]
    values[:, varies] *= 1 + 0.02 * rng.normal(size=(N_ROWS, sum(varies)))
    for row, (name, value) in enumerate(faults.items()):
        values[row, names.index(name)] = value
    values[-1] = np.nan
    return Traits(names, values)


def sample_copies(seed: int, width: int) -> Float32Array:
    """Return rows of numbers of which two are almost the same, and one could not be read."""
    values = 100 * np.random.default_rng(seed).normal(size=(N_ROWS, width)).astype(np.float32)
    values[7] = values[6] + np.float32(0.01)
    values[-1] = np.nan
    return values
