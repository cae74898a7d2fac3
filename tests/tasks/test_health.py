from collections.abc import Callable

import numpy as np
import pandas as pd  # type: ignore[import-untyped, unused-ignore]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.errors import InputError
from emendata.records import FloatArray, IntArray
from emendata.tasks.health import (
    HealthSummary,
    find_overlapping_classes,
    health_summary,
    label_health,
    rank_classes_by_label_quality,
)

COUNTS = [[8, 2, 0], [1, 8, 1], [0, 0, 5]]
JOINT = np.array(COUNTS) / 25
LABELS = [0] * 10 + [1] * 10 + [2] * 5
NAMES = ["ant", "bee", "cow"]
QUALITY_COLUMNS = [
    "class_index", "class_name", "label_issues", "inverse_label_issues", "label_noise", "inverse_label_noise",
    "label_quality",
]  # fmt: skip
OVERLAP_COLUMNS = ["class_a", "class_b", "class_name_a", "class_name_b", "n_overlapping", "joint_probability"]


@st.composite
def problems(draw: st.DrawFn) -> tuple[IntArray, FloatArray]:
    k, n = draw(st.integers(2, 12)), draw(st.integers(1, 80))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return rng.integers(0, draw(st.integers(1, k)), n), rng.dirichlet(np.full(k, 0.3), n)


def test_classes_are_ranked_the_worst_first() -> None:
    made = rank_classes_by_label_quality(confident_joint=COUNTS, class_names=NAMES)
    assert list(made.columns) == QUALITY_COLUMNS
    assert made.class_name.tolist() == ["ant", "bee", "cow"]  # the first two are equal and keep their order
    assert made.label_issues.tolist() == [2, 2, 0]
    assert made.inverse_label_issues.tolist() == [1, 2, 1]
    assert np.allclose(made.label_noise, [0.2, 0.2, 0.0])
    assert np.allclose(made.inverse_label_noise, [1 / 9, 0.2, 1 / 6])
    assert np.allclose(made.label_quality, [0.8, 0.8, 1.0])
    turned = rank_classes_by_label_quality(confident_joint=np.array(COUNTS)[::-1, ::-1])
    assert turned.class_index.tolist() == [1, 2, 0]


def test_overlapping_pairs_come_with_their_number() -> None:
    made = find_overlapping_classes(joint=JOINT, n_examples=50, class_names=NAMES)
    assert list(made.columns) == OVERLAP_COLUMNS
    assert made.class_name_a.tolist() == ["ant", "bee", "ant"]
    assert made.class_name_b.tolist() == ["bee", "cow", "cow"]
    assert made.n_overlapping.tolist() == [6, 2, 0]
    assert np.allclose(made.joint_probability, [0.12, 0.04, 0.0])


def test_the_two_directions_of_an_overlap_can_be_told_apart() -> None:
    made = find_overlapping_classes(joint=JOINT, n_examples=25, asymmetric=True)
    pairs = list(zip(made.class_a.tolist(), made.class_b.tolist(), made.n_overlapping.tolist(), strict=True))
    assert pairs == [(0, 1, 2), (1, 0, 1), (1, 2, 1), (0, 2, 0), (2, 0, 0), (2, 1, 0)]


def test_health_is_never_a_percentage_without_its_count() -> None:
    made = label_health(confident_joint=COUNTS)
    assert str(made) == "84.0% healthy: 4 of 25 labels look wrong"
    assert float(made) == made.score
    assert (made.n_issues, made.n_examples) == (4, 25)


FUNCTIONS: list[Callable[..., object]] = [
    rank_classes_by_label_quality,
    find_overlapping_classes,
    label_health,
    health_summary,
]


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    "arguments",
    [
        {"confident_joint": COUNTS},
        {"confident_joint": COUNTS, "n_examples": 25},
        {"confident_joint": np.array(COUNTS) * 2, "labels": LABELS},
        {"joint": JOINT, "n_examples": 25},
        {"joint": JOINT, "labels": LABELS},
        {"joint": JOINT, "labels": LABELS, "n_examples": 25},
        {"joint": JOINT, "confident_joint": COUNTS, "labels": [*LABELS, None]},
    ],
    ids=lambda arguments: " ".join(arguments),
)
def test_w19_every_documented_combination_of_arguments_works(
    function: Callable[..., object], arguments: dict[str, object]
) -> None:
    assert str(function(**arguments)) == str(function(joint=JOINT, n_examples=25))


def test_a_confident_joint_is_rescaled_to_the_labels() -> None:
    made = rank_classes_by_label_quality([0] * 100 + [1] * 10, confident_joint=[[8, 2], [1, 9]])
    assert made.class_index.tolist() == [0, 1]
    assert made.label_issues.tolist() == [20, 1]


