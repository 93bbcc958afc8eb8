"""`data.backup`: a copy that opens and holds everything, and never overwrites."""

import stat

import duckdb
import pytest

from data import backup as copies
from data.backup import backup
from data.check import digests, findings
from data.errors import Refusal
from data.load import undo
from data.store import open_store
from tests.support.loading import load, log

CALL = ["00123", "9/3/2025", "Phone", "Outbound", "Reached", "Ms. Lee", "Attendance"]
BROKEN = ["00124", "soon", "Email", "Outbound", "Sent", "Ms. Lee", "Attendance"]


@pytest.fixture
def store(with_roster):
    load(with_roster, log([CALL, BROKEN]))
    return with_roster


def test_the_copy_opens_and_is_as_good_as_the_store(store, tmp_path):
    copy = open_store(backup(store, tmp_path / "copies" / "copy.duckdb"))
    assert digests(copy) == digests(store)
    assert findings(copy) == []
    for table in ("upload", "problem", "set_aside_row", "calendar", "grade_band", "setting"):
        count = f"SELECT count(*) FROM {table}"
        assert copy.value(count) == store.value(count), table
    undo(copy, 2, "someone")
    load(copy, log([CALL, CALL]))
    assert store.value("SELECT count(*) FROM contact") == 1
    copy.close()


def test_only_this_user_can_read_the_copy(store, tmp_path):
    copy = backup(store, tmp_path / "copy.duckdb")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy.duckdb"]


def test_a_backup_never_overwrites(store, tmp_path):
    target = tmp_path / "copy.duckdb"
    target.write_text("something else")
    with pytest.raises(Refusal, match="exists already"):
        backup(store, target)
    assert target.read_text() == "something else"


def test_a_copy_that_holds_something_else_is_refused_and_removed(store, tmp_path, monkeypatch):
    monkeypatch.setattr(copies, "_held", lambda part: [])
    with pytest.raises(Refusal, match="does not hold what the store holds"):
        backup(store, tmp_path / "copy.duckdb")
    assert list(tmp_path.glob("copy*")) == []


def test_a_folder_that_cannot_be_written_is_a_sentence(store, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Refusal):
        backup(store, tmp_path / "file" / "copy.duckdb")


def test_the_store_stays_locked_and_usable_after_a_backup(store, tmp_path):
    backup(store, tmp_path / "copy.duckdb")
    load(store, log([CALL, CALL], name="more.csv"))
    assert store.value("SELECT count(*) FROM contact") == 2


def test_a_full_disk_is_said_of_the_copy_and_never_of_the_store(store, tmp_path, monkeypatch):
    def full(*_, **__):
        raise duckdb.IOException("No space left on device")

    monkeypatch.setattr("data.opening.duckdb.connect", full)
    with pytest.raises(Refusal, match="could not be written") as said:
        backup(store, tmp_path / "copy.duckdb")
    assert "damaged" not in said.value.sentence and list(tmp_path.glob("copy*")) == []


def test_what_a_killed_backup_left_beside_the_copy_is_in_nobodys_way(store, tmp_path):
    (tmp_path / "copy.duckdb.part").write_text("half a copy")
    assert findings(open_store(backup(store, tmp_path / "copy.duckdb"))) == []


def test_an_undo_takes_what_was_wrong_with_the_file_with_it(store):
    assert store.value("SELECT count(*) FROM problem") and store.value("SELECT count(*) FROM set_aside_row")
    undo(store, 2, "someone")
    assert store.value("SELECT count(*) FROM problem") == store.value("SELECT count(*) FROM set_aside_row") == 0
