import numpy as np

from emendata.checks import CHECKS
from emendata.checks.inputs import Content, Inputs, Labels, Texts
from emendata.records import Findings

PLACES = [(how, where) for how in ("long", "merry", "lonely") for where in ("sea", "north", "hills")]
PLAIN = [
    f"Letter {i} tells of a {how} journey to the {where} in the year {1800 + 7 * i}, and of the way back."
    for i, (how, where) in enumerate(PLACES)
]
STORY = "There was an old oak by the river, and under it a bench on which nobody had sat for years."


def found(*texts: str | None, keys: list[int] | None = None, codes: list[int] | None = None) -> Findings:
    cells = (*texts, *PLAIN)
    n = len(cells)
    rest = list(range(100, 100 + n))
    return CHECKS["near_duplicate_text"].find(
        Inputs(
            n_rows=n,
            texts={"note": Texts(cells)},
            content=None if keys is None else Content(np.array([*keys, *rest][:n]), np.zeros(n), ("note",)),
            labels=None if codes is None else Labels("kind", np.array([*codes, *([0] * n)][:n]), ("a", "b")),
        )
    )


def test_texts_that_differ_in_a_word_are_flagged_with_each_other() -> None:
    findings = found(STORY, None, STORY.replace("bench", "stone"), codes=[0, 0, 1])
    assert findings.rows.tolist() == [0, 2]
    assert findings.related == ((2,), (0,))
    assert "of its letter sequences with row 2, but their labels differ: a, b." in findings.reasons[0]
    assert np.isnan(findings.scores[1])
    assert findings.scores[0] == findings.scores[2] < 0.5
    assert findings.facts["groups"] == {"note": 1}


def test_the_same_text_is_flagged_where_another_column_differs() -> None:
    assert found(STORY, STORY, keys=[1, 1]).rows.tolist() == []
    findings = found(STORY, STORY, keys=[1, 2])
    assert findings.rows.tolist() == [0, 1]
    assert findings.scores[:2].tolist() == [0.0, 0.0]
    assert findings.reasons[0] == "The very same text as row 1."


def test_short_texts_may_be_alike() -> None:
    assert found("Very good, thank you!", "Very good, thank you", "Very good, thank you!").rows.tolist() == []


def test_a_chain_of_changes_is_no_group() -> None:
    words = STORY.split()
    steps = [" ".join(["other"] * i + words[i:]) for i in range(0, len(words), 2)]
    findings = found(*steps)
    for row, others in zip(findings.rows.tolist(), findings.related, strict=True):
        assert max(abs(row - other) for other in others) <= 2
