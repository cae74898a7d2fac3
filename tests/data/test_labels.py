import pyarrow as pa
import pytest

from emendata.data import check_label, label_names, open_dataset
from emendata.errors import InputError

MANY = [f"text {i}" for i in range(200)]


@pytest.mark.parametrize(
    "labels",
    [
        ["up", "down"] * 100,
        ["up"] * 199 + ["down"],
        ["rare", *[f"c{i % 40}" for i in range(199)]],
        [i % 5 for i in range(200)],
        [float(i % 5) for i in range(200)],
        [None, "", " ", *["up", "down"] * 98, None],
        [float("nan"), float("inf"), *[1.0, 0.0] * 99],
        [True, False] * 100,
        [2000 + i % 15 for i in range(200)],
    ],
    ids=[
        "two",
        "one row in a class",
        "many",
        "codes",
        "float codes",
        "missing",
        "not finite",
        "truth",
        "years",
    ],
)
def test_labels_that_name_classes_are_used(labels: list[object]) -> None:
    check_label(open_dataset({"text": MANY, "y": labels}, label="y"))


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (["up"] * 199 + [None], "Every label in column 'y' is 'up', so there is nothing to tell apart."),
        ([None, ""] * 100, "Every label in column 'y' is missing."),
        (MANY, "Column 'y' has 200 different values in 200 rows, so it names no classes."),
        (list(range(200)), "so it names no classes."),
        ([f"user {i % 120}" for i in range(200)], "so it names no classes."),
    ],
)
def test_labels_that_name_no_classes_are_refused_with_the_way_out(labels: list[object], message: str) -> None:
    dataset = open_dataset({"text": MANY, "y": pa.array(labels, from_pandas=True)}, label="y")
    with pytest.raises(InputError) as caught:
        check_label(dataset)
    assert message in str(caught.value)
    assert str(caught.value).endswith("leave --label out to run the checks that need no label.")


def test_a_dataset_without_label_has_nothing_to_check_and_no_names() -> None:
    dataset = open_dataset({"y": ["a", "b"]})
    check_label(dataset)
    with pytest.raises(InputError, match=r"This dataset has no label column\. Name one with --label\."):
        label_names(dataset)


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        ([1.0, float("nan"), 0.0], ["1", None, "0"]),
        ([True, None, False], ["true", None, "false"]),
        ([" up", "", "UP"], [" up", None, "UP"]),
        ([1.5, float("inf"), 2.0], ["1.5", None, "2"]),
    ],
)
def test_names_of_labels_read_as_people_write_them(labels: list[object], names: list[str | None]) -> None:
    assert label_names(open_dataset({"x": ["a", "b", "c"], "y": labels}, label="y")) == names
