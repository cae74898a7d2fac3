from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata
from tests.tasks import slow
from tests.tasks.problems import SIZES, Array, Problem, made, problems, small_blocks, streamed

from emendata.errors import InputError
from emendata.tasks.classification import score_labels

SCORES: list[Any] = [
    "auto", "log_margin", "transition_posterior", "rank_sum", "self_confidence", "normalized_margin",
    "confidence_weighted_entropy",
]  # fmt: skip
ADJUSTABLE: list[Any] = ["self_confidence", "normalized_margin"]
PLAIN: dict[Any, Any] = {
    "self_confidence": lambda p, y: min(float(p[y]), 1.0),
    "normalized_margin": slow.normalized_margin,
    "log_margin": slow.log_margin,
    "confidence_weighted_entropy": slow.confidence_weighted_entropy,
}
LABELS, PROBS = [0, 1, 1], [[0.9, 0.1], [0.2, 0.8], [0.95, 0.05]]


def test_each_score_by_hand() -> None:
    found: dict[Any, Array] = {score: score_labels(LABELS, PROBS, score=score) for score in SCORES}
    assert np.allclose(found["self_confidence"], [0.9, 0.8, 0.05])
    assert np.allclose(found["normalized_margin"], [0.9, 0.8, 0.05])
    assert np.allclose(found["log_margin"], [0.9, 0.8, 0.05])
    assert np.allclose(found["rank_sum"], [1, 2 / 3, 1 / 3])
    weighted = 0.4689956 / 0.9  # bits of entropy over the probability of the label
    assert np.isclose(found["confidence_weighted_entropy"][0], np.log1p(weighted) / weighted)
    assert all(scores.argmin() == 2 and scores.dtype == np.float32 for scores in found.values())


def test_log_margin_and_normalized_margin_differ_with_three_classes() -> None:
    probs = [[0.6, 0.3, 0.1]]
    assert np.allclose(score_labels([1], probs, score="log_margin"), 1 / 3)
    assert np.allclose(score_labels([1], probs, score="normalized_margin"), 0.35)


@pytest.mark.parametrize("score", list(PLAIN))
@settings(deadline=None)
@given(problem=problems())
def test_a_score_of_single_rows_equals_the_slow_obvious_one(score: Any, problem: Problem) -> None:
    found = score_labels(problem.given, problem.probs, score=score)
    assert np.allclose(found, slow.scores(problem, PLAIN[score]), atol=2e-5, equal_nan=True)


@settings(deadline=None)
@given(problems())
def test_the_posterior_equals_the_slow_obvious_one(problem: Problem) -> None:
    for score, belief in (("auto", slow.beliefs(problem).pattern), ("transition_posterior", 1.0)):
        found = score_labels(problem.given, problem.probs, score=score)  # type: ignore[arg-type]
        assert np.allclose(found, slow.posterior(problem, belief)[0], atol=2e-3, equal_nan=True)


@settings(deadline=None)
@given(problems())
def test_the_rank_sum_averages_the_ranks_of_both(problem: Problem) -> None:
    labelled = problem.labels >= 0
    posterior = score_labels(problem.given, problem.probs, score="transition_posterior")[labelled]
    margin = slow.scores(problem, slow.log_margin)[labelled]
    found = score_labels(problem.given, problem.probs, score="rank_sum")
    assert np.allclose(found[labelled], (rankdata(margin) + rankdata(posterior)) / 2 / labelled.sum())
    assert np.isnan(found[~labelled]).all()


@pytest.mark.parametrize("score", ADJUSTABLE)
@settings(deadline=None)
@given(problem=problems())
def test_an_adjusted_score_equals_the_slow_obvious_one(score: Any, problem: Problem) -> None:
    found = score_labels(problem.given, problem.probs, score=score, adjust_pred_probs=True)
    assert np.allclose(found, slow.scores(slow.adjusted(problem), PLAIN[score]), atol=1e-5, equal_nan=True)


