"""Sums made in the background: once for a version, out of the way of people, gone with the store, never an answer."""

import threading

import duckdb
import pytest

from data import ahead
from data.store import open_store

SLOW = "SELECT count(*) AS n FROM range(3000000) AS a(x), range(100000) AS b(y) WHERE (x * y) % 7 = 3"


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setattr(ahead, "QUIET_SECONDS", 0)
    opened = open_store(tmp_path / "ahead.duckdb")
    yield opened
    opened.close()


def write(store):
    with store.writing() as cursor:
        cursor.execute("INSERT INTO setting VALUES (uuid()::VARCHAR, '1')")


def made(store) -> list[str]:
    return list(store.kept._tables)


def counting(*selects):
    """A function that names SELECTs, and the versions for which it was asked."""
    asked = []

    def usual(store):
        asked.append(store.version)
        yield from selects

    return usual, asked


def test_what_is_usual_is_there_before_anybody_asks_and_made_once_for_a_version(store):
    usual, asked = counting("SELECT 1 AS n", "SELECT 2 AS n")
    ahead.begin(store, usual)
    store.ahead.join()
    assert made(store) == ["SELECT 1 AS n", "SELECT 2 AS n"]
    ahead.begin(store, usual)
    store.ahead.join()
    assert asked == [store.version]
    write(store)
    assert made(store) == []
    ahead.begin(store, usual)
    store.ahead.join()
    assert asked == [store.version - 1, store.version] and len(made(store)) == 2


def test_what_is_made_is_of_the_newest_version(store):
    count = "SELECT count(*) AS n FROM setting"
    usual, _ = counting(count)
    for _ in range(3):
        write(store)
        ahead.begin(store, usual)
        store.ahead.join()
        table = store.kept.table(count, store.version)
        assert store.value(f"SELECT n FROM {table}") == store.value(count)


def test_it_gives_way_to_a_write_and_ends_where_the_store_moved_on(store):
    usual, _ = counting("SELECT 1 AS n")
    with store.writing() as cursor:
        ahead.begin(store, usual)
        work = store.ahead
        assert work.is_alive() and made(store) == []
        cursor.execute("INSERT INTO setting VALUES ('moved', '1')")
    work.join()
    assert made(store) == []


def test_it_gives_way_to_who_asks(store, monkeypatch):
    monkeypatch.setattr(ahead, "QUIET_SECONDS", 3600)
    store.query_kept("SELECT 1 AS n", {}, {}, store.version, keep=True)
    ahead.begin(store, counting("SELECT 1 AS n")[0])
    assert made(store) == []
    store.close()
    assert store.ahead is None


def test_the_work_for_a_newer_version_begins_when_the_older_has_ended(store, monkeypatch):
    monkeypatch.setattr(ahead, "QUIET_SECONDS", 3600)
    store.kept.touch()
    older, newer = counting("SELECT 1 AS n")[0], counting("SELECT 2 AS n")[0]
    ahead.begin(store, older)
    write(store)
    monkeypatch.setattr(ahead, "QUIET_SECONDS", 0)
    ahead.begin(store, newer)
    store.ahead.join()
    assert made(store) == ["SELECT 2 AS n"]


@pytest.mark.parametrize("select", ["SELECT no_such_column FROM setting", "SELECT error('no') AS n"])
def test_an_error_reaches_nobody(store, select):
    ahead.begin(store, counting(select, "SELECT 1 AS n")[0])
    store.ahead.join()
    assert made(store) == []
    assert store.value("SELECT 1") == 1


def test_a_store_that_closes_does_not_wait_for_a_long_sum(store):
    begun = threading.Event()

    def usual(_):
        begun.set()
        yield SLOW

    ahead.begin(store, usual)
    work = store.ahead
    begun.wait()
    while not store.kept._makers and work.is_alive():
        begun.wait(0.001)
    store.close()
    assert not work.is_alive() and store.ahead is None
    with pytest.raises(duckdb.ConnectionException):
        store.value("SELECT 1")
    again = open_store(store.path)
    assert again.value("SELECT 1") == 1
    again.close()
