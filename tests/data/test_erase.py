"""Erasure: nothing of a student or a year is left in rows, in facts or in the bytes of the file."""

import pytest

from data import check, erase
from data.errors import Refusal
from data.store import open_store
from tests.support import loading

LOG = [
    ["00123", "9/3/2025", "Phone", "Outbound", "Reached", "Ms. Rivera", "Academics"],
    ["00125", "9/4/2025", "Email", "Outbound", "Sent", "Mr. Chen", "Attendance"],
    ["Ana Lopezdemura", "13/45/2025", "Email", "Outbound", "Sent", "Mr. Chen", "Attendance"],
]
ROSTER = [["00123", "Ana", "Lopezdemura", "Lincoln ES", "3", "8/15/2025"], *loading.ROSTER[1:]]


@pytest.fixture
def path(tmp_path):
    """A store with three students, folded into its file."""
    store = open_store(tmp_path / "district.duckdb")
    loading.load(store, loading.roster(ROSTER))
    loading.load(store, loading.log(LOG))
    store.checkpoint()
    return store.path


def in_file(path, text: str) -> bool:
    wal = path.with_name(f"{path.name}.wal")
    return any(text.encode() in file.read_bytes() for file in (path, wal) if file.exists())


def test_a_student_is_gone_from_the_rows_the_facts_and_the_file(path):
    open_store(path).close()
    assert in_file(path, "Lopezdemura")
    erase.student(open_store(path), "00123")
    assert not in_file(path, "Lopezdemura") and not in_file(path, "00123")
    store = open_store(path)
    assert store.value("SELECT count(*) FROM student") == 2 and store.value("SELECT count(*) FROM contact") == 1
    assert store.value("SELECT count(*) FROM set_aside_row") == 0
    assert check.findings(store) == []


def test_another_student_of_the_same_name_keeps_every_row(tmp_path):
    """Two called Ana Lopezdemura, 00123 and 00126. Of the first go a row with the id, one with the id and the name, and
    one with a name that nobody can tell apart; the second keeps its row."""
    store = open_store(tmp_path / "district.duckdb")
    loading.load(store, loading.roster([*ROSTER, ["00126", *ROSTER[0][1:]]]))
    headers = ["Student ID", "Student Name", "Date", "Method"]
    rows = [["00123", ""], ["00123", "Ana Lopezdemura"], ["", "Ana Lopezdemura"], ["00126", "Ana Lopezdemura"]]
    log = [[*who, f"9/{day}/2025", "Phone"] for day, who in enumerate(rows, start=3)]
    loading.load(store, loading.log(log, headers=headers))
    erase.student(store, "00123")
    store = open_store(store.path)
    assert store.rows("SELECT given_id, contact_date::VARCHAR FROM contact_row") == [("00126", "2025-09-06")]
    assert store.value("SELECT count(*) FROM contact") == 1
    store.close()


def test_a_school_year_is_gone(path):
    erase.school_year(open_store(path), "2025-26")
    store = open_store(path)
    for table in ("student", "span", "contact_row", "roster_row", "set_aside_row"):
        assert store.value(f"SELECT count(*) FROM {table}") == 0, table
    assert not in_file(path, "Lopezdemura")


@pytest.mark.parametrize(
    ("what", "name"), [(erase.student, "99999"), (erase.school_year, "1999-00"), (erase.school_year, "x")]
)
def test_what_is_not_there_is_refused_and_nothing_changes(path, what, name):
    store = open_store(path)
    with pytest.raises(Refusal):
        what(store, name)
    assert store.value("SELECT count(*) FROM student") == 3
