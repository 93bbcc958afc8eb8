"""Which school logged a contact: the log's text, looked up among the schools of the roster.

A text that no roster knows keeps an id of its own ("District office" is not the student's school); where the
log names no school at all the id is NULL. A roster that comes later may know the text, so it is looked up
again after every change of the roster.
"""

from data.ids import school_id
from data.load import rows
from data.roster import schools

# Distinct texts of the log with their ids, in the temporary table `school_word`.
_CREATE = """
CREATE OR REPLACE TEMP TABLE school_word (district VARCHAR, given_school VARCHAR, school_id BIGINT, known BOOLEAN)
"""


def look_up(cursor, table: str):
    """Fill `school_word` for every (district, given_school) of `table`."""
    written = cursor.execute(
        f"SELECT district, list(DISTINCT given_school) FROM {table} WHERE given_school IS NOT NULL GROUP BY district"
    ).fetchall()
    words = []
    for district, texts in written:
        found = schools.resolve(cursor, district, texts)
        words += [(district, text, found[text] or school_id(district, text), found[text] is not None) for text in texts]
    cursor.execute(_CREATE)
    if words:
        cursor.executemany("INSERT INTO school_word VALUES (?, ?, ?, ?)", words)


def resolve_stored(cursor):
    """Look the stored rows' schools up again; adds the students of the rows that moved to `touched`."""
    look_up(cursor, "contact_row")
    cursor.execute(
        """
        CREATE OR REPLACE TEMP TABLE school_moved AS
        SELECT stored.rowid AS place, stored.student_id, word.school_id
        FROM contact_row AS stored
        JOIN school_word AS word ON word.district = stored.district AND word.given_school = stored.given_school
        WHERE stored.school_id IS DISTINCT FROM word.school_id
        """
    )
    rows.touch_also(cursor, "SELECT student_id FROM school_moved")
    cursor.execute(
        "UPDATE contact_row AS stored SET school_id = moved.school_id FROM school_moved AS moved "
        "WHERE stored.rowid = moved.place"
    )
