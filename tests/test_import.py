import subprocess
import sys

HEAVY = [
    "pandas",
    "polars",
    "torch",
    "sklearn",
    "scipy",
    "numpy",
    "pyarrow",
    "sqlalchemy",
    "rich",
    "typer",
    "jinja2",
]


def test_import_alone_loads_nothing_heavy() -> None:
    program = f"import sys, emendata; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_name_can_be_had() -> None:
    program = (
        "import emendata; [getattr(emendata, name) for name in emendata.__all__]; print(len(dir(emendata)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 3


def test_a_wrong_name_is_an_attribute_error() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import emendata; emendata.nope"], capture_output=True, text=True
    )
    assert "has no attribute 'nope'" in done.stderr
