"""Does a corrected dataset make better models? The same models and folds on both, judged on labels that are known."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from emendata.corrections.alignment import Versions
from emendata.corrections.evidence import FEWEST_FOR_A_RATE, Evidence
from emendata.corrections.held_out import held_out_rows
from emendata.errors import InputError
from emendata.kernels.paired import PairedDifference, paired_difference
from emendata.records import BoolArray, IntArray, Json, OnProgress, no_progress
from emendata.store import MemoryShelf

if TYPE_CHECKING:
    from emendata.models import Problem
    from emendata.pipeline import Preparation

__all__ = ["Comparison", "Trusted", "compare_versions", "trusted_by_review", "trusted_test_rows"]


@dataclass(frozen=True, eq=False)
class Trusted:
    """Rows whose right label is known: drawn from strata of ``sizes`` rows, or all of one stratum.

    ``rows``, ``strata`` (n,); ``labels`` are their right labels.
    """

    rows: IntArray
    labels: tuple[str, ...]
    strata: IntArray
    sizes: IntArray
    source: str


@dataclass(frozen=True)
class Comparison:
    """What became of two versions of a dataset."""

    n_relabeled: int
    n_removed: int
    n_repeats: int
    trusted: str
    result: PairedDifference

    def document(self) -> dict[str, Json]:
        """Return all of it as JSON."""
        return {
            "statement": self.sentence,
            "n_relabeled": self.n_relabeled,
            "n_removed": self.n_removed,
            "n_repeats": self.n_repeats,
            "trusted": self.trusted,
            "difference": self.result.difference,
            "is_settled": self.result.is_settled,
            **asdict(self.result),
        }

    @property
    def sentence(self) -> str:
        """What is known, and if nothing is, what would settle it."""
        found = self.result
        judged = f"{found.n_rows:,} rows whose labels are known ({self.trusted})"
        change = (
            f"of {judged} models predict {found.before:.1%} rightly before and {found.after:.1%} after, "
            f"{100 * found.difference:+.1f} points (from {100 * found.low:+.1f} to {100 * found.high:+.1f})"
        )
        if found.is_settled:
            verdict = (
                "The corrected data make a better model"
                if found.low > 0
                else "The corrected data make a worse model"
            )
            return f"{verdict}: {change}."
        if found.n_needed is None:
            return f"No difference is seen: {change}."
        return (
            f"It is not known whether the corrected data make a better model: {change}. About {found.n_needed:,} "
            "reviewed rows would settle it, if the difference is what it seems."
        )


def trusted_by_review(evidence: Evidence, among: BoolArray) -> Trusted:
    """Return the rows of the reviewed sample, with their labels as people say they are.

    Parameters
    ----------
    evidence : Evidence
    among : bool array of shape (n_rows,)
        Which rows may be used.

    Raises
    ------
    InputError
        If too few were reviewed for anything to be known.
    """
    frame = evidence.frame
    known = [
        (row, right)
        for row, right in zip(evidence.rows.tolist(), evidence.right_labels, strict=True)
        if among[row] and right is not None
    ]
    rows = [row for row, _ in known]
    if len(rows) < FEWEST_FOR_A_RATE:
        of_test = " of the test split" if not among.all() else ""
        raise InputError(
            f"Whether corrections help is not known before {FEWEST_FOR_A_RATE} rows{of_test} of the sample are "
            f"reviewed, and {len(rows):,} are. Run: emendata review PROJECT --stream audit"
        )
    sizes = np.bincount(frame.stratum[(frame.stratum >= 0) & among], minlength=len(frame.doubt))
    labels = tuple(right for _, right in known)
    return Trusted(np.array(rows), labels, frame.stratum[rows], sizes, "a reviewed sample")


def trusted_test_rows(versions: Versions) -> Trusted:
    """Return the rows of the test split whose label is the same in both versions, which somebody says are right.

    Raises
    ------
    InputError
        If there is no test split.
    """
    before, given = versions.before, versions.labels_before
    rows = [
        row
        for row in np.flatnonzero(held_out_rows(before)).tolist()
        if given[row] is not None and given[row] == versions.labels_after[row]
    ]
    if len(rows) < FEWEST_FOR_A_RATE:
        raise InputError(
            f"{before.name} has {len(rows):,} labelled rows of a test split, and it takes {FEWEST_FOR_A_RATE}. Name "
            "the column of splits with --role COLUMN=split, or review a sample instead."
        )
    labels = tuple(str(given[row]) for row in rows)
    return Trusted(
        np.array(rows), labels, np.zeros(len(rows), np.int64), np.array([len(rows)]), "the test split"
    )


def compare_versions(
    preparation: Preparation,
    versions: Versions,
    trusted: Trusted,
    *,
    on_progress: OnProgress = no_progress,
) -> Comparison:
    """Train the same models on both versions, in the same folds, and judge them on the same rows.

    Parameters
    ----------
    preparation : Preparation
        Of the first version; its effort says how many folds there are and how often all is repeated.
    versions : Versions
    trusted : Trusted
    """
    names = (versions.labels_before, versions.labels_after)
    classes = sorted({name for labels in names for name in labels if name is not None} | set(trusted.labels))
    codes: dict[str | None, int] = {None: -1, **{name: code for code, name in enumerate(classes)}}
    held_out = held_out_rows(versions.before)
    silent = held_out if held_out[trusted.rows].all() else np.zeros_like(held_out)
    teaching = [np.where(silent, -1, [codes[name] for name in labels]) for labels in names]
    true = np.array([codes[label] for label in trusted.labels])
    problems = _problems(preparation, versions, teaching, len(classes))
    rounds = preparation.folding.rounds
    right = [np.empty((len(rounds), len(true))) for _ in problems]
    for i, folds in enumerate(rounds):
        for problem, found in zip(problems, right, strict=True):
            here = replace(problem, folds=folds, seed=problem.seed + i)
            found[i] = _predicted(here, on_progress)[trusted.rows] == true
    return Comparison(
        n_relabeled=sum(a != b and b is not None for a, b in zip(*names, strict=True)),
        n_removed=sum(a is not None and b is None for a, b in zip(*names, strict=True)),
        n_repeats=len(rounds),
        trusted=trusted.source,
        result=paired_difference(right[0], right[1], trusted.strata, trusted.sizes),
    )


def _problems(
    preparation: Preparation, versions: Versions, teaching: list[IntArray], n_classes: int
) -> list[Problem]:
    """Return what models are asked with either version; features are made anew only where cells changed."""
    first = second = preparation.problem
    if versions.changed_columns:
        changed = preparation.of_version(versions.after, MemoryShelf())
        second = changed.problem_in(preparation.folding)
    return [
        replace(problem, labels=labels, n_classes=n_classes)
        for problem, labels in zip((first, second), teaching, strict=True)
    ]


def _predicted(problem: Problem, on_progress: OnProgress) -> IntArray:
    from emendata.pipeline.stack import stack_models

    kept = stack_models(problem, MemoryShelf(), "comparison", on_progress)
    predicted: IntArray = np.asarray(kept.arrays["pred_probs"]).argmax(axis=1)
    return predicted
