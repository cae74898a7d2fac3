"""Whether a sound's file goes on for as long as its header says: decoders read what is there and say nothing."""

__all__ = ["ends_early"]

_UNKNOWN = 0x7FFF0000  # from here on a size says that the writer did not know it
_SLACK = 64  # bytes by which writers miscount


def ends_early(data: bytes) -> bool:
    """Return whether bytes of a wav, aiff, au, ogg or mp3 are missing at the end.

    False where the format does not say how long it should be.

    Examples
    --------
    >>> whole = b"RIFF" + (1000).to_bytes(4, "little") + bytes(1000)
    >>> ends_early(whole), ends_early(whole[:500])
    (False, True)
    """
    if data.startswith(b"OggS"):
        return _ogg_ends_early(data)
    size = _promised(data)
    return size is not None and size < _UNKNOWN and len(data) + _SLACK < size


def _promised(data: bytes) -> int | None:
    """Return the size of the whole file as its header gives it."""
    if data.startswith(b"RIFF"):
        return 8 + int.from_bytes(data[4:8], "little")
    if data.startswith((b"RIFX", b"FORM")):
        return 8 + int.from_bytes(data[4:8], "big")
    if data.startswith(b".snd"):
        return int.from_bytes(data[4:8], "big") + int.from_bytes(data[8:12], "big")
    return _promised_mp3(data)


def _promised_mp3(data: bytes) -> int | None:
    """Return what the first frame of an mp3 says of the bytes from itself on, after any tags."""
    start = 0
    if data.startswith(b"ID3"):
        start = 10 + sum(
            (byte & 0x7F) << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=False)
        )
    if data[start : start + 1] != b"\xff":
        return None
    frame = data[start : start + 64]
    place = max(frame.find(b"Xing"), frame.find(b"Info"))
    if place < 0:
        return None
    flags = int.from_bytes(frame[place + 4 : place + 8], "big")
    if not flags & 2:
        return None
    place += 12 if flags & 1 else 8
    return start + int.from_bytes(frame[place : place + 4], "big")


def _ogg_ends_early(data: bytes) -> bool:
    """Follow the pages to the last one. The mark of a last page is no help: many whole files lack it."""
    start = 0
    while data.startswith(b"OggS", start):
        head = start + 27
        body = head + data[head - 1] if head <= len(data) else len(data) + 1
        start = body + sum(data[head:body])
    return start > len(data)
