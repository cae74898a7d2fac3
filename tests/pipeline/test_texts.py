"""What checks are told of texts, and what a whole audit says of them."""

import sys
from pathlib import Path

import pytest

import emendata as em
from emendata.data import open_dataset
from emendata.features import languages
from emendata.pipeline import Preparation
from emendata.store import MemoryShelf, Project
from emendata.testing import sample_texts

TEXTS = [text or "" for text in sample_texts()]
FOUND = {
    "empty_text": [5],
    "other_language": [9],
    "mojibake": [13],
    "markup": [17],
    "gibberish": [22],
    "repeated_phrases": [26],
    "truncated_text": [31],
    "placeholder": [35],
    "prompt_residue": [41],
    "personal_data": [46],
    "profanity": [52],
}


@pytest.fixture(scope="module")
def audit() -> em.Audit:
    return em.Audit({"note": TEXTS}, roles={"note": "text"}, project=False).run(strict=True)


@pytest.mark.parametrize("check", FOUND)
def test_an_audit_finds_each_kind_of_damage_and_nothing_else(audit: em.Audit, check: str) -> None:
    assert audit.issues.of(check)["row"].to_pylist() == FOUND[check]


def test_languages_are_kept_and_tell_of_rows_without_a_text(tmp_path: Path) -> None:
    dataset = open_dataset({"note": TEXTS, "size": list(range(90))}, roles={"note": "text"})
    shelf = Project(tmp_path / "project", create=True)
    first = Preparation(dataset, shelf).languages["note"]
    again = Preparation(dataset, shelf).languages["note"]
    assert first.names == again.names
    assert first.codes.tolist() == again.codes.tolist()
    assert first.codes[2] == -1
    assert first.names[first.codes[9]] == "de"
    shelf.close()


def test_without_the_package_the_check_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    languages._identifier.cache_clear()
    monkeypatch.setitem(sys.modules, "py3langid", None)
    monkeypatch.setitem(sys.modules, "py3langid.langid", None)
    audit = em.Audit({"note": TEXTS}, roles={"note": "text"}, checks=["other_language"], project=False).run()
    (outcome,) = audit.outcomes
    assert outcome.status == "not_applicable"
    assert "pip install 'emendata[text]'" in outcome.message
    assert Preparation(open_dataset({"x": [1, 2, 3]}), MemoryShelf()).languages == {}
