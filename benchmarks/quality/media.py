"""How much planted damage of known kind do the checks of images and sounds find, and how often are they wrong?

    python -m benchmarks.quality.media [--rows 1000] [--seeds 0,1,2] [--data FOLDER] [--out FILE]

Images are of CIFAR-10 and Fashion-MNIST, sounds are spoken prompts, fetched in public packages (`tools.realmedia`).
For each kind of damage, 5 in 100 items of a sample get it, in a strength drawn at random, and the check of that kind
sees the whole sample. Reported beside the peer, where it has such a check:

- precision and recall, each as a count of a count;
- for copies: found copies of those planted, and flagged rows of which none is a copy;
- then, of all items of the sets as they are, how many each check flags.

An image of CIFAR-10 whose channels are equal everywhere counts as grey, for it is.
"""

import argparse
import io
import json
import logging
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from PIL import Image, ImageFilter
from tools.realmedia import fetch_media

from benchmarks.environment import environment
from emendata.checks import CHECKS, Inputs
from emendata.checks.inputs import Traits
from emendata.errors import NotApplicable
from emendata.features import IMAGE_TRAITS, SOUND_TRAITS, ImageTraits, SoundTraits
from emendata.records import Float32Array, IntArray

SETS = ("cifar10", "fashion-mnist")
PART = 0.05
PEER = {
    "dark": "dark",
    "light": "light",
    "blurry": "blurry",
    "odd_size": "odd_size",
    "odd_aspect_ratio": "odd_aspect_ratio",
    "low_information": "low_information",
    "grayscale": "grayscale",
    "perceptual_duplicate": "near_duplicates",
}
COPIES = ("perceptual_duplicate", "duplicate_recording")
SOUND_KINDS = ("silent", "clipped", "odd_duration", "mixed_sample_rates", "duplicate_recording")

Line = dict[str, Any]
Rng = np.random.Generator
Picture = Image.Image


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000, help="items of each sample")
    parser.add_argument("--seeds", default="0,1,2", help="of the samples and the damage")
    parser.add_argument("--data", type=Path, help="where fetched sets are kept")
    parser.add_argument("--out", type=Path, help="file for the results, as JSON")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    seeds = [int(seed) for seed in options.seeds.split(",")]
    print(f"{'set':18}{'kind':22}{'right':>7}{'flagged':>9}{'planted':>9}   peer: {'right':>6}{'flagged':>9}")
    planted = []
    for name in SETS:
        files = _files(name, options.data)
        planted += [
            _images(name, kind, files, options.rows, seeds) for kind in DAMAGE if _applies(name, kind)
        ]
    sounds = _files("spoken-languages", options.data)
    planted += [_sounds(kind, sounds, options.rows, seeds) for kind in SOUND_KINDS]
    untouched = [_untouched(name, options.data) for name in (*SETS, "mnist-5k", "spoken-languages")]
    if options.out:
        results = {
            "command": f"python -m benchmarks.quality.media --rows {options.rows} --seeds {options.seeds}",
            "environment": environment("pillow", "soundfile", "cleanvision"),
            "planted": planted,
            "untouched": untouched,
        }
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def _applies(name: str, kind: str) -> bool:
    return kind != "grayscale" or name == "cifar10"  # where all images are grey, none is wrong


def _files(name: str, folder: Path | None) -> list[bytes]:
    paths = sorted(fetch_media(name, folder).path.glob("*/*"), key=lambda path: path.name)
    return [path.read_bytes() for path in paths]


def _images(name: str, kind: str, files: Sequence[bytes], n_rows: int, seeds: Sequence[int]) -> Line:
    ours, peers = np.zeros(3, int), np.zeros(3, int)
    for seed in seeds:
        rng = np.random.default_rng([seed, len(kind)])
        sample = [files[i] for i in rng.permutation(len(files))[:n_rows]]
        rows = rng.permutation(n_rows)[: round(PART * n_rows)]
        if kind in COPIES:
            origin = {n_rows + i: int(row) for i, row in enumerate(rows)}
            sample += [DAMAGE[kind](_opened(sample[row]), rng) for row in rows]
            truth = np.array([*rows, *origin], dtype=np.int64)
        else:
            for row in rows:
                sample[row] = DAMAGE[kind](_opened(sample[row]), rng)
            truth = rows
            if kind == "grayscale":
                truth = np.array([i for i, file in enumerate(sample) if _is_grey(file)])
        ours += _counts(_found(kind, _measured(sample)), truth)
        if kind in PEER:
            peers += _counts(_peer(PEER[kind], sample), truth)
    return _line(name, kind, ours, peers if kind in PEER else None)


