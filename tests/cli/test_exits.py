import errno

import pytest
import typer

from emendata.cli import exits
from emendata.cli.app import app
from emendata.errors import (
    EmendataError,
    InputError,
    NotApplicable,
    OutputError,
    PatchConflict,
    ProjectError,
    UnknownName,
    UnknownOption,
)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (EmendataError("Why."), 2),
        (InputError("Why."), 2),
        (UnknownName("Why."), 2),
        (UnknownOption("Why."), 2),
        (NotApplicable("Why."), 2),
        (PatchConflict("Why."), 2),
        (OutputError("Why."), 3),
        (ProjectError("Why."), 4),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_what_was_raised_on_purpose_speaks_for_itself(error: Exception, code: int) -> None:
    assert exits.explain(error) == (code, "Why.")


@pytest.mark.parametrize(("error", "code"), [(SystemExit(3), 3), (SystemExit(), 0), (SystemExit("text"), 0)])
def test_a_wish_to_leave_needs_no_sentence(error: SystemExit, code: int) -> None:
    assert exits.explain(error) == (code, "")


@pytest.mark.parametrize("error", [KeyboardInterrupt(), typer.Abort()])
def test_ctrl_c_says_that_nothing_is_lost(error: BaseException) -> None:
    code, said = exits.explain(error)
    assert code == 130
    assert "the same command goes on from there" in said


def test_too_little_memory_says_what_to_try() -> None:
    assert exits.explain(MemoryError()) == (
        70, "There is not enough memory for this dataset. Try a part of its rows or columns.",
    )  # fmt: skip


@pytest.mark.parametrize("error", [ValueError("slip"), KeyError("slip"), AssertionError("slip")])
def test_everything_else_is_a_bug_and_says_how_to_report_it(error: Exception) -> None:
    code, said = exits.explain(error)
    assert code == 70
    assert said.startswith(f"Something went wrong inside emendata ({type(error).__name__}: ")
    assert "slip" in said
    assert "emendata --debug" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["audit"], "Missing argument 'file'. See: emendata audit --help"),
        (["adit"], "No such command 'adit'. Did you mean 'audit'? See: emendata --help"),
        (["fix", "--onyl", "x"], "No such option: --onyl"),
        (["audit", "x.csv", "--seed", "-1"], "Invalid value for '--seed'"),
        (["audit", "x.csv", "--seed", "one"], "See: emendata audit --help"),
        ([], ""),
    ],
)
def test_a_wrong_word_on_the_command_line_names_the_help(words: list[str], said: str) -> None:
    with pytest.raises(Exception) as caught:
        app(words, standalone_mode=False, prog_name="emendata")
    code, sentence = exits.explain(caught.value)
    assert code == 2
    assert said in sentence
    assert bool(said) == bool(sentence)
    assert "\n" not in sentence
    assert not any(wart in sentence for wart in ("..", "?.", "None"))


def test_the_help_explains_every_code() -> None:
    codes = {value for name, value in vars(exits).items() if name.isupper() and isinstance(value, int)}
    assert codes == {0, 1, 2, 3, 4, 5, 70, 130}
    assert all(f" {code} " in exits.HELP for code in codes)


def test_output_that_cannot_be_written_is_said_to_be_so() -> None:
    code, said = exits.explain(OSError(errno.ENOSPC, "No space left on device"))
    assert (code, said) == (3, "Cannot write the output: no space left on device.")
