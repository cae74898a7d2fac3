import datetime as dt
import random
import uuid

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.data.normalise import normalised
from emendata.data.roles import infer_columns
from emendata.errors import InputError, UnknownName
from emendata.records import Role

WORDS = ["the", "a", "dog", "cat", "house", "of", "and", "runs", "sleeps", "under", "small", "large", "red"]
N = 400


def drawn(cells: list[object], seed: int = 0) -> list[object]:
    return random.Random(seed).choices(cells, k=N)


def sentences(n_words: int) -> list[str]:
    return [" ".join(random.Random(i).choices(WORDS, k=n_words)) for i in range(N)]


def role(name: str, cells: list[object]) -> str:
    return infer_columns(normalised(pa.table({name: cells})))[0].role.value


@pytest.mark.parametrize(
    ("name", "cells", "expected"),
    [
        ("id", [f"a{i}" for i in range(N)], "id"),
        ("doc", [f"{i:08x}-{i:04x}" for i in range(N)], "id"),
        ("file", [f"img/{i:05}.png" for i in range(N)], "id"),
        ("x", [str(uuid.UUID(int=i)) for i in range(N)], "id"),
        ("x", list(range(7, N + 7)), "id"),
        ("PassengerId", random.Random(0).sample(range(10**6), N), "id"),
        ("user_id", random.Random(0).choices(range(N), k=N), "group"),
        ("userid", [float(i) for i in random.Random(0).choices(range(N), k=N)], "group"),
        ("patient_id", drawn([f"p{i}" for i in range(50)]), "group"),
        ("uuid", random.Random(0).choices(range(N), k=N), "group"),
        ("customer_key", random.Random(0).choices(range(N), k=N), "group"),
        ("patientid", drawn([f"p{i}" for i in range(50)]), "group"),
        ("index", random.Random(0).choices(range(N), k=N), "id"),
        ("idx", random.Random(0).choices(range(N), k=N), "id"),
        ("sort_key", random.Random(0).choices(range(N), k=N), "id"),
        ("key", drawn([f"k{i}" for i in range(50)]), "id"),
        ("Unnamed: 0", random.Random(0).choices(range(N), k=N), "id"),
        ("row_no", random.Random(0).choices(range(N), k=N), "id"),
        ("row_idx", random.Random(0).choices(range(N), k=N), "id"),
        ("row_id", random.Random(0).choices(range(N), k=N), "id"),
        ("n_raters", drawn([1, 2, 3]), "number"),
        ("num_annotators", drawn([1, 2, 3]), "number"),
        ("number_of_labelers", drawn([1, 2, 3]), "number"),
        ("no_of_raters", drawn([1, 2, 3]), "number"),
        ("count_raters", drawn([1, 2, 3]), "number"),
        ("annotator", drawn(["Ann", "Bob"]), "annotator"),
        ("rater_id", drawn([1, 2, 3]), "annotator"),
        ("labels", drawn(["Ann", "Bob"]), "category"),
        ("sample_weight", drawn([0.5, 1.5]), "weight"),
        ("fnlwgt", drawn(list(range(9000, 9090))), "weight"),
        ("sample_weight", drawn([-0.5, 1.5]), "number"),
        ("sample_weight", drawn([0.0, None]), "number"),
        ("weight", drawn(list(range(40, 99))), "number"),
        ("plan_id", drawn([1, 2, 3]), "number"),
        ("paid", random.Random(0).sample(range(10**6), N), "number"),
        ("uric_acid", random.Random(0).choices(range(N), k=N), "number"),
        ("glycemic_index", random.Random(0).choices(range(N), k=N), "number"),
        ("price", [i / 8 for i in range(N)], "number"),
        ("age", drawn(list(range(90))), "number"),
        ("day", [dt.datetime(2024, 1, 1) + dt.timedelta(i) for i in range(N)], "date"),
        ("day", [f"{1 + i % 28}.{1 + i % 12}.2024" for i in range(N)], "date"),
        ("day", [f"2024/01/{1 + i % 28:02} 10:00" for i in range(N - 20)] + ["unknown"] * 20, "date"),
        ("when", [f"2024-01-{1 + i % 28:02}T10:00:00Z" for i in range(N - 1)] + ["never"], "category"),
        ("split", drawn(["train", "test", "val"]), "split"),
        ("Subset", drawn(["Train ", "TEST"]), "split"),
        ("part", drawn(["train", "test"]), "split"),
        ("stage", drawn(["dev", "test"]), "category"),
        ("transport", drawn(["train", "bus"]), "category"),
        ("fold", drawn([0, 1, 2, 3, 4]), "split"),
        ("is_train", drawn([True, False]), "split"),
        ("is_valid", drawn([True, False]), "category"),
        ("sets", drawn([1, 2, 3]), "number"),
        ("set", drawn([1, 2, 3]), "number"),
        ("zip", [f"{i:05}" for i in drawn(list(range(60)))], "category"),
        ("zip_code", drawn(list(range(10_000, 10_060))), "category"),
        ("error_code", drawn([404, 500, 301]), "category"),
        ("truth", drawn([True, False, None]), "category"),
        ("town", drawn(["Ulm", "Bern", "San José", None]), "category"),
        ("town", drawn([f"Town of {i}" for i in range(100)]), "category"),
        ("reason", drawn(["it was far too late for me", "it was much too small for me"]), "category"),
        ("review", sentences(30), "text"),
        ("query", sentences(3), "text"),
        ("name", [f"{''.join(random.Random(i).choices('aeioulmnrst', k=9))}" for i in range(N)], "text"),
        ("link", [f"https://a.org/{i}" for i in range(N)], "text"),
        ("sequence", ["".join(random.Random(i).choices("ACGT", k=50)) for i in range(N)], "text"),
        ("評価", [f"とても良い商品でした{'。' * (i % 7)}{i}" for i in range(N)], "text"),
        ("empty", [None] * N, "ignore"),
        ("same", ["x"] * N, "ignore"),
        ("mark", ["x", *[None] * (N - 1)], "category"),
    ],
)
def test_a_column_is_taken_for_what_a_person_takes_it_for(
    name: str, cells: list[object], expected: str
) -> None:
    assert role(name, cells) == expected


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(["id", "fold", "zip", "split", "x", ""]),
    st.lists(st.none() | st.text(max_size=8))
    | st.lists(st.none() | st.integers(-(2**62), 2**62))
    | st.lists(st.none() | st.floats(allow_nan=False, allow_infinity=False))
    | st.lists(st.none() | st.booleans())
    | st.lists(st.none() | st.datetimes()),
)
def test_any_column_has_a_role_and_as_the_label_no_other(name: str, cells: list[object]) -> None:
    cells = [*cells, None]
    table = pa.table({name: pa.array(cells, None if any(c is not None for c in cells) else pa.string())})
    column = infer_columns(table)[0]
    assert column.role is not Role.LABEL
    assert column.reason
    assert (column.n_missing, column.n_distinct) == (
        cells.count(None),
        len({repr(c + 0.0) if isinstance(c, float) else c for c in cells if c is not None}),
    )
    assert infer_columns(table, label=name)[0].role is Role.LABEL


