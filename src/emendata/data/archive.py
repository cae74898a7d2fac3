"""Archives of a folder or a table: unpacked to be read, and written again with what was corrected."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from emendata.data.archive_files import pack, title_of, unpack
from emendata.data.archive_members import ENDINGS
from emendata.data.folder_layout import layout_of
from emendata.data.source import Dialect, Reading, Source
from emendata.data.tree import copy_files, files_below, is_hidden, tree_of
from emendata.files import TemporaryFolder
from emendata.records import Correction

__all__ = ["ArchiveSource"]


class _Opened(NamedTuple):
    """What was in an archive: where its files start, the dataset among them, and what keeps them there."""

    top: Path
    inside: Path
    held: TemporaryFolder


@dataclass(frozen=True)
class ArchiveSource:
    """A ZIP or TAR archive of anything that a folder may hold. A corrected one has the same files and new dates.

    Parameters
    ----------
    source_for : callable
        Returns the format of the folder that was unpacked.
    """

    source_for: Callable[[Path], Source]
    name: str = "archive"
    title: str = "archive"
    suffixes: tuple[str, ...] = ENDINGS
    is_text: bool = False
    is_exact: bool = False

    def read(self, path: Path, dialect: Dialect) -> Reading:
        """Return what is in the archive; its files stay unpacked as long as somebody may read them."""
        opened = _open(path)
        reading = self.source_for(opened.inside).read(opened.inside, dialect)
        recognized = f"a {title_of(path)} of {reading.recognized}"
        return replace(reading, within=opened.top, held=opened.held, recognized=recognized)

    def with_raw(self, path: Path, corrections: Sequence[Correction], dialect: Dialect) -> list[Correction]:
        """Return the corrections with what the format of the unpacked folder adds to them."""
        opened = _open(path)
        return self.source_for(opened.inside).with_raw(opened.inside, corrections, dialect)

    def rewrite(self, path: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect) -> None:
        """Write an archive of the corrected files."""
        with _packed_again(path, target) as (inside, goal):
            self.source_for(inside).rewrite(inside, goal, corrections, dialect)

    def restore(
        self, corrected: Path, target: Path, corrections: Sequence[Correction], dialect: Dialect
    ) -> None:
        """Write an archive of the files as they were."""
        with _packed_again(corrected, target) as (inside, goal):
            self.source_for(inside).restore(inside, goal, corrections, dialect)


def _open(path: Path) -> _Opened:
    """Unpack an archive."""
    held = TemporaryFolder()
    top = held.path / path.name  # by which messages call it
    top.mkdir()
    unpack(path, top)
    return _Opened(top, _dataset_in(top), held)


def _dataset_in(top: Path) -> Path:
    """Return the one folder in which all of an archive lies, unless it is a class, else where the archive starts."""
    tops = [entry for entry in top.iterdir() if not is_hidden(entry.name)]
    if len(tops) != 1 or not tops[0].is_dir():
        return top
    tree = tree_of(tops[0])
    is_class = layout_of(tree).role is not None and not any("/" in name for name in tree.files)
    return top if is_class else tops[0]


@contextmanager
def _packed_again(path: Path, target: Path) -> Iterator[tuple[Path, Path]]:
    """Yield the folder that is the dataset of an archive, and where another is to be written that is then packed."""
    opened, new = _open(path), TemporaryFolder()
    top = new.path / path.name
    goal = top / opened.inside.relative_to(opened.top)
    goal.parent.mkdir(exist_ok=True)
    yield opened.inside, goal
    outside = [
        name for name in files_below(opened.top) if not (opened.top / name).is_relative_to(opened.inside)
    ]
    copy_files(opened.top, top, {name: name for name in outside})
    pack(top, target, path)
