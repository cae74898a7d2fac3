"""Texts: weighted words and word pairs, and the directions in which they vary most."""

import warnings
from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_matrix

from emendata.features.block import Block, OnStep, no_steps
from emendata.records import Float32Array

__all__ = ["TextEmbedder"]

_DIRECTIONS = 100
_VOCABULARY = 100_000
_LONGEST = 20_000
_ROWS_A_STEP = 100


class TextEmbedder:
    """TF-IDF of words and word pairs (wide) and its leading singular directions (dense, unit length).

    Characters beyond the first 20,000 of a text are not read.
    """

    name = "text"

    def embed(self, column: pa.ChunkedArray, seed: int, on_step: OnStep = no_steps) -> Block:
        """Embed a column of strings."""
        cut = pc.utf8_slice_codeunits(pc.fill_null(pc.cast(column, pa.string()), ""), 0, _LONGEST)
        n_rows = len(cut)
        n_steps = n_rows + n_rows // 2  # finding the directions takes about half as long as counting words
        wide = _tfidf(cut.to_pylist(), lambda row: on_step(row, n_steps))
        block = Block(_leading_directions(wide, seed), wide)
        on_step(n_steps, n_steps)
        return block


def _tfidf(texts: list[str], on_row: Callable[[int], None]) -> csr_matrix:
    from sklearn.feature_extraction.text import TfidfVectorizer

    for min_rows, pattern in ((2, r"(?u)\b\w\w+\b"), (1, r"(?u)\S+")):
        vectorizer = TfidfVectorizer(
            min_df=min_rows,
            max_df=0.5 if min_rows > 1 else 1.0,
            ngram_range=(1, 2),
            sublinear_tf=True,
            max_features=_VOCABULARY,
            token_pattern=pattern,
            dtype=np.float32,
        )
        try:
            return csr_matrix(vectorizer.fit_transform(_counted(texts, on_row)))
        except ValueError:  # no word occurs twice: take every mark between spaces
            continue
    return csr_matrix((len(texts), 1), dtype=np.float32)


def _counted(texts: list[str], on_row: Callable[[int], None]) -> Iterator[str]:
    for row, text in enumerate(texts):
        if row % _ROWS_A_STEP == 0:
            on_row(row)
        yield text


def _leading_directions(wide: csr_matrix, seed: int) -> Float32Array:
    from sklearn.decomposition import TruncatedSVD

    n_directions = min(_DIRECTIONS, wide.shape[1] - 1, wide.shape[0] - 1)
    if wide.nnz == 0:
        return np.zeros((wide.shape[0], 1), dtype=np.float32)
    if n_directions < 2:  # two words, or two rows: they are directions enough
        return np.asarray(wide[:, :_DIRECTIONS].toarray(), dtype=np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # variance ratio of a constant matrix
        reduced = TruncatedSVD(n_directions, random_state=seed, n_iter=4).fit_transform(wide)
    length = np.linalg.norm(reduced, axis=1, keepdims=True)
    directions: Float32Array = (reduced / np.where(length > 1e-9, length, 1.0)).astype(np.float32)
    return directions
