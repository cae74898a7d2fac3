"""The schema that the pages have their types from is that of the server."""

from pathlib import Path

from emendata.studio.schema import openapi_text

_FILE = Path(__file__).parents[2] / "web" / "openapi.json"


def test_the_committed_schema_is_fresh() -> None:
    assert _FILE.read_text(encoding="utf-8") == openapi_text(), "Run: make openapi"
