from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emendata.data.column_blocks import all_columns_of_classes, columns_of_classes
from emendata.data.roles import infer_columns

PROBS = np.random.default_rng(0).dirichlet([1, 1, 1], 30)


def roles(table: Mapping[str, object], label: str | None = None) -> dict[str, str]:
    return {column.name: column.role.value for column in infer_columns(pa.table(table), label=label)}


@pytest.mark.parametrize("form", ["p_{}", "{}", "prob[{}]", "{} (probability)"])
def test_probabilities_are_told_by_the_names_of_the_classes(form: str) -> None:
    names = [form.format(word) for word in ("cat", "car", "c")]
    table = {name: PROBS[:, i] for i, name in enumerate(names)}
    found = roles({**table, "y": ["cat", "car", "c"] * 10, "x": PROBS[:, 0]}, label="y")
    assert [found[name] for name in names] == ["probability"] * 3
    assert found["x"] == "number"


@pytest.mark.parametrize(
    "table",
    [
        {"p_a": PROBS[:, 0], "p_b": PROBS[:, 1]},  # do not sum to one
        {"p_a": PROBS[:, 0], "q_b": 1 - PROBS[:, 0]},  # named in two ways
        {"p_a": PROBS[:, 0] - 0.5, "p_b": 1.5 - PROBS[:, 0]},
        {"p_a": [*PROBS[:26, 0], *[None] * 4], "p_b": [*1 - PROBS[:26, 0], *[0.5] * 4]},
    ],
)
def test_other_numbers_are_none(table: dict[str, object]) -> None:
    assert set(roles({**table, "y": ["a", "b"] * 15}, label="y").values()) == {"number", "label"}


def test_features_that_are_named_alike_hide_no_probabilities() -> None:
    table = {f"f_{i}": PROBS[:, i] * 7 for i in range(3)}
    table |= {"prob_0": PROBS[:, 0], "prob_1": 1 - PROBS[:, 0]}
    found = roles({**table, "y": [0, 1] * 15}, label="y")
    assert [name for name, role in found.items() if role == "probability"] == ["prob_0", "prob_1"]
    assert found["f_0"] == found["f_1"] == "number"


def test_probabilities_of_several_models_stand_side_by_side() -> None:
    table = {
        "m1_neg": PROBS[:, 0],
        "m1_pos": 1 - PROBS[:, 0],
        "m2_neg": PROBS[:, 1],
        "m2_pos": 1 - PROBS[:, 1],
    }
    found = roles({**table, "y": ["neg", "pos"] * 15}, label="y")
    assert [found[name] for name in table] == ["probability"] * 4
    assert [list(one.values()) for one in all_columns_of_classes(list(table), ["neg", "pos"])] == [
        ["m1_neg", "m1_pos"],
        ["m2_neg", "m2_pos"],
    ]


@pytest.mark.parametrize(("yes", "no"), [("True", "False"), ("true", "false"), ("TRUE", "FALSE")])
@pytest.mark.parametrize("labels", [[True, False], ["True", "False"], ["TRUE", "FALSE"]])
def test_true_and_false_are_told_in_any_case(yes: str, no: str, labels: list[object]) -> None:
    table = {f"p_{yes}": PROBS[:, 0], f"p_{no}": 1 - PROBS[:, 0], "y": labels * 15}
    assert list(roles(table, label="y").values()) == ["probability", "probability", "label"]


def test_what_rounding_leaves_of_a_zero_does_not_matter() -> None:
    table = {"p_a": [-1e-7, *PROBS[1:, 0]], "p_b": [1.0, *1 - PROBS[1:, 0]], "y": ["a", "b"] * 15}
    assert list(roles(table, label="y").values()) == ["probability", "probability", "label"]


@pytest.mark.parametrize(
    ("first", "reason"),
    [
        (None, "named like the probability of class 'a', and some are missing"),
        (0.1, "named like the probability of class 'a', and some rows are no probabilities that sum to one"),
        (-0.1, "named like the probability of class 'a', and some rows are no probabilities that sum to one"),
    ],
)
def test_probabilities_with_a_few_faults_are_no_features(first: float | None, reason: str) -> None:
    table = {"p_a": [first, *PROBS[1:, 0]], "p_b": [0.5, *1 - PROBS[1:, 0]], "y": ["a", "b"] * 15}
    found = infer_columns(pa.table(table), label="y")
    assert [column.role.value for column in found] == ["ignore", "ignore", "label"]
    assert found[0].reason == reason


def test_probabilities_of_some_of_the_rows_are_no_features() -> None:
    table = {"p_a": [*PROBS[:9, 0], *[None] * 21], "p_b": [*1 - PROBS[:9, 0], *[None] * 21]}
    found = roles({**table, "y": ["a", "b"] * 15}, label="y")
    assert found["p_a"] == found["p_b"] == "ignore"


def test_zeros_and_ones_are_no_probabilities_to_go_by() -> None:
    table = {"sex_0": [0.0, 1.0] * 15, "sex_1": [1.0, 0.0] * 15, "y": [0, 0, 1] * 10}
    found = infer_columns(pa.table(table), label="y")
    assert [column.role.value for column in found] == ["ignore", "ignore", "label"]
    assert found[0].reason == "named like the probability of class '0', and there are only zeros and ones"


def test_without_a_label_there_are_no_classes() -> None:
    assert roles({"p_a": PROBS[:, 0], "p_b": 1 - PROBS[:, 0]}) == {"p_a": "number", "p_b": "number"}


@given(
    st.lists(st.text(min_size=1, max_size=4), min_size=1, max_size=6, unique=True),
    st.text(max_size=3),
    st.text(max_size=3),
    st.lists(st.text(max_size=4), max_size=4),
)
def test_columns_that_are_named_in_one_way_are_found(
    classes: list[str], before: str, behind: str, others: list[str]
) -> None:
    names = [*others, *(f"{before}{word}{behind}" for word in classes)]
    found = columns_of_classes(names, classes)
    assert found is not None
    assert set(found.values()) <= set(names)
    assert len(set(found.values())) == len(classes)


@pytest.mark.parametrize(
    "name", ["emb_{}", "text_embedding_{}", "vector[{}]", "Embedding{}", "img_vec_{:03}"]
)
def test_numbered_parts_of_a_vector_are_an_embedding(name: str) -> None:
    table = {name.format(i): PROBS[:, 0] * i for i in range(1, 10)}
    assert set(roles(table).values()) == {"embedding"}


def test_few_numbers_or_other_names_are_no_embedding() -> None:
    assert set(roles({f"emb_{i}": PROBS[:, 0] * i for i in range(1, 6)}).values()) == {"number"}
    assert set(roles({f"pixel_{i}": PROBS[:, 0] * i for i in range(1, 30)}).values()) == {"number"}
    assert set(roles({f"emb_{i}": np.arange(30) % 7 for i in range(30)}).values()) == {"number"}
