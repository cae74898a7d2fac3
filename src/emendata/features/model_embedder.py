"""An embedder that a person chose: a model of some library, a file or a function, held to what we ask of our own."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from emendata.errors import EmendataError, InputError
from emendata.features.block import Block, Item, Vectors
from emendata.features.model_block import model_block
from emendata.features.model_items import Unready, read_items
from emendata.records import Float32Array, Role

__all__ = ["Embed", "ModelEmbedder"]

Embed = Callable[[Sequence[Any]], Any]
"""Turns texts, pictures (Pillow's, in RGB) or sounds (`Sound`) into one line of numbers each."""

_MEDIA_AT_ONCE = 32  # decoded pictures are large


@dataclass(eq=False)
class ModelEmbedder:
    """A `RowEmbedder` around what turns ready items into numbers.

    Parameters
    ----------
    title : str
        What messages call it.
    role : Role
        Text, image or audio.
    naming : callable
        Returns the name that vectors are kept under; may take time, for a large local file.
    load : callable
        Returns what embeds; called when it is first needed.
    gap : callable
        Returns in a sentence what has to be installed first, or None.
    is_lasting : bool
        Whether vectors may be kept: not those of a function that may be another one the next time.
    most : int, optional
        Pixels along the longer side that pictures are shrunk to.
    """

    title: str
    role: Role
    naming: Callable[[], str]
    load: Callable[[], Embed]
    gap: Callable[[], str | None] = lambda: None
    is_lasting: bool = True
    most: int | None = None

    def __post_init__(self) -> None:
        self._width = 0

    @cached_property
    def name(self) -> str:
        """The name that vectors are kept under: it changes when the vectors do."""
        return self.naming()

    def obstacle(self) -> str | None:
        """Return in a sentence what has to be installed first, or None."""
        return self.gap()

    def vectors(self, items: Sequence[Item]) -> Vectors:
        """Embed items; blank texts are rows of zeros.

        Raises
        ------
        InputError
            If the model cannot be loaded, fails, or gives something else than finite numbers, one line an item.
        """
        step = len(items) if self.role is Role.TEXT else _MEDIA_AT_ONCE
        parts = [self._embedded(items[start : start + step]) for start in range(0, len(items), step or 1)]
        width = max((part.values.shape[1] for part in parts), default=self._width)
        values = np.zeros((len(items), width), dtype=np.float32)
        start = 0
        for part in parts:
            values[start : start + len(part.values), : part.values.shape[1]] = part.values
            start += len(part.values)
        return Vectors(values, tuple(problem for part in parts for problem in part.problems))

    def block(self, values: Float32Array, seed: int) -> Block:
        """Return few directions (dense) and all numbers at a length that suits linear models (wide)."""
        return model_block(values, self.role, seed)

    def _embedded(self, items: Sequence[Item]) -> Vectors:
        things = read_items(items, self.role, most=self.most)
        problems = tuple(str(thing) if isinstance(thing, Unready) else "" for thing in things)
        rows = [row for row, thing in enumerate(things) if not isinstance(thing, Unready)]
        if not rows:
            return Vectors(np.zeros((len(items), self._width), dtype=np.float32), problems)
        found = self._checked(self._run([things[row] for row in rows]), len(rows))
        values = np.zeros((len(items), found.shape[1]), dtype=np.float32)
        values[rows] = found
        return Vectors(values, problems)

    @cached_property
    def _embed(self) -> Embed:
        with _told(
            f"{self.title} cannot be loaded", "Spell it as its library does; it must be here or online."
        ):
            return self.load()

    def _run(self, things: Sequence[Any]) -> Any:
        embed = self._embed
        with _told(f"{self.title} fails on {len(things)} {_NOUNS[self.role]}"):
            return embed(things)

    def _checked(self, found: Any, n_items: int) -> Float32Array:
        wanted = f"{self.title} must give one line of numbers for each of {n_items} {_NOUNS[self.role]}"
        try:
            values = np.asarray(found.detach().cpu() if hasattr(found, "detach") else found, dtype=np.float32)
        except (TypeError, ValueError) as error:
            raise InputError(f"{wanted}; it gave something else ({error}).") from error
        if values.ndim != 2 or len(values) != n_items or not values.shape[1]:
            raise InputError(f"{wanted}; it gave an array of shape {values.shape}.")
        if not np.isfinite(values).all():
            n_bad = int((~np.isfinite(values).all(axis=1)).sum())
            raise InputError(f"{wanted}; {n_bad} of the lines hold NaN or infinity.")
        if self._width not in (0, values.shape[1]):
            raise InputError(f"{wanted}, always equally many; it gave {self._width}, then {values.shape[1]}.")
        self._width = values.shape[1]
        return values


_NOUNS = {Role.TEXT: "texts", Role.IMAGE: "images", Role.AUDIO: "sounds"}


@contextmanager
def _told(what: str, way_out: str = "") -> Iterator[None]:
    """Tell in one sentence what a library or a person's function raised."""
    try:
        yield
    except (EmendataError, MemoryError):
        raise
    except Exception as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        why = f": {lines[0].rstrip('.')}" if lines else ""
        raise InputError(f"{what} ({type(error).__name__}{why}). {way_out}".rstrip()) from error
