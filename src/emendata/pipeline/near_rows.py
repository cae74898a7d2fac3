"""The rows that a flagged row is shown beside: the nearest, and the nearest with the labels in question."""

from collections.abc import Iterable, Sequence

import numpy as np

from emendata.data import Dataset
from emendata.features import feature_columns
from emendata.kernels.nearest_among import nearest_among
from emendata.pipeline.excerpts import excerpt
from emendata.pipeline.prepare import Preparation
from emendata.records import IntArray, NearRow

__all__ = ["near_among", "near_rows"]

_NEAREST = 5
_WITH_LABEL = 2


def near_rows(
    dataset: Dataset,
    preparation: Preparation,
    rows: Sequence[int],
    labels: Sequence[tuple[str | None, ...]],
    given: Sequence[str | None] | None,
) -> list[tuple[NearRow, ...]]:
    """Return for each row the nearest five, and where these lack them the nearest two with each of its ``labels``.

    Parameters
    ----------
    dataset, preparation
        Where the rows come from.
    rows : sequence of int
    labels : sequence of tuple
        For each row the labels between which it stands, such as the given and the suggested one.
    given : sequence of str, optional
        The label of every row of the dataset.

    Returns
    -------
    list of tuple of NearRow
        Nearest first; empty if rows cannot be compared.
    """
    if not feature_columns(dataset) or dataset.n_rows < 3:
        return [() for _ in rows]
    near = preparation.neighbors
    found = [
        dict(zip(near.rows[row, :_NEAREST].tolist(), near.distances[row, :_NEAREST].tolist(), strict=True))
        for row in rows
    ]
    if given is not None:
        for label, places in _standing_between(labels):
            lacking = [i for i in places if sum(given[row] == label for row in found[i]) < _WITH_LABEL]
            if lacking:
                _add_nearest(preparation, label, [rows[i] for i in lacking], [found[i] for i in lacking])
    return [
        tuple(
            NearRow(
                row=other,
                label=None if given is None else given[other],
                distance=distance,
                excerpt=excerpt(dataset, other),
            )
            for other, distance in sorted(of_row.items(), key=lambda item: (item[1], item[0]))
        )
        for of_row in found
    ]


def near_among(
    dataset: Dataset,
    preparation: Preparation,
    row: int,
    members: IntArray,
    k: int,
    given: Sequence[str | None] | None,
) -> tuple[NearRow, ...]:
    """Return the ``k`` of some rows that are nearest to one row, nearest first; empty if rows cannot be compared."""
    members = np.sort(members[members != row])
    if not feature_columns(dataset) or not len(members):
        return ()
    nearest, distances = nearest_among(preparation.points, np.array([row], np.int64), members, k)
    return tuple(
        NearRow(other, None if given is None else given[other], apart, excerpt(dataset, other))
        for other, apart in zip(nearest[0].tolist(), distances[0].tolist(), strict=True)
        if other >= 0
    )


def _standing_between(labels: Sequence[tuple[str | None, ...]]) -> Iterable[tuple[str, list[int]]]:
    """Return every label in question with the places of the rows that stand between it and another."""
    places: dict[str, list[int]] = {}
    for place, of_row in enumerate(labels):
        for label in of_row:
            if label is not None:
                places.setdefault(label, []).append(place)
    return places.items()


def _add_nearest(
    preparation: Preparation, label: str, rows: Sequence[int], found: Sequence[dict[int, float]]
) -> None:
    labels = preparation.seen_labels
    if labels is None or label not in labels.classes:
        return
    members = np.flatnonzero(labels.codes == labels.classes.index(label))
    nearest, distances = nearest_among(preparation.points, np.asarray(rows, np.int64), members, _WITH_LABEL)
    for of_row, others, apart in zip(found, nearest.tolist(), distances.tolist(), strict=True):
        for other, distance in zip(others, apart, strict=True):
            if other >= 0:
                of_row.setdefault(other, distance)
