"""What checks of texts share: each distinct text is judged once, and what most texts share is no error of any."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from emendata.checks.check import Check
from emendata.checks.inputs import Inputs
from emendata.checks.issues import Issue, findings_of_issues
from emendata.records import Findings, IntArray, Json

__all__ = ["TextCheck", "Verdict", "distinct_texts", "quoted"]


@dataclass(frozen=True)
class Verdict:
    """What is wrong with one text: its score, the reason, and the text as it should be, where that is known."""

    score: float
    reason: str
    suggestion: str | None = None


class TextCheck(Check):
    """A check that judges the distinct texts of a column, one after the other or against each other.

    A row's score is that of its worst text; it is 1 where a text was judged and nothing found, NaN without a text.
    """

    needs: ClassVar[tuple[str, ...]] = ("texts",)
    most: ClassVar[float] = 0.2
    """Part of the rows of a column from which on a property is taken for normal there, and flags nobody."""

    @abstractmethod
    def judge(self, texts: Sequence[str], n_rows: IntArray) -> Mapping[int, Verdict]:
        """Return what is wrong, by the place in ``texts``; ``n_rows`` says how many rows have each."""

    def find(self, inputs: Inputs) -> Findings:
        """Judge every column of texts."""
        assert inputs.texts is not None
        scores = np.full(inputs.n_rows, np.nan)
        issues: list[Issue] = []
        flagged: dict[str, Json] = {}
        normal: dict[str, Json] = {}
        for column, held in inputs.texts.items():
            texts, of_row = distinct_texts(held.cells)
            there = of_row >= 0
            scores[there] = 1.0
            n_rows = np.bincount(of_row[there], minlength=len(texts))
            wrong = self.judge(texts, n_rows)
            n_wrong = int(sum(n_rows[text] for text in wrong))
            if n_wrong > self.most * there.sum() and n_wrong > 1:
                normal[column] = n_wrong
                continue
            if n_wrong:
                flagged[column] = n_wrong
            for row in np.flatnonzero(np.isin(of_row, list(wrong))).tolist():
                verdict = wrong[int(of_row[row])]
                issues.append(Issue(row, column, verdict.score, verdict.reason, verdict.suggestion))
        facts = {"texts": _counted(flagged, normal)} if flagged or normal else {}
        return findings_of_issues(scores, issues, facts=facts)


def quoted(text: str, longest: int = 60) -> str:
    r"""Return a piece of a text between quotation marks, on one line and not too long.

    Examples
    --------
    >>> quoted("a  long\nstory", 8)
    "'a long …'"
    """
    line = " ".join(text[: 4 * longest].split())
    return f"'{line if len(line) <= longest else line[: longest - 1] + '…'}'"


def distinct_texts(cells: Sequence[str | None]) -> tuple[list[str], IntArray]:
    """Return the distinct texts in the order in which they occur, and the place of each row's, -1 without one."""
    places: dict[str, int] = {}
    of_row = np.fromiter(
        (-1 if cell is None else places.setdefault(cell, len(places)) for cell in cells), np.int64, len(cells)
    )
    return list(places), of_row


def _counted(flagged: Mapping[str, Json], normal: Mapping[str, Json]) -> dict[str, Any]:
    said: dict[str, Any] = {f"flagged in '{column}'": n for column, n in flagged.items()}
    return said | {f"so many in '{column}' that it is normal there": n for column, n in normal.items()}
