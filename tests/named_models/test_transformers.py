"""Models of transformers of every kind that is read, tiny and with random weights."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.named_models.tiny import (
    BROKEN,
    PICTURES,
    SIZES,
    SOUNDS,
    TEXTS,
    close,
    save_tokenizer,
    seeded,
    small_model,
)

from emendata.features.image_reading import read_image
from emendata.features.model_embedder import ModelEmbedder
from emendata.features.named import named_embedder
from emendata.records import Role
from emendata.testing import check_row_embedder

pytestmark = [pytest.mark.models, pytest.mark.filterwarnings("default")]
_SQUARE = {"height": 32, "width": 32}


@pytest.fixture(autouse=True)
def _library() -> None:
    pytest.importorskip("transformers")


def bert(folder: Path) -> None:
    small_model("Bert", folder, vocab_size=save_tokenizer(folder), max_position_embeddings=32)


def vit(folder: Path) -> None:
    from transformers import ViTImageProcessor

    small_model("ViT", folder, image_size=32, patch_size=8)
    ViTImageProcessor(size=_SQUARE).save_pretrained(folder)


def resnet(folder: Path) -> None:
    from transformers import ConvNextImageProcessor

    small_model("ResNet", folder, embedding_size=8, hidden_sizes=[8, 16], depths=[1, 1])
    ConvNextImageProcessor(size={"shortest_edge": 32}).save_pretrained(folder)


def clip(folder: Path) -> None:
    from transformers import CLIPImageProcessor

    words = {
        "vocab_size": save_tokenizer(folder, longest=16),
        "max_position_embeddings": 16,
        "eos_token_id": 3,
    }
    pixels = {"image_size": 32, "patch_size": 8}
    small_model("CLIP", folder, text_config=SIZES | words, vision_config=SIZES | pixels, projection_dim=12)
    CLIPImageProcessor(size={"shortest_edge": 32}, crop_size=_SQUARE).save_pretrained(folder)


def siglip(folder: Path) -> None:
    from transformers import SiglipImageProcessor

    n_words = save_tokenizer(folder, longest=16, mask=False)
    words = {"vocab_size": n_words, "max_position_embeddings": 16, "projection_size": 12}
    pixels = {"image_size": 32, "patch_size": 8}
    small_model("Siglip", folder, text_config=SIZES | words, vision_config=SIZES | pixels)
    SiglipImageProcessor(size=_SQUARE).save_pretrained(folder)


def wav2vec(folder: Path) -> None:
    from transformers import Wav2Vec2FeatureExtractor

    settings = {
        "conv_dim": (16, 16),
        "conv_stride": (5, 4),
        "conv_kernel": (10, 8),
        "num_feat_extract_layers": 2,
    }
    places = {"num_conv_pos_embeddings": 4, "num_conv_pos_embedding_groups": 2}
    small_model("Wav2Vec2", folder, **settings, **places)
    Wav2Vec2FeatureExtractor().save_pretrained(folder)


def clap(folder: Path) -> None:
    from transformers import ClapFeatureExtractor

    patches = {
        "patch_embeds_hidden_size": 8,
        "depths": [1, 1],
        "num_attention_heads": [2, 2],
        "window_size": 8,
    }
    sound = {"hidden_size": 16, "num_hidden_layers": 2, **patches}
    small_model("Clap", folder, text_config=SIZES, audio_config=sound, projection_dim=12)
    ClapFeatureExtractor(truncation="rand_trunc", max_length_s=1, nb_max_samples=48_000).save_pretrained(
        folder
    )


def whisper(folder: Path) -> None:
    from transformers import WhisperFeatureExtractor

    heads = {f"{part}_attention_heads": 2 for part in ("encoder", "decoder")}
    layers = {f"{part}_layers": 1 for part in ("encoder", "decoder")}
    tokens = {"pad_token_id": 1, "bos_token_id": 1, "eos_token_id": 2, "decoder_start_token_id": 3}
    small_model("Whisper", folder, d_model=16, vocab_size=60, **heads, **layers, **tokens)
    WhisperFeatureExtractor().save_pretrained(folder)


MODELS: list[tuple[Callable[[Path], None], Role, int]] = [
    (bert, Role.TEXT, 16),
    (vit, Role.IMAGE, 16),
    (resnet, Role.IMAGE, 16),
    (clip, Role.TEXT, 12),
    (clip, Role.IMAGE, 12),
    (siglip, Role.TEXT, 12),
    (siglip, Role.IMAGE, 16),
    (wav2vec, Role.AUDIO, 16),
    (clap, Role.AUDIO, 12),
    (whisper, Role.AUDIO, 16),
]
ITEMS: dict[Role, list[Any]] = {Role.TEXT: TEXTS, Role.IMAGE: PICTURES, Role.AUDIO: SOUNDS}


def embedder_of(save: Callable[[Path], None], folder: Path, role: Role) -> ModelEmbedder:
    save(folder)
    return named_embedder(f"transformers:{folder}", role)


@pytest.mark.parametrize(
    ("save", "role", "width"), MODELS, ids=[f"{save.__name__}-{role}" for save, role, _ in MODELS]
)
def test_each_kind_of_model_keeps_the_contract(
    save: Callable[[Path], None], role: Role, width: int, tmp_path: Path
) -> None:
    embedder = embedder_of(save, tmp_path, role)
    check_row_embedder(embedder, ITEMS[role], None if role is Role.TEXT else BROKEN)
    assert embedder.vectors(ITEMS[role]).values.shape[1] == width


def test_texts_are_the_mean_of_their_word_pieces(tmp_path: Path) -> None:
    from transformers import AutoModel, AutoTokenizer

    values = embedder_of(bert, tmp_path, Role.TEXT).vectors(TEXTS[:1]).values
    pieces = AutoTokenizer.from_pretrained(tmp_path)(TEXTS[0], return_tensors="pt")
    states = AutoModel.from_pretrained(tmp_path)(**pieces).last_hidden_state
    assert close(values[0], states[0].mean(dim=0).detach())


def test_a_picture_is_its_class_token(tmp_path: Path) -> None:
    from transformers import AutoImageProcessor, AutoModel

    values = embedder_of(vit, tmp_path, Role.IMAGE).vectors(PICTURES[:1]).values
    processor = AutoImageProcessor.from_pretrained(tmp_path, backend="pil")
    pixels = processor(read_image(PICTURES[0]), return_tensors="pt")
    states = AutoModel.from_pretrained(tmp_path)(**pixels).last_hidden_state
    assert close(values[0], states[0, 0].detach())


def test_texts_and_images_of_one_model_lie_in_one_space(tmp_path: Path) -> None:
    texts = embedder_of(clip, tmp_path, Role.TEXT).vectors(TEXTS).values
    images = named_embedder(f"transformers:{tmp_path}", Role.IMAGE).vectors(PICTURES).values
    assert texts.shape[1] == images.shape[1]


def test_what_is_beyond_a_sounds_longest_part_is_not_drawn_by_chance(tmp_path: Path) -> None:
    from tests.features.sounds import hum, packed

    embedder = embedder_of(clap, tmp_path, Role.AUDIO)
    long = packed(hum(3.0))
    assert np.array_equal(embedder.vectors([long]).values, embedder.vectors([long]).values)


def test_another_content_of_the_folder_is_another_name(tmp_path: Path) -> None:
    before = embedder_of(bert, tmp_path, Role.TEXT).name
    assert named_embedder(f"transformers:{tmp_path}", Role.TEXT).name == before
    seeded().manual_seed(1)
    from transformers import AutoModel, BertConfig

    AutoModel.from_config(BertConfig.from_pretrained(tmp_path)).save_pretrained(tmp_path)
    assert named_embedder(f"transformers:{tmp_path}", Role.TEXT).name != before
