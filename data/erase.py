"""Erase a student or a school year: out of the rows, out of what is derived from them, out of the file itself.

Deleted rows leave their bytes in a database file until something overwrites them. So after the deletion the store
is copied row by row into a new file that takes the old one's place. The history keeps its uploads: an erased row
counts among the rows left out, and that something was erased, when and how many rows, is kept beside the settings
(never whom). Backups and files that were taken away are out of reach.

What a killed process left beside the store and in the scratch folder goes, too (`data.opening`, `data.scratch`).

A machine that stops between the deletion and the new file leaves the bytes: the deletion notes that the new file is due
(`data.backup.DUE`), a copy is without the note, and the next erasure makes the file first.
"""

import json
import os
from contextlib import suppress
from datetime import UTC, datetime

from data import scratch
from data.backup import DUE, backup
from data.errors import Refusal
from data.load import refresh
from data.schoolyear import bounds
from data.touched import touch
from data.whose import ERASED, Whose, places

_RECORD = "erased"
_STUDENT = {
    "roster_row": "district = $district AND local_id = $id",
    "contact_row": "rowid IN (SELECT place FROM erased_contact)",
    "set_aside_row": "rowid IN (SELECT place FROM erased_waiting)",
    "remembered_match": "student_id IN (SELECT student_id FROM erased)",
}
_YEAR = {
    "roster_row": "school_year = $year",
    "contact_row": "contact_date BETWEEN $first AND $last",
}

# Problems quote cells: of the files that lose rows, those of rows that still wait are kept, so that it stays known
# what to mend.
_PROBLEMS = """
DELETE FROM problem WHERE upload_id IN (SELECT upload_id FROM erased_upload)
AND NOT EXISTS (SELECT 1 FROM set_aside_row AS kept WHERE kept.upload_id = problem.upload_id
                AND kept.sheet IS NOT DISTINCT FROM problem.sheet AND kept."row" = problem."row")
"""


def student(store, local_id: str, district: str | None = None) -> bool:
    """Erase every row of one student, by the id of the roster; the store is closed and its file made anew.

    False: there was no row of this id, and an interrupted erasure was finished, which may have been of this student:
    it is not kept who was erased. Raises Refusal `no_such_student` where there was nothing to do at all.
    """
    district = district or store.own_district()
    return _or_finished(store, "no_such_student", lambda: _student(store, local_id, district))


def _student(store, local_id: str, district: str):
    who = {"district": district, "id": local_id}
    with store.writing() as write:
        write.execute(
            "CREATE OR REPLACE TEMP TABLE erased AS SELECT student_id FROM student WHERE district = ? AND local_id = ?",
            [district, local_id],
        )
        whose = Whose(write, district, local_id)
        places(write, "erased_contact", whose.contact_rows())
        places(write, "erased_waiting", whose.rows_that_wait())
        if not _erase(write, _STUDENT, who, "a student"):
            raise Refusal("no_such_student", "No student of that district has this id, and no row names it.")
        _without(write, whose)


def school_year(store, year: str) -> bool:
    """Erase every row of a school year such as "2019-20"; the store is closed and its file made anew.

    Rows set aside have no certain date: those of a file that held rows of the year go with them. False, as for a
    student: only an interrupted erasure was finished. Raises Refusal `bad_school_year`, `no_such_year`.
    """
    try:
        first, last = bounds(year)
    except (ValueError, IndexError):
        raise Refusal("bad_school_year", f"{year!r} is not a school year. Write it like 2024-25.") from None
    return _or_finished(store, "no_such_year", lambda: _school_year(store, year, first, last))


def _school_year(store, year: str, first, last):
    with store.writing() as write:
        conditions = {**_YEAR, "set_aside_row": "upload_id IN (SELECT upload_id FROM of_year)"}
        write.execute(
            "CREATE OR REPLACE TEMP TABLE of_year AS SELECT upload_id FROM roster_row WHERE school_year = ? "
            "UNION SELECT upload_id FROM contact_row WHERE contact_date BETWEEN ? AND ?",
            [year, first, last],
        )
        if not _erase(write, conditions, {"year": year, "first": first, "last": last}, f"school year {year}"):
            raise Refusal("no_such_year", f"Nothing of the school year {year} is in the store.")
        # What was made of a file of which nothing is left names its tabs, which can be students.
        write.execute(
            "UPDATE upload SET mapping = '[]' WHERE upload_id IN (SELECT upload_id FROM of_year) AND upload_id NOT IN "
            "(SELECT upload_id FROM contact_row UNION SELECT upload_id FROM roster_row "
            "UNION SELECT upload_id FROM set_aside_row)"
        )


def _or_finished(store, nothing: str, erase) -> bool:
    """Finish what was interrupted, erase, make the file anew. False: there was `nothing` to erase after the first."""
    finished = finish(store)
    try:
        erase()
    except Refusal as refusal:
        if not finished or refusal.code != nothing:
            raise
        store.close()
        return False
    _new_file(store)
    return True


