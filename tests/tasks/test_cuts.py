from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.tasks import slow
from tests.tasks.problems import SIZES, Problem, made, problems, small_blocks, streamed

from emendata.errors import InputError
from emendata.tasks.classification import find_label_issues, score_labels

PLAIN: dict[Any, Callable[[Problem], Any]] = {
    "confident_learning": slow.confident_learning,
    "predicted_neq_given": slow.disagreeing,
    "low_self_confidence": slow.low_self_confidence,
    "low_normalized_margin": slow.low_normalized_margin,
}
PRUNING: dict[Any, Callable[..., Any]] = {
    "prune_by_noise_rate": slow.prune_by_noise_rate,
    "prune_by_class": slow.prune_by_class,
    "both": slow.both,
}
CUTS: list[Any] = ["auto", *PLAIN, *PRUNING]

# Rows 0 to 5 are labelled 0, rows 6 to 9 are labelled 1; thresholds 0.6, 0.6 and 2.
LABELS = [0] * 6 + [1] * 4
PROBS = np.array(
    [
        [0.9, 0.1, 0.0],
        [0.9, 0.1, 0.0],
        [0.8, 0.2, 0.0],
        [0.6, 0.4, 0.0],
        [0.2, 0.8, 0.0],
        [0.2, 0.7, 0.1],
        [0.1, 0.9, 0.0],
        [0.2, 0.8, 0.0],
        [0.5, 0.3, 0.2],
        [0.6, 0.4, 0.0],
    ]
)


def rows(**options: Any) -> list[int]:
    return np.flatnonzero(find_label_issues(LABELS, PROBS, **options)).tolist()


def test_each_cut_by_hand() -> None:
    assert rows(cut="predicted_neq_given") == [4, 5, 8, 9]
    assert rows(cut="confident_learning") == [4, 5, 9]  # row 8 reaches no threshold
    assert rows(cut="low_self_confidence") == [4, 5, 8]
    assert rows(cut="low_normalized_margin") == [4, 5, 8]
    # The joint is [4, 2] and [1, 2], which is 1.33 and 2.67 of four rows, so 1 and 3.
    assert rows(cut="prune_by_noise_rate") == [
        4,
        5,
        8,
    ]  # rows 8 and 9 favour class 0 by as much; the first goes
    assert rows(cut="prune_by_class") == [4, 5, 8]
    assert rows(cut="both") == [4, 5, 8]


def test_a_part_of_the_noise_is_flagged() -> None:
    assert rows(cut="prune_by_noise_rate", frac_noise=0.5) == [4]
    assert rows(cut="prune_by_class", frac_noise=0.5) == [
        4,
        8,
    ]  # what is left of a row is given back to nobody
    assert rows(cut="prune_by_noise_rate", frac_noise=0.0) == []


def test_some_rows_of_each_label_are_left() -> None:
    assert rows(cut="prune_by_class", min_examples_per_class=4) == [4, 5]
    assert rows(cut="prune_by_noise_rate", min_examples_per_class=4) == [
        4,
        5,
    ]  # labels with four rows stay whole
    assert rows(cut="prune_by_noise_rate", min_examples_per_class=5) == [4]
    assert rows(cut="both", min_examples_per_class=6) == []


@pytest.mark.parametrize("cut", PRUNING)
def test_rows_to_remove_are_counted_by_given_label(cut: str) -> None:
    """The peer scales the counts of prune_by_noise_rate by the other axis."""
    assert rows(cut=cut, num_to_remove_per_class=[1, 0, 0]) == [4]
    assert rows(cut=cut, num_to_remove_per_class=[0, 1, 0]) == [8]
    assert rows(cut=cut, num_to_remove_per_class=[2, 2, 0]) == [4, 5, 8, 9]
    assert rows(cut=cut, num_to_remove_per_class=[6, 4, 0]) == [
        4,
        5,
        8,
        9,
    ]  # the others agree with their labels


@pytest.mark.parametrize("cut", PRUNING)
def test_a_joint_that_is_given_is_used(cut: str) -> None:
    assert rows(cut=cut, confident_joint=[[1, 0, 0], [0, 1, 0], [0, 0, 1]]) == []
    assert rows(cut=cut, confident_joint=[[5, 1, 0], [0, 1, 0], [0, 0, 1]]) == [4]
    assert rows(cut=cut, confident_joint=[[1.0, 0, 0], [0.5, 0.5, 0], [0, 0, 1]]) == [8, 9]


