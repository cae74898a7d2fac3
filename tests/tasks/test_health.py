from collections.abc import Iterator

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.records import FloatArray, IntArray
from emendata.tasks.class_tables import find_overlapping_classes, rank_classes_by_label_quality
from emendata.tasks.confident import estimate_joint
from emendata.tasks.health import HealthSummary, health_summary, label_health
from emendata.tasks.issue_counts import count_label_issues
from emendata.tasks.label_issues import find_label_issues
from emendata.tasks.stream import stream

COUNTS = [[8, 2, 0], [1, 8, 1], [0, 0, 5]]
JOINT = np.array(COUNTS) / 25
LABELS = [0] * 10 + [1] * 10 + [2] * 5
NAMES = ["ant", "bee", "cow"]


@st.composite
def problems(draw: st.DrawFn) -> tuple[IntArray, FloatArray]:
    k, n = draw(st.integers(2, 12)), draw(st.integers(1, 80))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return rng.integers(0, draw(st.integers(1, k)), n), rng.dirichlet(np.full(k, 0.3), n)


def test_health_is_never_a_percentage_without_its_count() -> None:
    made = label_health(confident_joint=COUNTS)
    assert str(made) == "84.0% healthy: 4 of 25 labels look wrong"
    assert float(made) == made.score
    assert (made.n_issues, made.n_examples) == (4, 25)


def test_a_summary_holds_and_shows_all_of_it() -> None:
    made = health_summary(confident_joint=COUNTS, class_names=NAMES, asymmetric=True)
    assert isinstance(made, HealthSummary)
    assert np.allclose(made.joint, JOINT)
    assert len(made.overlaps) == 6
    for part in ("84.0% healthy: 4 of 25", "ClassQualities, 3 rows", "ClassOverlaps, 6 rows", "cow"):
        assert part in str(made)


@settings(max_examples=30, deadline=None)
@given(problems())
def test_from_labels_and_predictions_on_the_numbers_fit_each_other(
    problem: tuple[IntArray, FloatArray],
) -> None:
    labels, probs = problem
    made = health_summary(labels, probs)
    assert np.allclose(made.joint, estimate_joint(labels, probs))
    assert made.health == label_health(labels, probs)
    assert made.health.n_issues == count_label_issues(labels, probs)
    assert made.health.n_examples == len(labels)
    assert made.classes.to_arrow() == rank_classes_by_label_quality(labels, probs).to_arrow()
    assert made.overlaps.to_arrow() == find_overlapping_classes(labels, probs).to_arrow()
    both = rank_classes_by_label_quality(joint=made.joint, n_examples=len(labels))
    assert np.allclose(both.label_noise, made.classes.label_noise)


@settings(max_examples=20, deadline=None)
@given(problems())
def test_several_models_logits_and_streams_are_read_as_everywhere(
    problem: tuple[IntArray, FloatArray],
) -> None:
    labels, probs = problem
    wanted = str(health_summary(labels, probs))
    names = list(range(probs.shape[1]))
    assert str(health_summary(labels, [probs, probs], n_threads=1)) == wanted
    assert str(health_summary(labels, 3 * probs, normalize=True)) == wanted
    assert str(health_summary(stream([(labels, probs)], class_names=names))) == wanted
    with np.errstate(divide="ignore"):
        logits = np.maximum(np.log(probs), -80)
    assert label_health(labels, logits, from_logits=True) == label_health(labels, probs)


def test_a_summary_reads_the_data_no_more_often_than_flagging_does() -> None:
    rng = np.random.default_rng(0)
    labels, probs = rng.integers(0, 3, 50), rng.dirichlet(np.ones(3), 50)
    passes = []

    def blocks() -> Iterator[tuple[IntArray, FloatArray]]:
        passes.append(1)
        yield labels, probs

    opened = stream(blocks)
    passes.clear()
    find_label_issues(opened)
    n_to_flag = len(passes)
    passes.clear()
    health_summary(opened)
    assert 0 < len(passes) <= n_to_flag


def test_many_classes_take_no_loop_over_pairs() -> None:
    made = health_summary(joint=np.eye(1000) / 1000, n_examples=10**6)
    assert len(made.overlaps) == 499_500
    assert made.health.n_issues == 0
