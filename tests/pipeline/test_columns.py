from pathlib import Path

from emendata.data import Dataset, open_dataset
from emendata.pipeline.columns import content_of, missing_cells, unseen_rows


def images(tmp_path: Path) -> Dataset:
    for name, data in (("1", b"one"), ("2", b"two"), ("3", b"one"), ("4", b"four")):
        (tmp_path / f"{name}.png").write_bytes(data)
    table = tmp_path / "t.csv"
    table.write_text("front,back,kind\n1.png,2.png,a\n3.png,2.png,b\n1.png,,a\n4.png,4.png,b\n")
    return open_dataset(table, label="kind")


def test_rows_are_equal_where_their_files_hold_the_same(tmp_path: Path) -> None:
    keys = content_of(images(tmp_path)).keys
    assert keys[0] == keys[1]
    assert len(set(keys.tolist())) == 3


def test_equal_images_are_no_accident(tmp_path: Path) -> None:
    assert (content_of(images(tmp_path)).chance < 1e-8).all()


def test_a_row_is_unseen_where_none_of_its_files_could_be_read(tmp_path: Path) -> None:
    data = images(tmp_path)
    assert unseen_rows(data, {"front": {0, 2}, "back": {1}}).tolist() == [False, False, True, False]
    assert not unseen_rows(data, {"front": set(), "back": set()}).any()


def test_a_number_beside_an_image_is_something_to_see(tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(b"one")
    (tmp_path / "t.csv").write_text("scan,age,kind\n1.png,31.5,a\n1.png,40.5,b\n")
    data = open_dataset(tmp_path / "t.csv", label="kind")
    assert not unseen_rows(data, {"scan": {0, 1}}).any()


def test_a_missing_cell_is_missing_in_columns_of_media_as_well(tmp_path: Path) -> None:
    assert missing_cells(images(tmp_path))["back"].tolist() == [False, False, True, False]
