"""Pictures between lines of text: by the terminal's own protocol, or in coloured half blocks."""

import base64
import io
import os
from collections.abc import Iterator, Mapping

import numpy as np
from rich.color import Color
from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style

from emendata.features.image_reading import Pixels

__all__ = ["as_escape", "half_blocks", "show_picture"]

_COLUMNS = 44
_CHUNK = 4096


def show_picture(console: Console, pixels: Pixels) -> None:
    """Show a picture as large as a few lines of text."""
    protocol = _protocol(os.environ)
    if protocol is None:
        console.print(half_blocks(pixels))
    else:
        console.file.write(as_escape(pixels, protocol))


def _protocol(environment: Mapping[str, str]) -> str | None:
    """Return the protocol for pictures that the terminal is known to speak, if any."""
    if environment.get("KITTY_WINDOW_ID") or "kitty" in environment.get("TERM", ""):
        return "kitty"
    if environment.get("TERM_PROGRAM") in ("iTerm.app", "WezTerm"):
        return "iterm"
    return None


def as_escape(pixels: Pixels, protocol: str) -> str:
    """Return the escape sequence by which a terminal shows a picture in place."""
    from PIL import Image

    held = io.BytesIO()
    Image.fromarray(pixels).save(held, "PNG")
    data = base64.b64encode(held.getvalue()).decode()
    if protocol == "iterm":
        return f"\x1b]1337;File=inline=1;width={_COLUMNS}:{data}\x07\n"
    parts = [data[i : i + _CHUNK] for i in range(0, len(data), _CHUNK)]
    return "".join(_kitty(parts)) + "\n"


def _kitty(parts: list[str]) -> Iterator[str]:
    for i, part in enumerate(parts):
        head = f"a=T,f=100,c={_COLUMNS}," if i == 0 else ""
        yield f"\x1b_G{head}m={int(i < len(parts) - 1)};{part}\x1b\\"


def half_blocks(pixels: Pixels) -> Segments:
    """Return a picture as lines of characters of which each shows two pixels, one above the other."""
    from PIL import Image

    height, width = pixels.shape[:2]
    columns = min(_COLUMNS, max(width, 16))
    lines = max(round(columns * height / width / 2), 1)
    small = np.asarray(Image.fromarray(pixels).resize((columns, 2 * lines)).convert("RGB"), dtype=float)
    segments = []
    for above, below in zip(small[::2], small[1::2], strict=True):
        for upper, lower in zip(above.tolist(), below.tolist(), strict=True):
            style = Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower))
            segments.append(Segment("▀", style))
        segments.append(Segment.line())
    return Segments(segments)
