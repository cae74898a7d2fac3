"""The options by which every command that audits says what is audited, and how; and how their words are read."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from emendata.cli.durations import parse_duration
from emendata.errors import InputError
from emendata.records import Json, Mode

__all__ = [
    "Budget",
    "ChosenMode",
    "Delimiter",
    "Embedder",
    "Encoding",
    "Features",
    "Ignore",
    "Label",
    "Model",
    "PredProbs",
    "ProjectFolder",
    "Query",
    "Role",
    "Seed",
    "Setting",
    "Table",
    "Task",
    "audit_arguments",
    "parse_embedders",
    "parse_roles",
    "parse_settings",
]

_AS_THEY_ARE = frozenset(
    (
        *("label", "project", "ignore", "config", "seed", "encoding", "delimiter", "table", "query", "task"),
        *("mode", "pred_probs", "features", "model"),
    )
)

Label = Annotated[
    str | None,
    typer.Option("--label", "-l", help="Column that holds the class of each row; a folder says it itself."),
]
ProjectFolder = Annotated[
    Path | None, typer.Option(help="Folder that keeps what was computed.", show_default="FILE.emendata")
]
Role = Annotated[
    list[str] | None,
    typer.Option(
        help="COLUMN=ROLE: text, number, category, date, image, audio, id, split, group, time, weight, annotator, "
        "probability, embedding or ignore. Repeatable."
    ),
]
Ignore = Annotated[list[str] | None, typer.Option(help="Leave out this check (name or code). Repeatable.")]
Setting = Annotated[
    list[str] | None,
    typer.Option("--set", help="CHECK.OPTION=VALUE, such as wrong_label.min_odds=9. Repeatable."),
]
Seed = Annotated[int, typer.Option(help="Same seed, same answers.", min=0)]
Encoding = Annotated[str | None, typer.Option(help="Encoding of a CSV file that is not UTF-8.")]
Delimiter = Annotated[str | None, typer.Option(help="Separator of a CSV file, if not recognised.")]
Table = Annotated[
    str | None, typer.Option(help="Table of a database or sheet of a workbook, if there are several.")
]
Query = Annotated[
    str | None, typer.Option(help="SQL whose answer is audited, instead of a table of a database.")
]
Task = Annotated[
    str | None,
    typer.Option(
        help="What the label asks for: binary, multiclass, multilabel or regression.",
        show_default="as it looks",
    ),
]
ChosenMode = Annotated[
    Mode | None,
    typer.Option(help="How much work goes into features and predictions.", show_default="balanced"),
]
Budget = Annotated[
    str | None,
    typer.Option(help="Time the audit may take, such as 90s, 10m or 1h: the mode is chosen to keep to it."),
]
Embedder = Annotated[
    list[str] | None,
    typer.Option(
        help="WHAT=LIBRARY:MODEL, such as image=timm:resnet18: what reads a column, or all of a role (text, image, "
        "audio). Repeatable."
    ),
]
PredProbs = Annotated[
    list[str] | None,
    typer.Option(
        "--pred-probs",
        help="File of your own out-of-sample predictions, instead of ours: .npy, .csv, .parquet. Repeatable.",
    ),
]
Features = Annotated[
    str | None,
    typer.Option(
        help="File of your own numbers for each row, instead of our features: .npy, .csv, .parquet."
    ),
]
Model = Annotated[
    list[str] | None,
    typer.Option(help="MODULE:NAME of your own classifier, instead of our models. Repeatable."),
]


def audit_arguments(words: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of an `Audit` that these options are, from the local names of a command that takes them.

    Examples
    --------
    >>> audit_arguments({"label": "kind", "role": ["zip=category"], "limit": 3})
    {'label': 'kind', 'roles': {'zip': 'category'}}
    """
    read: dict[str, tuple[str, Callable[[Any], Any]]] = {
        "role": ("roles", parse_roles),
        "setting": ("options", parse_settings),
        "embedder": ("embedders", parse_embedders),
        "budget": ("budget", parse_duration),
    }
    made: dict[str, Any] = {}
    for name, word in words.items():
        if name in read and word:
            key, reader = read[name]
            made[key] = reader(word)
        elif name in _AS_THEY_ARE and word not in (None, []):
            made[name] = word
    return made


def parse_roles(pairs: list[str]) -> dict[str, str]:
    """Turn ``COLUMN=ROLE`` pairs into a mapping; a column name may itself contain ``=``."""
    roles = {}
    for pair in pairs:
        name, sign, role = pair.rpartition("=")
        if not sign or not name:
            raise InputError(f"--role takes COLUMN=ROLE, such as --role title=text; got {pair!r}.")
        roles[name] = role
    return roles


def parse_embedders(pairs: list[str]) -> dict[str, str]:
    """Turn ``WHAT=LIBRARY:MODEL`` words into a mapping; a column name may itself contain ``=``."""
    embedders = {}
    for pair in pairs:
        found = re.fullmatch(r"(.+?)=([\w-]+:.+)", pair)
        if found is None:
            raise InputError(
                f"--embedder takes WHAT=LIBRARY:MODEL, such as --embedder image=timm:resnet18; got {pair!r}."
            )
        embedders[found[1]] = found[2]
    return embedders


def parse_settings(triples: list[str]) -> dict[str, dict[str, Json]]:
    """Turn ``CHECK.OPTION=VALUE`` words into settings by check; values are read as JSON, else as text."""
    settings: dict[str, dict[str, Json]] = {}
    for triple in triples:
        place, sign, value = triple.partition("=")
        check, dot, option = place.partition(".")
        if not (sign and dot and check and option):
            raise InputError(
                f"--set takes CHECK.OPTION=VALUE, such as wrong_label.min_odds=9; got {triple!r}."
            )
        try:
            settings.setdefault(check, {})[option] = json.loads(value)
        except ValueError:
            settings.setdefault(check, {})[option] = value
    return settings
