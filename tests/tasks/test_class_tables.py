import numpy as np

from emendata.tasks.class_tables import find_overlapping_classes, rank_classes_by_label_quality

COUNTS = [[8, 2, 0], [1, 8, 1], [0, 0, 5]]
JOINT = np.array(COUNTS) / 25
LABELS = [0] * 10 + [1] * 10 + [2] * 5
NAMES = ["ant", "bee", "cow"]
QUALITY_COLUMNS = [
    "class_index", "class_name", "label_issues", "inverse_label_issues", "label_noise", "inverse_label_noise",
    "label_quality",
]  # fmt: skip  # fmt: skip
OVERLAP_COLUMNS = ["class_a", "class_b", "class_name_a", "class_name_b", "n_overlapping", "joint_probability"]


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


def test_tables_go_to_every_library() -> None:
    made = rank_classes_by_label_quality(confident_joint=COUNTS, class_names=NAMES)
    assert list(made.to_pandas().columns) == made.to_polars().columns == QUALITY_COLUMNS
    assert made.to_arrow()["class_name"].to_pylist() == NAMES
    assert find_overlapping_classes(confident_joint=COUNTS).to_arrow()["class_name_b"].to_pylist() == [
        "1",
        "2",
        "2",
    ]
