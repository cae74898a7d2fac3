import pytest

from emendata.kernels.personal_data import personal_data

FOUND = {
    "e-mail address": ["ann.smith+x@mail.example.org", "a@b.co", "Mail me: o'neil_7@sub.domain.museum."],
    "telephone number": [
        "+1 (202) 555-0143",
        "+49 30 1234567",
        "202-555-0143",
        "(020) 7946 0958",
        "0044 20 7946 0958",
    ],
    "card number": ["4111 1111 1111 1111", "5500-0055-5555-5559", "card 340000000000009"],
    "account number (IBAN)": ["GB82 WEST 1234 5698 7654 32", "DE89370400440532013000"],
    "social security number": ["123-45-6789"],
    "IP address": ["84.23.12.7", "from 8.8.8.8."],
    "access key": ["AKIAABCDEFGHABCDEFGH", "ghp_" + "a1" * 18, "sk-" + "a1B2" * 8],
    "private key": ["-----BEGIN RSA PRIVATE KEY-----"],
}


@pytest.mark.parametrize("name", FOUND)
def test_each_kind_is_found_as_itself_and_nothing_else(name: str) -> None:
    for text in FOUND[name]:
        places = list(personal_data(f"It is {text} here"))
        assert [place.kind.name for place in places] == [name], text


def test_what_stands_in_one_place_is_one_thing() -> None:
    text = "ann@mail.example, GB82 WEST 1234 5698 7654 32, 4111 1111 1111 1111 and +1 202 555 0143"
    places = sorted(personal_data(text), key=lambda place: place.start)
    assert [place.kind.tag for place in places] == ["<EMAIL>", "<IBAN>", "<CARD>", "<PHONE>"]
    assert [text[place.start : place.stop] for place in places] == text.replace(" and ", ", ").split(", ")


@pytest.mark.parametrize(
    "text",
    ["4111 1111 1111 1112", "0.0.0.0", "127.0.0.1", "1.2.3.4.5", "666-45-6789", "12:30:45 on 2020-01-02", "v1.22.333",
     "3,141,592,653 people", "978-3-16-148410-0", "user@localhost", "100 200 300", "$1 250 000 000", "5-10-2019"],
)  # fmt: skip
def test_other_numbers_are_no_personal_data(text: str) -> None:
    assert [place.kind.name for place in personal_data(f"It is {text} here")] == []
