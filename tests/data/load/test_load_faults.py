"""Several people at once, a process killed at any moment, a machine without room: before or after, never between."""

import json
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from data.check import digests, findings
from data.errors import Refusal
from data.load import commit
from data.store import open_store
from tests.support.loading import load, log, preview, roster

ROWS = [
    [f"0012{3 + n % 3}", f"9/{1 + n % 28}/2025", "Phone", "Outbound", "Reached", f"Staff {n}", ""] for n in range(60)
]


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "store.duckdb")
    load(opened, roster())
    yield opened
    opened.close()


def _commit_at_once(store, previews: list) -> list:
    """Commit all previews at the same moment, each by somebody else, in a thread of its own."""
    gate, done = threading.Barrier(len(previews)), [None] * len(previews)

    def one(place: int):
        gate.wait()
        done[place] = commit(store, previews[place], f"person {place}", accept_hold=True)

    threads = [threading.Thread(target=one, args=(place,)) for place in range(len(previews))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def test_four_people_with_the_same_file_load_it_once_and_three_are_told_who_did(store):
    uploads = _commit_at_once(store, [preview(store, log(ROWS)) for _ in range(4)])
    assert sum(upload.already is None for upload in uploads) == 1
    winner = next(place for place, upload in enumerate(uploads) if upload.already is None)
    for upload in uploads:
        assert upload.already is None or f"loaded already, by person {winner} on " in upload.already
        assert upload.upload_id == uploads[winner].upload_id
    assert store.value("SELECT count(*) FROM contact") == len(ROWS)
    assert findings(store) == []


def test_two_different_files_at_once_are_both_loaded_and_counted_once(store):
    first, second = log(ROWS[:40], name="a.csv"), log(ROWS[20:], name="b.csv")
    uploads = _commit_at_once(store, [preview(store, first), preview(store, second)])
    assert sorted(upload.counts["rows_loaded"] for upload in uploads) == [20, 40]
    assert store.value("SELECT count(*) FROM contact") == len(ROWS)
    assert findings(store) == []


def test_a_roster_that_came_in_after_the_preview_counts(tmp_path):
    store = open_store(tmp_path / "late.duckdb")
    planned = preview(store, log(ROWS))
    assert planned.counts["rows_unmatched"] == len(ROWS)
    load(store, roster())
    upload = commit(store, planned, "someone", accept_hold=True)
    assert upload.counts["rows_loaded"] == len(ROWS)
    store.close()


def test_a_commit_that_raised_but_is_durable_counts_as_done(store, monkeypatch):
    """On a full disk COMMIT can raise although the change is in the file: look before telling."""
    planned = preview(store, log(ROWS))
    writing = store.writing

    class Raises:
        def __init__(self, scratch=None):
            self.inner = writing(scratch)

        def __enter__(self):
            return self.inner.__enter__()

        def __exit__(self, *error):
            self.inner.__exit__(*error)
            raise duckdb.FatalException("COMMIT succeeded and is durable, but the autocheckpoint failed")

    monkeypatch.setattr(store, "writing", Raises)
    upload = commit(store, planned, "someone", accept_hold=True)
    monkeypatch.undo()
    assert upload.counts["rows_loaded"] == len(ROWS)
    assert store.value("SELECT count(*) FROM contact") == len(ROWS)
    assert findings(store) == []


def test_a_commit_that_failed_leaves_the_store_as_before_and_says_so(store, monkeypatch):
    before = digests(store)
    planned = preview(store, log(ROWS))

    def full(*_):
        raise duckdb.IOException("No space left on device")

    monkeypatch.setattr("data.load.refresh.after_new_rows", full)
    with pytest.raises(Refusal, match="nothing was changed") as refused:
        commit(store, planned, "someone", accept_hold=True)
    assert refused.value.code == "not_committed"
    assert digests(store) == before


def test_killed_at_any_moment_the_store_is_as_before_or_as_after(tmp_path):
    """A process that loads and undoes is killed 50 times (kill -9) at random moments; see `tests/support/killed.py`."""
    script = Path(__file__).parents[2] / "support" / "killed.py"
    told = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "store.duckdb"), "50"],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    result = json.loads(told.stdout)
    assert result["trials"] == 50
    assert result["torn"] == []
    assert result["killed_while_writing"] > 0
