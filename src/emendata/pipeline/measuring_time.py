"""How long it will take to measure the images and sounds of a dataset, from measuring some of them."""

import time
from collections.abc import Collection

import numpy as np

from emendata.features import embed_items, items_of
from emendata.pipeline.prepare import Preparation
from emendata.pipeline.prepare_media import measuring
from emendata.pipeline.vectors import count_unknown

__all__ = ["measuring_seconds"]

_TRIED = 64  # rows of each column


def measuring_seconds(
    preparation: Preparation, needs: Collection[str]
) -> tuple[tuple[str, ...], dict[str, float]]:
    """Return which columns are measured already, and the seconds that the others are expected to take, by stage.

    Some rows of each are measured, drawn at random; time is taken to be in proportion to the items.

    Parameters
    ----------
    preparation : Preparation
        Nothing is put on its shelf.
    needs : collection of str
        The inputs that the checks need.
    """
    done, expected = [], {}
    rows = np.sort(np.random.default_rng(preparation.seed).permutation(preparation.dataset.n_rows)[:_TRIED])
    for stage, name, measurer in measuring(preparation.dataset, needs):
        n_unknown = count_unknown(preparation.shelf, measurer, items_of(preparation.dataset, name))
        if not n_unknown:
            done.append(stage)
            continue
        sample = preparation.dataset.media[name].take(rows.tolist())
        n_tried = len(set(filter(None, sample.hashes)))
        embed_items(measurer, sample.take([0]))  # what it needs is imported
        started = time.perf_counter()
        embed_items(measurer, sample)
        expected[stage] = (time.perf_counter() - started) * n_unknown / max(n_tried, 1)
    return tuple(done), expected
