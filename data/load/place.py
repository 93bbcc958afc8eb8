"""Where the cleaned contact rows stand against the store: whose they are, and what is there already.

Reads the plan's temporary view `cleaned`; makes the view `planned`, which has the columns of `contact_row`. Rows of
a log of millions are never copied: the views go over the file's cells again. May be run again: a commit does so
when the store has changed since the plan.
"""

from datetime import date

import numpy as np
import pyarrow as pa

from data.load import rows, schools
from data.load.refresh import match_who, same_who, school_year

# A student's id is a number made of the text that the log gives, so an id that the roster has is found by it.
_UNKNOWN = """
(SELECT cleaned.* FROM cleaned ANTI JOIN student ON student.student_id = cleaned.given_number WHERE fate = 'keep')
"""

# upload_id is not known before the commit; 0 stands for "this file". Joins to tables without a row are left out.
_MATCHED = """
CREATE OR REPLACE TEMP VIEW matched AS
    SELECT 0 AS upload_id, cleaned.*, {student} AS student_id, {found} AS found, {school} AS school_id,
           date_diff('day', DATE '1970-01-01', contact_date)::INTEGER AS contact_day
    FROM cleaned
    LEFT JOIN student AS by_id ON by_id.student_id = cleaned.given_number
    {joins}
    WHERE fate = 'keep'
"""
_NAMED = f"CREATE OR REPLACE TEMP VIEW named AS SELECT *, {rows.IDENTITY} AS identity FROM matched"
_WHO = f"LEFT JOIN who ON by_id.student_id IS NULL AND {same_who('cleaned')}"
_SCHOOL = """
LEFT JOIN school_word AS word ON word.district = cleaned.district AND word.given_school = cleaned.given_school
"""

# Few rows share an identity, and only those have to be sorted by all that they say.
_LIKENESS = f"SELECT {rows.LIKENESS} AS likeness FROM matched WHERE student_id IS NOT NULL"
_COPIES = f"""
CREATE OR REPLACE TEMP TABLE copies AS
WITH alike AS (SELECT *, {rows.LIKENESS} AS likeness FROM matched WHERE student_id IS NOT NULL),
few AS (SELECT * FROM alike SEMI JOIN several USING (likeness)),
told AS (SELECT *, {rows.IDENTITY} AS identity FROM few)
SELECT sheet_no, source_row, identity, copy_no
FROM (SELECT *, {rows.COPY_NO}::INTEGER AS copy_no FROM told) WHERE copy_no > 1
"""

_THERE = f"""
CREATE OR REPLACE TEMP TABLE there AS
SELECT identity, copy_no, {rows.SAID} AS said_first FROM contact_row
SEMI JOIN named USING (identity, contact_day) WHERE status = 'loaded'
"""

_PLANNED = f"""
CREATE OR REPLACE TEMP VIEW planned AS
WITH copied AS (
    SELECT named.*, CASE WHEN named.identity IS NULL THEN NULL ELSE {{copy_no}} END AS copy_no FROM named {{copies}}
),
numbered AS (
    SELECT *, CASE WHEN identity IS NULL THEN NULL ELSE {rows.CONTACT_ID} END AS contact_id, {rows.SAID} AS said
    FROM copied
)
SELECT 0 AS upload_id, numbered.sheet, source_row, district, given_id, given_name, given_school,
       CASE WHEN student_id IS NULL THEN 'unmatched' WHEN {{is_there}} THEN 'duplicate' ELSE 'loaded' END AS status,
       {{changed}} AS changed, contact_id, numbered.identity, numbered.copy_no, student_id, school_id, contact_date,
       contact_day, contact_second, channel, direction, outcome, initiated_by, audience, topic, tone, staff, language,
       interpreter, student_present, minutes, record_id, grade
FROM numbered {{there}}
"""
_JOIN_COPIES = """
LEFT JOIN copies ON copies.identity = named.identity AND copies.sheet_no = named.sheet_no
                AND copies.source_row = named.source_row
"""
_JOIN_THERE = "LEFT JOIN there ON there.identity = numbered.identity AND there.copy_no = numbered.copy_no"

