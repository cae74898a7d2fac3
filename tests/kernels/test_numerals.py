import pytest

from emendata.kernels.numerals import as_numeral


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12 kg", "12"),
        ("$5.50", "5.50"),
        ("7%", "7"),
        ("€ 1,234.5", "1234.5"),
        ("1,234", "1234"),
        ("1.234,50", "1234.50"),
        ("3,5", "3.5"),
        ("-0,25", "-0.25"),
        ("l2", "12"),
        ("1O.5", "10.5"),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, number: str) -> None:
    found = as_numeral(text)
    assert found is not None
    assert found.text == number
    assert 0.8 <= found.probability < 1


@pytest.mark.parametrize("text", ["", "abc", "12-24", "1.2.3", "12 of 24", "OO", "12", "about a dozen 12"])
def test_other_texts_are_no_single_number(text: str) -> None:
    assert as_numeral(text) is None


def test_a_number_that_is_there_in_plain_form_is_surer() -> None:
    alone, known = as_numeral("3,5"), as_numeral("3,5", {3.5})
    assert alone is not None
    assert known is not None
    assert 1 - known.probability == pytest.approx((1 - alone.probability) / 2)
