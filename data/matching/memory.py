"""Accepted matches: what a person said a text of the log means. Kept for each district and school.

A name is kept in its plain form, an id with a mark before it, so that the two cannot be taken for each other.
"""

from datetime import datetime

from data.ids import plain_school
from data.roster import names

_ID_MARK = "#"


def key_of(given_id: str | None, given_name: str | None) -> str:
    """The text under which an accepted match is kept: the name where the row has one, else the id. What stands beside
    the name tells namesakes apart: "David Kim (3rd)" is not "David Kim (5th)"."""
    beside = " ".join(names.beside(given_name)) if given_name else ""
    return bare_key(given_id, given_name) + (f" ({beside})" if beside else "")


def bare_key(given_id: str | None, given_name: str | None) -> str:
    """`key_of` without what stands beside the name, as matches were kept before."""
    return (names.plain(given_name) if given_name else "") or _ID_MARK + (given_id or "")


def school_key(school: str | None) -> str:
    """The school of an accepted match; '' for rows that name none."""
    return plain_school(school) if school else ""


def remember(cursor, district, school, given_name, student_id: int, saved_by: str, *, given_id=None):
    """Keep an accepted match: rows of this school with this name (or, without one, this id) mean the student.

    Runs in the caller's write transaction, which then matches anew.
    """
    cursor.execute(
        "INSERT OR REPLACE INTO remembered_match VALUES (?, ?, ?, ?, ?, ?)",
        [district, school_key(school), key_of(given_id, given_name), student_id, datetime.now(), saved_by],
    )


def forget(cursor, district, school, given_name, *, given_id=None):
    """Take an accepted match back."""
    cursor.execute(
        "DELETE FROM remembered_match WHERE district = ? AND school = ? AND given_name = ?",
        [district, school_key(school), key_of(given_id, given_name)],
    )


def remembered(cursor, district: str) -> dict[tuple[str, str], tuple[int, datetime]]:
    """The accepted matches whose student is on the roster: (school key, text key) -> (student_id, since when)."""
    rows = cursor.execute(
        "SELECT m.school, m.given_name, m.student_id, m.saved_at FROM remembered_match AS m "
        "JOIN student AS s ON s.student_id = m.student_id WHERE m.district = ?",
        [district],
    ).fetchall()
    return {(school, given): (student, since) for school, given, student, since in rows}


def came_after(cursor, district: str, local_ids: list[str], since: datetime) -> bool:
    """Did a roster name one of these students for the first time after that moment?"""
    found = cursor.execute(
        "SELECT 1 FROM roster_row JOIN upload USING (upload_id) WHERE roster_row.district = ? AND local_id IN "
        "(SELECT unnest(?::VARCHAR[])) GROUP BY local_id HAVING min(loaded_at) > ?",
        [district, local_ids, since],
    ).fetchall()
    return bool(found)
