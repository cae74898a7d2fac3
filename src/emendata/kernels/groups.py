"""Groups of rows that belong together, from pairs or from equal keys."""

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from emendata.records import IntArray

__all__ = ["groups_of_equals", "groups_of_pairs"]


def groups_of_equals(keys: npt.NDArray[np.generic]) -> list[IntArray]:
    """Rows with equal keys, each group ascending, groups by first row; single rows are left out."""
    order = np.argsort(keys, kind="stable")
    borders = np.flatnonzero(keys[order][1:] != keys[order][:-1]) + 1
    return _in_order([part for part in np.split(order, borders) if len(part) > 1])


def groups_of_pairs(first: IntArray, second: IntArray, n: int) -> list[IntArray]:
    """Return the connected components of the graph whose edges are the pairs; single rows are left out."""
    graph = coo_matrix((np.ones(len(first), dtype=bool), (first, second)), shape=(n, n))
    _, component = connected_components(graph, directed=False)
    return groups_of_equals(component)


def _in_order(groups: list[IntArray]) -> list[IntArray]:
    return sorted((np.sort(group).astype(np.int64) for group in groups), key=lambda group: int(group[0]))
