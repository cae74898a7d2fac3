"""How well do image features tell classes apart, and how fast are they made?

    python -m benchmarks.quality.image_features --data FOLDER [--sets cifar10,mnist-5k] [--rows 2000] [--out FILE]

FOLDER holds a folder for each set of images, and that one a folder for each class. Images are taken evenly from the
order of their names. Reported for the network with gradients and for gradients alone: the accuracy in five folds of

- LDA: shrunk linear discriminants on the dense features;
- nearest: the ten nearest rows in the dense features, weighted by nearness;
- logistic: logistic regression on the wide features, with scikit-learn's defaults;

and images a second of processor time, from the bytes of files to vectors.
"""

import argparse
import json
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.neighbors import KNeighborsClassifier

from benchmarks.environment import environment
from emendata.features.block import Block
from emendata.features.image import ImageEmbedder

SETS = ("cifar10", "fashion-mnist", "mnist-5k")
EMBEDDERS = {"network and gradients": ImageEmbedder(), "gradients": ImageEmbedder(network=False)}

Line = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the sets")
    parser.add_argument("--sets", default=",".join(SETS), help="names of folders in it")
    parser.add_argument("--rows", type=int, default=2_000, help="images of each set")
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    options = parser.parse_args()
    print(f"{'set':16}{'features':24}{'rows':>7}{'LDA':>8}{'nearest':>9}{'logistic':>10}{'images/s':>10}")
    lines = [
        measured(options.data / name, embedder, options.rows)
        for name in options.sets.split(",")
        for embedder in EMBEDDERS
    ]
    if options.out:
        results = {
            "command": f"python -m benchmarks.quality.image_features --rows {options.rows}",
            "environment": environment("onnxruntime", "pillow"),
            "sets": lines,
        }
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def measured(folder: Path, name: str, n_rows: int) -> Line:
    paths = sorted(folder.glob("*/*"), key=lambda path: path.name)
    paths = [paths[i] for i in np.linspace(0, len(paths) - 1, min(n_rows, len(paths)), dtype=int)]
    classes = np.array([path.parent.name for path in paths])
    embedder = EMBEDDERS[name]
    embedder.vectors([])  # the network is made
    files = [path.read_bytes() for path in paths]
    started = time.process_time()
    values = embedder.vectors(files).values
    speed = len(files) / (time.process_time() - started)
    line: Line = {"set": folder.name, "features": name, "rows": len(paths), "images_per_second": speed}
    line |= accuracies(embedder.block(values, 0), classes)
    print(
        f"{line['set']:16}{name:24}{len(paths):7,}{line['lda']:8.3f}{line['nearest']:9.3f}"
        f"{line['logistic']:10.3f}{speed:10.0f}",
        flush=True,
    )
    return line


def accuracies(block: Block, classes: npt.NDArray[np.str_]) -> dict[str, float]:
    models = {
        "lda": (LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto"), block.dense),
        "nearest": (KNeighborsClassifier(10, weights="distance", algorithm="brute"), block.dense),
        "logistic": (LogisticRegression(), block.wide),
    }
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return {
            name: float(cross_val_score(model, table, classes, cv=folds).mean())
            for name, (model, table) in models.items()
        }


if __name__ == "__main__":
    main()
