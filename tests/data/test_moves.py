"""Whatever files are called, each that moved is found again under the name that it got."""

from hypothesis import given
from hypothesis import strategies as st

from emendata.data.moves import found_again, moved

files = st.builds(
    "{}/{}{}.png".format,
    st.sampled_from(["cat", "dog", "Dog"]),
    st.sampled_from(["1", "1-2", "a", "A", "1-2-2", "a-07"]),
    st.sampled_from(["", "-1", "-2", "-10"]),
)


def test_a_free_name_is_kept_and_a_taken_one_gets_a_number() -> None:
    assert moved(["cat/1.png", "cat/2.png"], {"cat/1.png": "dog/1.png"}) == {"cat/1.png": "dog/1.png"}
    taken = ["cat/1.png", "dog/1.png", "dog/1-5.png"]
    assert moved(taken, {"cat/1.png": "dog/1.png"}) == {"cat/1.png": "dog/1-6.png"}


def test_capitals_alone_make_no_other_name() -> None:
    assert moved(["cat/a.PNG", "dog/A.png"], {"cat/a.PNG": "dog/a.PNG"}) == {"cat/a.PNG": "dog/a-2.PNG"}


def test_a_file_that_stays_does_not_move() -> None:
    assert moved(["cat/1.png"], {"cat/1.png": "cat/1.png"}) == {}


def test_a_file_that_is_gone_is_not_found() -> None:
    assert found_again(["cat/2.png"], {"cat/1.png": "dog/1.png"}) == {"cat/1.png": None}


@given(st.sets(files, min_size=1), st.data())
def test_each_moved_file_is_found_again(names: set[str], data: st.DataObject) -> None:
    goes = data.draw(st.lists(st.sampled_from(sorted(names)), unique=True))
    wanted = {
        name: f"{data.draw(st.sampled_from(['cat', 'dog', 'Dog', 'new']))}/{name.partition('/')[2]}"
        for name in goes
    }
    new = moved(sorted(names), wanted)
    there = [new.get(name, name) for name in names]
    assert len({name.lower() for name in new.values()} | set(there)) <= len(there) + len(new)
    assert len(set(there)) == len(names)
    dropped = data.draw(st.sets(st.sampled_from(sorted(names - set(goes))))) if names - set(goes) else set()
    assert found_again([name for name in there if name not in dropped], wanted) == new
