"""What each check of texts finds, and what it leaves alone."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from emendata.checks import CHECKS
from emendata.checks.inputs import Inputs, Texts
from emendata.checks.text_check import TextCheck, Verdict
from emendata.errors import NotApplicable
from emendata.records import Findings, IntArray
from emendata.testing import sample_texts

PLAIN = [text for row, text in enumerate(sample_texts()) if text is not None and row > 58]
PLAIN += [f"A letter from room {i} on the {i}th of May, with its answer." for i in range(60)]


def found(check: str, *texts: str | None, beside: list[str] = PLAIN) -> Findings:
    cells = (*texts, *beside)
    return CHECKS[check].find(Inputs(n_rows=len(cells), texts={"note": Texts(cells)}))


def suggestion(check: str, text: str) -> str | None:
    (given,) = found(check, text).suggestions
    return given


@pytest.mark.parametrize(
    ("check", "texts"),
    [
        ("empty_text", ["...", " \u200b ", "-", "?!", "\u2014"]),
        ("mojibake", ["schÃ¶n", "the authorâ€™s", "a lost \ufffd letter"]),
        ("markup", ["<p>So it is.</p>", "rock &amp; roll", "one<br/>two", "<!-- hidden --> here"]),
        ("gibberish", ["wrtpsdfg bcvxzqkl xkqzvvtr", "asdfasdf jkljkl qweqwe", "aaaaaaa bbbbbbb zzzzzzz"]),
        ("repeated_phrases", ["we sell all kinds of shoes " * 5, "go go go go go go go go go go go go go"]),
        (
            "truncated_text",
            ["And then they went on to [...]", "It was a long day (more)", "News of today Read more"],
        ),
        (
            "placeholder",
            ["TODO", "n/a", "Lorem ipsum dolor sit amet", "Dear {{name}}, hello", "[insert text here]"],
        ),
        (
            "prompt_residue",
            ["As an AI language model, I like it.", "[INST] Say so [/INST]", "Sure! Here is the text."],
        ),
        ("profanity", ["What a bullshit.", "These bastards", "you sh1t"]),
    ],
)
def test_what_is_wrong_is_flagged_and_nothing_beside_it(check: str, texts: list[str]) -> None:
    for text in texts:
        findings = found(check, text, text, None)
        assert findings.rows.tolist() == [0, 1], text
        assert np.isnan(findings.scores[2])
        assert (findings.scores[3:] > findings.scores[0]).all()
        assert findings.columns == ("note", "note")


@pytest.mark.parametrize(
    ("check", "texts"),
    [
        ("empty_text", ["7", "☺", "no", "ß", "日"]),
        ("mojibake", ["schön", "São João, pão", "naïve café", "日本語", "“well”"]),
        ("markup", ["if a < b and b > c", "AT&T", "x <- y", "<3 you", "R&D; then"]),
        ("gibberish", ["Schwarzwald rhythms", "KX-200 BTR", "at https://t.co/xKqzvWrtP", "czwartek w Szczebrzeszynie"]),
        ("repeated_phrases", ["one two three four five six seven eight nine ten eleven twelve thirteen", "ha ha ha"]),
        ("truncated_text", ["And then they went home", "…and so on.", "More of it"]),
        ("placeholder", ["This is no test.", "A bar in the foo of it", "Nothing is unknown to her", "{} is a set"]),
        ("prompt_residue", ["I am sorry that I can't come.", "Here is my house.", "The system: a review", "Sure."]),
        ("personal_data", ["version 10.2.14", "Order 4111-22-33", "4532 0151 1283 0367", "2023-11-05 14:30:00",
                           "1,234,567 of 89,000,000", "@someone", "21-18, 21-15, 9-11", "127.0.0.1", "DE00 0000 0000"]),
        ("profanity", ["Scunthorpe", "a classic passage", "her gay friends", "shiitake and shitzu", "Dick and Harry"]),
    ],
)  # fmt: skip
def test_what_only_looks_wrong_is_left_alone(check: str, texts: list[str]) -> None:
    for text in texts:
        assert found(check, text).rows.tolist() == [], text


def test_texts_are_mended_where_it_is_known_how() -> None:
    assert suggestion("mojibake", "schÃ¶n, so schÃ¶n") == "schön, so schön"
    assert suggestion("mojibake", "gone: \ufffd") is None
    assert (
        suggestion("markup", "<p>rock &amp; <b>roll</b>!</p><br/>Yes<script>x()</script>")
        == "rock & roll! Yes"
    )
    assert suggestion("personal_data", "ask ann@mail.example or +1 202 555 0143") == "ask <EMAIL> or <PHONE>"


def test_secrets_are_not_shown_in_reasons() -> None:
    card, key = "4111 1111 1111 1111", "AKIAABCDEFGHABCDEFGH"
    for secret in (card, key, "ann.smith@mail.example", "GB82 WEST 1234 5698 7654 32"):
        findings = found("personal_data", f"mine is {secret}.")
        assert findings.rows.tolist() == [0]
        assert secret[:2] in findings.reasons[0]
        assert secret[:4] not in findings.reasons[0]


def test_what_many_texts_share_is_normal_here() -> None:
    pages = [f"<p>page {i}</p>" for i in range(40)]
    findings = found("markup", *pages)
    assert findings.rows.tolist() == []
    assert list(findings.facts["texts"].values()) == [40]
    assert len(found("markup", *pages[:20]).rows) == 20


def test_a_length_that_many_texts_stop_at_was_set_by_something() -> None:
    words = "there was a long and winding road through the hills and down to the sea at last "
    cut = [
        (f"{i} " + words * 3)[:140].rstrip() + "x" * (140 - len((f"{i} " + words * 3)[:140].rstrip()))
        for i in range(12)
    ]
    whole = [f"{i} {words[: 20 + i]}." for i in range(60)]
    findings = found("truncated_text", *cut, beside=whole)
    assert findings.rows.tolist() == list(range(12))
    assert "140 characters, the most of all, as have 11 others" in findings.reasons[0]
    ended = [text[:-1] + "." for text in cut]
    assert found("truncated_text", *ended, beside=whole).rows.tolist() == []


def test_a_last_word_that_never_ends_a_text_says_that_it_was_cut() -> None:
    whole = [f"The {i}th of the letters was found in the drawer beside the old clock." for i in range(60)]
    findings = found("truncated_text", "So we looked once more in all of the drawers of the", beside=whole)
    assert findings.rows.tolist() == [0]
    assert "It ends with 'the'" in findings.reasons[0]
    loose = [text.rstrip(".") for text in whole]
    assert (
        found(
            "truncated_text", "So we looked in all of the drawers of the house of the", beside=loose
        ).rows.tolist()
        == []
    )


def test_gibberish_needs_texts_to_learn_from() -> None:
    with pytest.raises(NotApplicable, match="fewer than 50 texts"):
        found("gibberish", "wrtpsdfg bcvxzqkl", beside=PLAIN[:10])


def test_lengths_are_compared_by_their_logarithm() -> None:
    texts = [PLAIN[i % 60] + " " * (i % 3) for i in range(200)]
    findings = found("odd_length", "y" * 9_000, "ok", beside=texts)
    assert findings.rows.tolist() == [0, 1]
    assert findings.scores[0] < findings.scores[1] < 0.5
    assert (
        found(
            "odd_length",
            "a little longer than the others here, but not by so very much as that",
            beside=texts,
        ).rows.size
        == 0
    )


def test_a_row_has_the_score_of_its_worst_text_and_an_issue_for_each() -> None:
    class Loud(TextCheck):
        """Loud."""

        code = "TEST1"
        name = "loud"

        def judge(self, texts: Sequence[str], n_rows: IntArray) -> Mapping[int, Verdict]:
            return {i: Verdict(1 / len(text), "Loud.") for i, text in enumerate(texts) if text.isupper()}

    quiet = ("quiet",) * 20
    inputs = Inputs(
        n_rows=22, texts={"a": Texts((None, "HEY", *quiet)), "b": Texts(("AY", "SO LOUD", *quiet))}
    )
    findings = Loud().find(inputs)
    assert findings.rows.tolist() == [0, 1, 1]
    assert findings.columns == ("b", "a", "b")
    assert findings.scores[:3].tolist() == [np.float32(1 / 2), np.float32(1 / 7), 1.0]
    assert findings.issue_scores.tolist() == [np.float32(1 / 2), np.float32(1 / 3), np.float32(1 / 7)]
