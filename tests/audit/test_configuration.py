from pathlib import Path

import pytest
from tests.journeys.command import emendata

import emendata as em
from emendata.audit.configuration import configured, find_configuration
from emendata.errors import InputError, UnknownName, UnknownOption


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "sizes.csv"
    file.write_text("size\n" + "\n".join(str(i * i / 7) for i in range(40)) + "\n")
    return file


def write(folder: Path, words: str, name: str = "emendata.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(words)
    return folder / name


def test_the_nearest_file_that_speaks_of_us_counts(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    outer = write(tmp_path, "[tool.emendata]\nignore = ['outlier']\n", "pyproject.toml")
    write(tmp_path / "a", "[tool.ruff]\nline-length = 90\n", "pyproject.toml")
    assert find_configuration(inner) == outer.resolve()
    write(inner, "[tool.emendata]\n", "pyproject.toml")
    both = write(inner, "")
    assert find_configuration(inner) == both.resolve()


def test_what_is_asked_for_now_comes_before_the_file(tmp_path: Path) -> None:
    file = write(tmp_path, "ignore = ['EM201']\n[options.near_duplicate]\nradius = 0.2\naccidents = 2\n")
    assert configured(file, None, ["EM401"], {"near_duplicate": {"radius": 0.3}}) == {
        "checks": None,
        "ignore": ("EM201", "EM401"),
        "options": {"near_duplicate": {"radius": 0.3, "accidents": 2}},
    }
    assert configured(file, ["outlier"], [], {})["ignore"] == ()
    only = write(tmp_path, "checks = ['outlier', 'EM401']\n")
    assert configured(only, None, [], {})["checks"] == ("outlier", "EM401")


@pytest.mark.parametrize(
    ("words", "error", "sentence"),
    [
        (
            "ignore = ['outlire']",
            UnknownName,
            r"There is no check 'outlire'. Did you mean 'outlier'\? It stands",
        ),
        ("[options.outlier]\ncutt = 3", UnknownOption, r"no option 'cutt'. Did you mean 'cut'\? It stands"),
        ("[options.outlier]\ncut = 0", InputError, "must be a number from 1.0 to 100.0; got 0. It stands"),
        ("ignored = ['outlier']", UnknownName, r"no setting 'ignored'. Did you mean 'ignore'\? It stands"),
        ("ignore = 'outlier'", InputError, "Write a list of names or codes"),
        ("options = 3", InputError, "Write a table of OPTION = VALUE for each check"),
        ("ignore = [", InputError, "cannot be read as TOML"),
    ],
)
def test_a_file_that_cannot_be_meant_is_named(
    tmp_path: Path, words: str, error: type[Exception], sentence: str
) -> None:
    file = write(tmp_path, words)
    with pytest.raises(error, match=sentence) as caught:
        configured(file, None, [], {})
    assert str(file) in str(caught.value)


def test_a_project_file_without_our_table_cannot_be_named(tmp_path: Path) -> None:
    file = write(tmp_path, "[tool.ruff]\n", "pyproject.toml")
    with pytest.raises(InputError, match=r"has no table \[tool.emendata\]"):
        configured(file, None, [], {})
    file = write(tmp_path, "[tool]\nemendata = 3\n", "pyproject.toml")
    with pytest.raises(InputError, match=r"Write a table \[tool.emendata\]"):
        find_configuration(tmp_path)


def test_an_audit_keeps_what_the_file_said(tmp_path: Path, table: Path) -> None:
    file = write(tmp_path, "checks = ['outlier', 'missing_values']\n[options.outlier]\ncut = 2.5\n")
    audit = em.Audit(table, config=file).run()
    assert [outcome.check.name for outcome in audit.outcomes] == ["outlier", "missing_values"]
    file.unlink()
    assert audit.project is not None
    again = em.Audit.reopen(audit.project.folder)
    assert [outcome.check for outcome in again.outcomes] == [outcome.check for outcome in audit.outcomes]


def test_the_command_line_finds_the_file_where_it_is_called(tmp_path: Path, table: Path) -> None:
    write(tmp_path, "checks = ['outlier']\n")
    done = emendata("audit", table, "--plan", cwd=tmp_path)
    assert "Checks  outlier\n" in done.stdout
    assert "emendata.toml" in done.stderr
    done = emendata("audit", table, "--check", "EM401", "--plan", cwd=tmp_path)
    assert "Checks  missing_values\n" in done.stdout
    other = write(tmp_path / "other", "checks = ['near_duplicate']\n")
    done = emendata("audit", table, "--config", other, "--plan", cwd=tmp_path)
    assert "Checks  near_duplicate\n" in done.stdout
    done = emendata("audit", table, "--config", tmp_path / "none.toml", "--plan", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
