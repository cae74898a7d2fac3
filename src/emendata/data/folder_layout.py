"""What the places of files in a folder say: of what kind they are, their class and their split."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from emendata.data.media import role_of_name
from emendata.data.splits import SPLITS
from emendata.data.tree import Tree
from emendata.records import Role

__all__ = ["Layout", "layout_of"]

_TEXT_ENDINGS = (".txt", ".text", ".md", ".markdown", ".rst", ".html", ".htm", ".xhtml")
_MANY = 10  # texts for each image or sound; fewer are notes about them


@dataclass(frozen=True)
class Layout:
    """The files of a folder that are rows.

    Parameters
    ----------
    role : Role, optional
        Image, audio or text; None if the folder has no such file.
    names : tuple of str
        Relative names of the rows, in natural order.
    has_splits : bool
        Whether the first level of folders are splits, and the second the classes.
    n_others : int
        How many files are something else.
    """

    role: Role | None
    names: tuple[str, ...]
    has_splits: bool
    n_others: int

    def split(self, name: str) -> str | None:
        """Return the split that a file lies in."""
        return self._parts(name)[0]

    def label(self, name: str) -> str | None:
        """Return the class that a file lies in."""
        return self._parts(name)[1]

    def relabelled(self, name: str, label: str | None) -> str:
        """Return the name of a file in the folder of another class, None for the folder of no class.

        Examples
        --------
        >>> layout = Layout(Role.IMAGE, ("train/cat/old/1.png",), has_splits=True, n_others=0)
        >>> layout.relabelled("train/cat/old/1.png", "dog"), layout.relabelled("train/cat/old/1.png", None)
        ('train/dog/old/1.png', 'train/1.png')
        """
        split, _, rest = self._parts(name)
        rest = PurePosixPath(rest).name if label is None else rest
        return "/".join(part for part in (split, label, rest) if part is not None)

    @cached_property
    def classes(self) -> frozenset[str]:
        """The names of the class folders."""
        return frozenset(label for name in self.names if (label := self.label(name)) is not None)

    def _parts(self, name: str) -> tuple[str | None, str | None, str]:
        *folders, file = name.split("/")
        split = folders.pop(0) if self.has_splits and folders else None
        label = folders.pop(0) if folders else None
        return split, label, "/".join((*folders, file))


def layout_of(tree: Tree) -> Layout:
    """Find out what the files of a folder are: of the kind of most of them, in splits if all folders are named so.

    Texts count only where they are many more than images and sounds, else they are notes about these.

    Examples
    --------
    >>> layout = layout_of(Tree(("README.md", "test/cat/1.png", "train/dog/2.png"), 0))
    >>> layout.role.value, layout.label("train/dog/2.png"), layout.split("train/dog/2.png"), layout.n_others
    ('image', 'dog', 'train', 1)
    """
    roles = [_role(name) for name in tree.files]
    role = _most(Counter(roles))
    names = tuple(name for name, found in zip(tree.files, roles, strict=True) if found and found == role)
    tops = {name.partition("/")[0] for name in names if "/" in name}
    has_splits = bool(tops) and {top.lower() for top in tops} <= SPLITS
    return Layout(role, names, has_splits, len(tree.files) - len(names) + tree.n_left_out)


def _role(name: str) -> Role | None:
    return Role.TEXT if name.lower().endswith(_TEXT_ENDINGS) else role_of_name(name)


def _most(counts: Counter[Role | None]) -> Role | None:
    images, sounds, texts = (counts[role] for role in (Role.IMAGE, Role.AUDIO, Role.TEXT))
    if texts and texts >= _MANY * (images + sounds):
        return Role.TEXT
    return None if not images + sounds else Role.IMAGE if images >= sounds else Role.AUDIO
