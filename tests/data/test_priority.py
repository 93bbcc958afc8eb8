"""What loads, and DuckDB's own threads, come after those that answer people, where threads have priorities."""

import os
import subprocess
import sys
import threading
import time

import pytest

from data import priority
from data.store import open_store

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has priorities of threads")


def of_thread(number: int = 0) -> int:
    return os.getpriority(os.PRIO_PROCESS, number or threading.get_native_id())


def threads() -> set[int]:
    return set(map(int, os.listdir("/proc/self/task")))


@linux_only
def test_work_and_the_threads_and_processes_that_it_starts_step_back_and_its_caller_does_not():
    found, mine = [], of_thread()
    asks = "import os; print(os.getpriority(os.PRIO_PROCESS, 0))"

    def works(_):
        started = threading.Thread(target=lambda: found.append(of_thread()))
        started.start()
        started.join()
        found.append(int(subprocess.run([sys.executable, "-c", asks], capture_output=True, check=True).stdout))
        return "made"

    assert priority.giving_way(works) == "made"
    assert found == 2 * [min(priority.LOWEST, mine + priority.LOWER_BY)] and of_thread() == mine


def test_what_work_tells_is_said_in_its_order_on_the_thread_that_waits():
    said = []

    def works(tell):
        for share in range(5):
            tell("Reading", share)
        return threading.get_ident()

    aside = priority.giving_way(works, lambda *words: said.append((threading.get_ident(), *words)))
    here = threading.get_ident()
    assert said == [(here, "Reading", share) for share in range(5)] and aside != here


def test_what_fails_aside_fails_here():
    with pytest.raises(ZeroDivisionError):
        priority.giving_way(lambda _: 1 / 0)


def test_work_that_nobody_waits_for_any_more_ends_where_it_next_tells_and_rolls_back(tmp_path):
    store, heard, done = open_store(tmp_path / "own.duckdb"), threading.Event(), []
    version = store.version

    class MovedOn(BaseException):
        pass

    def works(tell):
        with store.writing() as write:
            write.execute("DELETE FROM calendar")
            tell("Storing")
            heard.wait()
            for _ in range(2000):  # until the caller's answer to the first words has come
                tell("Storing")
                time.sleep(0.005)
            done.append("stored")

    def say(*_):
        heard.set()
        raise MovedOn

    with pytest.raises(MovedOn):
        priority.giving_way(works, say)
    assert not done and store.version == version and not store.being_written
    assert store.value("SELECT count(*) FROM calendar") > 40_000
    store.close()


@linux_only
def test_the_threads_of_a_store_yield_and_no_other(tmp_path):
    before = {number: of_thread(number) for number in threads()}
    store = open_store(tmp_path / "own.duckdb")
    made = threads() - set(before)
    assert made and {of_thread(number) for number in made} == {min(priority.LOWEST, of_thread() + priority.LOWER_BY)}
    still_there = set(before) & threads()  # those of a store closed before may end meanwhile
    assert {number: of_thread(number) for number in still_there} == {number: before[number] for number in still_there}
    store.close()


@linux_only
def test_a_system_that_forbids_it_changes_nothing(monkeypatch):
    def forbidden(*_):
        raise PermissionError

    monkeypatch.setattr(os, "setpriority", forbidden)
    assert priority.giving_way(lambda _: of_thread()) == of_thread()
