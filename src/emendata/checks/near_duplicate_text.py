"""Texts that are almost the same as others, or the same beside other columns that differ."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.inputs import Inputs, Labels
from emendata.checks.issues import Issue, findings_of_issues
from emendata.checks.text_check import distinct_texts
from emendata.kernels.linkage import compact_groups
from emendata.kernels.minhash import similar_texts
from emendata.records import Findings, IntArray, Json

__all__ = ["NearDuplicateText"]

_SHORTEST = 40
"""Characters below which texts may well be alike by accident."""


@dataclass(frozen=True)
class NearDuplicateText(Check):
    """Near duplicate text.

    Two texts of at least forty characters are near duplicates if ``similarity`` of their sequences of five letters are
    the same. Groups are of texts that all are, each of the other. Rows with the very same text are flagged as well if
    they differ in another column; where they do not, they are an exact duplicate. The score is half of how far the
    nearest text is on the way to the limit.
    """

    code: ClassVar[str] = "EM304"
    name: ClassVar[str] = "near_duplicate_text"
    needs: ClassVar[tuple[str, ...]] = ("texts",)
    wants: ClassVar[tuple[str, ...]] = ("content", "labels")

    similarity: float = option(
        0.8, help="Part of the letter sequences that two texts must share (Jaccard).", ge=0.6, le=1.0
    )

    def find(self, inputs: Inputs) -> Findings:
        """Group the texts of each column."""
        assert inputs.texts is not None
        keys = np.arange(inputs.n_rows) if inputs.content is None else inputs.content.keys
        scores = np.full(inputs.n_rows, np.nan)
        issues: list[Issue] = []
        n_groups: dict[str, Json] = {}
        for column, held in inputs.texts.items():
            texts, of_row = distinct_texts(held.cells)
            scores[of_row >= 0] = 1.0
            groups, apart = self._groups(texts)
            rows_of = _rows_of(of_row, len(texts))
            n_groups[column] = 0
            for group in groups:
                rows = np.sort(np.concatenate([rows_of[text] for text in group]))
                if len(np.unique(keys[rows])) < 2:
                    continue
                n_groups[column] += 1
                for text in group:
                    for row in rows_of[text].tolist():
                        near = 0.0 if len(rows_of[text]) > 1 else apart[text]
                        score = min(0.5 * near / max(1 - self.similarity, 1e-9), 0.5)
                        others = tuple(other for other in rows.tolist() if other != row)
                        reason = _reason(row, others, near, inputs.labels)
                        issues.append(Issue(row, column, score, reason, related=others))
        return findings_of_issues(scores, issues, facts={"groups": n_groups})

    def _groups(self, texts: list[str]) -> tuple[list[list[int]], dict[int, float]]:
        """Return groups of places of texts, those alone as well, and how far the nearest of a group is."""
        long = np.array([place for place, text in enumerate(texts) if len(text) >= _SHORTEST], dtype=np.int64)
        left, right, distances = similar_texts([texts[place] for place in long], self.similarity)
        joined = compact_groups(left, right, distances, len(long), 1 - self.similarity)
        groups = [long[group].tolist() for group in joined]
        group_of = {text: number for number, group in enumerate(groups) for text in group}
        apart: dict[int, float] = {}
        for a, b, distance in zip(long[left].tolist(), long[right].tolist(), distances.tolist(), strict=True):
            if a in group_of and group_of[a] == group_of.get(b):
                apart[a] = min(distance, apart.get(a, 1.0))
                apart[b] = min(distance, apart.get(b, 1.0))
        return groups + [[text] for text in long.tolist() if text not in group_of], apart


def _rows_of(of_row: IntArray, n_texts: int) -> list[IntArray]:
    """Return the rows that have each text."""
    order = np.argsort(of_row, kind="stable")
    bounds = np.searchsorted(of_row[order], np.arange(n_texts + 1))
    return [order[bounds[i] : bounds[i + 1]] for i in range(n_texts)]


def _reason(row: int, others: tuple[int, ...], near: float, labels: Labels | None) -> str:
    shown = ", ".join(f"{other:,}" for other in others[:3]) + (
        f" and {len(others) - 3:,} more" if len(others) > 3 else ""
    )
    rows = f"row{'s' if len(others) > 1 else ''} {shown}"
    how = "The very same text as" if near == 0 else f"It shares {1 - near:.2f} of its letter sequences with"
    differ = ""
    if labels is not None:
        names = sorted({labels.classes[code] for code in labels.codes[[row, *others]].tolist() if code >= 0})
        differ = f", but their labels differ: {', '.join(names[:5])}" if len(names) > 1 else ""
    return f"{how} {rows}{differ}."
