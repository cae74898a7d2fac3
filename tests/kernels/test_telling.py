from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from emendata.kernels.telling import told_labels


def slowly(ranks: list[int], labels: list[int]) -> list[bool]:
    """Say the same row by row."""
    known = [i for i in range(len(labels)) if labels[i] >= 0 and ranks[i] >= 0]
    values = sorted({ranks[i] for i in known})

    def commonest(value: int) -> int:
        counts = Counter(labels[i] for i in known if ranks[i] == value)
        return min(counts, key=lambda label: (-counts[label], label))

    told = []
    for i in range(len(labels)):
        others = Counter(labels[j] for j in known if j != i and ranks[j] == ranks[i])
        if i not in known:
            told.append(False)
        elif others:
            best = max(others.values())
            told.append(others[labels[i]] == best and sum(n == best for n in others.values()) == 1)
        else:
            at = values.index(ranks[i])
            near = [commonest(values[k]) for k in (at - 1, at + 1) if 0 <= k < len(values)]
            told.append(bool(near) and all(label == labels[i] for label in near))
    return told


@given(st.lists(st.tuples(st.integers(-1, 8), st.integers(-1, 3)), max_size=40))
def test_the_fast_way_is_the_slow_one(rows: list[tuple[int, int]]) -> None:
    ranks, labels = [rank for rank, _ in rows], [label for _, label in rows]
    assert told_labels(np.array(ranks, int), np.array(labels, int), 4).tolist() == slowly(ranks, labels)
