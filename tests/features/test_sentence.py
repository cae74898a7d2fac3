import numpy as np
import pytest
from tests.features.row_embedders import block_of, vectors_of

from emendata.features.sentence import SentenceEmbedder

SENTENCE = SentenceEmbedder()
FOOD = ["The soup was delicious.", "I loved every dish they served.", "Wonderful meal, friendly waiter"]
MONEY = ["My card was charged twice.", "The bank refused the transfer", "I want a refund of the fee"]


def test_each_text_has_its_own_vector_whatever_the_others_are() -> None:
    words = ("never", "a", "Xylophone", "déjà", "42", "東京", "👍", "unbelievably")
    rng = np.random.default_rng(0)
    texts = [" ".join(rng.choice(words, n)) for n in (1, 2, 2, 2, 3, 7, 7, 20, 60, 60, 200, 500)]
    vectors = vectors_of(SENTENCE, [*texts, *FOOD, *MONEY])
    assert vectors.values.shape == (18, 384)
    assert np.allclose(np.linalg.norm(vectors.values, axis=1), 1, atol=1e-5)


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
    vectors = vectors_of(SENTENCE, [text, "words"])
    assert vectors.values.any(axis=1).tolist() == [False, True]
    assert vectors.problems == ("", "")


def test_half_a_character_stops_nothing() -> None:
    assert SENTENCE.vectors(["broken \ud800 pair"]).values.any()


def test_beyond_128_pieces_nothing_is_read() -> None:
    long = "the same words again " * 100
    one, other = SENTENCE.vectors([long, long[:2_000] + "and other words " * 10_000]).values
    assert np.array_equal(one, other)


@pytest.mark.parametrize("n_texts", [0, 1, 2, 3])
def test_a_few_rows_are_a_block_with_or_without_gaps(n_texts: int) -> None:
    block_of(SENTENCE, SENTENCE.vectors(FOOD[:n_texts]).values)
    gaps = block_of(SENTENCE, SENTENCE.vectors([*FOOD[:n_texts], "", ""]).values)
    assert not gaps.dense[n_texts:].any()
    assert not np.asarray(gaps.wide)[n_texts:].any()


def test_a_column_counts_as_much_as_a_number_and_its_wide_side_balances_words() -> None:
    block = block_of(SENTENCE, SENTENCE.vectors([*FOOD, *MONEY] * 20).values)
    assert (block.dense**2).sum(axis=1).mean() == pytest.approx(1, abs=1e-3)
    assert np.allclose(np.linalg.norm(block.wide, axis=1), 0.4, atol=1e-5)
    assert block.dense.shape == (120, 5)  # six texts differ in five directions


def test_it_says_what_is_missing_only_where_something_is() -> None:
    assert SENTENCE.obstacle() is None
