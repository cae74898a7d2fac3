import base64
import io

import numpy as np
import pytest
from PIL import Image
from rich.console import Console

from emendata.cli.pictures import as_escape, half_blocks


def corners() -> np.ndarray:
    """A square with a red upper half and a blue lower half."""
    pixels = np.zeros((64, 64, 3), dtype=np.uint8)
    pixels[:32, :, 0] = 255
    pixels[32:, :, 2] = 255
    return pixels


def test_half_blocks_show_two_pixels_a_character() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor", width=80)
    console.print(half_blocks(corners()))
    assert isinstance(console.file, io.StringIO)
    lines = [line for line in console.file.getvalue().splitlines() if "▀" in line]
    assert len(lines) == 22
    assert lines[0].count("▀") == 44
    assert "38;2;255;0;0" in lines[0]
    assert "0;0;255" not in lines[0]
    assert "48;2;0;0;255" in lines[-1]


@pytest.mark.parametrize("protocol", ["kitty", "iterm"])
def test_a_terminal_that_can_is_given_the_picture_itself(protocol: str) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    sent = as_escape(noise, protocol)
    if protocol == "iterm":
        data = sent.partition(":")[2].partition("\x07")[0]
    else:
        parts = [part.partition(";")[2] for part in sent.split("\x1b\\")[:-1]]
        assert len(parts) > 1
        data = "".join(parts)
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(base64.b64decode(data)))), noise)
