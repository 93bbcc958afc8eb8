"""Sums made in the background: once for a version, out of the way of people, gone with the store, never an answer."""

import threading

import duckdb
import pytest

from data import ahead
from data.store import open_store

COUNT = "SELECT count(*) AS n FROM setting"
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
    usual, _ = counting(COUNT)
    for _ in range(3):
        write(store)
        ahead.begin(store, usual)
        store.ahead.join()
        table = store.kept.table(COUNT, store.version)
        assert store.value(f"SELECT n FROM {table}") == store.value(COUNT)


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


@pytest.fixture
def read(store):
    """The store while pages are being read: its usual sum, made and asked for."""
    ahead.begin(store, counting(COUNT)[0])
    store.ahead.join()
    store.query_kept("SELECT 1 AS n", {}, {}, store.version, keep=True)
    return store


def staged(store):
    """A write that stages its usual sums, seen from outside before it is committed."""
    with store.writing() as cursor:
        cursor.execute("INSERT INTO setting VALUES (uuid()::VARCHAR, '1')")
        before = store.kept.table(COUNT, store.version)
        told = []
        ahead.stage(store, cursor, lambda: told.append(1))
        assert told and store.kept.table(COUNT, store.version) == before


def tables(store) -> int:
    return store.value("SELECT count(*) FROM duckdb_tables() WHERE database_name = ?", [store.kept._name])


def test_what_a_write_stages_is_there_when_its_rows_are_and_not_before(read):
    before = read.value(COUNT)
    staged(read)
    assert made(read) == [COUNT] and tables(read) == 1
    assert read.value(f"SELECT n FROM {read.kept.table(COUNT, read.version)}") == before + 1 == read.value(COUNT)


def test_what_is_staged_has_the_types_of_its_select(read):
    select = "SELECT sum(1) AS a, sum(1.5::DECIMAL(9,2)) AS b, 'x' AS c, DATE '2025-09-01' AS d, NULL::INTEGER AS e"
    read.ahead.usual = counting(select)[0]
    staged(read)
    types = [row[:2] for row in read.rows(f"DESCRIBE {select}")]
    table = read.kept.table(select, read.version)
    assert [row[:2] for row in read.rows(f"DESCRIBE {table}")] == types
    assert read.rows(f"FROM {table}") == read.rows(select)


def test_a_write_that_is_rolled_back_leaves_nothing_staged(read):
    with pytest.raises(ZeroDivisionError), read.writing() as cursor:
        ahead.stage(read, cursor, lambda: None)
        raise ZeroDivisionError
    assert tables(read) == 1 and made(read) == [COUNT]
    write(read)
    assert tables(read) == 0 and made(read) == []


@pytest.mark.parametrize("select", ["SELECT no_such_column FROM setting", "SELECT error('no') AS n"])
def test_a_sum_that_cannot_be_staged_is_said_to_the_writer(read, select):
    read.ahead.usual = counting(select)[0]
    with pytest.raises(ahead.NotStagedError), read.writing() as cursor:
        ahead.stage(read, cursor, lambda: None)
    assert tables(read) == 1


def test_nothing_is_staged_where_nobody_reads_pages(store, monkeypatch):
    def staging() -> int:
        with store.writing() as cursor:
            ahead.stage(store, cursor, lambda: None)
        return tables(store)

    assert staging() == 0  # a command that loads
    ahead.begin(store, counting(COUNT)[0])
    store.ahead.join()
    assert staging() == 0  # a page was begun, and nothing asked
    store.kept.touch()
    assert staging() == 1
    monkeypatch.setattr(ahead, "READ_SECONDS", -1)
    assert staging() == 0


def test_who_still_names_an_older_version_takes_nothing_away(read):
    older = read.version
    staged(read)
    table = read.kept.table(COUNT, read.version)
    assert read.kept.table(COUNT, older) == table == read.kept.table(COUNT, read.version)
