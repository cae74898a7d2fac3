"""Groups of rows that belong together, from pairs or from equal keys."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from emendata.records import IntArray

__all__ = ["groups_of_equals", "groups_of_pairs", "joined_keys"]


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


def joined_keys(keys: Sequence[IntArray]) -> IntArray:
    """Return numbers that are equal for rows that agree in any of the keys, directly or through other rows.

    Parameters
    ----------
    keys : sequence of int array of shape (n,)
        At least one.

    Examples
    --------
    >>> joined_keys([np.array([0, 0, 1, 2]), np.array([5, 6, 6, 7])]).tolist()
    [0, 0, 0, 1]
    """
    n = len(keys[0])
    rows, values, n_nodes = [], [], n
    for key in keys:
        inverse = np.unique(key, return_inverse=True)[1]
        rows.append(np.arange(n))
        values.append(n_nodes + inverse)
        n_nodes += int(inverse.max(initial=-1)) + 1
    edges = (np.concatenate(rows), np.concatenate(values))
    graph = coo_matrix((np.ones(len(edges[0]), dtype=bool), edges), shape=(n_nodes, n_nodes))
    _, component = connected_components(graph, directed=False)
    return np.unique(component[:n], return_inverse=True)[1].astype(np.int64)


def _in_order(groups: list[IntArray]) -> list[IntArray]:
    return sorted((np.sort(group).astype(np.int64) for group in groups), key=lambda group: int(group[0]))
