import numpy as np
import pyarrow as pa

import emendata as em
from emendata.pipeline import Preparation
from emendata.store import MemoryShelf


def prepared(site: list[str | None], color: list[str]) -> Preparation:
    table = pa.table(
        {"site": site, "color": color, "size": np.arange(len(site)) * 1.5, "split": ["a", "b"] * 3}
    )
    roles = {"site": "annotator", "color": "category", "size": "number", "split": "split"}
    return Preparation(em.open_dataset(table, roles=roles), MemoryShelf())


def test_rows_can_be_put_together_by_categories_splits_and_annotators() -> None:
    made = prepared(
        ["oslo", None, "rome", "oslo", "rome", "bern"], ["red", "red", "blue", "blue", "red", "red"]
    )
    assert made.has("categories")
    assert set(made.categories) == {"site", "color", "split"}
    site = made.categories["site"]
    names = [None if code < 0 else site.names[code] for code in site.codes.tolist()]
    assert names == ["oslo", None, "rome", "oslo", "rome", "bern"]
    assert made.categories["split"].names == ("a", "b")


def test_their_key_changes_with_a_value_and_not_with_other_columns() -> None:
    colors = ["red", "red", "blue", "blue", "red", "red"]
    sites: list[str | None] = ["oslo", "oslo", "rome", "oslo", "rome", "bern"]
    before, other = prepared(sites, colors), prepared([*sites[:-1], "rome"], colors)
    assert before.key("categories") == prepared(sites, colors).key("categories")
    assert before.key("categories") != other.key("categories")


def test_an_audit_names_the_value_of_a_column_whose_labels_are_noise() -> None:
    rng = np.random.default_rng(0)
    n = 600
    size = rng.normal(size=n)
    site = rng.choice(["oslo", "rome", "bern"], n)
    kind = np.where((size > 0) ^ ((site == "rome") & (rng.random(n) < 0.5)), "big", "small")
    table = {"size": size, "weight": size + rng.normal(0, 0.1, n), "site": site, "kind": kind}
    audit = em.Audit(table, label="kind", checks=["underperforming_group"], mode="quick").run()
    (check,) = [check for check in audit.summary.checks if check.name == "underperforming_group"]
    assert "site" in {remark.column for remark in check.remarks}
    flagged = np.array(audit.issues["row"].to_pylist())
    assert (site[flagged] == "rome").mean() > 0.9
