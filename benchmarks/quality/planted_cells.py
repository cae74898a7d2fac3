"""Errors of known kind in the cells of real tables: typing, form, swapped dates, units and signs, and stand-ins."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["KINDS", "plant"]

KINDS = ("typo", "format", "date", "unit", "sentinel")

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_FACTORS = (10, 100, 1000, 2.54, 0.3048, 0.4536, 1.609)
_WORDS = ("unknown", "n/a", "?", "-")
_NUMBERS = ("-1", "-999", "999", "9999")

Words = pd.Series
Maker = Callable[[str, np.random.Generator], str]


def plant(
    table: pd.DataFrame, share: float, seed: int
) -> tuple[pd.DataFrame, dict[tuple[int, str], tuple[str, str]]]:
    """Return the table as texts with errors, and for each wrong cell what stood there and the kind of error.

    Each kind goes into a part ``share`` of the filled cells of every column that it suits.
    """
    rng = np.random.default_rng(seed)
    texts = as_texts(table)
    wrong: dict[tuple[int, str], tuple[str, str]] = {}
    for name in texts.columns:
        clean = texts[name].to_numpy(dtype=object)
        filled = np.array([i for i, text in enumerate(clean) if text], dtype=np.int64)
        free = list(rng.permutation(filled))
        for kind, make in _makers(clean[filled], rng).items():
            left = max(1, round(share * len(filled)))
            while left and free:
                row = int(free.pop())
                new = make(str(clean[row]), rng)
                if new.strip() != clean[row].strip() or new != clean[row]:
                    wrong[row, str(name)] = (str(clean[row]), kind)
                    texts.iloc[row, texts.columns.get_loc(name)] = new
                    left -= 1
    return texts, wrong


def as_texts(table: pd.DataFrame) -> pd.DataFrame:
    """Return the cells as a CSV file would have them, "" where they are missing."""
    return pd.DataFrame({str(name): [_text(cell) for cell in table[name]] for name in table.columns})


def _text(cell: Any) -> str:
    if cell is None or (isinstance(cell, float) and np.isnan(cell)) or cell is pd.NaT or cell is pd.NA:
        return ""
    if isinstance(cell, pd.Timestamp):
        return str(cell.date())
    if isinstance(cell, float | np.floating):
        return repr(float(cell)).removesuffix(".0")
    return str(cell).strip()


def _makers(cells: np.ndarray, rng: np.random.Generator) -> dict[str, Maker]:
    distinct = set(cells)
    if all(_is_date(cell) for cell in distinct):
        return {"date": _swapped, "format": _other_date, "sentinel": lambda cell, _: "1900-01-01"}
    numbers = [number for number in map(_number, distinct) if number is not None]
    if len(numbers) == len(distinct):
        if len(distinct) <= 10 or (
            all(number % 1 == 0 for number in numbers) and len(distinct) == len(cells)
        ):
            return {}  # codes and ids
        made: dict[str, Maker] = {"format": _other_number, "unit": _other_unit}
        outside = [word for word in _NUMBERS if not min(numbers) <= float(word) <= max(numbers)]
        if outside:  # one that stands for missing in the whole column
            word = str(rng.choice(outside))
            made["sentinel"] = lambda cell, _: word
        return made
    if len(distinct) > 0.5 * len(cells):
        return {"format": _other_word}  # names and texts
    word = str(rng.choice(_WORDS))
    long = sum(len(cell) >= 5 for cell in cells) > 0.5 * len(cells)
    rest: dict[str, Maker] = {"format": _other_word, "sentinel": lambda cell, _: word}
    return {"typo": _misspelt, **rest} if long else rest


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def _is_date(cell: str) -> bool:
    return len(cell) >= 10 and cell[4:5] == "-" and cell[7:8] == "-" and cell[:4].isdigit()


def _swapped(cell: str, _: np.random.Generator) -> str:
    return f"{cell[:4]}-{cell[8:10]}-{cell[5:7]}{cell[10:]}"


def _other_date(cell: str, rng: np.random.Generator) -> str:
    year, month, day = cell[:4], cell[5:7], cell[8:10]
    return str(rng.choice([f"{year}/{month}/{day}", f"{day}.{month}.{year}", f"{year}{month}{day}"]))


def _other_number(cell: str, rng: np.random.Generator) -> str:
    if "." in cell and rng.random() < 0.5:
        return cell.replace(".", ",")
    return str(rng.choice([f"{cell} kg", f"{cell}%", f"${cell}"]))


def _other_unit(cell: str, rng: np.random.Generator) -> str:
    number = float(cell)
    if number == 0:
        return cell
    if rng.random() < 0.2:
        return f"{-number:g}"
    factor = float(rng.choice(_FACTORS))
    return f"{number * factor if rng.random() < 0.5 else number / factor:.6g}"


def _other_word(cell: str, rng: np.random.Generator) -> str:
    ways = [
        cell.upper(),
        cell.lower(),
        f"{cell} ",
        f" {cell}",
        cell.replace(" ", "  "),
        cell.replace(" ", "_"),
    ]
    other = [way for way in ways if way != cell]
    return str(rng.choice(other))


def _misspelt(cell: str, rng: np.random.Generator) -> str:
    letters = [i for i, letter in enumerate(cell) if letter.isalpha()]
    if len(cell) < 5 or len(letters) < 4:
        return cell
    i = int(rng.choice(letters))
    kind = rng.integers(4)
    if kind == 0:
        return cell[:i] + cell[i + 1 :]
    if kind == 1:
        return cell[:i] + cell[i] + cell[i:]
    if kind == 2 and i + 1 < len(cell):
        return cell[:i] + cell[i + 1] + cell[i] + cell[i + 2 :]
    return cell[:i] + _beside(cell[i], rng) + cell[i + 1 :]


def _beside(letter: str, rng: np.random.Generator) -> str:
    for line in _KEYS:
        if (at := line.find(letter.lower())) >= 0:
            other = line[max(at - 1, 0) : at] + line[at + 1 : at + 2]
            chosen = str(rng.choice(list(other)))
            return chosen.upper() if letter.isupper() else chosen
    return letter
