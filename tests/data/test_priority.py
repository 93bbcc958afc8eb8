"""DuckDB's own threads come after those that answer people, where threads have priorities."""

import os
import sys
import threading

import pytest

from data import priority
from data.store import open_store

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has priorities of threads")


def of_thread(number: int = 0) -> int:
    return os.getpriority(os.PRIO_PROCESS, number or threading.get_native_id())


def threads() -> set[int]:
    return set(map(int, os.listdir("/proc/self/task")))


def test_a_thread_that_is_started_aside_steps_back_and_its_starter_does_not():
    found, mine = [], of_thread()

    def starts_one():
        started = threading.Thread(target=lambda: found.append(of_thread()))
        started.start()
        started.join()
        return "made"

    assert priority.with_yielding_threads(starts_one) == "made"
    assert found == [min(priority.LOWEST, mine + priority.LOWER_BY)] and of_thread() == mine


def test_what_fails_aside_fails_here():
    with pytest.raises(ZeroDivisionError):
        priority.with_yielding_threads(lambda: 1 / 0)


def test_the_threads_of_a_store_yield_and_no_other(tmp_path):
    before = {number: of_thread(number) for number in threads()}
    store = open_store(tmp_path / "own.duckdb")
    made = threads() - set(before)
    assert made and {of_thread(number) for number in made} == {min(priority.LOWEST, of_thread() + priority.LOWER_BY)}
    assert {number: of_thread(number) for number in before if number in threads()} == before
    store.close()


def test_a_system_that_forbids_it_changes_nothing(monkeypatch):
    def forbidden(*_):
        raise PermissionError

    monkeypatch.setattr(os, "setpriority", forbidden)
    assert priority.with_yielding_threads(of_thread) == of_thread()
