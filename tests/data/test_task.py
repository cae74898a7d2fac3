import json
import random

import pytest

import emendata as em
from emendata.data import check_label, open_dataset
from emendata.data.task import infer_task
from emendata.errors import InputError, UnknownName
from emendata.records import Task

N = 200


def drawn(cells: list[object], seed: int = 0) -> list[object]:
    return random.Random(seed).choices(cells, k=N)


def several(separator: str) -> list[object]:
    draw = random.Random(0)
    return [
        separator.join(draw.sample(["red", "green", "blue", "dark blue", "grey"], draw.randint(1, 3)))
        for _ in range(N)
    ]


@pytest.mark.parametrize(
    ("labels", "task"),
    [
        (drawn(["up", "down"]), "binary"),
        (drawn([True, False, None]), "binary"),
        (drawn([1.0, 2.0]), "binary"),
        (drawn(["a", "b", "c"]), "multiclass"),
        (drawn(list(range(10))), "multiclass"),
        (drawn([0.5, 1.0, 1.5]), "multiclass"),
        (drawn(["Ulm, BW", "Bonn, NRW", "Köln, NRW"]), "multiclass"),
        ([f"{word}, well" for word in drawn([f"w{i}" for i in range(60)])], "multiclass"),
        ([i / 7 for i in range(N)], "regression"),
        ([i % 30 + 0.5 for i in range(N)], "regression"),
        (drawn(list(range(100, 160))), "regression"),
        (several("|"), "multilabel"),
        (several("; "), "multilabel"),
        (several(", "), "multilabel"),
        ([[str(word) for word in str(cell).split("|")] for cell in several("|")], "multilabel"),
        ([json.dumps(str(cell).split("|")) for cell in several("|")], "multilabel"),
        (drawn(["large, red", "large, blue", "small, red", "small, blue"]), "multiclass"),
        (drawn(["[UNK]", "[CLS]", "[SEP]"]), "multiclass"),
        (drawn(["[low, 3]", "[high, 4]", "[3, 4)"]), "multiclass"),
    ],
)
def test_a_label_is_taken_for_what_a_person_takes_it_for(labels: list[object], task: str) -> None:
    dataset = open_dataset({"x": drawn([0.5, 1.5]), "y": labels}, label="y")
    assert dataset.task == task
    check_label(dataset)
    assert infer_task(dataset.table["y"])[1]


def test_without_a_label_there_is_no_task() -> None:
    assert open_dataset({"x": [1.5, 2.5]}).task == Task.NONE


def test_what_one_says_counts() -> None:
    data = {"x": drawn([0.5, 1.5]), "y": [i % 30 + 0.5 for i in range(N)]}
    assert open_dataset(data, label="y", task="multiclass").task == Task.MULTICLASS
    with pytest.raises(UnknownName, match=r"There is no task 'multi-class'\. Did you mean 'multiclass'\?"):
        open_dataset(data, label="y", task="multi-class")


@pytest.mark.parametrize(
    ("labels", "task", "message"),
    [
        (drawn(["a", "b", "c"]), "binary", "has 3 different labels, and the task binary has two."),
        (drawn(["a", "b", "c"]), "regression", "holds texts, and the task regression is about numbers."),
    ],
)
def test_what_one_says_must_fit(labels: list[object], task: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        em.Audit({"x": drawn([0.5, 1.5]), "y": labels}, label="y", task=task)


@pytest.mark.parametrize(
    ("labels", "words"),
    [([i / 7 for i in range(N)], "holds amounts"), (several("|"), "holds several labels a row")],
)
def test_other_errors_are_found_all_the_same(labels: list[object], words: str) -> None:
    sizes = [random.Random(i).gauss(0, 1) for i in range(N)]
    sizes[7] = 1000.0
    audit = em.Audit({"size": sizes, "weight": sizes[::-1], "y": labels}, label="y", mode="quick").run()
    assert 7 in audit.issues.of("outlier")["row"].to_pylist()
    verdicts = {outcome.check.name: outcome for outcome in audit.outcomes}
    for name in ("wrong_label", "class_imbalance", "label_variants"):
        assert verdicts[name].status == "not_applicable"
        assert words in verdicts[name].message
    assert audit.score_table["given"].to_pylist()[0] is not None
    assert audit.summary.task.value in ("regression", "multilabel")
