"""Sums that a store keeps in memory: never those of an older version, never another question's, and bounded."""

import threading

import duckdb
import pandas as pd
import pytest

from data import kept as kept_module
from data.kept import Kept, Narrowed
from data.store import open_store

COUNT = "SELECT count(*) AS number FROM setting"
ASKED = "SELECT number + $more AS number FROM tally_one"


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "kept.duckdb")
    yield opened
    opened.close()


def asked(store, more=0, keep=True) -> int:
    found = store.query_kept(ASKED, {"more": more}, {"tally_one": COUNT}, store.version, keep=keep)
    return int(found["number"].iloc[0])


def write(store):
    with store.writing() as cursor:
        cursor.execute("INSERT INTO setting VALUES (uuid()::VARCHAR, '1')")


@pytest.mark.parametrize("keep", [True, False])
def test_a_write_makes_what_was_kept_unreachable(store, keep):
    before = asked(store, keep=keep)
    assert asked(store, keep=keep) == before
    write(store)
    assert asked(store, keep=keep) == before + 1


def test_another_parameter_is_another_result(store):
    assert asked(store, more=5) == asked(store) + 5


def test_a_version_is_that_of_the_last_commit_and_of_no_other(store):
    before = store.version
    write(store)
    assert store.version == before + 1 == store.value("SELECT version FROM store_version")
    with pytest.raises(ZeroDivisionError), store.writing():
        raise ZeroDivisionError
    assert store.version == before + 1


def test_who_gets_a_result_cannot_change_it_for_others(store):
    made = pd.DataFrame({"number": [1]})
    first = store.kept.result(("key",), store.version, lambda: made)
    first["number"] = 2
    again = store.kept.result(("key",), store.version, lambda: made)
    assert list(again["number"]) == [1]


def test_the_oldest_are_given_up_and_made_again(store, monkeypatch):
    monkeypatch.setattr(kept_module, "MOST_TABLES", 2)
    for number in range(5):
        table = store.kept.table(f"SELECT {number} AS n", store.version)
        assert store.value(f"SELECT n FROM {table}") == number
    assert len(store.kept._tables) == 2
    assert asked(store) == store.value(COUNT)


def test_a_result_with_many_rows_is_not_kept(store, monkeypatch):
    monkeypatch.setattr(kept_module, "LONGEST_RESULT", 1)
    store.kept.result(("long",), store.version, lambda: pd.DataFrame({"n": [1, 2]}))
    assert ("long",) not in store.kept._results


def test_kept_results_are_bounded_in_rows_all_together(store, monkeypatch):
    monkeypatch.setattr(kept_module, "MOST_RESULT_ROWS", 3)
    for number in range(5):
        store.kept.result((number,), store.version, lambda: pd.DataFrame({"n": [1, 2]}))
    assert list(store.kept._results) == [(4,)]


def test_a_question_whose_table_is_always_gone_reads_the_facts_themselves(store, monkeypatch):
    before = asked(store)
    monkeypatch.setattr(type(store.kept), "table", lambda kept, select, version: "gone_by_now")
    assert asked(store, more=3) == before + 3


def test_who_needs_another_table_does_not_wait_for_one_that_is_being_made(store, monkeypatch):
    begun, go_on = threading.Event(), threading.Event()
    make = type(store.kept)._make

    def slowly(kept, select, table):
        if select == COUNT:
            begun.set()
            assert go_on.wait(60)
        make(kept, select, table)

    monkeypatch.setattr(type(store.kept), "_make", slowly)
    slow = threading.Thread(target=store.kept.table, args=(COUNT, store.version))
    slow.start()
    assert begun.wait(60)
    other = store.kept.table("SELECT 7 AS n", store.version)
    assert store.value(f"SELECT n FROM {other}") == 7
    go_on.set()
    slow.join()


def test_a_table_that_several_need_at_once_is_made_once(store, monkeypatch):
    makes, make = [], type(store.kept)._make
    monkeypatch.setattr(type(store.kept), "_make", lambda *given: (makes.append(given[1]), make(*given)))
    names = []
    needing = [threading.Thread(target=lambda: names.append(store.kept.table(COUNT, store.version))) for _ in range(8)]
    for one in needing:
        one.start()
    for one in needing:
        one.join()
    assert makes == [COUNT] and len(set(names)) == 1 and len(names) == 8


def test_a_table_that_was_begun_before_a_write_is_not_found_after_it(store, monkeypatch):
    """Its rows were read before the write: whoever asks afterwards must get newer ones."""
    before, make = store.value(COUNT), type(store.kept)._make

    def with_a_write_meanwhile(kept, select, table):
        monkeypatch.setattr(type(store.kept), "_make", make)
        make(kept, select, table)
        table.rows = None  # as while it is being made
        write(store)
        assert select not in kept._tables
        kept._drop(table)
        make(kept, select, table)

    monkeypatch.setattr(type(store.kept), "_make", with_a_write_meanwhile)
    store.kept.table(COUNT, store.version)
    assert store.kept._tables == {}
    assert asked(store, keep=False) == before + 1


def test_a_table_that_cannot_be_made_is_tried_again(store):
    for _ in range(2):
        with pytest.raises(duckdb.Error):
            store.kept.table("SELECT nothing FROM setting", store.version)
    assert store.kept._tables == {}


def narrowed(least: str) -> Narrowed:
    return Narrowed("SELECT name FROM setting WHERE name >= $least", {"least": least})


def test_the_rows_of_a_scope_are_found_again_by_the_very_same_values_only(store):
    one = store.kept.narrowed(narrowed("a"), store.version)
    assert store.kept.narrowed(narrowed("a"), store.version) == one
    other = store.kept.narrowed(narrowed("zzz"), store.version)
    assert other != one and store.value(f"SELECT count(*) FROM {other}") == 0
    write(store)
    assert store.kept.narrowed(narrowed("a"), store.version) not in (one, other)


def test_the_rows_of_scopes_give_way_before_sums(store, monkeypatch):
    monkeypatch.setattr(kept_module, "MOST_NARROWED_ROWS", -1)  # the settings of a new store are no rows
    sums = store.kept.table(COUNT, store.version)
    first, last = (store.kept.narrowed(narrowed(least), store.version) for least in ("a", "b"))
    assert store.kept.table(COUNT, store.version) == sums
    assert store.kept.narrowed(narrowed("b"), store.version) == last
    assert store.kept.narrowed(narrowed("a"), store.version) != first


def test_a_scope_whose_rows_are_gone_is_read_from_the_store(store, monkeypatch):
    monkeypatch.setattr(Kept, "narrowed", lambda *_: "kept_1.main.gone")
    found = store.query_kept(
        "SELECT count(*) + $more AS n FROM scope", {"more": 2}, {"scope": narrowed("a")}, store.version, keep=False
    )
    assert found["n"].iloc[0] == 2 + store.value("SELECT count(*) FROM setting WHERE name >= 'a'")


def test_what_two_ask_for_at_once_is_made_once_and_what_failed_is_tried_again(store):
    begun, go_on, made = threading.Event(), threading.Event(), []

    def slowly():
        begun.set()
        made.append(1)
        assert go_on.wait(10)
        if len(made) == 1:
            raise ZeroDivisionError
        return pd.DataFrame({"n": [7]})

    found = []

    def ask():
        try:
            found.append(int(store.kept.result(("key",), store.version, slowly)["n"].iloc[0]))
        except ZeroDivisionError:
            found.append("failed")

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert begun.wait(10)
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert sorted(map(str, found)) == ["7", "7", "failed"] and len(made) == 2