def test_pairs_of_classes_that_no_row_favours_are_filled_from_those_nearest() -> None:
    # Two rows labelled 0 are to be flagged for class 2. Both favour class 1; of all, rows 5 and 3 are nearest.
    joint = [[4, 0, 2], [0, 1, 0], [0, 0, 1]]
    leads = PROBS[:6, 2] - PROBS[:6, 0]
    assert np.argsort(-leads)[:2].tolist() == [5, 4]
    assert rows(cut="prune_by_noise_rate", confident_joint=joint) == [4, 5]


@pytest.mark.parametrize("cut", PLAIN)
@settings(deadline=None)
@given(problem=problems())
def test_a_cut_without_options_equals_the_slow_obvious_one(cut: Any, problem: Problem) -> None:
    found = find_label_issues(problem.given, problem.probs, cut=cut)
    assert found.dtype == np.bool_
    assert found.tolist() == PLAIN[cut](problem).tolist()


@pytest.mark.parametrize("cut", PRUNING)
@settings(deadline=None)
@given(
    problem=problems(),
    frac_noise=st.sampled_from([0.0, 0.3, 0.5, 1.0]),
    least=st.integers(0, 9),
    seed=st.none() | st.integers(0, 99),
    removing=st.booleans(),
)
def test_a_cut_that_prunes_equals_the_slow_obvious_one(
    cut: Any, problem: Problem, frac_noise: float, least: int, seed: int | None, removing: bool
) -> None:
    options: dict[str, Any] = {"frac_noise": frac_noise, "min_examples_per_class": least}
    k = problem.probs.shape[1]
    if seed is not None:
        rng = np.random.default_rng(seed)
        options["confident_joint"] = rng.poisson(1.0, (k, k)) + np.diag(rng.integers(0, 3, k))
        if removing:
            options["num_to_remove_per_class"] = rng.integers(0, 2 + slow.label_counts(problem))
    found = find_label_issues(problem.given, problem.probs, cut=cut, **options)
    assert found.tolist() == PRUNING[cut](problem, **options).tolist()


@settings(deadline=None)
@given(problems())
def test_the_auto_cut_equals_the_slow_obvious_one(problem: Problem) -> None:
    right = score_labels(problem.given, problem.probs)
    n_to_flag = slow.to_flag(problem, right)
    assume(abs(n_to_flag % 1 - 0.5) > 1e-6)
    found = find_label_issues(problem.given, problem.probs)
    assert found.tolist() == slow.auto(problem, right, round(n_to_flag)).tolist()


@settings(deadline=None)
@given(problems(), st.integers(0, 50), st.sampled_from(["auto", "log_margin", "self_confidence", "rank_sum"]))
def test_a_number_of_issues_takes_that_many_of_lowest_score(problem: Problem, n: int, score: Any) -> None:
    scores = score_labels(problem.given, problem.probs, score=score)
    labelled = np.flatnonzero(problem.labels >= 0)
    n = min(n, len(labelled))
    found = find_label_issues(problem.given, problem.probs, n_issues=n, score=score)
    assert np.flatnonzero(found).tolist() == sorted(slow.lowest(scores, labelled, n))


@pytest.mark.parametrize("k", [300, 1000])
@pytest.mark.parametrize("cut", [*PLAIN, *PRUNING])
@pytest.mark.parametrize("tied", [False, True])
def test_many_classes_equal_the_slow_obvious_ones(k: int, cut: Any, tied: bool) -> None:
    problem = made(k, 80, k, dtype="float32", tied=tied, absent=k - 8, unlabelled=0.1, sharpness=0.02)
    found = find_label_issues(problem.given, problem.probs, cut=cut)
    assert found.tolist() == (PLAIN | PRUNING)[cut](problem).tolist()
    assert found.any()


@pytest.mark.parametrize("cut", CUTS)
@settings(deadline=None, max_examples=15)
@given(seed=st.integers(0, 99), k=st.sampled_from([2, 5, 17, 60]), tied=st.booleans(), sizes=SIZES)
def test_threads_and_blocks_change_no_row(cut: Any, seed: int, k: int, tied: bool, sizes: list[int]) -> None:
    problem = made(seed, 300, k, dtype="float32" if seed % 2 else "float64", tied=tied, unlabelled=0.1)
    options: dict[str, Any] = {"cut": cut, "output": "rows"}
    with small_blocks():
        found = [
            find_label_issues(problem.given, problem.probs, n_threads=n, **options).tolist()
            for n in (1, 2, 5)
        ]
        found.append(find_label_issues(streamed(problem, sizes), **options).tolist())
    assert found[0] == found[1] == found[2] == found[3]


