"""What corrected data teach: rules that they keep, about what was mended in them."""

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emendata.audit import Audit
from emendata.corrections import ProposalRules, apply_to_table
from emendata.corrections.format_rules import text_pattern
from emendata.corrections.rules import Rule, learn_rules
from emendata.data import open_dataset
from emendata.records import Correction
from emendata.reports.expectations import expectations_json, without_words
from emendata.reports.rules import pandera_code

pandera = pytest.importorskip("pandera.pandas", reason="pandera is not installed: its schemas are not tried")


def change(column: str, *checks: str, row: int = 0) -> Correction:
    return Correction("set_cell", row, "r", column, "x", "y", "", {"checks": list(checks)}, 0.1)


def schema_of(rules: list[Rule]) -> Any:
    names: dict[str, Any] = {}
    exec(pandera_code("table", rules), names)
    return names["schema"]


def learned(column: list[str], role: str, *checks: str) -> list[tuple[str, tuple[object, ...]]]:
    data = open_dataset({"a": column}, roles={"a": role})
    rules = learn_rules(data, data.table, [change("a", *checks)] if checks else [])
    return [(rule.kind, rule.values) for rule in rules if rule.kind != "not_null"]


def test_a_column_has_rules_of_form_only_where_form_was_mended() -> None:
    codes = [f"{i:02d}-{i:03d}" for i in range(30)]
    assert learned(codes, "text") == []
    assert learned(codes, "text", "unlikely_cell") == []
    assert learned(codes, "text", "rare_pattern") == [("matches", ("^[0-9]{2}-[0-9]{3}$",))]
    assert learned(["red", "blue"] * 20, "text", "typo") == [("in_set", ("blue", "red"))]
    assert learned([f"name {i} of many" for i in range(40)], "text", "typo") == [
        ("matches", ("^[a-z]+ [0-9]+ [a-z]+ [a-z]+$",))
    ]
    assert learned([f"{i}  b" if i else "a" for i in range(40)], "text", "typo") == []


def test_texts_of_numbers_in_a_file_without_types_have_no_rule_since_tools_read_them_in_several_ways(
    tmp_path: Path,
) -> None:
    codes = [f"{i:05d}" for i in range(30)]
    assert learned(codes, "text", "rare_pattern") == [("matches", ("^[0-9]{5}$",))]
    file = tmp_path / "codes.csv"
    file.write_text("a,b\n" + "".join(f"{code},x\n" for code in codes))
    data = open_dataset(file, roles={"a": "text"})
    rules = learn_rules(data, data.table, [change("a", "rare_pattern")])
    assert [rule.kind for rule in rules if rule.column == "a"] == ["not_null"]
    schema_of(rules).validate(pd.read_csv(file))


def test_a_dependency_is_a_rule_only_where_it_has_no_exception_left() -> None:
    ward = [f"W{i % 10}" for i in range(200)]
    house = [("ash", "birch", "cedar", "elm", "fir")[i % 10 // 2] for i in range(200)]
    wrong = list(house)
    wrong[3], wrong[14] = "elm", "ash"
    table = {"ward": ward, "house": wrong, "n": list(range(200))}
    audit = Audit(table, roles={"ward": "category", "house": "category"}, checks=["broken_dependency"]).run()
    accepted = audit.propose(ProposalRules(only=("set_cell",), min_probability=0.5))
    assert {change.row for change in accepted} == {3, 14}

    def dependencies(changes: list[Correction]) -> list[Rule]:
        corrected = apply_to_table(changes, audit.dataset.table)
        rules = learn_rules(audit.dataset, corrected, changes, audit.outcomes)
        schema_of(rules).validate(corrected.to_pandas())
        return [rule for rule in rules if rule.kind == "determined"]

    (rule,) = dependencies(accepted)
    assert (rule.column, rule.given, rule.values[0]) == ("house", ("ward",), ("W0", "ash"))
    assert dependencies(accepted[:1]) == []
    by_hand = [Correction(**{**vars(c), "evidence": {"decided_by": "ann"}}) for c in accepted]
    assert dependencies(by_hand) == [rule]
    with pytest.raises(pandera.errors.SchemaError):
        schema_of([rule]).validate(pd.DataFrame(table))


def test_a_schema_knows_dependencies_also_of_values_that_nobody_has_seen() -> None:
    schema = schema_of([Rule("determined", "house", (("W0", "ash"),), ("ward",))])
    schema.validate(pd.DataFrame({"ward": ["W0", "W9", None, "W0"], "house": ["ash", "oak", "x", None]}))
    for house in (["elm", "a", "a"], ["ash", "a", "b"]):
        with pytest.raises(pandera.errors.SchemaError, match="ward determines house"):
            schema.validate(pd.DataFrame({"ward": ["W0", "W9", "W9"], "house": house}))


def test_pairs_of_columns_determine_another_in_both_formats() -> None:
    known = tuple((a, b, f"{a}{b}") for a in "xy" for b in (1, 2))
    rule = Rule("determined", "c", known, ("a", "b"))
    right = pd.DataFrame(known, columns=["a", "b", "c"])
    schema_of([rule]).validate(right)
    with pytest.raises(pandera.errors.SchemaError, match="a and b determines c"):
        schema_of([rule]).validate(right.assign(c="x1"))
    assert expectations_json("t", [rule]).count("expect_column_values_to_be_in_set") == 4
    assert without_words([rule, Rule("determined", "c", (), ("a",))]) == [Rule("determined", "c", (), ("a",))]
    assert without_words([Rule("determined", "c", ((True, "x"),), ("a",))])


@given(st.lists(st.text(alphabet="aBé7-. (|\\$", min_size=1), min_size=1, max_size=40))
def test_texts_match_the_pattern_that_is_made_of_them(texts: list[str]) -> None:
    repeated = texts * 20
    pattern = text_pattern(pa.chunked_array([repeated]))
    assert pattern is None or all(re.search(pattern, text) for text in repeated)
