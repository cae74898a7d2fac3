"""Whether a corrected folder would still be read as the folder that it was."""

from emendata.data.folder_layout import Layout, layout_of
from emendata.data.tree import Tree
from emendata.errors import InputError
from emendata.records import Role

__all__ = ["refuse_other_kind"]

_FILES = {Role.IMAGE: "images", Role.AUDIO: "sounds", Role.TEXT: "texts", None: "nothing that can be read"}


def refuse_other_kind(name: str, before: Tree, after: Tree, table_endings: tuple[str, ...]) -> None:
    """Raise `InputError` if a folder with other files would be read as something else: it could not be taken back.

    Examples
    --------
    >>> before, after = Tree(("cat/1.png", "dog/2.png"), 0), Tree(("test/1.png", "test/2.png"), 0)
    >>> refuse_other_kind("pets", before, after, ())
    Traceback (most recent call last):
    emendata.errors.InputError: The corrected pets would be read as another folder: the names of all its folders ...
    """
    if why := _difference(layout_of(before), layout_of(after), after.ending_in(table_endings)):
        raise InputError(
            f"The corrected {name} would be read as another folder: {why}. Take some corrections out of the patch."
        )


def _difference(before: Layout, after: Layout, tables: list[str]) -> str:
    if before.role != after.role:
        return f"it would hold {_FILES[after.role]} instead of {_FILES[before.role]}"
    if before.has_splits != after.has_splits:
        return (
            f"the names of all its folders would {'' if after.has_splits else 'no longer '}be those of splits"
        )
    if before.classes and not after.classes:
        return "no file would lie in the folder of a class"
    if tables and len(after.classes) < 2 <= len(before.classes):
        return f"with less than two classes, {tables[0]} would count as its table"
    return ""
