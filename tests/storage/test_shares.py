"""Work that copies of a process do their part of gives what it gives in one."""

import os
import signal
from dataclasses import dataclass

import pytest

from hexapla.model.errors import Crash, attempt
from hexapla.storage import forked, shares
from hexapla.storage.cache import Cache
from hexapla.storage.shares import shared


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    name: str
    letters: tuple[str, ...]


def make(names):
    return [Made(name=name, letters=(*name,)) for name in names]


def names_of(count):
    return [f"n{number}" for number in range(count)]


@pytest.fixture
def processes(tmp_path):
    """Return the processes that worked so far."""
    return lambda: {path.name for path in tmp_path.iterdir()}


@pytest.fixture
def make_noted(tmp_path):
    def noted(names):
        (tmp_path / str(os.getpid())).touch()
        return make(names)

    return noted


@pytest.mark.skipif(not forked.may_fork(), reason="this system has no copies of processes")
class TestCopies:
    @pytest.mark.parametrize("count", [0, 1, 2, 5, 12])
    @pytest.mark.parametrize("jobs", [1, 2, 3])
    def test_the_order_is_kept(self, count, jobs, monkeypatch):
        monkeypatch.setattr(shares, "_AT_ONCE", 5)
        assert shared(make, names_of(count), Made, jobs=jobs, worth=1) == make(names_of(count))

    def test_several_processes_work(self, make_noted, processes):
        assert shared(make_noted, names_of(9), Made, jobs=3, worth=3) == make(names_of(9))
        assert len(processes()) == 3

    def test_little_work_is_done_in_one(self, make_noted, processes):
        assert shared(make_noted, names_of(9), Made, jobs=3, worth=5) == make(names_of(9))
        assert processes() == {str(os.getpid())}

    def test_a_crash_is_told_of_as_it_is_here(self):
        def some(names):
            return [attempt(name, lambda name=name: make([name])[0 if name != "n3" else 1]) for name in names]

        results = shared(some, names_of(6), Made, jobs=2, worth=1)
        assert [type(result) for result in results] == [Made, Made, Made, Crash, Made, Made]
        assert results[3] == some(["n3"])[0]

    def test_what_a_copy_that_is_ended_would_have_done_is_done_here(self):
        here = os.getpid()

        def ended(names):
            if os.getpid() != here:
                os.kill(os.getpid(), signal.SIGKILL)
            return make(names)

        assert shared(ended, names_of(8), Made, jobs=2, worth=1) == make(names_of(8))

    def test_what_cannot_be_sent_is_made_here(self):
        assert shared(
            lambda names: [f"{name}\ud800" for name in names], ["a", "b"], str, jobs=2, worth=1
        ) == [
            "a\ud800",
            "b\ud800",
        ]

    def test_an_error_of_the_work_is_raised_here(self):
        def broken(names):
            yield from (1 // (name != "n3") for name in names)

        with pytest.raises(ZeroDivisionError):
            shared(broken, names_of(4), int, jobs=2, worth=1)

    def test_results_are_remembered_whoever_made_them(self, tmp_path, monkeypatch):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        cache = Cache(folder=tmp_path / "site", environment="here")
        inputs = {name: name for name in names_of(30)}
        for _ in range(2):
            made = cache.memo("stage", inputs, make, Made, jobs=2)
            assert made == dict(zip(inputs, make([*inputs]), strict=True))

        def never(names):
            raise AssertionError(names)

        assert cache.memo("stage", inputs, never, Made, jobs=2) == made
