"""How many rows have each value of a field: lists with counts, and histograms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from emendata.records import BoolArray
from emendata.selection.fields import ClassField, Field, FlagField, NumberField

__all__ = ["Bin", "Count", "Facet", "facet_of"]


@dataclass(frozen=True)
class Count:
    """A value, how many of the chosen rows have it, and how many of all rows. An empty value is none."""

    value: str
    title: str
    n: int
    n_all: int


@dataclass(frozen=True)
class Bin:
    """Numbers from ``low`` up to ``high``, the highest bin with it: how many of the chosen rows, and of all."""

    low: float
    high: float
    n: int
    n_all: int


@dataclass(frozen=True)
class Facet:
    """A field with its counts: ``counts`` where it has values, ``bins`` where it is a number."""

    field: str
    title: str
    kind: Literal["values", "numbers", "text"]
    counts: tuple[Count, ...] = ()
    bins: tuple[Bin, ...] = ()


def facet_of(field: Field, among: BoolArray | None) -> Facet:
    """Return the counts of a field among some rows, shape (n,), or among all where ``among`` is None.

    Examples
    --------
    >>> import numpy as np
    >>> field = ClassField("given", "Given label", ("cat", "dog"), np.array([0, 1, 1, -1], np.int32))
    >>> [(c.value, c.n, c.n_all) for c in facet_of(field, np.array([True, True, False, True])).counts]
    [('cat', 1, 1), ('dog', 1, 2), ('', 1, 1)]
    """
    if isinstance(field, NumberField):
        return _histogram(field, among)
    if isinstance(field, ClassField | FlagField):
        return _values(field, among)
    return Facet(field.name, field.title, "text")


def _values(field: ClassField | FlagField, among: BoolArray | None) -> Facet:
    every = field.counts()
    chosen = every if among is None else field.counts(among)
    values, titles = [*field.values], [*getattr(field, "titles", field.values)]
    if len(every) > len(values):
        values, titles = [*values, ""], [*titles, "none"]
    counts = (
        Count(value, title, n, n_all)
        for value, title, n, n_all in zip(values, titles, chosen.tolist(), every.tolist(), strict=True)
        if n_all
    )
    return Facet(field.name, field.title, "values", counts=tuple(counts))


def _histogram(field: NumberField, among: BoolArray | None) -> Facet:
    every = field.counts()
    chosen = every if among is None else field.counts(among)
    edges = field.edges.tolist()
    bins = tuple(map(Bin, edges[:-1], edges[1:], chosen.tolist()[:-1], every.tolist()[:-1]))
    none = (Count("", "none", int(chosen[-1]), int(every[-1])),) if every[-1] else ()
    return Facet(field.name, field.title, "numbers", counts=none, bins=bins)
