import json
import math
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.docs.blocks import ROOT
from tests.reports import sample

from emendata.reports import to_document, write_json


@pytest.mark.parametrize("name", sorted(sample.all_samples()))
def test_a_document_survives_json_without_nan(name: str) -> None:
    document = to_document(sample.all_samples()[name])
    assert json.loads(json.dumps(document, allow_nan=False)) == document


@pytest.mark.parametrize("name", sorted(sample.all_samples()))
def test_every_document_has_the_form_that_the_schema_says(name: str) -> None:
    schema = json.loads((ROOT / "docs" / "reference" / "summary.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    judge = Draft202012Validator(schema)
    document = to_document(sample.all_samples()[name])
    judge.validate(document)
    for broken in (
        {**document, "checks": [{**document["checks"][0], "severity": "grave"}]},
        {**document, "schema_version": 0},
        {key: value for key, value in document.items() if key != "n_flagged"},
    ):
        assert not judge.is_valid(broken)


def test_the_schema_version_comes_first_and_floats_stay_as_they_are() -> None:
    document = to_document(sample.text_with_20_classes())
    assert next(iter(document)) == "schema_version"
    assert document["checks"][0]["cards"][0]["score"] == 0.004
    assert document["columns"][2]["role"] == "label"
    assert type(document["columns"][2]["role"]) is str


def test_what_is_not_a_number_becomes_null() -> None:
    document = to_document(sample.hostile())
    assert document["stack_accuracy"] is None
    assert document["models"][0]["log_loss"] is None
    assert math.isfinite(document["models"][0]["weight"])


def test_the_written_document_is_the_document_even_with_half_a_character(tmp_path: Path) -> None:
    for name in ("one.json", "two.json"):
        write_json(sample.hostile(), tmp_path / name)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    text = (tmp_path / "one.json").read_text(encoding="utf-8")
    assert json.loads(text) == to_document(sample.hostile())
    assert text.startswith('{\n  "schema_version": 1,')