@pytest.mark.parametrize("k", [300, 1000])
@pytest.mark.parametrize("score", list(PLAIN))
def test_many_classes_equal_the_slow_obvious_ones(k: int, score: Any) -> None:
    problem = made(k, 60, k, dtype="float32", absent=k // 2, unlabelled=0.1)
    found = score_labels(problem.given, problem.probs, score=score)
    assert np.allclose(found, slow.scores(problem, PLAIN[score]), atol=2e-5, equal_nan=True)


@pytest.mark.parametrize("k", [300, 1000])
def test_the_posterior_of_many_classes_equals_the_slow_obvious_one(k: int) -> None:
    problem = made(k, 60, k, dtype="float32", absent=k // 2, unlabelled=0.1)
    found = score_labels(problem.given, problem.probs)
    wanted = slow.posterior(problem, slow.beliefs(problem).pattern)[0]
    assert np.allclose(found, wanted, atol=2e-3, equal_nan=True)


@pytest.mark.parametrize("score", SCORES)
@settings(deadline=None, max_examples=25)
@given(problem=problems())
def test_scores_are_in_the_unit_interval_and_nan_without_a_label(score: Any, problem: Problem) -> None:
    found = score_labels(problem.given, problem.probs, score=score)
    assert found.dtype == np.float32
    assert np.array_equal(np.isnan(found), problem.labels < 0)
    assert ((found >= 0) & (found <= 1))[problem.labels >= 0].all()


@pytest.mark.parametrize("score", SCORES)
@settings(deadline=None, max_examples=25)
@given(problem=problems(tied=False), seed=st.integers(0, 99))
def test_permuted_rows_have_permuted_scores(score: Any, problem: Problem, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(problem.labels))
    turned = Problem(problem.labels[order], problem.probs[order])
    if score == "rank_sum":  # by hand: ranks of about equal scores may change places
        problem = turned
        order = np.arange(len(order))
    found = score_labels(turned.given, turned.probs, score=score)
    assert np.allclose(
        found, score_labels(problem.given, problem.probs, score=score)[order], atol=1e-4, equal_nan=True
    )


@pytest.mark.parametrize("score", SCORES)
@pytest.mark.parametrize("adjust", [False, True])
@settings(deadline=None, max_examples=10)
@given(seed=st.integers(0, 99), k=st.sampled_from([2, 5, 16, 17, 60]), sizes=SIZES)
def test_threads_and_blocks_change_no_bit(
    score: Any, adjust: bool, seed: int, k: int, sizes: list[int]
) -> None:
    if adjust and score not in ADJUSTABLE:
        return
    problem = made(seed, 300, k, dtype="float32" if seed % 2 else "float64", unlabelled=0.1)
    options: dict[str, Any] = {"score": score, "adjust_pred_probs": adjust}
    with small_blocks():
        found = [
            score_labels(problem.given, problem.probs, n_threads=n, **options).tobytes() for n in (1, 2, 5)
        ]
        found.append(score_labels(streamed(problem, sizes), **options).tobytes())
    assert found[0] == found[1] == found[2] == found[3]


def test_a_sure_right_row_has_the_best_weighted_entropy_score() -> None:
    """The peer divides log(1 + e) by max(e, 1e-6), which goes to nothing as the entropy e does."""
    assert np.allclose(score_labels([0, 1], np.eye(2), score="confidence_weighted_entropy"), 1, atol=1e-6)
    nearly = [[1 - 1e-9, 1e-9], [0.3, 0.7]]
    scores = score_labels([0, 1], nearly, score="confidence_weighted_entropy")
    assert scores[0] > 0.999
    assert scores[0] > scores[1]


@pytest.mark.parametrize("score", SCORES)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_probabilities_a_little_outside_the_unit_interval_are_scored(score: Any, dtype: str) -> None:
    """The peer's weighted entropy raises on 1 + 1e-9."""
    probs = np.array([[1 + 1e-9, -1e-9], [1 + 9e-7, -9e-7], [0.3, 0.7]], dtype)
    found = score_labels([0, 0, 1], probs, score=score)
    assert ((found >= 0) & (found <= 1)).all()
    if score != "rank_sum":
        assert found[0] > 0.99


def test_adjusted_scores_do_not_collapse_where_a_class_is_absent() -> None:
    """The peer takes the threshold 2 of an absent class for the largest, which squeezes all scores together."""
    rng = np.random.default_rng(0)
    probs = rng.dirichlet([0.3, 0.3, 0.3], 200)
    labels = np.where(rng.random(200) < 0.8, probs[:, :2].argmax(axis=1), rng.integers(0, 2, 200))
    plain = score_labels(labels, probs, score="self_confidence")
    adjusted = score_labels(labels, probs, score="self_confidence", adjust_pred_probs=True)
    assert np.ptp(adjusted) > 0.7 * np.ptp(plain)


def test_classes_equally_sure_are_not_adjusted() -> None:
    labels, probs = [0, 1], [[0.8, 0.2], [0.2, 0.8]]
    for score in ADJUSTABLE:
        found = score_labels(labels, probs, score=score, adjust_pred_probs=True)
        assert np.allclose(found, score_labels(labels, probs, score=score))


def test_adjusting_favours_the_class_that_the_model_is_less_sure_of() -> None:
    labels, probs = [0, 1], [[0.9, 0.1], [0.4, 0.6]]  # thresholds 0.9 and 0.6, so 0.3 is added to class 1
    found = score_labels(labels, probs, score="self_confidence", adjust_pred_probs=True)
    assert np.allclose(found, [0.9 / 1.3, 0.9 / 1.3])


# Several models.

SECOND = [[0.7, 0.3], [0.4, 0.6], [0.4, 0.6]]


def test_models_are_averaged_evenly_or_by_weights_of_yours() -> None:
    first, second = (score_labels(LABELS, one, score="self_confidence") for one in (PROBS, SECOND))
    even = score_labels(LABELS, [PROBS, SECOND], score="self_confidence", ensemble="uniform")
    assert np.allclose(even, (first + second) / 2)
    own = score_labels(LABELS, [PROBS, SECOND], score="self_confidence", ensemble=[3, 1])
    assert np.allclose(own, (3 * first + second) / 4)


def test_models_are_averaged_by_the_share_of_labels_that_they_predict() -> None:
    first, second = (score_labels(LABELS, one, score="self_confidence") for one in (PROBS, SECOND))
    found = score_labels(LABELS, [PROBS, SECOND], score="self_confidence", ensemble="accuracy")
    assert np.allclose(found, (2 * first + 3 * second) / 5)


def test_models_that_predict_no_label_are_averaged_evenly() -> None:
    wrong = [[0.1, 0.9], [0.9, 0.1], [0.9, 0.1]]
    found = score_labels(LABELS, [wrong, wrong], score="self_confidence", ensemble="accuracy")
    assert np.allclose(found, 0.1)


@settings(deadline=None, max_examples=40)
@given(problems(most_rows=30, most_classes=8), st.integers(0, 99))
def test_models_are_averaged_by_the_best_of_eight_temperatures(problem: Problem, seed: int) -> None:
    other = made(seed, *problem.probs.shape).probs.astype(problem.probs.dtype)
    models = [problem, Problem(problem.labels, other)]
    eps = np.finfo(float).eps
    own = np.array(
        [
            [
                np.clip(float(p[y]), eps, 1 - eps)
                for y, p in zip(problem.labels, m.read, strict=True)
                if y >= 0
            ]
            for m in models
        ]
    )
    losses = -np.log(own).mean(axis=1)
    candidates = []
    for t in (1e-4, 1e-3, 1e-2, 1e-1, 1.0, 10.0, 100.0, 200.0):
        weights = np.exp(-t * (losses - losses.min()))
        weights /= weights.sum()
        candidates.append((-np.log(weights @ own).mean(), weights))
    found = score_labels(
        problem.given, [m.probs for m in models], score="self_confidence", ensemble="log_loss_search"
    )
    each = [score_labels(m.given, m.probs, score="self_confidence") for m in models]
    best = min(fit for fit, _ in candidates)
    assert any(
        np.allclose(found, weights[0] * each[0] + weights[1] * each[1], atol=1e-5, equal_nan=True)
        for fit, weights in candidates
        if fit <= best + 1e-9
    )


def test_log_loss_search_works_where_a_class_is_absent() -> None:
    """The peer raises there."""
    probs = [[0.8, 0.1, 0.1], [0.2, 0.7, 0.1], [0.3, 0.6, 0.1]]
    found = score_labels([0, 1, 1], [probs, probs[::-1]], score="self_confidence", ensemble="log_loss_search")
    assert ((found >= 0) & (found <= 1)).all()


@pytest.mark.parametrize("score", SCORES)
def test_the_default_scores_the_stack(score: Any) -> None:
    found = score_labels(LABELS, [PROBS, PROBS], score=score)
    assert np.allclose(found, score_labels(LABELS, PROBS, score=score), atol=1e-6)


@pytest.mark.parametrize("ensemble", ["stack", "uniform", "accuracy", "log_loss_search", [1.0]])
def test_a_single_model_is_its_own_ensemble(ensemble: Any) -> None:
    for score in SCORES:
        found = score_labels([0, 1, None], PROBS, score=score, ensemble=ensemble)
        assert np.allclose(found, score_labels([0, 1, None], PROBS, score=score), equal_nan=True)


@pytest.mark.parametrize("ensemble", ["stack", "uniform", "accuracy", "log_loss_search"])
def test_ensembles_leave_rows_without_a_label_out(ensemble: Any) -> None:
    labels, probs = [*LABELS, None], [[*PROBS, [0.5, 0.5]], [*SECOND, [0.1, 0.9]]]
    found = score_labels(labels, probs, ensemble=ensemble, score="self_confidence")
    assert np.isnan(found[3])
    assert np.allclose(
        found[:3], score_labels(LABELS, [PROBS, SECOND], ensemble=ensemble, score="self_confidence")
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"score": "self_confidense"}, "There is no score 'self_confidense'. Did you mean 'self_confidence'?"),
        ({"ensemble": "unifrom"}, "There is no way of combining models 'unifrom'. Did you mean 'uniform'?"),
        ({"ensemble": ["a", "b"]}, "ensemble must be 2 weights, or one of 'stack', 'uniform'"),
        ({"ensemble": [1, 1, 1]}, "ensemble must be 2 weights from 0 up, one per model; got shape (3,)."),
        ({"ensemble": [1, -1]}, "ensemble must be 2 weights from 0 up, one per model"),
        ({"ensemble": [0, 0]}, "ensemble must be 2 weights from 0 up, one per model"),
        ({"ensemble": [1, np.nan]}, "ensemble must be 2 weights from 0 up, one per model"),
        ({"ensemble": [1, np.inf]}, "ensemble must be 2 weights from 0 up, one per model"),
        ({"adjust_pred_probs": True}, "works with 'self_confidence' and 'normalized_margin', not with 'auto'."),
    ],
)  # fmt: skip
def test_options_that_cannot_be_used_say_the_way_out(options: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        score_labels(LABELS, [PROBS, SECOND], **options)
    assert message in str(caught.value)


@pytest.mark.parametrize("ensemble", ["stack", "uniform", "accuracy", "log_loss_search"])
@pytest.mark.parametrize("row", [[np.nan, 0.5], [0.1, 0.1]])
def test_models_that_are_no_distributions_are_refused(ensemble: Any, row: list[float]) -> None:
    with pytest.raises(InputError, match=r"1 row of pred_probs .* \(the first is row 1\)"):
        score_labels(LABELS, [PROBS, [PROBS[0], row, PROBS[2]]], ensemble=ensemble)
