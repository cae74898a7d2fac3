import sys
from pathlib import Path

import pytest

from emendata.errors import EmendataError
from emendata.extras import MissingPackage, require


def test_an_installed_package_is_imported() -> None:
    assert require("xml.dom").__name__ == "xml.dom"


@pytest.mark.parametrize(
    ("module", "extra", "message"),
    [
        ("nowhere", None, "This needs nowhere. Install it: pip install nowhere"),
        ("nowhere.inside", None, "This needs nowhere. Install it: pip install nowhere"),
        ("nowhere", "plots", "This needs nowhere. Install it: pip install 'emendata[plots]'"),
    ],
)
def test_a_missing_package_says_how_to_install_it(module: str, extra: str | None, message: str) -> None:
    with pytest.raises(MissingPackage) as caught:
        require(module, extra)
    assert str(caught.value) == message
    assert isinstance(caught.value, EmendataError)
    assert isinstance(caught.value, ImportError)


def test_a_package_that_itself_lacks_one_is_not_called_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "half_there.py").write_text("import nowhere")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="No module named 'nowhere'") as caught:
        require("half_there")
    assert not isinstance(caught.value, MissingPackage)
    assert "half_there" not in sys.modules
