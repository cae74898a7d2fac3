from pathlib import Path

import pytest

from emendata.errors import InputError
from emendata.tasks.pred_probs import open_pred_probs


@pytest.mark.parametrize("ending", ["npy", "parquet", "arrow", "feather", "csv"])
def test_a_file_of_another_kind_is_refused(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"probs.{ending}"
    path.write_text("a,b\n0.5,0.5\n")
    with pytest.raises(InputError, match=f"probs.{ending}' (cannot be read as|has an ending)"):
        open_pred_probs(path)


def test_a_file_without_a_byte_is_refused(tmp_path: Path) -> None:
    (tmp_path / "probs.npy").touch()
    with pytest.raises(InputError, match=r"probs.npy' cannot be read as a \.npy file of numbers"):
        open_pred_probs(tmp_path / "probs.npy")
