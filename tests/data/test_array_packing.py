import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from emendata.data.array_packing import packed_arrays, unpacked_arrays, write_arrays
from emendata.errors import InputError

ARRAYS = hnp.arrays(
    st.sampled_from(["<f4", ">i2", "?", "<U3", "|S2", "<M8[s]"]), hnp.array_shapes(min_dims=0, max_dims=3)
)


@given(st.dictionaries(st.sampled_from(["a", "file", "x/y"]), ARRAYS, min_size=1))
def test_arrays_of_any_name_and_type_come_back_from_text_and_file(arrays: dict[str, Any]) -> None:
    sink = io.BytesIO()
    write_arrays(sink, arrays)
    sink.seek(0)
    with np.load(sink, allow_pickle=False) as loaded:
        from_file = dict(loaded)
    for found in (
        unpacked_arrays(packed_arrays(arrays)),
        unpacked_arrays(f"train {packed_arrays(arrays)}"),
        from_file,
    ):
        assert list(found) == list(arrays)
        for name, array in arrays.items():
            assert (found[name].dtype, found[name].shape) == (array.dtype, array.shape)
            assert found[name].tobytes() == array.tobytes()


@pytest.mark.parametrize("raw", [None, "", "no base64!", "QUJD"])
def test_text_that_holds_no_arrays_is_refused(raw: str | None) -> None:
    with pytest.raises(InputError, match="does not hold the cells that it changed"):
        unpacked_arrays(raw)
