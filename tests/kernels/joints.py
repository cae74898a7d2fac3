"""Confident joints to draw from."""

from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from emendata.kernels.calibration import calibrated
from emendata.kernels.cells import cells_of
from emendata.records import IntArray


def in_whole_rows(joint: npt.NDArray[Any], label_counts: npt.NDArray[Any]) -> IntArray:
    return calibrated(cells_of(joint), label_counts).matrix()


@st.composite
def joints(draw: st.DrawFn) -> tuple[IntArray, IntArray]:
    """A confident joint and the number of rows with each label; classes may be absent, cells may be equal."""
    k = draw(st.integers(2, 50))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    joint = rng.poisson(draw(st.sampled_from([0.1, 1.0, 20.0])), (k, k))
    joint += np.diag(rng.integers(0, 40, k))
    counts = rng.integers(0, 90, k)
    for c in range(draw(st.integers(0, k - 1))):
        counts[c] = 0
        if draw(st.booleans()):
            joint[c] = 0
    return joint, counts


@st.composite
def whole_joints(draw: st.DrawFn) -> IntArray:
    joint, counts = draw(joints())
    return in_whole_rows(joint, np.maximum(counts, 1))
