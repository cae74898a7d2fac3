"""JSON objects to draw from, as text that people write in many ways, and changes of them."""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hypothesis import strategies as st

from emendata.data.values import same_value
from emendata.records import Correction, CorrectionKind, Json

KEYS = ("a", "ü", 'q"\\')


def correction(row: int, column: str | None, old: Json, new: Json) -> Correction:
    kind: CorrectionKind = "exclude_outlier" if column is None else "relabel"
    return Correction(kind, row, str(row), column, old, new, "", {}, 0.5)


class JsonLine(NamedTuple):
    """The blank lines above an object, its text, its line ending and the object itself."""

    blanks: str
    text: str
    end: str
    fields: dict[str, Json]


texts = st.text(st.sampled_from([*'ab01,:{}[]"\\', "é", "😀", "\n", "\t", " ", "\u2028"]), max_size=5)
scalars = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(-1e9, 1e9) | texts
values = scalars | st.lists(scalars, max_size=2) | st.dictionaries(texts, scalars, max_size=2)
ends = st.sampled_from(["\n", "\r\n", " \n"])


@st.composite
def json_lines(draw: st.DrawFn) -> JsonLine:
    members = draw(st.lists(st.tuples(st.sampled_from(KEYS), values), max_size=4))
    space = st.sampled_from(["", " ", "\t "])
    ascii_only = draw(st.booleans())
    text = ",".join(
        f"{draw(space)}{json.dumps(key, ensure_ascii=ascii_only)}{draw(space)}:{draw(space)}"
        f"{json.dumps(value, ensure_ascii=ascii_only)}{draw(space)}"
        for key, value in members
    )
    blanks = "".join(draw(st.lists(ends, max_size=2)))
    return JsonLine(blanks, draw(space) + "{" + (text or draw(space)) + "}", draw(ends), dict(members))


def corrections_of(
    lines: Sequence[JsonLine], edits: Mapping[int, Mapping[str, Json] | None]
) -> list[Correction]:
    """Return the corrections for new values by row and key; a row with None is dropped."""
    return [
        correction(row, key, None if key is None else lines[row].fields.get(key), new)
        for row, changes in edits.items()
        for key, new in (changes.items() if changes else [(None, None)])
    ]


def not_dropped(found: dict[str, Json], fields: dict[str, Json], changes: dict[str, Json]) -> bool:
    """Tell whether changed keys mean what was wanted, as the column writes it, and all others are as they were."""
    return found.keys() == fields.keys() | changes.keys() and all(
        same_value(value, changes[key]) if key in changes else repr(value) == repr(fields[key])
        for key, value in found.items()
    )
