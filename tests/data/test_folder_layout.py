import pytest

from emendata.data.folder_layout import layout_of
from emendata.data.tree import Tree
from emendata.records import Role


@pytest.mark.parametrize(
    ("files", "role", "n_others"),
    [
        (["1.png", "2.JPG", "notes.txt"], Role.IMAGE, 1),
        (["1.wav", "2.mp3", "cover.png"], Role.AUDIO, 1),
        (["1.png", "1.txt", "2.txt"], Role.IMAGE, 2),
        ([*(f"{i}.html" for i in range(10)), "logo.png"], Role.TEXT, 1),
        (["1.md"], Role.TEXT, 0),
        (["a.bin", "png"], None, 2),
    ],
)
def test_most_files_say_what_a_folder_is_and_texts_only_beside_few_others(
    files: list[str], role: Role | None, n_others: int
) -> None:
    layout = layout_of(Tree(tuple(files), 0))
    assert (layout.role, layout.n_others) == (role, n_others)


def places(*files: str) -> list[tuple[str | None, str | None]]:
    layout = layout_of(Tree(files, 0))
    return [(layout.split(name), layout.label(name)) for name in layout.names]


def test_the_first_folder_is_the_class_and_deeper_ones_belong_to_it() -> None:
    assert places("1.png", "cat/2.png", "dog/old/3.png") == [(None, None), (None, "cat"), (None, "dog")]


def test_splits_stand_above_the_classes_if_all_folders_are_called_so() -> None:
    assert places("Train/cat/1.png", "test/2.png", "3.png") == [
        ("Train", "cat"),
        ("test", None),
        (None, None),
    ]
    assert places("train/cat/1.png", "car/cat/2.png") == [(None, "train"), (None, "car")]
