import sqlite3
from contextlib import closing
from pathlib import Path

import fsspec
import pytest
from typer.testing import CliRunner

from emendata.cli.app import app
from emendata.cli.audit_options import parse_embedders, parse_roles, parse_settings
from emendata.errors import InputError


def test_roles_come_as_column_and_role_and_names_may_hold_a_sign() -> None:
    assert parse_roles([]) == {}
    assert parse_roles(["title=text", "a=b=id", " zip =category", "x=number", "x=id"]) == {
        "title": "text", "a=b": "id", " zip ": "category", "x": "id",
    }  # fmt: skip


@pytest.mark.parametrize("pair", ["title", "=text", "", "="])
def test_a_role_without_a_column_is_refused(pair: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_roles(["x=id", pair])
    assert str(caught.value) == f"--role takes COLUMN=ROLE, such as --role title=text; got {pair!r}."


def test_settings_are_gathered_by_check_and_read_as_json_or_else_as_text() -> None:
    words = [
        "outlier.cut=4",
        "near_duplicate.radius=0.2",
        "near_duplicate.accidents=1e2",
        "a.b=true",
        "a.c=x=y",
        "a.d=",
    ]
    assert parse_settings([]) == {}
    assert parse_settings(words) == {
        "outlier": {"cut": 4},
        "near_duplicate": {"radius": 0.2, "accidents": 100.0},
        "a": {"b": True, "c": "x=y", "d": ""},
    }


@pytest.mark.parametrize("word", ["outlier.cut", "outlier=4", ".cut=4", "outlier.=4", "=", ""])
def test_a_setting_that_lacks_a_part_is_refused(word: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_settings([word])
    assert (
        str(caught.value) == f"--set takes CHECK.OPTION=VALUE, such as wrong_label.min_odds=9; got {word!r}."
    )


def test_a_url_is_a_source_and_fix_says_how_to_go_on_with_its_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with fsspec.open("memory://cli/films.csv", "wb") as file:
        file.write(b"text,mood\ngood film,up\nbad film,down\ngood film,up\n")
    called("audit", "memory://cli/films.csv", "--check", "exact_duplicate")
    assert "films.csv -o films.corrected.csv" in called("fix", "films.csv.emendata")


def test_the_table_that_was_named_is_the_one_that_is_fixed(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("CREATE TABLE a (x); CREATE TABLE b (y); INSERT INTO b VALUES (1), (2)")
    called("audit", f"sqlite:///{path}", "--table", "b", "--check", "exact_duplicate")
    assert "Proposed for shop.db: 0 label changes" in called("fix", f"{path}.emendata")


def test_a_plan_says_what_an_earlier_audit_has_done_and_makes_no_project(tmp_path: Path) -> None:
    path = tmp_path / "sizes.csv"
    path.write_text("size,kind\n" + "".join(f"{i % 2 * 9 + i / 50},{'ab'[i % 2]}\n" for i in range(50)))
    before = called("audit", str(path), "--label", "kind", "--plan")
    assert "done" not in before
    assert "Finding the nearest rows: some seconds" in before
    assert list(tmp_path.iterdir()) == [path]
    called("audit", str(path), "--label", "kind", "--project", str(tmp_path / "kept"))
    for place in ((), ("--project", str(tmp_path / "elsewhere"))):
        assert "done" not in called("audit", str(path), "--label", "kind", "--plan", *place)
    after = called("audit", str(path), "--label", "kind", "--plan", "--project", str(tmp_path / "kept"))
    assert "Time    some seconds" in after
    assert "Finding the nearest rows: done by an earlier audit" in after
    assert "Predicting: done by an earlier audit" in after
    assert sorted(found.name for found in tmp_path.iterdir()) == ["kept", "sizes.csv"]
    called("audit", str(path), "--label", "kind")
    assert "Predicting: done by an earlier audit" in called("audit", str(path), "--label", "kind", "--plan")


def called(*arguments: str) -> str:
    done = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_embedders_are_split_where_a_library_begins() -> None:
    assert parse_embedders([]) == {}
    words = [
        "image=timm:vit_small_patch14_dinov2.lvd142m",
        "a=b=onnx:C:/my models/x=1.onnx",
        "text=python:mine:embed",
    ]
    assert parse_embedders(words) == {
        "image": "timm:vit_small_patch14_dinov2.lvd142m",
        "a=b": "onnx:C:/my models/x=1.onnx",
        "text": "python:mine:embed",
    }


@pytest.mark.parametrize("word", ["image", "timm:resnet18", "=timm:resnet18", "image=timm", "image="])
def test_an_embedder_that_is_not_a_pair_shows_one(word: str) -> None:
    with pytest.raises(InputError, match="such as --embedder image=timm:resnet18"):
        parse_embedders([word])
