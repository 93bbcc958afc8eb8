"""Which school logged a contact: the log's text, looked up among the schools of the roster.

A text that no roster knows keeps an id of its own ("District office" is not the student's school); where the
log names no school at all the id is NULL. A roster that comes later may know the text, so it is looked up
again after every change of the roster.
"""

import pyarrow.compute as pc

from data.ids import plain_school, school_id
from data.roster import schools
from data.touched import touch_also

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


def named_above(workbook, header_rows: dict[str, int], known: list[str]) -> str | None:
    """The only one of the `known` schools whose name stands in the file's name, in a sheet's, or above its table
    (`header_rows` by sheet); None where none or several do. It is for a person to say whether the rows are its own."""
    texts = [workbook.file_name]
    for sheet in workbook.sheets:
        titles = sheet.table.filter(pc.less(sheet.table["row"], header_rows.get(sheet.name, 1)))
        texts += [sheet.name, *(text for name in titles.column_names[1:] for text in titles[name].to_pylist() if text)]
    said = [f" {plain_school(text)} " for text in texts]
    found = [name for name in known if any(f" {plain_school(name)} " in text for text in said)]
    return found[0] if len(found) == 1 else None


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
    touch_also(cursor, "SELECT student_id FROM school_moved")
    cursor.execute(
        "UPDATE contact_row AS stored SET school_id = moved.school_id FROM school_moved AS moved "
        "WHERE stored.rowid = moved.place"
    )
