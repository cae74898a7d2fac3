"""Predictions of real models for labels of which the wrong ones are known."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Case", "cases", "data_folder"]

Labels = npt.NDArray[np.int64]
Probs = npt.NDArray[np.floating[Any]]
Mask = npt.NDArray[np.bool_]

FILES = ("cifar10s.npz", "cl_cifar10_resnet50.npz", "roman_numeral.npz")
TUNED = ("cifar10s/", "cl_cifar10/s0", "cl_cifar10/s4", "roman/efficientnet", "roman/resnet")


@dataclass(frozen=True)
class Case:
    """Given labels, predictions of one model or several, and which labels are wrong."""

    name: str
    labels: Labels
    models: tuple[Probs, ...]
    errors: Mask

    @property
    def tuned(self) -> bool:
        return self.name.startswith(TUNED)


def data_folder(given: Path | None) -> Path:
    folder = given or Path(os.environ.get("EMENDATA_BENCH", "."))
    missing = [file for file in FILES if not (folder / file).exists()]
    if missing:
        raise SystemExit(
            f"{folder.resolve()} has no {', '.join(missing)}: pass --data FOLDER or set EMENDATA_BENCH to the folder "
            "that holds them."
        )
    return folder


def cases(folder: Path) -> Iterator[Case]:
    for name, file in (("cifar10s", "cifar10s.npz"), ("roman", "roman_numeral.npz")):
        data = np.load(folder / file)
        labels = data["labels"].astype(np.int64)
        errors = data["is_error"] if "is_error" in data else labels != data["true_labels"]
        models = {key.removeprefix("pred_probs_"): data[key] for key in data if key.startswith("pred_probs_")}
        for model, probs in models.items():
            yield Case(f"{name}/{model.split('_')[0]}", labels, (probs,), errors)
        yield Case(f"{name}/{len(models)} models", labels, tuple(models.values()), errors)
    data = np.load(folder / "cl_cifar10_resnet50.npz")
    for key in sorted(key for key in data if key.startswith("labels_s")):
        noise = key.removeprefix("labels_")
        if f"pred_probs_{noise}" in data:
            labels, probs = data[key].astype(np.int64), data[f"pred_probs_{noise}"].astype(np.float32)
            errors = labels != data["true_labels"]
            if errors.any():  # one set was left without noise
                yield Case(f"cl_cifar10/{noise}", labels, (probs,), errors)
