"""Sums that a store keeps in memory: never those of an older version, never another question's, and bounded."""

import pandas as pd
import pytest

from data import kept as kept_module
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