def test_names_come_from_the_arguments_else_from_the_labels_else_are_numbers() -> None:
    def names(**arguments: object) -> tuple[str, ...]:
        return health_summary(joint=JOINT, **arguments).class_names  # type: ignore[arg-type]

    assert names(n_examples=25) == ("0", "1", "2")
    assert names(labels=[NAMES[i] for i in LABELS]) == ("ant", "bee", "cow")
    assert names(labels=pd.Categorical.from_codes([0, 0, 1], NAMES)) == ("ant", "bee", "cow")
    assert names(n_examples=25, class_names=[5, 70, None]) == ("5", "70", "None")


def test_a_summary_holds_and_shows_all_of_it() -> None:
    made = health_summary(confident_joint=COUNTS, class_names=NAMES, asymmetric=True)
    assert isinstance(made, HealthSummary)
    assert np.allclose(made.joint, JOINT)
    assert len(made.overlaps) == 6
    for part in ("84.0% healthy: 4 of 25", "ClassQualities, 3 rows", "ClassOverlaps, 6 rows", "cow"):
        assert part in str(made)


def test_tables_go_to_every_library() -> None:
    made = rank_classes_by_label_quality(confident_joint=COUNTS, class_names=NAMES)
    assert list(made.to_pandas().columns) == made.to_polars().columns == QUALITY_COLUMNS
    assert made.to_arrow()["class_name"].to_pylist() == NAMES
    assert find_overlapping_classes(confident_joint=COUNTS).to_arrow()["class_name_b"].to_pylist() == [
        "1",
        "2",
        "2",
    ]


@settings(max_examples=30, deadline=None)
@given(problems())
def test_from_labels_and_predictions_on_the_numbers_fit_each_other(
    problem: tuple[IntArray, FloatArray],
) -> None:
    confident = pytest.importorskip("emendata.tasks.confident")
    labels, probs = problem
    made = health_summary(labels, probs)
    assert np.allclose(made.joint, confident.estimate_joint(labels, probs))
    assert made.health == label_health(labels, probs)
    assert made.health.n_issues == confident.count_label_issues(labels, probs)
    assert made.health.n_examples == len(labels)
    assert made.classes.to_arrow() == rank_classes_by_label_quality(labels, probs).to_arrow()
    assert made.overlaps.to_arrow() == find_overlapping_classes(labels, probs).to_arrow()
    both = rank_classes_by_label_quality(joint=made.joint, n_examples=len(labels))
    assert np.allclose(both.label_noise, made.classes.label_noise)


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "Give labels and pred_probs, or joint and n_examples, or confident_joint; labels is missing."),
        ({"labels": LABELS}, "or confident_joint; pred_probs is missing."),
        ({"pred_probs": np.eye(3)}, "or confident_joint; labels is missing."),
        ({"joint": JOINT}, "A joint alone does not say how many rows there are. Give n_examples, or labels."),
        ({"joint": COUNTS, "n_examples": 9}, "joint must sum to one; got 25. Counts of rows are a confident_joint."),
        ({"joint": [[0.5, 0.5]], "n_examples": 9}, "joint must have one line and one column a class; got shape"),
        ({"joint": [["a"]], "n_examples": 9}, "joint cannot be read as an array of numbers"),
        ({"confident_joint": [[1, -1], [0, 1]]}, "confident_joint must hold numbers of at least 0"),
        ({"confident_joint": [[np.nan, 1], [0, 1]]}, "confident_joint must hold numbers of at least 0"),
        ({"joint": JOINT, "n_examples": 0}, "n_examples must be at least 1; got 0."),
        ({"joint": JOINT, "labels": LABELS, "n_examples": 9}, "n_examples is 9 but labels has 25."),
        ({"joint": JOINT, "n_examples": 9, "class_names": ["a"]}, "class_names has 1 names but there are 3 classes."),
        ({"confident_joint": COUNTS, "labels": [0, 3]}, "labels has 4 classes but confident_joint has 3 lines."),
        ({"confident_joint": COUNTS, "labels": ["a", "b"]}, "Say with class_names= which line is which."),
    ],
)  # fmt: skip
def test_w19_what_is_missing_or_does_not_fit_is_one_clear_sentence(
    function: Callable[..., object], arguments: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError) as caught:
        function(**arguments)
    assert message in str(caught.value)


def test_many_classes_take_no_loop_over_pairs() -> None:
    made = health_summary(joint=np.eye(1000) / 1000, n_examples=10**6)
    assert len(made.overlaps) == 499_500
    assert made.health.n_issues == 0
