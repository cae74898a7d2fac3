"""Numbers that check themselves."""

__all__ = ["is_iban", "is_luhn"]

_IBAN_LENGTHS = (15, 34)


def is_luhn(digits: str) -> bool:
    """Tell whether the last digit is the one that the others ask for, as in the numbers of payment cards.

    Doubling every second digit from the right, but for the last, and summing the digits of all must give a multiple of
    ten: ISO/IEC 7812-1, annex B. One random number in ten does.

    Examples
    --------
    >>> is_luhn("4111111111111111"), is_luhn("4111111111111112")
    (True, False)
    """
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0


def is_iban(text: str) -> bool:
    """Tell whether an account number fits its two check digits: read as a number, it must be 1 modulo 97 (ISO 13616).

    Examples
    --------
    >>> is_iban("DE89370400440532013000"), is_iban("DE88370400440532013000")
    (True, False)
    """
    low, high = _IBAN_LENGTHS
    if not low <= len(text) <= high:
        return False
    turned = text[4:] + text[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1
