"""Vectors of images, sounds and sentences, kept under the content of each."""

from emendata import __version__
from emendata.features import Batch, Items, RowEmbedder, Vectors, embed_items
from emendata.features.block import OnStep
from emendata.store import Artifact, Shelf, fingerprint

__all__ = ["kept_vectors"]


def kept_vectors(shelf: Shelf, embedder: RowEmbedder, items: Items, on_step: OnStep) -> Vectors:
    """Embed the items of a column that no earlier audit of this project has embedded.

    Each batch is on the shelf as soon as it is there: an interrupted audit goes on with the next one, and an audit
    of a grown dataset embeds what is new.
    """
    kind = f"vectors {embedder.name} {__version__}"

    def keep(batch: Batch) -> None:
        facts = {"hashes": list(batch.hashes), "problems": list(batch.vectors.problems)}
        shelf.keep(fingerprint(kind, facts["hashes"]), kind, {"values": batch.vectors.values}, facts)

    return embed_items(embedder, items, on_step, known=map(_batch, shelf.recall_kind(kind)), keep=keep)


def _batch(kept: Artifact) -> Batch:
    return Batch(tuple(kept.facts["hashes"]), Vectors(kept.arrays["values"], tuple(kept.facts["problems"])))
