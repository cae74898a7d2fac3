from emendata.records import Flow
from emendata.reports.matrix import arrange


def test_folding_loses_no_row() -> None:
    flows = [Flow(f"c{i}", f"c{(i * 7 + 3) % 30}", i + 1) for i in range(30)]
    made = arrange(flows, [f"c{i}" for i in range(30)])
    assert len(made.names) == 13
    assert made.n_folded == 18
    assert sum(cell.n_rows for row in made.rows for cell in row) == sum(flow.n_rows for flow in flows)


def test_the_largest_cell_is_darkest_and_every_count_is_visible() -> None:
    made = arrange([Flow("a", "b", 1), Flow("b", "a", 900)], ["a", "b"])
    assert [[cell.level for cell in row] for row in made.rows] == [[0, 1], [5, 0]]
    assert made.rows[0][0].same


def test_a_class_called_other_stays_apart_from_the_folded_ones() -> None:
    made = arrange([Flow("other", "z", 2)], ["other", "y", "z"], most=1)
    assert made.names == ("other", None)
    assert [[cell.n_rows for cell in row] for row in made.rows] == [[0, 2], [0, 0]]
