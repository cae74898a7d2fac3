from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from emendata.errors import InputError
from emendata.tasks.class_tables import find_overlapping_classes, rank_classes_by_label_quality
from emendata.tasks.health import health_summary, label_health

COUNTS = [[8, 2, 0], [1, 8, 1], [0, 0, 5]]
JOINT = np.array(COUNTS) / 25
LABELS = [0] * 10 + [1] * 10 + [2] * 5
NAMES = ["ant", "bee", "cow"]


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
        {"joint": JOINT, "labels": [*LABELS, None]},
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


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "Give labels and pred_probs, or joint and n_examples, or confident_joint; labels is missing."),
        ({"labels": LABELS}, "or confident_joint; pred_probs is missing."),
        ({"pred_probs": np.eye(3)}, "or confident_joint; labels is missing."),
        ({"joint": JOINT}, "A joint alone does not say how many rows there are. Give n_examples, or labels."),
        ({"joint": COUNTS, "n_examples": 9}, "joint must sum to one; got 25. Counts of rows are a confident_joint."),
        ({"joint": [[0.5, 0.5]], "n_examples": 9}, "joint must have one line and one column per class; got shape"),
        ({"joint": [["a"]], "n_examples": 9}, "joint cannot be read as an array of numbers"),
        ({"confident_joint": [[1, -1], [0, 1]]}, "confident_joint must hold numbers from 0 up, and no NaN"),
        ({"confident_joint": [[np.nan, 1], [0, 1]]}, "confident_joint must hold numbers from 0 up, and no NaN"),
        ({"confident_joint": [[0, 0], [0, 0]]}, "confident_joint is all 0."),
        ({"joint": JOINT, "confident_joint": COUNTS}, "joint and confident_joint each say how the labels go wrong."),
        ({"labels": LABELS, "pred_probs": np.eye(3), "joint": JOINT}, "pred_probs and joint each say how the labels"),
        ({"joint": JOINT, "n_examples": 9, "normalize": True}, "normalize and from_logits say how to read pred_probs."),
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
