"""Two versions of a dataset: which row is which, and whether models learn better from the second."""

from pathlib import Path

import numpy as np
import pytest
from tests.corrections.reviewed import TRUTH, answer_rightly, audited_copy, reopened

from emendata.corrections.alignment import align_versions, match_rows
from emendata.data import Dataset, open_dataset
from emendata.errors import InputError


def version(tags: str, kinds: str, *, with_ids: bool = True) -> Dataset:
    sizes = {"a": 1.5, "b": 2.5, "c": 3.5, "d": 4.5, "e": 5.5}
    columns: dict[str, list[object]] = {"size": [sizes[tag] for tag in tags], "kind": list(kinds)}
    if with_ids:
        return open_dataset({"tag": list(tags), **columns}, label="kind", roles={"tag": "id"})
    return open_dataset(columns, label="kind")


@pytest.mark.parametrize("with_ids", [True, False])
def test_rows_are_found_again_with_other_labels_and_in_another_order(with_ids: bool) -> None:
    before, after = version("abcde", "xyxyx", with_ids=with_ids), version("edcb", "yxyy", with_ids=with_ids)
    places = match_rows(before, after)
    assert places.tolist() == [-1, 3, 2, 1, 0]
    versions = align_versions(before, after)
    second = versions.after
    assert versions.labels_after == [None, *(str(kind) for kind in "yyxy")]
    assert versions.changed_columns == []
    assert second.table["kind"].to_pylist() == ["x", "y", "y", "x", "y"]
    assert second.table["size"].to_pylist() == before.table["size"].to_pylist()


def test_without_ids_or_likeness_the_place_counts_and_else_nothing_does() -> None:
    before = open_dataset({"x": [1.5, 2.5, 3.5], "y": ["a", "b", "a"]}, label="y")
    moved = open_dataset({"x": [9.5, 8.5, 7.5], "y": ["a", "b", "b"]}, label="y")
    assert match_rows(before, moved).tolist() == [0, 1, 2]
    other = open_dataset({"x": [9.5, 8.5], "y": ["a", "b"]}, label="y")
    with pytest.raises(InputError, match="not two versions of one dataset"):
        match_rows(before, other)


def test_twins_are_matched_one_to_one() -> None:
    before = open_dataset({"x": [1.5, 1.5, 2.5], "y": ["a", "b", "a"]}, label="y")
    after = open_dataset({"x": [1.5, 2.5], "y": ["b", "a"]}, label="y")
    assert match_rows(before, after).tolist() == [0, -1, 1]


@pytest.mark.long
def test_a_corrected_version_is_judged_on_the_reviewed_sample(tmp_path: Path) -> None:
    audit = reopened(audited_copy(tmp_path))
    with pytest.raises(InputError, match="30 rows of the test split of the sample are reviewed, and 0 are"):
        audit.compare(audit.dataset.table)
    queue = audit.review(["audit"])
    for _ in range(500):
        question = queue.next()
        if question is None:
            break
        answer_rightly(queue, question)
    table = audit.dataset.table
    place = table.column_names.index("tree")
    clean = table.set_column(place, "tree", [list(TRUTH)])
    found = audit.compare(clean, n_repeats=2)
    assert found.n_relabeled == sum(a != b for a, b in zip(table["tree"].to_pylist(), TRUTH, strict=True))
    assert found.result.n_rows >= 30
    assert found.trusted == "a reviewed sample"
    assert found.result.low <= found.result.difference <= found.result.high
    assert -0.1 < found.result.difference < 0.3
    suspected = audit.compare(n_repeats=2)
    assert suspected.n_relabeled > 40
    assert np.isfinite(suspected.result.difference)