def test_of_several_columns_that_look_like_groups_the_first_is_one() -> None:
    ids = pa.array(drawn(list(range(100))))
    table = pa.table({"user_id": ids, "shop_id": ids, "day": ids})
    assert [column.role.value for column in infer_columns(table)] == ["group", "id", "number"]
    named = infer_columns(table, roles={"day": "group"})
    assert [column.role.value for column in named] == ["id", "id", "group"]


def test_a_role_that_was_given_wins() -> None:
    table = pa.table({"id": ["a", "b"], "y": [0, 1], "z": [1.5, 2.5]})
    columns = infer_columns(table, roles={"id": "text", "y": "label", "z": Role.IGNORE})
    assert [column.role.value for column in columns] == ["text", "label", "ignore"]
    assert columns[0].reason == "you said so"


@pytest.mark.parametrize(
    ("label", "roles", "message"),
    [
        ("lable", {}, "There is no column 'lable'. Did you mean 'label'?"),
        (None, {"txt": "text"}, "There is no column 'txt'. Did you mean 'text'?"),
        (None, {"text": "txt"}, "There is no role 'txt'. Did you mean 'text'?"),
        ("price", {}, "There is no column 'price'. There are: 'text', 'label'."),
        (0, {}, "There is no column '0'."),
    ],
)
def test_a_name_that_does_not_exist_is_answered_with_the_nearest(
    label: str | None, roles: dict[str, str], message: str
) -> None:
    with pytest.raises(UnknownName) as caught:
        infer_columns(pa.table({"text": ["a"], "label": ["b"]}), label=label, roles=roles)
    assert message in str(caught.value)


def test_two_labels_and_a_label_of_another_role_are_refused() -> None:
    table = pa.table({"a": ["x"], "b": ["y"]})
    with pytest.raises(InputError, match=r"'a' is named as the label and as text\. Drop one of them\."):
        infer_columns(table, label="a", roles={"a": "text"})
    with pytest.raises(InputError, match=r"'b', 'a' are all named as the label\. Name one\."):
        infer_columns(table, label="a", roles={"b": "label"})
