"""In which line of its file each row stands."""

from itertools import accumulate

from emendata.data.csv import CsvText
from emendata.data.dataset import Dataset
from emendata.data.decoding import decode
from emendata.data.packing import is_packed

__all__ = ["line_numbers"]


def line_numbers(dataset: Dataset) -> list[int] | None:
    r"""Return the line, counted from 1, in which each row begins; None where rows do not stand in lines.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from emendata.data import open_dataset
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "notes.csv"
    >>> _ = path.write_text('note,n\n"two\nlines",1\nshort,2\n')
    >>> line_numbers(open_dataset(path))
    [2, 4]
    """
    path = dataset.path
    if path is None or not path.is_file() or is_packed(path) or dataset.url is not None:
        return None
    if dataset.format == "csv":
        text = CsvText.open(path, dataset.dialect)
        before = text.decoded.body[: text.start].count(b"\n") + 1
        ends = accumulate(text.body[record.start : record.end].count(b"\n") for record in text.records)
        starts = [before, *(before + end for end in ends)]
        found = [start for start, record in zip(starts, text.records, strict=False) if not record.is_blank]
    elif dataset.format == "jsonl":
        lines = decode(path, dataset.dialect.encoding).body.split(b"\n")
        found = [number for number, line in enumerate(lines, start=1) if line.strip()]
    else:
        return None
    return found if len(found) == dataset.n_rows else None
