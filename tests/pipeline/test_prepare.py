"""What each input depends on, and that nothing is made twice."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from emendata.data import open_dataset
from emendata.kernels.neighbors import nearest_rows
from emendata.pipeline import Preparation
from emendata.pipeline.effort import Effort, effort_for
from emendata.pipeline.own import Own, read_own
from emendata.records import Metric, Mode
from emendata.store import MemoryShelf, Project

NEEDS = ("labels", "missing", "content", "features", "neighbors", "predictions")
FEATURES = {"missing", "content", "features", "neighbors", "predictions"}
N = 24


def columns(**changed: list[Any]) -> dict[str, list[Any]]:
    """A table with two features, a label, an id and a column to ignore."""
    return {
        "size": [i % 12 + i / 100 + (9.5 if i >= 12 else 0.0) for i in range(N)],
        "color": ["red", "green", "blue"] * 8,
        "kind": ["small"] * 12 + ["large"] * 12,
        "key": [f"k{i:02d}" for i in range(N)],
        "note": ["seen"] * 20 + ["checked"] * 4,
        **changed,
    }


def prepare(
    shelf: Any = None, roles: dict[str, str] | None = None, *, label: str | None = "kind", **settings: Any
) -> Preparation:
    changed = settings.pop("changed", {})
    given = {"color": "category", "key": "id", "note": "ignore", **(roles or {})}
    dataset = open_dataset(columns(**changed), label=label, roles=given)
    return Preparation(dataset, shelf or MemoryShelf(), **settings)


def edited(name: str, row: int, value: Any) -> dict[str, list[Any]]:
    cells = list(columns()[name])
    cells[row] = value
    return {name: cells}


@pytest.mark.parametrize(
    ("changes", "touched"),
    [
        ({"changed": edited("size", 3, 77.5)}, FEATURES),
        ({"changed": edited("color", 3, None)}, FEATURES),
        ({"roles": {"size": "category"}}, FEATURES),
        ({"roles": {"color": "ignore"}}, FEATURES),
        ({"roles": {"note": "category"}}, FEATURES),
        ({"changed": {"weight": [i / 7 for i in range(N)]}}, FEATURES),
        ({"changed": edited("kind", 3, "large")}, {"labels", "missing", "predictions"}),
        ({"label": None, "roles": {"kind": "ignore"}}, {"labels", "missing", "predictions"}),
        ({"seed": 1}, {"features", "neighbors", "predictions"}),
        ({"metric": Metric.COSINE}, {"neighbors", "predictions"}),
        ({"effort": Effort(n_folds=3)}, {"predictions"}),
        ({"effort": effort_for(Mode.QUICK, N)}, {"predictions"}),
        ({"changed": edited("key", 3, "other")}, set()),
        ({"changed": edited("note", 3, "checked")}, set()),
        ({"roles": {"note": "id"}}, set()),
        ({"changed": {name: cells[::-1] for name, cells in columns().items()}}, set(NEEDS)),
    ],
    ids=[
        "feature cell", "gap", "feature role", "feature ignored", "feature taken in", "new feature", "label cell",
        "no label", "seed", "metric", "folds", "mode", "id cell", "ignored cell", "ignored role", "rows reversed",
    ],
)  # fmt: skip
def test_a_change_touches_the_keys_of_what_depends_on_it_and_no_other(
    changes: dict[str, Any], touched: set[str]
) -> None:
    before, after = prepare(), prepare(**changes)
    assert {need for need in NEEDS if before.key(need) != after.key(need)} == touched


def test_keys_of_different_inputs_differ() -> None:
    preparation = prepare()
    assert len({preparation.key(need) for need in NEEDS}) == len(NEEDS)


def test_the_next_process_recalls_what_was_made_and_says_the_same(tmp_path: Path) -> None:
    first = prepare(Project(tmp_path))
    made_before = first.predictions
    files = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.npy")}
    steps: list[str] = []
    second = prepare(Project(tmp_path), on_progress=lambda stage, done, total: steps.append(stage))
    assert np.array_equal(second.predictions.pred_probs, made_before.pred_probs)
    assert np.array_equal(second.predictions.votes, made_before.votes)
    assert np.array_equal(second.features.dense, first.features.dense)
    assert (second.feature_table.wide != first.feature_table.wide).nnz == 0
    assert second.models == first.models
    assert steps == []
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.npy")} == files


def test_a_new_label_leaves_features_and_neighbours_as_they_were(tmp_path: Path) -> None:
    assert prepare(Project(tmp_path)).predictions.pred_probs.shape == (N, 2)
    files = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.npy")}
    steps: list[str] = []
    relabelled = prepare(
        Project(tmp_path),
        changed=edited("kind", 3, "large"),
        on_progress=lambda stage, done, total: steps.append(stage),
    )
    assert relabelled.predictions.pred_probs.shape == (N, 2)
    assert {path: path.stat().st_mtime_ns for path in files} == files
    assert all(stage.startswith("Predicting with") for stage in steps)
    assert len(set(steps)) == len(relabelled.models)


def test_classes_stand_in_order_of_size_then_of_the_alphabet_and_gaps_are_no_class() -> None:
    labels = ["10", "9", "b", "nan", None, "-1.5", "a"] * 3 + ["9"] * 3
    found = prepare(changed={"kind": labels}).labels
    assert found is not None
    assert found.classes == ("-1.5", "9", "10", "a", "b", "nan")
    assert [found.classes[code] if code >= 0 else None for code in found.codes] == labels


def test_missing_cells_are_those_of_features_and_label() -> None:
    missing = prepare(
        changed={**edited("size", 3, None), **edited("kind", 5, None), **edited("key", 7, None)}
    ).missing
    assert {name: np.flatnonzero(gaps).tolist() for name, gaps in missing.items()} == {
        "size": [3], "color": [], "kind": [5],
    }  # fmt: skip


def test_content_is_the_features_and_two_gaps_are_equal() -> None:
    sizes = [*columns()["size"][:-4], None, None, 5.5, 5.5]
    colors = [*columns()["color"][:-4], "red", "red", "red", "blue"]
    content = prepare(changed={"size": sizes, "color": colors}).content
    assert content.columns == ("size", "color")
    assert content.keys[-4] == content.keys[-3]
    assert content.keys[-2] != content.keys[-1]
    assert len(set(content.keys.tolist())) == N - 1


def test_long_texts_do_not_repeat_by_accident_and_short_ones_do() -> None:
    short = prepare(changed={"size": ["good", "bad"] * 12}, roles={"size": "text"}).content
    texts = [f"a sentence of more than twenty characters, number {i // 2}" for i in range(N)]
    long = prepare(changed={"size": texts}, roles={"size": "text"}).content
    assert short.chance.min() > 0.01
    assert long.chance.max() < 1e-6


def test_people_are_told_about_fewer_neighbours_than_models_use() -> None:
    preparation = prepare()
    assert preparation.all_neighbors.rows.shape == (N, 20)
    assert preparation.neighbors.rows.shape == (N, 10)
    assert np.array_equal(preparation.neighbors.rows, preparation.all_neighbors.rows[:, :10])
    few = prepare(changed={name: cells[9:14] for name, cells in columns().items()})
    assert few.neighbors.rows.shape == (5, 4)


def test_folds_are_many_where_rows_are_few() -> None:
    assert prepare().effort.n_folds == 10
    rows = {name: cells * 209 for name, cells in columns().items()}
    assert prepare(changed=rows).effort.n_folds == 5
    assert prepare(effort=Effort(n_folds=3)).effort.n_folds == 3


def test_fewer_neighbours_are_the_first_of_the_many_that_were_kept() -> None:
    preparation = prepare()
    few, _ = nearest_rows(preparation.points, 4)
    assert np.array_equal(preparation.all_neighbors.nearest(4).rows, few)


def test_other_features_and_another_metric_find_their_own_neighbours(tmp_path: Path) -> None:
    points = np.random.default_rng(0).normal(size=(N, 3)) * np.arange(1, N + 1)[:, None]
    found = {}
    for name, features in {"some": points, "others": points[:, ::-1] ** 2}.items():
        for metric in Metric:
            made = prepare(Project(tmp_path), own=own_of(features), metric=metric)
            found[name, metric] = made.all_neighbors.rows
            expected, _ = nearest_rows(made.points, made.all_neighbors.rows.shape[1])
            assert np.array_equal(found[name, metric], expected)
    assert len({rows.tobytes() for rows in found.values()}) == 4


def own_of(features: Any) -> Own:
    return read_own(open_dataset(columns(), label="kind"), None, features, None)
