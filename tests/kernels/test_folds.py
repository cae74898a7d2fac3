import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from emendata.kernels.folds import stratified_folds


@given(st.lists(st.integers(-1, 4), min_size=10, max_size=80), st.integers(0, 99))
def test_classes_are_dealt_out_evenly(labels: list[int], seed: int) -> None:
    codes = np.array(labels)
    folds = stratified_folds(codes, np.arange(len(codes)), 5, seed)
    for code in np.unique(codes):
        per_fold = np.bincount(folds[codes == code], minlength=5)
        assert per_fold.max() - per_fold.min() <= 1


def test_copies_of_a_row_share_a_fold() -> None:
    folds = stratified_folds(np.zeros(20, dtype=int), np.arange(20) % 4, 5, 0)
    assert all(len(set(folds[i::4].tolist())) == 1 for i in range(4))


def test_the_seed_decides() -> None:
    labels, keys = np.zeros(50, dtype=int), np.arange(50)
    assert (stratified_folds(labels, keys, 5, 1) == stratified_folds(labels, keys, 5, 1)).all()
    assert (stratified_folds(labels, keys, 5, 1) != stratified_folds(labels, keys, 5, 2)).any()
