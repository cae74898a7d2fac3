"""The API as an OpenAPI document: ``python -m emendata.studio.schema FILE``."""

import json
import sys
from pathlib import Path

from emendata.studio.app import make_app
from emendata.studio.guard import Guard
from emendata.studio.workspace import Workspace

__all__ = ["openapi_text"]


def openapi_text() -> str:
    """Return the schema of the API as it is committed; the version of emendata is no part of it."""
    document = make_app(Workspace(Path()), Guard("", 0)).openapi()
    document["info"]["version"] = "1"
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(openapi_text(), encoding="utf-8")
