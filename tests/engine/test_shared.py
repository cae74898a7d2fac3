from collections.abc import Iterator
from contextlib import contextmanager
from threading import Barrier, Thread

from emendata.engine.shared import SharedSetting


class Recorder:
    """A setting that says when it is made and put back."""

    def __init__(self) -> None:
        self.events: list[str] = []

    @contextmanager
    def __call__(self) -> Iterator[None]:
        self.events.append("on")
        yield
        self.events.append("off")


def test_the_first_turns_it_on_and_the_last_turns_it_off() -> None:
    recorder = Recorder()
    shared = SharedSetting(recorder)
    with shared:
        with shared:
            assert recorder.events == ["on"]
        assert recorder.events == ["on"]
    assert recorder.events == ["on", "off"]


def test_it_can_be_used_again() -> None:
    recorder = Recorder()
    shared = SharedSetting(recorder)
    for _ in range(2):
        with shared:
            pass
    assert recorder.events == ["on", "off"] * 2


def test_threads_share_it() -> None:
    recorder = Recorder()
    shared, all_inside = SharedSetting(recorder), Barrier(4)

    def enter() -> None:
        with shared:
            all_inside.wait()

    threads = [Thread(target=enter) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert recorder.events == ["on", "off"]
