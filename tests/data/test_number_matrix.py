from pathlib import Path

import pytest

from emendata.data.number_matrix import read_matrix
from emendata.errors import InputError


@pytest.mark.parametrize("content", [b"", b"a,b\n0.5,0.5\n", b"\x93NUMPY\x01\x00v\x00"])
def test_a_file_that_is_no_array_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.npy").write_bytes(content)
    with pytest.raises(InputError, match=r"x.npy' cannot be read as a \.npy file of numbers"):
        read_matrix(tmp_path / "x.npy", 3, "features")
