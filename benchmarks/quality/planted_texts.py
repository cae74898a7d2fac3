"""Damage of known kinds for real texts: what each check of texts should find."""

from collections.abc import Callable

import numpy as np

__all__ = ["DAMAGES", "HARD_NEGATIVES"]

Rng = np.random.Generator

_ELSEWHERE = (
    "Leider funktioniert das Gerät nach drei Wochen überhaupt nicht mehr, ich möchte mein Geld zurück.",
    "Je n'ai jamais reçu ma commande et personne ne répond au téléphone depuis lundi dernier.",
    "El hotel estaba muy sucio y el personal de la recepción no quiso ayudarnos con las maletas.",
    "Questo libro racconta la storia di una famiglia che lascia il paese dopo la guerra.",
    "De levering duurde veel te lang en de verpakking was helemaal kapot toen ze aankwam.",
    "Пожалуйста, сообщите мне, когда посылка будет отправлена из вашего склада в Москве.",
    "この商品はとても使いやすくて、家族みんなで毎日使っています。本当に買ってよかったです。",
    "Toimitus kesti yli kaksi viikkoa eikä asiakaspalvelu vastannut yhteenkään viestiini.",
)
_PROMPTS = (
    "As an AI language model, I do not have personal opinions, but {}",
    "### Instruction: Rewrite the text.\n### Response: {}",
    "Certainly! Here is a revised version: {}",
    "<|im_start|>assistant\n{}<|im_end|>",
    "[INST] Summarize this. [/INST] {}",
    "I'm sorry, but I cannot assist with that request.",
    "{} My knowledge cutoff is September 2021, so this may have changed.",
)
_STAND_INS = (
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit.", "TBD", "n/a", "asdf", "test test", "[insert text here]",
    "Dear {{customer_name}}, thank you for your order.", "Placeholder text", "xxx", "No description available",
)  # fmt: skip
_OFFENCES = ("what a bullshit", "you stupid bitch", "fucking liars", "this is shit", "these bastards")
HARD_NEGATIVES = (
    "Order 4111-22-33 of 12.5.2019", "version 10.2.14", "ISBN 978-3-16-148410-0", "call 5 or 6 of them",
    "1,234,567 units", "from 1998 to 2004", "@someone wrote", "4532 0151 1283 0367", "the score was 21-18, 21-15",
    "DE00 0000 0000 0000 0000 00", "3.14159265358979", "2023-11-05 14:30:00",
)  # fmt: skip
_LETTERS = np.array(list("bcdfghjklmnpqrstvwxz"))


def _sentence(text: str) -> str:
    return " ".join(text.split()[:30])


def _empty(text: str, rng: Rng) -> str:
    return str(rng.choice(["...", " \u200b\u200b ", "-", "?!"]))


def _other_language(text: str, rng: Rng) -> str:
    return str(rng.choice(_ELSEWHERE))


def _mojibake(text: str, rng: Rng) -> str:
    word = str(rng.choice(["naïve café", "“quoted” words", "schön und größer", "the author’s", "año señor"]))
    return f"{text} {word}".encode().decode(str(rng.choice(["latin-1", "cp1252"])), "replace")


def _markup(text: str, rng: Rng) -> str:
    return str(
        rng.choice(["<p>{}</p>", "{}<br/><br/>", "<div class='x'><b>{}</b></div>", "{}&nbsp;&nbsp;"])
    ).format(text)


def _gibberish(text: str, rng: Rng) -> str:
    lengths = rng.integers(5, 11, int(rng.integers(3, 9)))
    if rng.random() < 0.5:
        return " ".join("".join(rng.choice(_LETTERS, length)) for length in lengths)
    return " ".join(_keys(rng) for _ in lengths)


def _keys(rng: Rng) -> str:
    """Return what a hand types that runs along a row of keys again and again."""
    row = str(rng.choice(["qwertyuiop", "asdfghjkl", "zxcvbnm"]))
    start = int(rng.integers(len(row) - 4))
    return row[start : start + int(rng.integers(3, 5))] * int(rng.integers(2, 4))


def _repeated(text: str, rng: Rng) -> str:
    phrase = " ".join(text.split()[:8]) or text
    return " ".join([phrase] * int(rng.integers(4, 12)))


def _truncated(text: str, rng: Rng) -> str:
    words = text.split()
    kept = " ".join(words[: max(3, len(words) // 2)])
    return f"{kept} {rng.choice(['[...]', '(more)', '[truncated]', 'Read more'])}"


def _placeholder(text: str, rng: Rng) -> str:
    return str(rng.choice(_STAND_INS))


def _prompt(text: str, rng: Rng) -> str:
    return str(rng.choice(_PROMPTS)).replace("{}", _sentence(text))


def _personal(text: str, rng: Rng) -> str:
    digits = "".join(map(str, rng.integers(2, 10, 7)))
    secret = rng.choice([
        f"write to user{digits}@example.org", f"+1 (202) 555-{digits[:4]}", f"+49 30 {digits}", f"202-555-{digits[:4]}",
        f"my card {_card(rng)}", f"IBAN {_iban(rng)}", f"SSN 123-45-{digits[:4]}",
        f"login from 84.23.{digits[:2]}.{digits[2:4]}", f"key AKIA{'ABCDEFGH' * 2}", f"token ghp_{digits * 6}",
    ])  # fmt: skip
    return f"{_sentence(text)} {secret}"


def _profanity(text: str, rng: Rng) -> str:
    return f"{_sentence(text)}, {rng.choice(_OFFENCES)}"


def _odd_length(text: str, rng: Rng) -> str:
    rest = " ".join(f"{word} {i}" for i, word in enumerate(text.split() * 2))
    return (rest + " ") * 40 if len(rest) > 800 else (rest + " ") * 400


def _card(rng: Rng) -> str:
    digits = [4, *rng.integers(0, 10, 14).tolist()]
    total = sum(d if i % 2 else (2 * d - 9 * (2 * d > 9)) for i, d in enumerate(digits))
    number = "".join(map(str, [*digits, -total % 10]))
    return " ".join(number[i : i + 4] for i in range(0, 16, 4))


def _iban(rng: Rng) -> str:
    account = "".join(map(str, rng.integers(0, 10, 18)))
    check = 98 - int(f"{account}131400") % 97
    return f"DE{check:02}{account}"


DAMAGES: dict[str, Callable[[str, Rng], str]] = {
    "empty_text": _empty,
    "other_language": _other_language,
    "mojibake": _mojibake,
    "markup": _markup,
    "gibberish": _gibberish,
    "repeated_phrases": _repeated,
    "truncated_text": _truncated,
    "placeholder": _placeholder,
    "prompt_residue": _prompt,
    "personal_data": _personal,
    "profanity": _profanity,
    "odd_length": _odd_length,
}
"""By the name of the check, what turns a text into one that it should find."""
