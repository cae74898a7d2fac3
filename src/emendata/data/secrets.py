"""Addresses without what opens a door: as they may be kept and shown, and errors of others without it too."""

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, quote, unquote

if TYPE_CHECKING:
    from sqlalchemy import URL

__all__ = ["WEB", "Address", "address_of_file", "address_of_server"]

WEB = ("http", "https")

_HARMLESS = frozenset(
    (
        "application_name", "charset", "client_encoding", "connect_timeout", "database", "dbname", "driver",
        "encoding", "encrypt", "host", "port", "schema", "service_name", "sslmode", "trustservercertificate",
        "unix_socket", "user", "warehouse",
    )
)  # fmt: skip
"""Settings of servers that name a place or a way, and never a secret."""

_NEXT = re.compile(r"::(?=[a-z][a-z0-9+.-]*(?:://|::))", re.IGNORECASE)
_HOST = re.compile(r"(\[.*\]|[^:]*)(:\d*)?")
_SHORT = 3


class Address(NamedTuple):
    """An address as it may be kept, as it may be shown, what stands in neither, and the name and password in it."""

    kept: str
    shown: str
    secrets: frozenset[str]
    login: tuple[str, str] | None

    def said(self, error: object) -> str:
        """Return the first line of what others say of this address, with a mark in place of its secrets."""
        line = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
        for secret in sorted(self.secrets, key=len, reverse=True):
            line = line.replace(secret, "***")
        return line


def address_of_file(address: str) -> Address:
    """Take a URL apart, which may be a chain of them as fsspec has it.

    What is kept has no password before a host; of the web, where a name may be one, no name either. What is shown has
    nothing of what stands behind a ``?``.

    Examples
    --------
    >>> address_of_file("https://bob:secret@example.org/reviews.csv?raw=1").kept
    'https://example.org/reviews.csv?raw=1'
    >>> address_of_file("zip://reviews.csv::sftp://bob:secret@example.org/reviews.zip").shown
    'zip://reviews.csv::sftp://bob@example.org/reviews.zip'
    """
    parts = [_Part.of(part) for part in _NEXT.split(address)]
    kept = "::".join(part.kept for part in parts)
    secrets = {secret for part in parts for secret in part.secrets()}
    return Address(kept, kept.partition("?")[0], _spelled(secrets), parts[0].login)


def address_of_server(url: "URL") -> Address:
    """Take the URL of a database server apart; of its settings only those are kept that hold no secret."""
    from sqlalchemy.engine import URL

    settings = {key: value for key, value in url.query.items() if key.lower() in _HARMLESS}
    bare = URL.create(url.drivername, url.username, None, url.host, url.port, url.database, settings)
    left_out = [
        value for key, values in url.normalized_query.items() if key not in settings for value in values
    ]
    pieces = [piece for value in left_out for piece in re.split(r"[;=&{}]", value) if len(piece) >= _SHORT]
    shown = bare.render_as_string()
    return Address(shown, shown, _spelled([url.password or "", *left_out, *pieces]), None)


class _Part(NamedTuple):
    """One URL of a chain."""

    scheme: str
    name: str
    password: str
    rest: str

    @classmethod
    def of(cls, part: str) -> "_Part":
        scheme, sign, rest = part.partition("://")
        host = re.split(r"[/?#]", rest, maxsplit=1)[0]
        is_cut_short = not _HOST.fullmatch(
            host
        )  # no port comes behind the colon, so a password goes on behind the /
        at = rest.rfind("@") if is_cut_short and "@" not in host else host.rfind("@")
        if not sign or at < 0 or scheme.lower() == "github":  # where the name of a repository stands there
            return cls(scheme + sign, "", "", rest)
        name, _, password = rest[:at].partition(":")
        return cls(scheme + sign, name, password, rest[at + 1 :])

    @property
    def is_web(self) -> bool:
        return self.scheme.lower().removesuffix("://") in WEB

    @property
    def kept(self) -> str:
        name = f"{self.name}@" if self.name and not self.is_web else ""
        return f"{self.scheme}{name}{self.rest}"

    @property
    def login(self) -> tuple[str, str] | None:
        return (unquote(self.name), unquote(self.password)) if self.name or self.password else None

    def secrets(self) -> Iterator[str]:
        yield self.password
        yield from (piece for piece in re.split(r"[/?#@:]", self.password) if len(piece) >= _SHORT - 1)
        if self.is_web:
            yield self.name
        query = self.rest.partition("?")[2].partition("#")[0]
        yield query
        yield from (value for _, value in parse_qsl(query) if len(value) > _SHORT)


def _spelled(secrets: Collection[str]) -> frozenset[str]:
    """Return secrets in each way in which an error may spell them."""
    plain = {unquote(secret) for secret in secrets if secret}
    return frozenset(
        (*filter(None, secrets), *plain, *map(quote, plain), *(quote(s, safe="") for s in plain))
    )
