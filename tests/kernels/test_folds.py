import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from emendata.kernels.folds import grouped_folds, stratified_folds, timed_folds


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


@given(
    st.lists(st.tuples(st.integers(-1, 3), st.integers(0, 12)), min_size=2, max_size=80),
    st.integers(2, 6),
    st.integers(0, 99),
)
def test_groups_stay_whole_and_no_fold_is_empty(rows: list[tuple[int, int]], n_folds: int, seed: int) -> None:
    labels, groups = (np.array(values) for values in zip(*rows, strict=True))
    folds = grouped_folds(labels, groups, n_folds, seed)
    assert all(len(set(folds[groups == group].tolist())) == 1 for group in np.unique(groups))
    assert set(folds.tolist()) == set(range(min(n_folds, len(np.unique(groups)))))


def test_groups_are_dealt_out_so_that_folds_have_their_part_of_each_class() -> None:
    rng = np.random.default_rng(0)
    groups = rng.integers(0, 300, 3000)
    labels = (groups % 7 == 0).astype(np.int64)  # a group has one class
    per_fold = np.bincount(grouped_folds(labels, groups, 5, 0) * 2 + labels, minlength=10).reshape(5, 2)
    assert (per_fold.max(axis=0) - per_fold.min(axis=0) <= 15).all()
    assert (grouped_folds(labels, groups, 5, 0) == grouped_folds(labels, groups, 5, 0)).all()
    assert (grouped_folds(labels, groups, 5, 0) != grouped_folds(labels, groups, 5, 1)).any()


@given(
    st.lists(st.tuples(st.integers(0, 9) | st.just(None), st.integers(0, 30)), min_size=1, max_size=60),
    st.integers(2, 6),
)
def test_stretches_of_time(rows: list[tuple[int | None, int]], n_folds: int) -> None:
    times = np.array([np.nan if time is None else time for time, _ in rows], np.float64)
    alone = timed_folds(times, np.arange(len(rows)), n_folds)
    known = ~np.isnan(times)
    order = np.argsort(times[known], kind="stable")
    assert (np.diff(alone[known][order]) >= 0).all()
    assert all(len(set(alone[times == time].tolist())) == 1 for time in np.unique(times[known]))
    assert (alone[~known] >= alone[known].max(initial=0)).all()
    groups = np.array([group for _, group in rows])
    together = timed_folds(times, groups, n_folds)
    assert all(len(set(together[groups == group].tolist())) == 1 for group in np.unique(groups))
    assert set(together.tolist()) == set(range(int(together.max()) + 1))


def test_stretches_of_time_have_as_many_rows() -> None:
    times = np.random.default_rng(0).permutation(1000).astype(np.float64)
    assert np.bincount(timed_folds(times, np.arange(1000), 7)).tolist() == [143, 143, 143, 143, 143, 143, 142]
