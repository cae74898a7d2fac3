"""What a person gave in place of data: a path, or a URL of a file, of a database or of a server."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from emendata.data.locate import existing_file, existing_source
from emendata.data.remote import Downloaded, downloaded
from emendata.errors import InputError

__all__ = ["file_at", "is_server", "is_url"]

_SCHEME = re.compile(
    r"([a-z][a-z0-9+.-]+)(::[a-z0-9+.-]+)*://", re.IGNORECASE
)  # two letters, for C:// is a drive
_DATABASE_FILES = ("sqlite", "duckdb")


def is_url(source: str | os.PathLike[str]) -> bool:
    """Tell a URL from a path.

    Examples
    --------
    >>> is_url("https://example.org/reviews.csv"), is_url("C:/reviews.csv")
    (True, False)
    """
    return bool(_kind(source))


def is_server(source: str | os.PathLike[str]) -> bool:
    """Tell whether a URL is of a database that is reached through SQLAlchemy, not of a file."""
    kind = _kind(source)
    if not kind or kind in (*_DATABASE_FILES, "file"):
        return False
    from sqlalchemy.dialects import registry
    from sqlalchemy.exc import NoSuchModuleError

    try:
        registry.load("postgresql" if kind == "postgres" else kind)
    except NoSuchModuleError:
        return False
    return True


def file_at(source: str | os.PathLike[str]) -> Path | Downloaded:
    """Return the file behind a path or a URL, with what keeps it there if it had to be downloaded.

    Raises
    ------
    InputError
        If there is no such file, or it cannot be had.
    """
    kind = _kind(source)
    if not kind:
        return existing_source(source)
    address = os.fspath(source)
    if kind == "file":
        return existing_source(url2pathname(urlsplit(address).path))
    return existing_file(_database_file(address)) if kind in _DATABASE_FILES else downloaded(address)


def _kind(source: str | os.PathLike[str]) -> str:
    """Return the scheme of a URL without its driver, ``""`` for a path."""
    found = _SCHEME.match(os.fspath(source)) if isinstance(source, str) else None
    return found[1].lower().partition("+")[0] if found else ""


def _database_file(address: str) -> str:
    """Return the path in a URL such as ``sqlite:///shop.db``, relative after three slashes."""
    path = address.partition("://")[2].partition("?")[0].removeprefix("/")
    if path in ("", ":memory:"):
        raise InputError(f"{address} names no file. Write it like sqlite:///shop.db.")
    return path
