"""Which of two dates comes first, learned from dates that were mended, and told to other tools."""

import datetime as dt
import json
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from emendata.audit import Audit
from emendata.corrections import ProposalRules, apply_to_table
from emendata.corrections.rules import Rule, learn_rules
from emendata.records import Correction
from emendata.reports.expectations import expectations_json
from emendata.reports.rules import pandera_code

pandera = pytest.importorskip("pandera.pandas", reason="pandera is not installed: its schemas are not tried")

FIRST = dt.date(2023, 1, 1)
WRONG = 40  # a stay from the 12th of March to the 15th, of which the first was written as the 3rd of December


def stays() -> dict[str, list[str]]:
    came = [FIRST + dt.timedelta(days=i * 5 % 700) for i in range(200)]
    left = [day + dt.timedelta(days=1 + i % 9) for i, day in enumerate(came)]
    came[WRONG], left[WRONG] = dt.date(2023, 12, 3), dt.date(2023, 3, 15)
    born = [FIRST - dt.timedelta(days=3000 + 41 * i) for i in range(200)]
    return {
        name: [day.isoformat() for day in days]
        for name, days in (("born", born), ("came", came), ("left", left))
    }


def audited(table: object) -> Audit:
    return Audit(table, roles=dict.fromkeys(("born", "came", "left"), "date"), checks=["date_order"]).run()


def learned(audit: Audit, changes: list[Correction]) -> list[Rule]:
    corrected = apply_to_table(changes, audit.dataset.table)
    rules = learn_rules(audit.dataset, corrected, changes, audit.outcomes)
    return [rule for rule in rules if rule.kind == "not_before"]


@pytest.mark.parametrize("as_dates", [False, True])
def test_the_order_of_two_dates_is_learned_where_one_was_mended_and_none_is_wrong(as_dates: bool) -> None:
    table = pa.table(stays())
    if as_dates:
        table = table.cast(pa.schema([(name, pa.date32()) for name in table.column_names]))
    audit = audited(table)
    accepted = audit.propose(ProposalRules(only=("set_cell",), min_probability=0.5))
    assert [(one.row, one.column) for one in accepted] == [(WRONG, "came")]
    (rule,) = learned(audit, accepted)
    assert (rule.column, rule.given) == ("left", ("came",))
    assert learned(audit, []) == []
    names: dict[str, Any] = {}
    exec(pandera_code("stays", [rule]), names)
    names["schema"].validate(apply_to_table(accepted, audit.dataset.table).to_pandas())
    with pytest.raises(pandera.errors.SchemaError, match="came is not after left"):
        names["schema"].validate(audit.dataset.table.to_pandas())


def test_where_one_row_is_still_wrong_there_is_no_rule() -> None:
    table = stays()
    table["came"][7], table["left"][7] = "2024-06-30", "2024-06-20"
    audit = audited(table)
    accepted = audit.propose(ProposalRules(only=("set_cell",), min_probability=0.5))
    assert accepted
    assert learned(audit, [one for one in accepted if one.row == WRONG]) == []


def test_gaps_break_no_order_and_a_suite_says_so_as_well() -> None:
    rule = Rule("not_before", "left", given=("came",))
    names: dict[str, Any] = {}
    exec(pandera_code("stays", [rule, Rule("not_null", "came")]), names)
    names["schema"].validate(
        pd.DataFrame({"came": ["2024-01-01", "2024-01-02"], "left": [None, "2024-01-02"]})
    )
    (said,) = json.loads(expectations_json("stays", [rule]))["expectations"]
    assert said["type"] == "expect_column_pair_values_a_to_be_greater_than_b"
    assert said["kwargs"] == {
        "column_A": "left", "column_B": "came", "or_equal": True, "ignore_row_if": "either_value_is_missing"
    }  # fmt: skip


def test_a_suite_of_great_expectations_tells_right_from_wrong() -> None:
    great_expectations = pytest.importorskip(
        "great_expectations", reason="great_expectations is not installed: its suites are not tried"
    )
    context = great_expectations.get_context(mode="ephemeral")
    said = json.loads(expectations_json("stays", [Rule("not_before", "left", given=("came",))]))
    suite = context.suites.add(great_expectations.ExpectationSuite(**said))
    right = pd.DataFrame({"came": ["2024-01-01", "2024-01-02"], "left": [None, "2024-01-02"]})
    for number, (frame, is_right) in enumerate([(right, True), (right.assign(left="2023-12-31"), False)]):
        batch = context.data_sources.pandas_default.read_dataframe(frame, asset_name=f"frame{number}")
        (result,) = batch.validate(suite).results
        assert not result.exception_info.get("raised_exception")
        assert result.success is is_right
