"""Labels that are written in several ways."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check
from emendata.checks.inputs import Inputs
from emendata.records import Findings

__all__ = ["LabelVariants", "same_spelling"]

_BETWEEN_WORDS = re.compile(r"(?<=[^\W_])[\s_-]+(?=[^\W_])")


@dataclass(frozen=True)
class LabelVariants(Check):
    """Label written in several ways.

    Labels that differ in nothing but upper and lower case, spaces, hyphens, underscores or forms of the same
    character are one class. The score of a row is the part of its class that is written like it, if another way is
    commoner; else 1.
    """

    code: ClassVar[str] = "EM103"
    name: ClassVar[str] = "label_variants"
    needs: ClassVar[tuple[str, ...]] = ("labels",)

    def find(self, inputs: Inputs) -> Findings:
        """Flag the rows of every spelling but the commonest of its class."""
        labels = inputs.labels
        assert labels is not None
        labeled = labels.codes >= 0
        counts = np.bincount(labels.codes[labeled], minlength=len(labels.classes))
        alike: dict[str, list[int]] = defaultdict(list)
        for code, name in enumerate(labels.classes):
            if counts[code]:
                alike[same_spelling(name)].append(code)
        common, share = np.arange(len(counts)), np.ones(len(counts))
        for codes in alike.values():
            first = max(codes, key=lambda code: (counts[code], -code))
            common[codes] = first
            share[codes] = counts[codes] / counts[codes].sum()
        is_variant = common != np.arange(len(counts))
        rows = np.flatnonzero(labeled & is_variant[labels.codes])
        given, meant = labels.codes[rows], common[labels.codes[rows]]
        names = labels.classes
        return Findings.of(
            np.where(labeled, np.where(is_variant, share, 1.0)[labels.codes], np.nan),
            rows,
            [
                f"'{names[code]}' is '{names[other]}' written otherwise: {counts[code]:,} labels against "
                f"{counts[other]:,}."
                for code, other in zip(given, meant, strict=True)
            ],
            column=labels.column,
            suggestions=[names[other] for other in meant],
            probabilities=share[meant],
            facts={
                "spellings": {
                    names[codes[0]]: {names[code]: int(counts[code]) for code in codes}
                    for codes in alike.values()
                    if len(codes) > 1
                }
            },
        )


def same_spelling(name: str) -> str:
    """Return what is the same for all ways to write a label; single characters differ by case.

    Examples
    --------
    >>> {same_spelling(name) for name in ("New York", "new_york ", "NEW-YORK")}
    {'new york'}
    >>> same_spelling("a") == same_spelling("A"), same_spelling("-1") == same_spelling("1")
    (False, False)
    """
    plain = _BETWEEN_WORDS.sub(" ", unicodedata.normalize("NFKC", name).strip())
    return plain if len(plain) == 1 else plain.casefold()
