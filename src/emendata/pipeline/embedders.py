"""Which embedders read a dataset's columns one item at a time, and why others do not."""

from collections.abc import Mapping
from dataclasses import dataclass

from emendata.data import Dataset
from emendata.features import RowEmbedder, feature_columns, row_embedders, sentence_obstacle, word_pieces
from emendata.pipeline.effort import Effort
from emendata.records import Role

__all__ = ["EmbedderChoice", "choose_embedders"]


@dataclass(frozen=True)
class EmbedderChoice:
    """The names of the embedders, one for each column and embedder, whether sentences are read, and why not."""

    names: tuple[str, ...]
    reads_sentences: bool
    left_out: str | None


def choose_embedders(
    dataset: Dataset, effort: Effort, named: Mapping[str, RowEmbedder] | None = None
) -> EmbedderChoice:
    """Choose what was named for a column, else by what is installed, and how much text there is for a mode's time.

    Raises
    ------
    InputError
        If nothing that is installed can read a column of images or sounds.
    """
    texts = [dataset.table.column(name) for name in dataset.names(Role.TEXT) if name not in (named or {})]
    pieces = sum(map(word_pieces, texts))
    reads_sentences = pieces <= effort.word_pieces
    columns = [column for column in dataset.columns if column.name in feature_columns(dataset)]
    names = tuple(
        embedder.name
        for column in columns
        for embedder in row_embedders(column, slow=reads_sentences, named=named)
    )
    why = None
    if texts and not reads_sentences:
        why = f"Some {pieces:,} word pieces would take too long in this mode."
    elif texts:
        why = sentence_obstacle()
    return EmbedderChoice(names, reads_sentences, why)
