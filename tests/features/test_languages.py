import sys

import pytest

from emendata.extras import MissingPackage
from emendata.features import languages
from emendata.features.languages import languages_of_texts

ENGLISH = [f"The {i}th letter was found in the drawer beside the old kitchen clock." for i in range(30)]
GERMAN = "Leider funktioniert das Gerät seit drei Wochen überhaupt nicht mehr."


def test_languages_that_many_texts_are_in_are_usual_and_others_are_not() -> None:
    told = languages_of_texts([*ENGLISH, GERMAN, "ok", "12345 67890 12345 67890 12345"])
    assert [told.names[code] if code >= 0 else None for code in told.codes[29:]] == ["en", "de", None, None]
    assert told.usual[:30].tolist() == [1.0] * 30
    assert told.usual[30] < 0.01
    assert told.probabilities[30] > 0.99


def test_where_a_tenth_is_in_another_language_both_are_usual() -> None:
    told = languages_of_texts([*ENGLISH, *([GERMAN] * 4)])
    assert told.usual.tolist() == [1.0] * 34


def test_addresses_and_tags_are_not_read() -> None:
    told = languages_of_texts(
        [*ENGLISH, "https://www.beispiel.de/bitte-lesen-sie-das-hier-ganz #achtung @nachrichten"]
    )
    assert told.codes[30] == -1


def test_without_the_package_the_way_to_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    languages._identifier.cache_clear()
    monkeypatch.setitem(sys.modules, "py3langid", None)
    monkeypatch.setitem(sys.modules, "py3langid.langid", None)
    with pytest.raises(MissingPackage, match="emendata\\[text\\]"):
        languages_of_texts(ENGLISH)
