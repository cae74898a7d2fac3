"""Properties of images, sounds and texts that go with the label, and should not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.inputs import Inputs
from emendata.errors import NotApplicable
from emendata.kernels.telling import told_labels
from emendata.records import Findings, IntArray, Remark, Severity

__all__ = ["SpuriousCorrelation"]

_FEWEST = 50
_BINS = 30
_SURE = 5.0  # standard errors


@dataclass(frozen=True)
class SpuriousCorrelation(Check):
    """Property that goes with the label.

    Properties such as the brightness of an image, its size or the length of a text are divided into thirty ranges with
    as many rows. One tells the label of a row if the other rows of its range mostly have that label. A property is
    named that tells at least ``share`` of the labels which always saying the commonest class gets wrong, far more than
    chance would. Models learn such shortcuts instead of what they should.
    """

    code: ClassVar[str] = "EM503"
    name: ClassVar[str] = "spurious_correlation"
    severity: ClassVar[Severity] = "tip"
    needs: ClassVar[tuple[str, ...]] = ("labels",)
    wants: ClassVar[tuple[str, ...]] = ("texts", "pictures", "sounds")

    share: float = option(
        0.3, help="Part of the labels beyond the commonest class that a property must tell.", ge=0.05, le=1.0
    )

    def find(self, inputs: Inputs) -> Findings:
        """Try every property by itself."""
        assert inputs.labels is not None
        labels = inputs.labels
        known = labels.codes >= 0
        n = int(known.sum())
        n_commonest = int(np.bincount(labels.codes[known]).max(initial=0))
        properties = list(_properties(inputs))
        if not properties:
            raise NotApplicable("There is no column of texts, images or sounds.")
        if n < _FEWEST:
            raise NotApplicable(f"{n} labels are too few: any property might tell them by accident.")
        told: dict[str, int] = {}
        remarks: list[Remark] = []
        for column, name, ranks in properties:
            n_told = int(told_labels(ranks, labels.codes, len(labels.classes)).sum())
            part = (n_told - n_commonest) / max(n - n_commonest, 1)
            told[f"{name} of '{column}'"] = n_told
            beyond = (n_told - n_commonest) / max(np.sqrt(n_commonest * (1 - n_commonest / n)), 1.0)
            if part >= self.share and beyond >= _SURE:
                reason = (
                    f"The {name} of '{column}' alone tells {n_told:,} of {n:,} labels; always saying the commonest "
                    f"class is right for {n_commonest:,}. Models may learn it in place of what they should."
                )
                remarks.append(Remark(column, round(1 - part, 4), reason))
        remarks.sort(key=lambda remark: remark.score)
        return Findings.of(
            np.full(inputs.n_rows, np.nan),
            [],
            [],
            remarks=remarks,
            facts={"labels_told": told, "labels_of_the_commonest_class": n_commonest, "labels": n},
        )


def _properties(inputs: Inputs) -> Iterator[tuple[str, str, IntArray]]:
    """Yield the column, the name and the range of each row, for properties that are not the same everywhere."""
    for column, held in (inputs.texts or {}).items():
        lengths = np.array([-1.0 if cell is None else len(cell) for cell in held.cells])
        yield from _ranked(column, "length", np.where(lengths < 0, np.nan, lengths))
    for traits_of in (inputs.pictures or {}, inputs.sounds or {}):
        for column, traits in traits_of.items():
            for name in traits.names:
                yield from _ranked(column, name.replace("_", " "), traits.of(name))


def _ranked(column: str, name: str, values: np.ndarray) -> Iterator[tuple[str, str, IntArray]]:
    there = np.isfinite(values)
    if there.any():
        bounds = np.unique(np.quantile(values[there], np.linspace(0, 1, _BINS + 1)[1:-1]))
        ranks = np.where(there, np.searchsorted(bounds, np.where(there, values, 0), side="right"), -1)
        if ranks.max() > ranks[there].min():
            yield column, name, ranks
