"""How plug-ins are named and found: our own by an explicit list, other people's by entry point."""

from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points
from typing import Generic, Protocol, TypeVar

from emendata.errors import InputError, UnknownName

__all__ = ["Named", "Registry"]


class Named(Protocol):
    """Anything that knows what it is called."""

    @property
    def name(self) -> str:
        """The name that people type."""


T = TypeVar("T", bound=Named)


class Registry(Generic[T]):
    """The members of one plug-in kind by name, in a fixed order.

    Parameters
    ----------
    kind : str
        What a member is called in messages, such as ``"check"``.
    own : list
        The members that emendata ships.
    group : str, optional
        Entry-point group under which other packages offer theirs; each is a callable without arguments
        that returns a member.
    """

    def __init__(self, kind: str, own: list[T], *, group: str | None = None) -> None:
        self.kind = kind
        self._group = group
        self._members: dict[str, T] = {}
        self._loaded = group is None
        for member in own:
            self.add(member)

    def add(self, member: T) -> None:
        """Add one member; a name that is taken is an error."""
        if member.name in self._members:
            raise InputError(f"There are two {self.kind}s called {member.name!r}. Rename one of them.")
        self._members[member.name] = member

    def __getitem__(self, name: str) -> T:
        members = self._all()
        if name not in members:
            raise UnknownName.among(self.kind, name, members)
        return members[name]

    def __iter__(self) -> Iterator[T]:
        return iter(self._all().values())

    def __len__(self) -> int:
        return len(self._all())

    def _load(self, point: EntryPoint) -> T:
        try:
            member: T = point.load()()
        except Exception as error:
            package = point.dist.name if point.dist is not None else point.value
            raise InputError(
                f"The {self.kind} {point.name!r} of the package {package!r} cannot be loaded "
                f"({type(error).__name__}: {error}). Mend that package or uninstall it."
            ) from error
        return member

    def _all(self) -> dict[str, T]:
        if not self._loaded:
            self._loaded = True
            for point in sorted(entry_points(group=self._group or ""), key=lambda p: p.name):
                self.add(self._load(point))
        return self._members
