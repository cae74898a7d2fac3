from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emendata.data.column_blocks import columns_of_classes
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
        {"p_a": [None, *PROBS[1:, 0]], "p_b": 1 - PROBS[:, 0]},
    ],
)
def test_other_numbers_are_none(table: dict[str, object]) -> None:
    assert "probability" not in roles({**table, "y": ["a", "b"] * 15}, label="y").values()


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
