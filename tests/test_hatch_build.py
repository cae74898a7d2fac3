from pathlib import Path

import pytest
from hatch_build import STAMP, fingerprint, must_build


def _write(path: Path, text: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("EMENDATA_SKIP_WEB", raising=False)
    for name in (
        "index.html",
        "package.json",
        "package-lock.json",
        "vite.config.ts",
        "public/mark.svg",
        "src/main.tsx",
    ):
        _write(tmp_path / "web" / name)
    return tmp_path


def _build(root: Path) -> None:
    _write(root / "src/emendata/studio/static" / STAMP, fingerprint(root / "web"))


def test_screens_are_built_once_and_again_when_a_source_changes(checkout: Path) -> None:
    assert must_build(checkout)
    _build(checkout)
    assert not must_build(checkout)
    _write(checkout / "web/src/main.tsx", "another")
    assert must_build(checkout)


def test_a_file_that_moves_is_another_source(checkout: Path) -> None:
    _build(checkout)
    (checkout / "web/src/main.tsx").rename(checkout / "web/src/start.tsx")
    assert must_build(checkout)


def test_tests_of_screens_and_what_npm_fetched_are_no_sources(checkout: Path) -> None:
    _build(checkout)
    _write(checkout / "web/src/main.test.tsx", "a test")
    _write(checkout / "web/node_modules/react/index.js", "react")
    assert not must_build(checkout)


def test_a_source_distribution_without_sources_of_screens_has_nothing_to_build(tmp_path: Path) -> None:
    assert not must_build(tmp_path)


def test_the_screens_can_be_left_out(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMENDATA_SKIP_WEB", "1")
    assert not must_build(checkout)
    monkeypatch.setenv("EMENDATA_SKIP_WEB", "0")
    assert must_build(checkout)
