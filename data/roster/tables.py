"""Roster rows -> the tables school, student and enrollment. The only place that writes these three.

They are derived anew from all rosters in force, inside the caller's transaction. So undoing an upload is
rebuilding without it, and the result is exactly what it would be had the upload never been there.
"""

from data.roster import spans
from data.roster.schools import short_name

_ENROLLMENT = (
    "student_id, school_id, school_year, grade, entry_date, exit_date, entry_day, exit_day, load_order, "
    "home_language, iep, english_learner, low_income, race_ethnicity, gender"
)


def rebuild(cursor) -> list[int]:
    """Derive school, student and enrollment from the rosters in force (uploads in state 'loaded').

    Call it after the rows of an upload were inserted, or its state was set to 'undone', in the same
    transaction. Returns the ids of the students whose spans changed: their facts are to be derived anew, and
    their contacts matched anew.
    """
    spans.load_source(cursor)
    spans.build(cursor)
    changed = cursor.execute(
        f"SELECT DISTINCT student_id FROM ((SELECT {_ENROLLMENT} FROM new_enrollment EXCEPT "
        f"SELECT {_ENROLLMENT} FROM enrollment) UNION ALL (SELECT {_ENROLLMENT} FROM enrollment EXCEPT "
        f"SELECT {_ENROLLMENT} FROM new_enrollment)) ORDER BY 1"
    ).fetchall()
    if changed:
        cursor.execute("DELETE FROM enrollment")
        cursor.execute(f"INSERT INTO enrollment ({_ENROLLMENT}) SELECT {_ENROLLMENT} FROM new_enrollment")
    _replace(cursor, "student", "student_id, district, local_id, first_name, last_name")
    _name_schools(cursor)
    spans.drop(cursor)
    return [student for (student,) in changed]


def _replace(cursor, table: str, columns: str):
    cursor.execute(f"DELETE FROM {table}")
    cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM new_{table}")


def _name_schools(cursor):
    cursor.execute("DELETE FROM school")
    found = cursor.execute(
        "SELECT school_id, district, name, low_grade, high_grade FROM new_school ORDER BY school_id"
    ).fetchall()
    if found:
        cursor.executemany(
            "INSERT INTO school (school_id, district, name, short_name, low_grade, high_grade) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [(number, district, name, short_name(name), low, high) for number, district, name, low, high in found],
        )
