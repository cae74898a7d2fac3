"""The one sample that all statistics of reviews rest on: which labels may be drawn, and in what order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from emendata.corrections.held_out import held_out_rows
from emendata.data import Dataset
from emendata.kernels.label_scores import best_others
from emendata.kernels.strata import cut_strata
from emendata.records import BoolArray, FloatArray, IntArray
from emendata.store import Artifact, Shelf, fingerprint

if TYPE_CHECKING:
    from emendata.pipeline import Outcome, Preparation

__all__ = ["Frame", "make_frame", "recall_frame"]

_EDITION = 1
_LEAST_DOUBT = 0.02  # nobody is so sure of a stratum that nothing in it would surprise
_SMALL = 1e-9


@dataclass(frozen=True, eq=False)
class Frame:
    """Labelled rows in strata, with what is proposed for them; fixed before the first answer.

    Attributes
    ----------
    column : str
        The label.
    classes : tuple of str
    given, suggested : int64 arrays of shape (n_rows,)
        Codes of the given label, -1 without one, and of the most probable other one.
    probability : float64 array of shape (n_rows,)
        Of the suggested label.
    stratum : int64 array of shape (n_rows,)
        The rings of rows for which another label is proposed, the safest first, then the others, the worst first; -1
        for a row without a label.
    order : int64 array of shape (n_labeled,)
        Rows, stratum by stratum, in the order in which they are drawn.
    doubt, risk : float64 arrays of shape (n_strata,)
        What part of the labels, and of the proposals, the models expect to be wrong.
    n_rings : int
    seed : int
    """

    column: str
    classes: tuple[str, ...]
    given: IntArray
    suggested: IntArray
    probability: FloatArray
    stratum: IntArray
    order: IntArray
    doubt: FloatArray
    risk: FloatArray
    n_rings: int
    seed: int

    @cached_property
    def sizes(self) -> IntArray:
        """How many rows each stratum has."""
        return np.bincount(self.stratum[self.order], minlength=len(self.doubt))

    def rows_of(self, stratum: int) -> IntArray:
        """Return the rows of a stratum in the order in which they are drawn."""
        start = int(self.sizes[:stratum].sum())
        return self.order[start : start + int(self.sizes[stratum])]

    def suggestion(self, row: int) -> str:
        """Return the label that is proposed for a row."""
        return self.classes[int(self.suggested[row])]


def make_frame(
    dataset: Dataset,
    preparation: Preparation,
    outcomes: Sequence[Outcome],
    shelf: Shelf,
    *,
    seed: int = 0,
    include_test: bool = False,
) -> Frame | None:
    """Return the frame of an audit as it was made first, or None where no check judged the labels.

    Rows of a test split are drawn like all others, so that their errors count, but none of them is a candidate for a
    change unless ``include_test`` says so.
    """
    kept = recall_frame(dataset, preparation, shelf, seed=seed, include_test=include_test)
    if kept is not None:
        return kept
    judged = next((o.findings for o in outcomes if o.check.name == "wrong_label"), None)
    if judged is None or preparation.labels is None or dataset.label is None:
        return None
    codes, probs = np.asarray(preparation.labels.codes), np.asarray(preparation.shown_probs, np.float64)
    flagged = np.zeros(dataset.n_rows, dtype=bool)
    flagged[judged.rows] = True
    suggested, own, best = best_others(codes, probs)
    names = {name: code for code, name in enumerate(preparation.labels.classes)}
    suggested[judged.rows] = [names[str(name)] for name in judged.suggestions]
    best[judged.rows] = probs[judged.rows, suggested[judged.rows]]
    candidates = (best > own) | flagged
    if not include_test:
        candidates &= ~held_out_rows(dataset)
    key = _key(preparation, seed, include_test)
    scores = judged.scores.astype(np.float64)
    made = _kept(shelf, key, codes, suggested, own, best, candidates, scores, seed)
    return _frame(dataset, preparation, made, seed)


def recall_frame(
    dataset: Dataset, preparation: Preparation, shelf: Shelf, *, seed: int = 0, include_test: bool = False
) -> Frame | None:
    """Return the frame that was made before, None if there is none."""
    if preparation.labels is None or dataset.label is None or not preparation.has("features"):
        return None
    kept = shelf.recall(_key(preparation, seed, include_test))
    return None if kept is None else _frame(dataset, preparation, kept, seed)


def _key(preparation: Preparation, seed: int, include_test: bool) -> str:
    return fingerprint(
        "frame", _EDITION, preparation.key("predictions"), preparation.calibrate, seed, include_test
    )


def _frame(dataset: Dataset, preparation: Preparation, kept: Artifact, seed: int) -> Frame:
    assert dataset.label is not None
    assert preparation.labels is not None
    arrays = {name: np.asarray(values) for name, values in kept.arrays.items()}
    return Frame(
        dataset.label, preparation.labels.classes, **arrays, n_rings=int(kept.facts["n_rings"]), seed=seed
    )


def _kept(
    shelf: Shelf,
    key: str,
    codes: IntArray,
    suggested: IntArray,
    own: FloatArray,
    best: FloatArray,
    candidates: BoolArray,
    scores: FloatArray,
    seed: int,
) -> Artifact:
    scores = np.where(codes >= 0, scores, np.nan)
    safety = np.log(best + _SMALL) - np.log(own + _SMALL)
    stratum, n_rings = cut_strata(candidates, safety, scores)
    # An order of its own for each frame: in that of an earlier one the rows that were looked at would come first.
    rng = np.random.default_rng([seed, int(key[:16], 16)])
    shuffled = rng.permutation(np.flatnonzero(stratum >= 0))
    order = shuffled[np.argsort(stratum[shuffled], kind="stable")]
    within = stratum[order]
    sizes = np.bincount(within)
    arrays = {
        "given": codes,
        "suggested": suggested,
        "probability": best,
        "stratum": stratum,
        "order": order,
        "doubt": np.maximum(np.bincount(within, 1 - scores[order]) / sizes, _LEAST_DOUBT),
        "risk": np.maximum(np.bincount(within, 1 - best[order]) / sizes, _LEAST_DOUBT),
    }
    return shelf.keep(key, "frame", arrays, {"n_rings": n_rings})