@pytest.mark.parametrize("cut", [*PLAIN, *PRUNING])
@settings(deadline=None, max_examples=30)
@given(problem=problems(tied=False), seed=st.integers(0, 99))
def test_permuted_rows_are_flagged_as_before(cut: Any, problem: Problem, seed: int) -> None:
    problem = Problem(problem.labels, _told_apart(problem))
    order = np.random.default_rng(seed).permutation(len(problem.labels))
    turned = Problem(problem.labels[order], problem.probs[order])
    before = find_label_issues(problem.given, problem.probs, cut=cut)
    assert find_label_issues(turned.given, turned.probs, cut=cut).tolist() == before[order].tolist()


def _told_apart(problem: Problem) -> Any:
    """Make no two probabilities equal, so that no order of rows decides."""
    noise = np.random.default_rng(1).random(problem.probs.shape)
    mixed = 0.9 * problem.probs.astype(float) / problem.probs.astype(float).sum(axis=1, keepdims=True)
    return mixed + 0.1 * noise / noise.sum(axis=1, keepdims=True)


@settings(deadline=None, max_examples=30)
@given(problems(tied=False), st.integers(0, 99))
def test_permuted_rows_have_as_many_flagged_by_default_and_as_low(problem: Problem, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(problem.labels))
    turned = Problem(problem.labels[order], problem.probs[order])
    flagged = []
    for one in (problem, turned):
        mask = find_label_issues(one.given, one.probs)
        flagged.append(np.sort(score_labels(one.given, one.probs)[mask]))
    assert np.allclose(flagged[0], flagged[1], atol=1e-4)


@pytest.mark.parametrize("cut", CUTS)
def test_a_label_that_no_row_disagrees_with_is_never_flagged(cut: Any) -> None:
    assert not find_label_issues([0, 1, 2, 0], np.eye(3)[[0, 1, 2, 0]], cut=cut).any()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"cut": "prune_by_clas"}, "There is no cut 'prune_by_clas'. Did you mean 'prune_by_class'?"),
        ({"cut": "xyz"}, "There is no cut 'xyz'. There are: 'auto', 'prune_by_noise_rate',"),
        ({"cut": "both", "frac_noise": 2}, "frac_noise must be from 0 to 1; got 2."),
        ({"cut": "both", "frac_noise": -0.1}, "frac_noise must be from 0 to 1; got -0.1."),
        ({"cut": "both", "frac_noise": float("nan")}, "frac_noise must be from 0 to 1; got nan."),
        ({"cut": "both", "min_examples_per_class": -1}, "must be a whole number of at least 0; got -1."),
        ({"n_issues": 1.5}, "n_issues must be a whole number; got 1.5."),
        ({"cut": "both", "frac_noise": "a"}, "frac_noise must be from 0 to 1; got 'a'."),
        (
            {"cut": "both", "num_to_remove_per_class": [float("inf"), 1]},
            "num_to_remove_per_class must be 3 numbers from 0 up",
        ),
        ({"cut": "both", "confident_joint": [[1, 2], [3]]}, "confident_joint cannot be read as an array of numbers"),
        ({"n_issues": -1}, "n_issues=-1 flags that many rows of lowest score, in the place of a cut."),
        ({"n_issues": 999}, "n_issues is 999 but only"),
        ({"n_issues": 3, "cut": "both"}, "Give a number from 0 up and leave cut out."),
        ({"n_issues": 3, "frac_noise": 0.5}, "frac_noise works with cut="),
        ({"frac_noise": 0.5}, "'prune_by_noise_rate', 'prune_by_class', 'both', not with 'auto'."),
        ({"cut": "confident_learning", "confident_joint": np.eye(3)}, "confident_joint works with cut="),
        ({"cut": "predicted_neq_given", "num_to_remove_per_class": [1, 1, 1]}, "num_to_remove_per_class works with"),
        ({"cut": "low_self_confidence", "min_examples_per_class": 2}, "min_examples_per_class works with cut="),
        ({"cut": "both", "confident_joint": np.eye(2)}, "confident_joint has 2 classes but pred_probs has 3 columns."),
        ({"cut": "both", "confident_joint": np.ones((2, 3))}, "one column per class; got shape (2, 3)."),
        ({"cut": "both", "confident_joint": -np.eye(3)}, "confident_joint must hold numbers from 0 up"),
        ({"cut": "both", "num_to_remove_per_class": [1, 2]}, "num_to_remove_per_class must be 3 numbers from 0 up"),
        ({"cut": "both", "num_to_remove_per_class": [1, 2, -3]}, "one per class; got [1, 2, -3]."),
    ],
)  # fmt: skip
def test_options_that_cannot_be_used_say_the_way_out(options: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        find_label_issues(LABELS, PROBS, **options)
    assert message in str(caught.value)
