from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from emendata.errors import InputError
from emendata.tasks.labels import read_labels


def test_class_names_fix_the_order() -> None:
    assert read_labels(["cat", None, "dog"], ["dog", "cow", "cat"]).codes.tolist() == [2, -1, 0]
    assert read_labels(["cat", "dog"], np.array(["dog", "cat"])).class_names == ("dog", "cat")
    assert read_labels([7, None, 5], [5, 7]).codes.tolist() == [1, -1, 0]
    assert read_labels([-1, 1], (1, -1)).codes.tolist() == [1, 0]
    assert read_labels([1, 2], ["2", "1"]).codes.tolist() == [1, 0]
    assert read_labels(["1", "2"], [2, 1]).codes.tolist() == [1, 0]
    assert read_labels([True, False], ["True", "False"]).codes.tolist() == [0, 1]


def test_a_class_label_of_datasets_names_the_columns() -> None:
    stars = SimpleNamespace(names=["1", "2", "3"], num_classes=3)
    read = read_labels([0, 2], stars)
    assert (read.codes.tolist(), read.class_names) == ([0, 2], ("1", "2", "3"))
    assert read_labels(["3", "1"], stars).codes.tolist() == [2, 0]


@pytest.mark.parametrize(
    ("labels", "names", "message"),
    [
        (["bord", "cat"], ["bird", "cat"], "row 0), but the classes are 'bird', 'cat'. Did you mean 'bird'?"),
        (["bord", "bort"], ["bird", "cat"], "labels has 'bord', 'bort' in 2 of 2 rows (the first is row 0)"),
        (["a"], ["a", "a"], "class_names has 'a' more than once. Name each class once."),
        (["a"], "ab", "class_names is 'ab'. Give a sequence with one name per column of pred_probs."),
        (["a"], [["a"]], "class_names cannot be used: unhashable type"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_says_what_came_and_the_way_out(labels: Any, names: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_labels(labels, names)
    assert message in str(caught.value)
