"""Whatever comes in ends in one clear sentence, a non-zero exit and nothing half-written."""

import json
import os
import random
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.flowers import write_flowers
from tests.journeys.command import emendata, files_under

CASES = {
    "empty": (b"", "is empty. Give a file with at least one row."),
    "header only": (b"x,label\n", "has a header but no rows."),
    "ragged": (
        b"x,label\n1,a\n2\n3,b,c\n",
        "Line 3 of data.csv has 1 fields where the header has 2; 2 rows differ",
    ),
    "not UTF-8": (
        b"x,label\n1,caf\xe9\n2,b\n",
        "line 2 of data.csv (byte 13: 0xe9) does not fit. Try --encoding",
    ),
    "duplicate columns": (b"x,x,label\n1,2,a\n", "several columns called 'x'. Rename them."),
    "no such label": (b"x,lable\n1,a\n2,b\n", "There is no column 'label'. Did you mean 'lable'?"),
    "one class": (b"x,label\n" + b"1,a\n2,a\n" * 20, "Every label in column 'label' is 'a'"),
    "all different": (
        b"x,label\n" + b"".join(b"%d,name %d\n" % (i, i) for i in range(60)),
        "Column 'label' has 60 different values in 60 rows, so it names no classes.",
    ),
    "no label at all": (b"x,label\n1,\n2,\n", "label"),
}


@pytest.mark.parametrize("name", list(CASES))
def test_a_file_that_cannot_be_audited_says_why(name: str, tmp_path: Path) -> None:
    content, sentence = CASES[name]
    (tmp_path / "data.csv").write_bytes(content)
    done = emendata("audit", "data.csv", "--label", "label", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert files_under(tmp_path) == {"data.csv": content}


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["audit", "nothing.csv"], 2, "There is no file nothing.csv."),
        (["audit", "flowers.cvs"], 2, "Did you mean 'flowers.csv'?"),
        (["audit", "."], 2, "holds several tables (broken.parquet, flowers.csv). Give one of them."),
        (["apply", ".", "flowers.csv", "-o", "out.csv"], 2, ". is a folder."),
        (["audit", "broken.parquet"], 2, "is not a whole Parquet file"),
        (["audit", "flowers.csv", "-l", "species", "--role", "flower"], 2, "--role takes COLUMN=ROLE"),
        (
            ["audit", "flowers.csv", "-l", "species", "--check", "wrong_lable"],
            2,
            "Did you mean 'wrong_label'?",
        ),
        (
            ["audit", "flowers.csv", "-l", "species", "--role", "flower=number"],
            2,
            "Column 'flower': No cell can be read",
        ),
        (["audit", "flowers.csv", "--project", "flowers.csv"], 3, "Choose another place."),
        (["fix", "nowhere"], 4, "There is no emendata project in nowhere."),
        (["apply", "flowers.csv", "flowers.csv", "-o", "out.csv"], 2, "is not a patch"),
        (["audit"], 2, "Missing argument 'file'. See: emendata audit --help"),
        (["audti", "flowers.csv"], 2, "No such command 'audti'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_command_that_cannot_be_done_says_why(
    arguments: list[str], code: int, sentence: str, tmp_path: Path
) -> None:
    write_flowers(tmp_path)
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 but not really")
    before = {name for name in files_under(tmp_path) if ".emendata" not in name}
    done = emendata(*arguments, cwd=tmp_path)
    assert done.returncode == code
    assert sentence in done.stderr
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr
    assert {name for name in files_under(tmp_path) if ".emendata" not in name} == before


def test_an_error_is_json_too_when_json_is_asked_for(tmp_path: Path) -> None:
    done = emendata("audit", tmp_path / "nothing.csv", "--json")
    assert json.loads(done.stdout)["exit_code"] == done.returncode == 2
    assert done.stderr == ""