# Contacts that count in no measure, as long as no roster says that their student was enrolled that day.
NOT_ENROLLED = """
FROM {rows} AS row LEFT JOIN span
  ON span.student_id = row.student_id AND row.contact_day >= span.start_day AND row.contact_day < span.end_day
WHERE row.status = 'loaded' AND span.span_no IS NULL
"""

_OTHER_GRADE = f"""
WITH graded AS (
    SELECT student_id, grade, source_row, {school_year("row")} AS school_year FROM planned AS row
    WHERE status = 'loaded' AND given_id IS NULL AND grade IS NOT NULL
)
SELECT count(*), min(source_row) FROM graded
SEMI JOIN enrollment AS there USING (student_id, school_year)
ANTI JOIN enrollment AS same USING (student_id, school_year, grade)
"""


def place(cursor):
    """Match the rows of `cleaned` to students and schools, and set them against what the store holds."""
    schools.look_up(cursor, "cleaned")
    match_who(cursor, _UNKNOWN)
    who, school = _any(cursor, "who"), _any(cursor, "school_word")
    cursor.execute(
        _MATCHED.format(
            student="coalesce(by_id.student_id, who.student_id)" if who else "by_id.student_id",
            found="who.status" if who else "NULL",
            school="word.school_id" if school else "NULL::BIGINT",
            joins=f"{_WHO if who else ''} {_SCHOOL if school else ''}",
        )
    )
    cursor.execute(_NAMED)
    _number_copies(cursor)
    cursor.execute(_THERE)
    copies, there = _any(cursor, "copies"), _any(cursor, "there")
    cursor.execute(
        _PLANNED.format(
            copy_no="coalesce(copies.copy_no, 1)" if copies else "1",
            copies=_JOIN_COPIES if copies else "",
            is_there="there.identity IS NOT NULL" if there else "FALSE",
            changed="coalesce(there.identity IS NOT NULL AND said <> said_first, FALSE)" if there else "FALSE",
            there=_JOIN_THERE if there else "",
        )
    )


def _number_copies(cursor):
    """Fill `copies`. Numbers that rows share are found by sorting: DuckDB would keep a group for each row."""
    numbers = np.sort(cursor.sql(_LIKENESS).to_arrow_table()["likeness"].to_numpy())
    several = np.unique(numbers[1:][numbers[1:] == numbers[:-1]])
    cursor.register("several", pa.table({"likeness": several}))
    cursor.execute(_COPIES)
    cursor.unregister("several")


def _any(cursor, table: str) -> bool:
    return bool(cursor.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchall())


def not_enrolled(cursor) -> tuple[int, date | None, date | None]:
    """(how many new contacts are of days on which their student was not enrolled, the first and last of those days)."""
    found = f"SELECT count(*), min(contact_date), max(contact_date) {NOT_ENROLLED.format(rows='planned')}"
    return cursor.execute(found).fetchall()[0]


def other_grade(cursor) -> tuple[int, int | None]:
    """(how many new contacts, matched by name, are of a grade in which the roster does not have their student that
    school year; the first such row)."""
    return cursor.execute(_OTHER_GRADE).fetchall()[0]


def repeated(cursor) -> int:
    """How many rows of the file say exactly what an earlier row of it says. Each counts: two like calls may be two."""
    return cursor.execute("SELECT count(*) FROM copies").fetchall()[0][0]


def counts(cursor) -> dict[str, int]:
    """What becomes of the rows of the file: every one is in exactly one count (`rows_changed` are duplicates)."""
    fates = dict(cursor.execute("SELECT fate, count(*) FROM cleaned GROUP BY fate").fetchall())
    new, duplicate, changed, unmatched = cursor.execute(
        """
        SELECT count(*) FILTER (WHERE status = 'loaded'), count(*) FILTER (WHERE status = 'duplicate'),
               count(*) FILTER (WHERE changed), count(*) FILTER (WHERE status = 'unmatched')
        FROM planned
        """
    ).fetchall()[0]
    return {
        "rows_read": sum(fates.values()),
        "rows_new": new,
        "rows_duplicate": duplicate,
        "rows_changed": changed,
        "rows_set_aside": fates.get("set_aside", 0),
        "rows_unmatched": unmatched,
        "rows_not_family": fates.get("not_family", 0),
        "rows_left_out": fates.get("left_out", 0),
    }
