"""Images that look the same: scaled, compressed, brightened, mirrored or turned copies."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from emendata.checks.check import Check, option
from emendata.checks.copies import Pairs, findings_of_copies
from emendata.checks.inputs import Inputs
from emendata.errors import NotApplicable
from emendata.kernels.accidents import accident_radius
from emendata.kernels.looks import alike_pairs, turned, weighted_looks
from emendata.records import Findings, Float32Array, FloatArray, IntArray

__all__ = ["PerceptualDuplicate"]

_BLANK = 32.0  # the length of a look without anything to recognise: one level of spread
_NEAREST = 10
_MOST_COMPARED = 20_000  # rows that those of a pair are compared with
_SAMPLED = 500  # rows that tell into how many directions looks spread
_N_TURNS = 8
_ROWS_A_STEP = 512
_TURNS = ("", "mirrored", "upside down and mirrored", "upside down", "turned and mirrored", "turned", "turned",
          "turned and mirrored")  # fmt: skip


@dataclass(frozen=True)
class PerceptualDuplicate(Check):
    """Image that looks like another.

    A perceptual hash of 63 bits, the signs of an image's lowest frequencies, finds the pairs that differ in at most
    ``radius`` of them, as they are, mirrored or turned. Of these, two images are copies if what they look like is also
    closer than ``most`` and closer than accident puts one pair in the whole dataset, given how densely the images
    around them lie: drawings of one digit all look alike, and are no copies. In a group all images are alike.
    Images that are equal byte for byte are left to EM301.
    """

    code: ClassVar[str] = "EM612"
    name: ClassVar[str] = "perceptual_duplicate"
    needs: ClassVar[tuple[str, ...]] = ("looks",)
    wants: ClassVar[tuple[str, ...]] = ("content",)

    radius: int = option(7, help="Bits of the hash that may differ.", ge=0, le=7)
    most: float = option(
        0.3, help="Distance of what two images look like up to which they are copies.", ge=0.0, le=2.0
    )
    accidents: float = option(
        1.0, help="How many pairs may be expected by accident in the whole dataset.", ge=0.0
    )

    def find(self, inputs: Inputs) -> Findings:
        """Pair the images of each column, and group the pairs."""
        assert inputs.looks is not None
        found = {
            name: pairs
            for name, looks in inputs.looks.items()
            if (pairs := self._pairs(looks, inputs)) is not None
        }
        if not found:
            raise NotApplicable("Fewer than two images show something that can be recognised.")
        return findings_of_copies(inputs.n_rows, found, _reason)

    def _pairs(self, looks: Float32Array, inputs: Inputs) -> Pairs | None:
        shows = np.isfinite(looks).all(axis=1) & (np.linalg.norm(looks[:, 1:], axis=1) > _BLANK)
        seen = np.flatnonzero(shows)
        if len(seen) < 2:
            return None
        first, second, turns = alike_pairs(looks[seen], int(self.radius))
        distances = _distances(looks[seen], first, second, turns)
        close = distances <= self.most
        if inputs.content is not None:
            keys = inputs.content.keys[seen]
            close &= keys[first] != keys[second]
        first, second, turns, distances = first[close], second[close], turns[close], distances[close]
        rows = np.unique(np.concatenate([first, second]))
        cuts = np.full(len(seen), np.inf)
        cuts[rows] = np.minimum(self._accident_cuts(looks[seen], rows), self.most)
        kept = distances < np.minimum(cuts[first], cuts[second])
        cut = np.minimum(cuts[first], cuts[second])[kept]
        return Pairs(shows, seen[first[kept]], seen[second[kept]], distances[kept], cut, turns[kept])

    def _accident_cuts(self, looks: Float32Array, rows: IntArray) -> FloatArray:
        """Return for some rows within which distance accident puts a copy of any in the dataset, in any turn."""
        n = len(looks)
        order = np.random.default_rng(0).permutation(n)
        others, asked = order[:_MOST_COMPARED], np.concatenate([rows, order[:_SAMPLED]])
        known = weighted_looks(looks[others])
        n_nearest = min(_NEAREST, len(others) - 1)
        near = []
        for start in range(0, len(asked), _ROWS_A_STEP):
            step = asked[start : start + _ROWS_A_STEP]
            similar = weighted_looks(looks[step]) @ known.T
            similar[others == step[:, None]] = -1
            best = -np.partition(-similar, n_nearest - 1, axis=1)[:, :n_nearest]
            near.append(np.sqrt(np.maximum(2 - 2 * np.sort(best, axis=1)[:, ::-1], 0)))
        expected = self.accidents * len(asked) * len(others) / (_N_TURNS * n * n)
        cuts: FloatArray = accident_radius(np.concatenate(near).astype(np.float32), expected)[: len(rows)]
        return cuts


def _distances(looks: Float32Array, first: IntArray, second: IntArray, turns: IntArray) -> FloatArray:
    distances = np.zeros(len(first))
    for turn in np.unique(turns).tolist():
        at = turns == turn
        one = weighted_looks(turned(looks[first[at]], turn))
        distances[at] = np.linalg.norm(one - weighted_looks(looks[second[at]]), axis=1)
    return distances


def _reason(nearest: int, kind: int, n_alike: int) -> str:
    how = f", {_TURNS[kind]}" if kind else ""
    more = f"; {n_alike} images in all look alike" if n_alike > 2 else ""
    return f"It looks like the image of row {nearest}{how}{more}."
