import numpy as np

from emendata.kernels.apart import standing_apart
from emendata.records import BoolArray, FloatArray


def apart(numbers: FloatArray, suspects: BoolArray, count: int = 3) -> list[float]:
    counts = np.where(suspects, count, 5)
    return [float(numbers[one.value]) for one in standing_apart(numbers, counts, suspects)]


def test_a_number_far_beyond_all_others_stands_apart_on_either_side() -> None:
    numbers = np.append(np.arange(20.0), [-999, 999])
    assert apart(numbers, np.abs(numbers) == 999) == [-999, 999]


def test_a_number_among_or_just_beside_the_others_does_not() -> None:
    numbers = np.append(np.arange(20.0), [20, 9.5])
    assert apart(numbers, np.isin(numbers, [20, 9.5])) == []


def test_the_distance_is_counted_in_distances_of_the_quartiles_of_the_others() -> None:
    numbers = np.append(np.arange(21.0), 120)
    (one,) = standing_apart(numbers, np.ones(22, int), numbers == 120)
    assert (one.edge, one.n_cells) == (20.0, 1)
    assert one.gap == 100 / 10  # the quartiles are 5 and 15


def test_a_number_with_more_others_near_it_than_have_it_is_the_end_of_a_long_tail() -> None:
    numbers = np.append(np.arange(20.0), [60, 70, 80, 99])
    counts = np.append(np.full(20, 50), [1, 2, 2, 3])
    assert standing_apart(numbers, counts, numbers == 99) == []
    assert len(standing_apart(numbers, np.append(np.full(20, 50), [1, 0, 0, 30]), numbers == 99)) == 1


def test_of_seven_numbers_nobody_can_tell_how_they_spread() -> None:
    numbers = np.append(np.arange(7.0), 999)
    assert apart(numbers, numbers == 999) == []
