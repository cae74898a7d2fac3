from hypothesis import given
from hypothesis import strategies as st

from emendata.kernels.check_digits import is_iban, is_luhn

CARDS = ("4111111111111111", "5500005555555559", "340000000000009", "6011000000000004")
ACCOUNTS = (
    "GB82WEST12345698765432",
    "FR1420041010050500013M02606",
    "NO9386011117947",
    "MT84MALT011000012345MTLCAST001S",
)


@given(st.sampled_from(CARDS), st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_of_a_card_is_always_noticed(card: str, place: int, more: int) -> None:
    assert is_luhn(card)
    wrong = card[:place] + str((int(card[place]) + more) % 10) + card[place + 1 :]
    assert not is_luhn(wrong)


@given(st.sampled_from(ACCOUNTS), st.integers(4, 14), st.integers(1, 9))
def test_one_wrong_digit_of_an_account_is_always_noticed(account: str, place: int, more: int) -> None:
    assert is_iban(account)
    if account[place].isdigit():
        wrong = account[:place] + str((int(account[place]) + more) % 10) + account[place + 1 :]
        assert not is_iban(wrong)


def test_an_account_number_is_neither_short_nor_long() -> None:
    assert not is_iban("NO93")
    assert not is_iban("DE89" + "0" * 40)
