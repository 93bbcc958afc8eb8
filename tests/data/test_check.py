"""`data.check`: a sound store has no findings, and each kind of damage is named."""

import pytest

from data.check import digests, findings
from data.load import rebuild, undo
from data.store import open_store
from tests.support.loading import load, log

CALL = ["00123", "9/3/2025", "Phone", "Outbound", "Reached", "Ms. Lee", "Attendance"]
MAIL = ["00124", "9/4/2025", "Email", "Outbound", "Sent", "Ms. Lee", "Attendance"]


@pytest.fixture
def store(with_roster):
    load(with_roster, log([CALL, MAIL]))
    return with_roster


def test_an_empty_store_and_a_loaded_one_are_sound(store, tmp_path):
    empty = open_store(tmp_path / "empty.duckdb")
    assert findings(empty) == []
    assert all(rows == 0 for _, rows, _ in digests(empty))
    empty.close()
    assert findings(store) == []


@pytest.mark.parametrize(
    "damage, sentence",
    [
        ("UPDATE contact_row SET upload_id = 99", "belong to no upload"),
        ("UPDATE contact_row SET contact_id = 1", "have the id of another contact"),
        ("DELETE FROM contact_row WHERE channel = 'email'", "count other rows"),
        ("DELETE FROM span", "The table span differs"),
        ("UPDATE contact_mark SET marks = marks + 8", "The table contact_mark differs"),
        ("INSERT INTO span SELECT * REPLACE (7 AS span_no) FROM span", "overlap another one"),
        ("UPDATE contact_row SET status = 'duplicate'", "differs"),
        ("UPDATE student SET last_name = 'Nobody'", "The table student differs"),
        ("DELETE FROM active_file", "without their file being on record"),
        ("UPDATE upload SET rows_read = rows_read + 1", "do not account for every row"),
        ("DELETE FROM student", "whom no roster names"),
    ],
)
def test_damage_is_named_in_a_sentence(store, damage, sentence):
    with store.writing() as write:
        write.execute(damage)
    found = findings(store)
    assert any(sentence in one for one in found), found


def test_looking_changes_nothing(store):
    with store.writing() as write:
        write.execute("DELETE FROM span")
    before, version = digests(store), store.version
    findings(store)
    assert (digests(store), store.version) == (before, version)


def test_a_rebuild_mends_what_is_derived(store):
    before = digests(store)
    with store.writing() as write:
        for table in ("span", "contact_mark", "student_month", "student", "enrollment"):
            write.execute(f"DELETE FROM {table}")
    assert digests(store) != before
    rebuild(store)
    assert digests(store) == before
    assert findings(store) == []


def test_a_digest_tells_one_row_from_two(store):
    before = {name: digest for name, _, digest in digests(store)}
    upload = load(store, log([CALL, CALL, MAIL], name="again.csv"))
    after = {name: digest for name, _, digest in digests(store)}
    assert before["contact"] != after["contact"]
    undo(store, upload.upload_id, "someone")
    assert {name: digest for name, _, digest in digests(store)} == before
