import random
from pathlib import Path
from typing import Any

import pytest
from tests.journeys.command import emendata

import emendata as em
from emendata.audit.project_settings import merged
from emendata.errors import InputError, UnknownName

DRAW = random.Random(0)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "stays.csv"
    lines = [f"{DRAW.choice('abc')},{DRAW.randint(1, 9)},{DRAW.gauss(0, 1)}" for _ in range(60)]
    file.write_text("\n".join(["mood,room,size", *lines]) + "\n")
    return file


def write(file: Path, words: str) -> None:
    folder = file.with_name(f"{file.name}.emendata")
    folder.mkdir(exist_ok=True)
    (folder / "settings.toml").write_text(words)


def test_what_is_said_once_holds_for_every_audit(table: Path) -> None:
    write(table, 'label = "mood"\ntask = "multiclass"\n[roles]\nroom = "category"\n')
    audit = em.Audit(table, mode="quick")
    roles = {column.name: column.role.value for column in audit.dataset.columns}
    assert roles == {"mood": "label", "room": "category", "size": "number"}
    audit.run()
    assert em.Audit.reopen(audit.project.folder).issues == audit.issues  # type: ignore[union-attr]
    again = em.Audit(table, mode="quick", project=False)
    assert again.dataset.label == "mood"


def test_what_is_said_with_the_command_comes_first(table: Path) -> None:
    write(table, 'label = "mood"\n[roles]\nroom = "category"\nsize = "ignore"\n')
    audit = em.Audit(table, label="room", roles={"room": "label", "mood": "text"})
    roles = {column.name: column.role.value for column in audit.dataset.columns}
    assert roles == {"mood": "text", "room": "label", "size": "ignore"}


SAID = {"label": "mood", "task": "binary", "roles": {"room": "category"}}
AS_A_ROLE = {"task": "binary", "roles": {"mood": "label", "room": "category"}}


@pytest.mark.parametrize(
    ("said", "now", "expected"),
    [
        ({}, (None, None, None), (None, {}, None)),
        (SAID, (None, None, None), ("mood", {"room": "category"}, "binary")),
        (SAID, (None, None, "multiclass"), ("mood", {"room": "category"}, "multiclass")),
        (SAID, ("mood", {"size": "text"}, None), ("mood", {"room": "category", "size": "text"}, "binary")),
        (SAID, ("room", None, None), ("room", {}, None)),
        (SAID, ("size", None, "regression"), ("size", {"room": "category"}, "regression")),
        (SAID, (None, {"size": "label"}, None), (None, {"room": "category", "size": "label"}, None)),
        (SAID, (None, {"mood": "ignore"}, None), (None, {"room": "category", "mood": "ignore"}, None)),
        (SAID, (None, {"mood": "label"}, None), (None, {"room": "category", "mood": "label"}, "binary")),
        (AS_A_ROLE, ("room", None, None), ("room", {}, None)),
        (AS_A_ROLE, ("mood", None, None), ("mood", {"room": "category"}, "binary")),
        (AS_A_ROLE, (None, {"mood": "text"}, None), (None, {"room": "category", "mood": "text"}, None)),
        (AS_A_ROLE, (None, {"size": "label"}, None), (None, {"room": "category", "size": "label"}, None)),
        ({"task": "binary"}, ("room", None, None), ("room", {}, "binary")),
        ({"roles": {"0": "label"}}, (None, {0: "text"}, None), (None, {"0": "text"}, None)),
    ],
)
def test_what_is_said_now_comes_first(
    said: dict[str, Any], now: tuple[Any, Any, Any], expected: tuple[Any, Any, Any]
) -> None:
    found = merged(said, *now)
    assert (found["label"], found["roles"], found["task"]) == expected
    assert merged(said, *expected) == found  # so that an audit that is taken up again is the same


def test_another_label_is_audited_and_taken_up_again(table: Path) -> None:
    write(table, 'label = "mood"\ntask = "binary"\n[roles]\nroom = "ignore"\n')
    audit = em.Audit(table, roles={"room": "label"}, mode="quick").run()
    assert audit.dataset.label == "room"
    assert em.Audit.reopen(audit.project.folder).dataset.label == "room"  # type: ignore[union-attr]
    assert em.Audit(table, roles={"mood": "ignore"}).dataset.label is None


def test_a_fix_takes_up_the_audit_that_was_made(table: Path) -> None:
    audit = em.Audit(table, mode="quick").run()
    write(table, 'label = "mood"\n')
    again = em.Audit.reopen(audit.project.folder)  # type: ignore[union-attr]
    assert again.dataset.label is None


def test_another_project_has_its_own(table: Path) -> None:
    write(table, 'label = "mood"\n')
    assert em.Audit(table, project=table.with_name("other")).dataset.label is None
    assert em.Audit({"mood": ["a", "b"]}).dataset.label is None


def test_on_the_command_line(table: Path) -> None:
    write(table, 'label = "mood"\n')
    done = emendata("audit", table.name, "--mode", "quick", cwd=table.parent)
    assert done.returncode == 0, done.stderr
    assert "mood as label" in done.stdout


@pytest.mark.parametrize(
    ("words", "kind", "message"),
    [
        ("label = ", InputError, "cannot be read as TOML"),
        ("rols = 'mood'", UnknownName, "There is no setting 'rols'. Did you mean 'roles'? It stands in "),
        ("label = 3", InputError, "has label = 3. Write a text."),
        ("roles = 'mood'", InputError, "has roles = 'mood'. Write a table of COLUMN = ROLE."),
        ("label = 'mod'", UnknownName, "There is no column 'mod'. Did you mean 'mood'?"),
    ],
)
def test_settings_that_are_none(words: str, kind: type[Exception], message: str, table: Path) -> None:
    write(table, words)
    with pytest.raises(kind) as caught:
        em.Audit(table)
    assert message in str(caught.value)
