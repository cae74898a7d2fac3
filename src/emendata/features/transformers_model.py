"""Texts, images and sounds by models of transformers."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from emendata.extras import require
from emendata.features.audio_reading import Sound, resampled
from emendata.features.model_embedder import Embed
from emendata.features.torch_run import EXTRA, TorchRun, prepared, shape_of, stacked, without_bars
from emendata.records import Role

__all__ = ["load_transformers"]

_LONGEST = (
    512  # word pieces: what most networks of texts were trained with, and some seconds' work for larger ones
)
_SHORTEST = 0.1  # seconds that a sound is filled up to: less is less than networks look at
_OWN_FEATURES = {
    Role.TEXT: "get_text_features",
    Role.IMAGE: "get_image_features",
    Role.AUDIO: "get_audio_features",
}

Prepare = Callable[[Sequence[Any]], list[Mapping[str, Any]]]


def load_transformers(model: str, role: Role) -> Embed:
    """Load a model by its name or folder; code of its own is never run.

    Networks that were trained to compare texts with images or sounds (CLIP, SigLIP, CLAP) give their own features of
    the role. Of others it is the last layer: the class token of images where there is one, else the mean.
    """
    library = require("transformers", EXTRA)
    with without_bars():
        network = library.AutoModel.from_pretrained(model, trust_remote_code=False).float()
    if getattr(network.config, "is_encoder_decoder", False):
        network = network.get_encoder()
    preparing: dict[Role, Callable[[Any, str, Any], Prepare]] = {
        Role.TEXT: _texts,
        Role.IMAGE: _images,
        Role.AUDIO: _sounds,
    }
    prepare = preparing[role](library, model, network)
    features = getattr(network, _OWN_FEATURES[role], None)
    has_class_token = any(name.endswith("cls_token") for name, _ in network.named_parameters())

    def forward(inputs: list[Mapping[str, Any]], device: str) -> Any:
        given = stacked(inputs, device)
        if features is not None:
            found = features(**given)
            return found if hasattr(found, "shape") else found.pooler_output
        return _pooled(network(**given).last_hidden_state, has_class_token)

    run = TorchRun(f"transformers:{model}", network, forward, shape=shape_of)
    return lambda things: run(prepare(things))


def _pooled(states: Any, has_class_token: bool) -> Any:
    if states.ndim == 4:  # an image's places, two-dimensional
        return states.mean(dim=(2, 3))
    return states[:, 0] if has_class_token else states.mean(dim=1)


def _texts(library: Any, model: str, network: Any) -> Prepare:
    """Cut texts into word pieces; none is filled up unless the network was trained so."""
    tokenizer = library.AutoTokenizer.from_pretrained(model, trust_remote_code=False)
    most = min(tokenizer.model_max_length, _LONGEST)
    is_filled_up = "attention_mask" not in tokenizer.model_input_names
    settings = {"truncation": True, "max_length": most, "padding": "max_length" if is_filled_up else False}
    return lambda texts: [dict(tokenizer([text], return_tensors="pt", **settings)) for text in texts]


def _images(library: Any, model: str, network: Any) -> Prepare:
    processor = library.AutoImageProcessor.from_pretrained(model, backend="pil", trust_remote_code=False)
    return lambda images: prepared(images, lambda image: dict(processor(images=[image], return_tensors="pt")))


def _sounds(library: Any, model: str, network: Any) -> Prepare:
    extractor = library.AutoFeatureExtractor.from_pretrained(model, trust_remote_code=False)
    rate = extractor.sampling_rate
    most = getattr(extractor, "nb_max_samples", None)  # longer ones CLAP would cut at random

    def prepare(sound: Sound) -> Mapping[str, Any]:
        samples = resampled(sound, rate)[:most]
        samples = np.pad(samples, (0, max(round(_SHORTEST * rate) - len(samples), 0)))
        return dict(extractor(samples, sampling_rate=rate, return_tensors="pt"))

    return lambda sounds: prepared(sounds, prepare)