def _sounds(kind: str, files: Sequence[bytes], n_rows: int, seeds: Sequence[int]) -> Line:
    ours = np.zeros(3, int)
    for seed in seeds:
        rng = np.random.default_rng([seed, len(kind)])
        sample = [files[i] for i in rng.permutation(len(files))[:n_rows]]
        rows = rng.permutation(n_rows)[: round(PART * n_rows)]
        truth = rows
        for i, row in enumerate(rows):
            samples, rate = soundfile.read(io.BytesIO(sample[row]), dtype="float32")
            made = SOUND_DAMAGE[kind](samples, rate, rng)
            if kind in COPIES:
                sample.append(made)
                truth = np.append(truth, n_rows + i)
            else:
                sample[row] = made
        ours += _counts(_found(kind, _heard(sample)), truth)
    return _line("spoken-languages", kind, ours, None)


def _line(name: str, kind: str, ours: IntArray, peer: IntArray | None) -> Line:
    line: Line = {
        "set": name,
        "kind": kind,
        "ours": dict(zip(("right", "flagged", "planted"), ours.tolist(), strict=True)),
    }
    words = f"{name:18}{kind:22}{ours[0]:7,}{ours[1]:9,}{ours[2]:9,}"
    if peer is not None:
        line["peer"] = dict(zip(("right", "flagged", "planted"), peer.tolist(), strict=True))
        words += f"         {peer[0]:6,}{peer[1]:9,}"
    print(words, flush=True)
    return line


def _counts(flagged: IntArray, truth: IntArray) -> IntArray:
    return np.array([len(np.intersect1d(flagged, truth)), len(flagged), len(truth)])


def _measured(files: Sequence[bytes]) -> Inputs:
    found = ImageTraits().vectors(files)
    n = len(IMAGE_TRAITS)
    return Inputs(
        len(files),
        pictures={"image": Traits(IMAGE_TRAITS, found.values[:, :n])},
        looks={"image": found.values[:, n:]},
    )


def _heard(files: Sequence[bytes]) -> Inputs:
    found = SoundTraits().vectors(files)
    n = len(SOUND_TRAITS)
    return Inputs(
        len(files),
        sounds={"sound": Traits(SOUND_TRAITS, found.values[:, :n])},
        prints={"sound": found.values[:, n:]},
    )


def _found(kind: str, inputs: Inputs) -> IntArray:
    try:
        return np.unique(CHECKS[kind].find(inputs).rows)
    except NotApplicable:
        return np.zeros(0, np.int64)


def _peer(issue: str, files: Sequence[bytes]) -> IntArray:
    from cleanvision import Imagelab

    with tempfile.TemporaryDirectory() as folder, redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for i, file in enumerate(files):
            ending = "jpg" if file.startswith(b"\xff\xd8") else "png"
            (Path(folder) / f"{i:06d}.{ending}").write_bytes(file)
        lab = Imagelab(data_path=folder)
        lab.find_issues({issue: {}}, n_jobs=1, verbose=False)
        marks = lab.issues[f"is_{issue}_issue"]
        return np.array([int(Path(path).stem) for path, mark in marks.items() if mark], dtype=np.int64)


def _untouched(name: str, folder: Path | None) -> Line:
    files = _files(name, folder)
    is_sound = name == "spoken-languages"
    started = time.perf_counter()
    inputs = _heard(files) if is_sound else _measured(files)
    measured = time.perf_counter()
    codes = "EM8" if is_sound else "EM6"
    ours = {check.name: len(_found(check.name, inputs)) for check in CHECKS if check.code.startswith(codes)}
    ended = time.perf_counter()
    line: Line = {
        "set": name,
        "items": len(files),
        "seconds": {"measuring": round(measured - started, 2), "checks": round(ended - measured, 2)},
        "ours": ours,
    }
    if not is_sound:
        line["peer"] = {kind: len(_peer(issue, files)) for kind, issue in PEER.items()}
    print(json.dumps(line), flush=True)
    return line


def _opened(file: bytes) -> Picture:
    return Image.open(io.BytesIO(file)).convert("RGB")


def _is_grey(file: bytes) -> bool:
    pixels = np.asarray(_opened(file))
    return bool((np.ptp(pixels, axis=2) == 0).all())


def _png(picture: Picture, **settings: Any) -> bytes:
    sink = io.BytesIO()
    picture.save(sink, "PNG", **settings)
    return sink.getvalue()


def _jpeg(picture: Picture, quality: int) -> bytes:
    sink = io.BytesIO()
    picture.save(sink, "JPEG", quality=quality)
    return sink.getvalue()


def _dark(picture: Picture, rng: Rng) -> bytes:
    part = rng.uniform(0.05, 0.3)
    return _png(picture.point(lambda value: int(value * part)))


def _light(picture: Picture, rng: Rng) -> bytes:
    part = rng.uniform(0.01, 0.15)
    return _png(picture.point(lambda value: int(255 - (255 - value) * part)))


def _blurry(picture: Picture, rng: Rng) -> bytes:
    return _png(picture.filter(ImageFilter.GaussianBlur(rng.uniform(0.05, 0.12) * max(picture.size))))


def _odd_size(picture: Picture, rng: Rng) -> bytes:
    factor = rng.choice([0.25, 0.4, 3.0, 6.0])
    return _png(picture.resize((round(picture.width * factor), round(picture.height * factor))))


