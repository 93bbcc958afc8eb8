"""A principal takes back own uploads only; the district takes back any."""

import pytest

from data import check
from data.errors import Refusal
from data.load import set_aside_rows, undo
from data.store import open_store
from tests.support import loading


def test_a_principal_takes_back_own_uploads_only(tmp_path):
    store = open_store(tmp_path / "district.duckdb")
    upload = loading.load(store, loading.roster())
    loaded_by = store.value("SELECT loaded_by FROM upload")
    with pytest.raises(Refusal) as refused:
        undo(store, upload.upload_id, "b@x.org", own_only=True)
    assert refused.value.code == "not_your_upload" and store.value("SELECT count(*) FROM student") > 0
    undo(store, upload.upload_id, loaded_by, own_only=True)
    assert store.value("SELECT count(*) FROM student") == 0


HEADERS = ["Student ID", "Date", "Method", "School"]
OWN = {"allowed_schools": ("Lincoln ES",)}


def test_a_principals_log_brings_in_the_rows_of_own_schools_and_sets_the_others_aside(with_roster):
    """Row 2 names the own school in another spelling, row 3 another school, row 4 none."""
    schools = ("Lincoln Elementary", "Roosevelt MS", "")
    rows = [["00123", f"9/{day}/2025", "Phone", school] for day, school in enumerate(schools, start=3)]
    upload = loading.load(with_roster, loading.log(rows, headers=HEADERS), **OWN)
    assert with_roster.rows("SELECT source_row FROM contact_row") == [(2,)]
    waiting = set_aside_rows(with_roster, upload.upload_id)
    assert [(row, reason.split("”")[0]) for _, row, _, reason in waiting] == [
        (3, "The row is of “Roosevelt MS"),
        (4, "The row is of “no school named"),
    ]
    assert check.findings(with_roster) == []


def test_a_principals_roster_brings_in_own_students_even_where_no_roster_knows_the_school(tmp_path):
    store = open_store(tmp_path / "district.duckdb")
    row = ["Di", "Fox", "Lincoln ES", "3", "8/15/2025"]
    others = [["00501", *row[:2], "Roosevelt MS", "7", row[4]], ["00502", *row[:2], "", "7", row[4]]]
    upload = loading.load(store, loading.roster([["00500", *row], *others, ["", *row]]), **OWN)
    assert store.rows("SELECT local_id FROM student") == [("00500",)]
    assert [row for _, row, _, _ in set_aside_rows(store, upload.upload_id)] == [3, 4, 5]
    assert upload.counts["rows_set_aside"] == 3 and check.findings(store) == []