def finish(store) -> bool:
    """Make the file anew where an earlier erasure could not; the store stays open. False: nothing was due."""
    due = bool(store.rows("SELECT 1 FROM setting WHERE name = ?", [DUE]))
    if due:
        _new_file(store)
        store.reopen()
    return due


def record(store) -> list[dict]:
    """What was erased, the latest last: {at (UTC), what, rows}. No student is named."""
    found = store.rows("SELECT value FROM setting WHERE name = ?", [_RECORD])
    return json.loads(found[0][0]) if found else []


def _erase(write, conditions: dict[str, str], values: dict, what: str) -> int:
    """Delete what the conditions name, count it as left out, derive everything anew. Returns the rows deleted."""
    everybody = "SELECT student_id, NULL AS day FROM student"
    write.execute("CREATE OR REPLACE TEMP TABLE before_erasure AS SELECT student_id FROM student")
    touch(write, everybody)
    write.execute("CREATE OR REPLACE TEMP TABLE erased_upload (upload_id INTEGER)")
    gone = 0
    for table, condition in conditions.items():
        needed = {name: value for name, value in values.items() if f"${name}" in condition}
        found = write.execute(f"SELECT count(*) FROM {table} WHERE {condition}", needed).fetchall()[0][0]
        if not found:
            continue
        gone += found
        if table != "remembered_match":
            aside = ", rows_set_aside = rows_set_aside - counted.gone" if table == "set_aside_row" else ""
            write.execute(
                f"UPDATE upload SET rows_left_out = rows_left_out + counted.gone{aside} FROM (SELECT upload_id, "
                f"count(*) AS gone FROM {table} WHERE {condition} GROUP BY upload_id) AS counted "
                "WHERE upload.upload_id = counted.upload_id",
                needed,
            )
            write.execute(f"INSERT INTO erased_upload SELECT upload_id FROM {table} WHERE {condition}", needed)
        write.execute(f"DELETE FROM {table} WHERE {condition}", needed)
    write.execute(_PROBLEMS)
    refresh.rebuild_all(write)
    # What a person matched is kept under the name that was written.
    write.execute(
        "DELETE FROM remembered_match WHERE student_id IN (SELECT student_id FROM before_erasure) "
        "AND student_id NOT IN (SELECT student_id FROM student)"
    )
    # A roster of which no row is left is not counted anew.
    write.execute(
        "UPDATE upload SET rows_loaded = 0, rows_duplicate = 0, rows_changed = 0 WHERE kind = 'roster' "
        "AND state = 'loaded' AND upload_id NOT IN (SELECT upload_id FROM roster_row)"
    )
    if gone:
        _remember(write, what, gone)
    return gone


def _without(write, whose: Whose):
    """Take the student's name out of what is kept about files: tabs, titles and file names can be names."""
    district = [whose.district]
    uploads = write.execute("SELECT upload_id, file_name, mapping FROM upload WHERE district = ?", district).fetchall()
    for upload, name, mapping in uploads:
        said = json.dumps(whose.blanked(json.loads(mapping)))
        shown = ERASED if whose.mentions(name) else name
        if (shown, said) != (name, json.dumps(json.loads(mapping))):
            write.execute("UPDATE upload SET file_name = ?, mapping = ? WHERE upload_id = ?", [shown, said, upload])
    choices = write.execute("SELECT rowid, choices FROM remembered_mapping WHERE district = ?", district).fetchall()
    places(write, "erased_choices", [place for place, said in choices if whose.mentions(said)])
    write.execute("DELETE FROM remembered_mapping WHERE rowid IN (SELECT place FROM erased_choices)")
    problems = write.execute(
        "SELECT problem.rowid, value, message FROM problem JOIN upload USING (upload_id) WHERE district = ?", district
    ).fetchall()
    quoting = [place for place, *texts in problems if any(whose.mentions(text) for text in texts)]
    places(write, "erased_problem", quoting)
    write.execute("DELETE FROM problem WHERE rowid IN (SELECT place FROM erased_problem)")


def _remember(write, what: str, gone: int):
    kept = write.execute("SELECT value FROM setting WHERE name = ?", [_RECORD]).fetchall()
    line = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "what": what, "rows": gone}
    write.execute("DELETE FROM setting WHERE name = ?", [_RECORD])
    write.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, 'true')", [DUE])
    said = json.dumps([*(json.loads(kept[0][0]) if kept else []), line])
    write.execute("INSERT INTO setting (name, value) VALUES (?, ?)", [_RECORD, said])


def _new_file(store):
    """A copy of what is left takes the place of the store's file."""
    fresh = store.path.with_name(f"{store.path.name}.erasing")
    fresh.unlink(missing_ok=True)
    try:
        backup(store, fresh)
    except Refusal as refusal:
        raise Refusal(
            "erased_in_part",
            f"The rows are erased, but their traces are still in the store's file: {refusal.sentence} Then run this "
            "again.",
        ) from None
    store.close()
    os.replace(fresh, store.path)
    store.path.with_name(f"{store.path.name}.wal").unlink(missing_ok=True)
    with suppress(OSError, Refusal):
        scratch.sweep()  # files and copies that a process left which was killed
