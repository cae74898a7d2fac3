"""The few patterns that nearly all texts of a column have, if it has a form at all."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from emendata.kernels.patterns import pattern
from emendata.records import BoolArray, IntArray

__all__ = ["of_usual_form", "usual_forms"]

_MOST = 3  # patterns of a form
_FEWEST = 20  # texts that tell a form
_RUNS = re.compile(r"(A|a|9)\1*")


def usual_forms(values: Sequence[str], counts: IntArray, least: float) -> tuple[str, ...]:
    """Return the three patterns or fewer that at least a part of the texts have, the commonest first.

    There are none where texts are words or plain numbers, whose length tells nothing.

    Parameters
    ----------
    values : sequence of str, shape (n_values,)
        Distinct texts.
    counts : ndarray of int, shape (n_values,)
        How often each is there.
    least : float
        Part of all texts.

    Examples
    --------
    >>> usual_forms(["12-34", "56-78", "90-12", "1234"], np.array([10, 10, 10, 1]), 0.95)
    ('99-99',)
    >>> usual_forms(["red", "blue", "green"], np.array([10, 10, 10]), 0.95)
    ()
    """
    total = int(counts.sum())
    if total < _FEWEST or len(values) < _MOST:
        return ()
    shapes: Counter[str] = Counter()
    for value, count in zip(values, counts.tolist(), strict=True):
        shapes[pattern(value)] += count
    chosen: list[str] = []
    covered = 0
    for shape, count in shapes.most_common(_MOST):
        chosen.append(shape)
        covered += count
        if covered >= least * total:
            return tuple(chosen) if all(map(_is_form, chosen)) else ()
    return ()


def of_usual_form(values: Sequence[str], forms: Sequence[str]) -> BoolArray:
    """Tell which texts have one of some patterns; if there are several, also one whose parts are longer or shorter.

    Examples
    --------
    >>> of_usual_form(["A-1", "AB-1", "A1"], ["A-9"]), of_usual_form(["A-123"], ["A-9", "A-99"])
    (array([ True, False, False]), array([ True]))
    """
    shapes = [pattern(value) for value in values]
    fits = [shape in forms for shape in shapes]
    if len(forms) > 1:
        of_parts = {_RUNS.sub(r"\1", form) for form in forms}
        fits = [fit or _RUNS.sub(r"\1", shape) in of_parts for fit, shape in zip(fits, shapes, strict=True)]
    return np.array(fits, bool)


def _is_form(shape: str) -> bool:
    """Tell the pattern of a code from that of a word, or of a number of few digits."""
    return "9" in shape and (not shape.isalnum() or "A" in shape or "a" in shape or len(shape) >= 4)
