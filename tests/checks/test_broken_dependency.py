import numpy as np
from tests.checks.tables import flagged, suggested

from emendata.checks.broken_dependency import BrokenDependency

ZIPS = [f"35{i % 12:03d}" for i in range(240)]
CITIES = [["Ulm", "Bonn", "Jena", "Kiel"][i % 12 // 3] for i in range(240)]


def test_a_cell_that_contradicts_its_group_is_flagged_with_what_the_others_say() -> None:
    cities = [*CITIES]
    cities[13] = "Kiel"
    found = flagged(BrokenDependency(), {"zip": ZIPS, "city": cities}, roles={"zip": "category"})
    assert suggested(found) == {(13, "city"): "Ulm"}
    assert found.reasons == (
        "'city' is 'Kiel' here; of the rows where 'zip' is '35001', 19 say 'Ulm' and 1 say 'Kiel'.",
    )
    assert found.scores[13] < 0.3
    assert found.facts["dependencies"] == [{"of": "city", "on": ["zip"], "error": 0.0042, "rows": 240}]


def test_of_two_cells_that_blame_each_other_the_worse_is_flagged() -> None:
    name = [f"hospital {i % 12}" for i in range(240)]
    state = ["AL" if i % 12 < 6 else "GA" for i in range(240)]
    zips = [*ZIPS]
    zips[24] = "35011"  # name, city and state say 35000
    found = flagged(
        BrokenDependency(),
        {"zip": zips, "city": CITIES, "name": name, "state": state},
        roles={"zip": "category", "name": "category"},
    )
    assert suggested(found) == {(24, "zip"): "35000"}


def test_rows_that_break_a_rule_alike_are_an_exception() -> None:
    cities = [*CITIES]
    kind = ["town"] * 240
    for row in (12, 24, 36):
        cities[row], kind[row] = "Bonn", "harbour"
    found = flagged(
        BrokenDependency(), {"zip": ZIPS, "city": cities, "kind": kind}, roles={"zip": "category"}
    )
    assert not {12, 24, 36} & {row for row, column in suggested(found) if column == "city"}


def test_unrelated_columns_flag_nobody() -> None:
    rng = np.random.default_rng(0)
    table = {f"c{k}": [f"v{v}" for v in rng.integers(0, k, 300)] for k in (2, 3, 5, 9, 30)}
    found = flagged(BrokenDependency(), table)
    assert len(found.rows) == 0
    assert found.facts["n_dependencies"] == 0