def test_no_command_writes_over_what_it_reads(tmp_path: Path) -> None:
    data = write_flowers(tmp_path).rename(tmp_path / "scores.csv")
    original = data.read_bytes()
    assert emendata("audit", data, "--label", "species", "--out", tmp_path).returncode == 2
    assert emendata("audit", data, "--label", "species", "--project", tmp_path).returncode == 2
    assert emendata("audit", data, "--label", "species").returncode == 0
    project = tmp_path / "scores.csv.emendata"
    assert emendata("fix", project, "-o", data).returncode == 2
    assert emendata("fix", project).returncode == 0
    patch = project / "corrections.jsonl"
    proposed = patch.read_bytes()
    assert emendata("apply", patch, data, "-o", patch).returncode == 2
    assert patch.read_bytes() == proposed
    assert data.read_bytes() == original


def test_a_reviewed_patch_is_kept_when_fix_runs_again(tmp_path: Path) -> None:
    project = f"{write_flowers(tmp_path)}.emendata"
    assert emendata("audit", tmp_path / "flowers.csv", "--label", "species").returncode == 0
    assert emendata("fix", project).returncode == 0
    patch = Path(project) / "corrections.jsonl"
    reviewed = "\n".join(patch.read_text().splitlines()[:-1]) + "\n"
    patch.write_text(reviewed)
    done = emendata("fix", project)
    assert "corrections.previous.jsonl" in done.stdout
    assert (Path(project) / "corrections.previous.jsonl").read_text() == reviewed
    assert "previous" not in emendata("fix", project).stdout
    assert (Path(project) / "corrections.previous.jsonl").read_text() == reviewed


def test_output_on_a_full_device_ends_in_one_sentence(tmp_path: Path) -> None:
    file = write_flowers(tmp_path)
    for extra in ([], ["--json"]):
        command = [sys.executable, "-m", "emendata", "audit", str(file), "--label", "species", *extra]
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 3
        assert done.stderr == "Error: Cannot write the output: no space left on device.\n"


def test_debug_shows_where_an_error_came_from(tmp_path: Path) -> None:
    assert "Traceback" in emendata("--debug", "audit", tmp_path / "nothing.csv").stderr


@pytest.mark.long
def test_gaps_infinities_rare_classes_and_many_columns_are_no_obstacle(tmp_path: Path) -> None:
    rng = random.Random(0)
    names = [f"c{i}" for i in range(300)]
    lines = [",".join([*names, "label"])]
    for row in range(80):
        cells = [rng.choice(["", "nan", "inf", "-inf", f"{rng.gauss(0, 1):.3f}"]) for _ in names]
        cells[0] = f"{rng.gauss(6 * (row % 2), 1):.3f}"
        lines.append(",".join([*cells, ["odd", "even", "", "rare"][row % 2 if row > 3 else row]]))
    (tmp_path / "data.csv").write_text("\n".join(lines) + "\n")
    done = emendata("audit", tmp_path / "data.csv", "--label", "label")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 class has fewer than 5 rows ('rare')" in done.stdout
    assert "1 of 80 rows have no label" in done.stdout


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    file = write_flowers(tmp_path)
    assert emendata("audit", file, "--label", "species").returncode == 0
    assert emendata("fix", f"{file}.emendata", "-o", tmp_path / "patch.jsonl").returncode == 0
    before = files_under(tmp_path)

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    done = emendata("apply", tmp_path / "patch.jsonl", file, "-o", tmp_path / "out.csv", before=small_disk)
    assert done.returncode == 3
    assert "Cannot write" in done.stderr
    assert files_under(tmp_path) == before
    report = emendata("audit", file, "--label", "species", "--out", tmp_path / "results", before=small_disk)
    assert report.returncode in (3, 4)
    assert "Traceback" not in report.stderr
    assert all(len(content) <= 1000 for content in files_under(tmp_path / "results").values())


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    file = write_flowers(folder)
    folder.chmod(0o555)
    command = [*_bound_by_permissions(), sys.executable, "-m", "emendata", "audit", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    folder.chmod(0o755)
    assert done.returncode == 3, done.stderr
    assert "you have no permission to write there. Choose a folder of your own." in done.stderr
    assert list(folder.iterdir()) == [file]


def _bound_by_permissions() -> list[str]:
    """Return what makes a command obey permissions: root must lay down its right to pass them by."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        if os.environ.get("CI") == "true":
            raise RuntimeError("root needs setpriv (util-linux) to test permissions")
        pytest.skip("root passes by all permissions, and there is no setpriv to stop that")
    return ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
