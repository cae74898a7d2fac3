"""Files behind a URL: downloaded whole to a temporary folder, under the name that they have there."""

import atexit
import base64
import http.client
import shutil
import string
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote, urlsplit

from emendata.errors import InputError
from emendata.extras import require
from emendata.files import explained

__all__ = ["MOST_BYTES", "SECONDS", "downloaded", "without_password"]

SECONDS = 30.0
"""How long a server may keep silent, before its answer and within it."""

MOST_BYTES = 20 << 30
"""What is downloaded without asking."""

_CHUNK = 1 << 20
_WEB = ("http", "https")
_BY_HAND = "Try again, or download it yourself and give the file."


def downloaded(address: str, *, timeout: float = SECONDS, most_bytes: int = MOST_BYTES) -> Path:
    """Return a copy of a remote file, which is there until the program ends.

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
    shown = without_password(address).partition("?")[0]
    folder = Path(tempfile.mkdtemp(prefix="emendata-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    is_web = address.partition("://")[0].lower() in _WEB
    parts = _from_web(address, shown, timeout) if is_web else _from_storage(address, shown)
    name = next(parts).decode()
    target = folder / name
    with explained(target), target.open("wb") as file:
        size = 0
        for part in parts:
            size += len(part)
            if size > most_bytes:
                raise InputError(
                    f"{shown} is larger than {most_bytes:,} bytes. Download it yourself and give the file."
                )
            file.write(part)
    return target


def without_password(address: str) -> str:
    """Return a URL without the password before its host; of the web, where a name may be one, without the name too.

    Examples
    --------
    >>> without_password("https://bob:secret@example.org/reviews.csv?raw=1")
    'https://example.org/reviews.csv?raw=1'
    >>> without_password("sftp://bob:secret@example.org/reviews.csv")
    'sftp://bob@example.org/reviews.csv'
    """
    scheme, sign, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    name, at, place = host.rpartition("@")
    if scheme.lower() in _WEB:
        host = place
    elif scheme != "github":  # where it is the name of a repository
        host = f"{name.partition(':')[0]}{at}{place}"
    return f"{scheme}{sign}{host}{slash}{path}"


def _from_web(address: str, shown: str, timeout: float) -> Iterator[bytes]:
    """Yield the name of a file, then its bytes."""
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise InputError(f"{shown} is no address ({error}). Check it.") from error
    try:
        with urllib.request.urlopen(_request(address, parts), timeout=timeout) as response:  # noqa: S310 - web only
            given = unquote(parts.path)
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
            f"{shown} cannot be had: the server answers {error.code} {error.reason}. Check the address and whether "
            "it may be read by everybody."
        ) from error
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            raise InputError(f"{shown} did not answer within {timeout:g} seconds. {_BY_HAND}") from error
        raise InputError(f"{shown} cannot be reached ({reason}). Check the address. {_BY_HAND}") from error


def _request(address: str, parts: SplitResult) -> urllib.request.Request:
    plain = quote(without_password(address), safe=string.punctuation)  # spaces and letters that are no ASCII
    request = urllib.request.Request(plain, headers={"User-Agent": "emendata"})  # noqa: S310
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        # Not for the hosts that the server may send us on to.
        request.add_unredirected_header("Authorization", f"Basic {base64.b64encode(pair.encode()).decode()}")
    return request


def _from_storage(address: str, shown: str) -> Iterator[bytes]:
    """Yield the name of a file, then its bytes, through fsspec."""
    fsspec = require("fsspec", "remote")
    scheme = address.partition("://")[0]
    if scheme not in fsspec.available_protocols():
        raise InputError(
            f"{shown} begins with {scheme!r}, which neither fsspec nor SQLAlchemy knows here. Check it, or install the "
            "package that brings it."
        )
    try:
        with fsspec.open(address, "rb") as file:
            yield _name(address.partition("::")[0])
            while chunk := file.read(_CHUNK):
                yield chunk
    except FileNotFoundError as error:
        raise InputError(f"There is no file {shown}. Check the address.") from error
    except Exception as error:  # every kind of storage has errors of its own
        why = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
        raise InputError(f"{shown} cannot be read ({why}). {_BY_HAND}") from error


def _name(path: str) -> bytes:
    """Return the last part of a path as a name that any file may have."""
    last = path.replace("\\", "/").rpartition("/")[2]
    plain = "".join(letter for letter in last if letter.isprintable())[-200:]
    return (plain if plain.strip(".") else "data").encode()