def _odd_aspect_ratio(picture: Picture, rng: Rng) -> bytes:
    factor = rng.uniform(3, 8)
    return _png(picture.resize((round(picture.width * factor), picture.height)))


def _low_information(picture: Picture, rng: Rng) -> bytes:
    pixels = np.full((picture.height, picture.width, 3), rng.integers(0, 256, 3), np.uint8)
    pixels[rng.integers(0, 2, pixels.shape[:2]) > 0] ^= 1
    return _png(Image.fromarray(pixels))


def _grayscale(picture: Picture, rng: Rng) -> bytes:
    grey = picture.convert("L")
    return _png(grey if rng.random() < 0.5 else grey.convert("RGB"))


def _rotated(picture: Picture, rng: Rng) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = int(rng.choice([3, 6, 8]))
    return _png(picture.transpose(Image.Transpose.ROTATE_90), exif=exif)


def _bordered(picture: Picture, rng: Rng) -> bytes:
    depth = max(round(rng.uniform(0.08, 0.25) * picture.height), 2)
    colour = tuple(rng.choice([[0, 0, 0], [255, 255, 255], [40, 60, 90]]).tolist())
    page = Image.new("RGB", picture.size, colour)
    if rng.random() < 0.5:
        page.paste(picture.resize((picture.width, picture.height - 2 * depth)), (0, depth))
    else:
        page.paste(picture.resize((picture.width - 2 * depth, picture.height)), (depth, 0))
    return _png(page)


def _low_contrast(picture: Picture, rng: Rng) -> bytes:
    part, middle = rng.uniform(0.05, 0.15), rng.uniform(80, 180)
    return _png(picture.point(lambda value: int(middle + (value - 128) * part)))


def _jpeg_damage(picture: Picture, rng: Rng) -> bytes:
    if rng.random() < 0.5:
        return _png(Image.open(io.BytesIO(_jpeg(picture, int(rng.integers(2, 11))))))
    pixels = np.array(picture)
    pixels[round(rng.uniform(0.3, 0.9) * len(pixels)) :] = 128
    return _png(Image.fromarray(pixels))


def _copy(picture: Picture, rng: Rng) -> bytes:
    way = rng.integers(6)
    if way == 0:
        return _jpeg(picture, 60)
    if way == 1:
        return _png(picture.resize((picture.width * 3, picture.height * 3), Image.Resampling.BICUBIC))
    if way == 2:
        return _png(picture.point(lambda value: min(int(value * 1.15), 255)))
    if way == 3:
        return _png(picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    if way == 4:
        return _png(picture.transpose(rng.choice([Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180])))
    return _png(picture.crop((1, 1, picture.width, picture.height)))


DAMAGE: dict[str, Callable[[Picture, Rng], bytes]] = {
    "dark": _dark,
    "light": _light,
    "blurry": _blurry,
    "odd_size": _odd_size,
    "odd_aspect_ratio": _odd_aspect_ratio,
    "low_information": _low_information,
    "grayscale": _grayscale,
    "rotated_by_exif": _rotated,
    "constant_borders": _bordered,
    "low_contrast": _low_contrast,
    "jpeg_damage": _jpeg_damage,
    "perceptual_duplicate": _copy,
}


def _wav(samples: Float32Array, rate: int) -> bytes:
    sink = io.BytesIO()
    soundfile.write(sink, np.clip(samples, -1, 1), rate, format="WAV", subtype="PCM_16")
    return sink.getvalue()


def _silent(samples: Float32Array, rate: int, rng: Rng) -> bytes:
    noise = rng.choice([0.0, 1e-4]) * rng.normal(size=len(samples))
    return _wav(noise.astype(np.float32), rate)


def _clipped(samples: Float32Array, rate: int, rng: Rng) -> bytes:
    top = rng.uniform(0.1, 0.5) * np.abs(samples).max()
    return _wav(np.clip(samples, -top, top) / top * rng.uniform(0.5, 1.0), rate)


def _odd_duration(samples: Float32Array, rate: int, rng: Rng) -> bytes:
    if rng.random() < 0.5:
        return _wav(samples[: max(round(0.03 * rate), 1)], rate)
    return _wav(np.tile(samples, int(np.ceil(120 * rate / len(samples)))), rate)


def _other_rate(samples: Float32Array, rate: int, rng: Rng) -> bytes:
    return _wav(samples, int(rng.choice([11_025, 16_000, 44_100])))


def _copied_sound(samples: Float32Array, rate: int, rng: Rng) -> bytes:
    moved = np.concatenate([np.zeros(round(rng.uniform(0, 0.1) * rate), np.float32), samples])
    cut = moved[round(rng.uniform(0, 0.05) * rate) :]
    return _wav(cut * np.float32(rng.uniform(0.25, 1.0)), rate)


SOUND_DAMAGE: dict[str, Callable[[Float32Array, int, Rng], bytes]] = {
    "silent": _silent,
    "clipped": _clipped,
    "odd_duration": _odd_duration,
    "mixed_sample_rates": _other_rate,
    "duplicate_recording": _copied_sound,
}


if __name__ == "__main__":
    main()
