"""The form of ``summary.json`` as a JSON Schema, written from the records that it is made of."""

import json
from typing import Any

from pydantic import TypeAdapter

from emendata.records import SCHEMA_VERSION, Summary

__all__ = ["summary_schema", "summary_schema_text"]


def summary_schema() -> dict[str, Any]:
    """Return the schema: every key is always there, and a number that is not finite is null."""
    made = _strict(TypeAdapter(Summary).json_schema())
    del made["properties"]["previews"], made["$defs"]["Preview"]
    made["required"].remove("previews")
    made["properties"]["schema_version"] = {"const": SCHEMA_VERSION}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Summary of an audit by emendata, version {SCHEMA_VERSION}",
        **{key: part for key, part in made.items() if key != "title"},
    }


def summary_schema_text() -> str:
    """Return the schema as it stands in the documentation."""
    return json.dumps(summary_schema(), indent=2, ensure_ascii=False) + "\n"


def _strict(part: Any) -> Any:
    if isinstance(part, list):
        return [_strict(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    kept = {
        key: _strict(inner)
        for key, inner in part.items()
        if key not in ("default", "title") or isinstance(inner, dict)
    }
    if kept.get("type") == "number":
        kept["type"] = ["number", "null"]
    if "properties" in kept:
        kept |= {"required": list(kept["properties"]), "additionalProperties": False}
    return kept
