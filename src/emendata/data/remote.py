"""Files behind a URL: downloaded whole to a temporary folder, under the name that they have there."""

import base64
import http.client
import re
import string
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from emendata.data.secrets import WEB, Address, address_of_file
from emendata.errors import InputError
from emendata.extras import require
from emendata.files import TemporaryFolder, explained

__all__ = ["SECONDS", "Downloaded", "downloaded"]

SECONDS = 30
"""How long a server may keep silent, before its answer and within it."""

_MOST_BYTES = 20 << 30  # what is downloaded without asking
_CHUNK = 1 << 20
_BY_HAND = "Try again, or download it yourself and give the file."


class Downloaded(NamedTuple):
    """A copy of a remote file, its URL without any password, and what keeps the copy there."""

    path: Path
    url: str
    held: TemporaryFolder


def downloaded(address: str, *, timeout: float = SECONDS, most_bytes: int = _MOST_BYTES) -> Downloaded:
    """Return a copy of a remote file, which is there as long as somebody holds it.

    Parameters
    ----------
    address : str
        A URL that begins with http, https, or whatever fsspec knows, such as s3, gs or hf.
    timeout : float
        Seconds of silence after which a web server is given up.
    most_bytes : int
        A larger file is refused.

    Raises
    ------
    InputError
        If the file cannot be had whole.
    MissingPackage
        If what reads this kind of address is not installed.
    """
    found, held = address_of_file(address), TemporaryFolder()
    is_web = address.partition("://")[0].lower() in WEB
    parts = _from_web(found, timeout) if is_web else _from_storage(address, found)
    name = next(parts).decode()
    target = held.path / name
    with explained(target), target.open("wb") as file:
        size = 0
        for part in parts:
            size += len(part)
            if size > most_bytes:
                raise InputError(
                    f"{found.shown} is larger than {most_bytes:,} bytes. Download it yourself and give the file."
                )
            file.write(part)
    return Downloaded(target, found.kept, held)


def _from_web(address: Address, timeout: float) -> Iterator[bytes]:
    """Yield the name of a file, then its bytes."""
    shown = address.shown
    try:
        path = urlsplit(address.kept).path
    except ValueError as error:
        raise InputError(f"{shown} is no address ({address.said(error)}). Check it.") from error
    try:
        with urllib.request.urlopen(_request(address), timeout=timeout) as response:  # noqa: S310 - web only
            given = unquote(path)
            yield _name(given if Path(given).suffix else response.headers.get_filename() or given)
            expected = response.headers.get("Content-Length")
            size = 0
            while chunk := response.read(_CHUNK):
                size += len(chunk)
                yield chunk
            if expected is not None and size < int(expected):
                raise InputError(f"{shown} broke off after {size:,} of {int(expected):,} bytes. {_BY_HAND}")
    except urllib.error.HTTPError as error:
        error.close()
        raise InputError(
            f"{shown} cannot be had: the server answers {error.code} {address.said(error.reason)}. Check the address "
            "and whether it may be read by everybody."
        ) from error
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            raise InputError(f"{shown} did not answer within {timeout:g} seconds. {_BY_HAND}") from error
        raise InputError(
            f"{shown} cannot be reached ({address.said(reason)}). Check the address. {_BY_HAND}"
        ) from error


def _request(address: Address) -> urllib.request.Request:
    plain = quote(address.kept, safe=string.punctuation)  # spaces and letters that are no ASCII
    request = urllib.request.Request(plain, headers={"User-Agent": "emendata"})  # noqa: S310
    if address.login is not None:
        pair = ":".join(address.login)
        # Not for the hosts that the server may send us on to.
        request.add_unredirected_header("Authorization", f"Basic {base64.b64encode(pair.encode()).decode()}")
    return request


def _from_storage(address: str, found: Address) -> Iterator[bytes]:
    """Yield the name of a file, then its bytes, through fsspec."""
    fsspec = require("fsspec", "remote")
    shown = found.shown
    scheme = re.split("::|://", address, maxsplit=1)[0]
    if scheme not in fsspec.available_protocols():
        raise InputError(
            f"{shown} begins with {scheme!r}, which neither fsspec nor SQLAlchemy knows here. Check it, or install the "
            "package that brings it."
        )
    try:
        with fsspec.open(address, "rb") as file:
            yield _name(address.partition("://")[2].partition("::")[0])
            while chunk := file.read(_CHUNK):
                yield chunk
    except FileNotFoundError as error:
        raise InputError(f"There is no file {shown}. Check the address.") from error
    except Exception as error:  # every kind of storage has errors of its own
        raise InputError(f"{shown} cannot be read ({found.said(error)}). {_BY_HAND}") from error


def _name(path: str) -> bytes:
    """Return the last part of a path as a name that any file may have."""
    last = path.replace("\\", "/").rpartition("/")[2]
    plain = "".join(letter for letter in last if letter.isprintable())[-200:]
    return (plain if plain.strip(".") else "data").encode()
