"""A store that an earlier version wrote opens with the same facts as one that was loaded today."""

import duckdb
import pytest

from data.check import digests, findings
from data.derive import FACTS
from data.load import refresh
from data.migrations import STEPS
from data.schoolyear import day_date, name_of
from data.small_tables import calendar_frame
from data.store import open_store
from tests.support.loading import load, log, roster

DURABLE = ("upload", "active_file", "roster_row", "contact_row", "school", "student", "enrollment", "grade_band",
           "reply_rule", "calendar", "setting")  # fmt: skip


def _load_today(store):
    load(store, roster())
    rows = [
        ["00123", "9/3/2025", "Email", "Outbound", "Sent", "Ms. Lee", "Attendance"],
        ["00123", "9/5/2025", "Email", "Inbound", "Sent", "Ms. Lee", "Attendance"],
        ["00124", "9/4/2025", "Phone", "Outbound", "Reached", "Ms. Lee", "Attendance"],
        ["00124", "9/4/2025", "Phone", "Outbound", "Reached", "Ms. Lee", "Attendance"],
    ]
    load(store, log(rows))


@pytest.fixture
def today(tmp_path):
    store = open_store(tmp_path / "today.duckdb")
    _load_today(store)
    yield store
    store.close()


def _as_before_marks(store, path):
    """The same rows in the tables of the first three steps, with the contact ids of that time and without facts."""
    old = duckdb.connect(str(path))
    old.execute("CREATE TABLE _migration (name VARCHAR PRIMARY KEY, applied_at TIMESTAMP)")
    for name, sql in STEPS[:3]:
        old.execute(sql)
        old.execute("INSERT INTO _migration VALUES (?, now()::TIMESTAMP)", [name])
    for table in DURABLE:
        old.register("rows_of_today", store.query(f"SELECT * FROM {table}"))
        old.execute(f"INSERT INTO {table} BY NAME SELECT * FROM rows_of_today")
    old.execute("UPDATE contact_row SET contact_id = contact_id // 3 WHERE copy_no = 1")
    old.close()
    return path


def test_an_older_store_has_its_facts_made_anew_when_it_is_opened(today, tmp_path):
    store = open_store(_as_before_marks(today, tmp_path / "before.duckdb"))
    for fact in FACTS:
        rows = [sorted(one.rows(f"SELECT * FROM {fact}"), key=repr) for one in (today, store)]
        assert rows[0] and rows[0] == rows[1], fact
    assert store.value("SELECT sum(two_way)::INTEGER FROM student_month") == 4
    store.close()


def test_it_is_sound(today, tmp_path):
    store = open_store(_as_before_marks(today, tmp_path / "before.duckdb"))
    assert findings(store) == []
    store.close()


def test_the_calendar_says_of_each_day_what_the_school_year_says():
    days = calendar_frame()
    assert list(days["day"]) == list(range(days["day"].iloc[0], days["day"].iloc[-1] + 1))
    assert [name_of(day_date(number)) for number in days["day"]] == list(days["school_year"])
    assert all(days["date"].dt.date == days["day"].map(day_date))


@pytest.mark.parametrize("loaded_since", [False, True])
def test_a_store_whose_making_was_cut_off_is_finished(today, tmp_path, loaded_since):
    """The process died after the tables were made and before the calendar was; files may have been loaded since.
    Nothing of them counted, and nothing said so."""
    path = tmp_path / "half.duckdb"
    store = open_store(path)
    with store.writing() as write:
        for table in ("grade_band", "reply_rule", "calendar"):
            write.execute(f"DELETE FROM {table}")
    if loaded_since:
        _load_today(store)
    store.close()
    store = open_store(path)
    if not loaded_since:
        _load_today(store)
    assert digests(store) == digests(today)
    store.close()


def test_bands_and_what_is_made_of_them_change_together(today, monkeypatch):
    """A rebuild that is cut off leaves both as they were."""
    with today.writing() as write:
        write.execute('INSERT INTO setting (name, value) VALUES (\'bands\', \'{"elementary": ["3", "6"]}\')')
    bands = "SELECT * FROM grade_band ORDER BY ALL"
    before = today.rows(bands)

    def dies(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(refresh, "rebuild_all", dies)
    with pytest.raises(KeyboardInterrupt):
        refresh.rebuild(today)
    assert today.rows(bands) == before
