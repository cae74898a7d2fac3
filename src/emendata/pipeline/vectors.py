"""Vectors of images, sounds and sentences, kept under the content of each."""

import numpy as np

from emendata.features import Batch, Items, Vectors, embed_items
from emendata.features.block import ItemReader, OnStep
from emendata.pipeline.edition import EDITION
from emendata.store import Artifact, Shelf, fingerprint

__all__ = ["count_unknown", "kept_vectors"]


def kept_vectors(shelf: Shelf, embedder: ItemReader, items: Items, on_step: OnStep) -> Vectors:
    """Embed the items of a column that no earlier audit of this project has embedded.

    Each batch is on the shelf as soon as it is there: an interrupted audit goes on with the next one, and an audit
    of a grown dataset embeds what is new.
    """
    kind = _kind(embedder)

    def keep(batch: Batch) -> None:
        facts = {"hashes": list(batch.hashes), "problems": list(batch.vectors.problems)}
        shelf.keep(fingerprint(kind, facts["hashes"]), kind, {"values": batch.vectors.values}, facts)

    wanted = set(items.hashes)
    kept = (found for found in shelf.recall_kind(kind) if not wanted.isdisjoint(found.facts["hashes"]))
    return embed_items(embedder, items, on_step, known=map(_batch, kept), keep=keep)


def count_unknown(shelf: Shelf, embedder: ItemReader, items: Items) -> int:
    """Return how many different items of a column have no vector on the shelf."""
    unknown = set(filter(None, items.hashes))
    for found in shelf.recall_kind(_kind(embedder)):
        unknown.difference_update(found.facts["hashes"])
    return len(unknown)


def _kind(embedder: ItemReader) -> str:
    return f"vectors {embedder.name} {EDITION}"


def _batch(kept: Artifact) -> Batch:
    """Read a batch into memory: thousands of mapped files are more than a system opens at once."""
    values = np.array(kept.arrays["values"])
    return Batch(tuple(kept.facts["hashes"]), Vectors(values, tuple(kept.facts["problems"])))
