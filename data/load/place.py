"""Where the cleaned contact rows stand against the store: whose they are, and what is there already.

Reads the plan's temporary table `cleaned`; writes `planned`, which has the columns of `contact_row`. May be run
again: a commit does so when the store has changed since the plan.
"""

from data.load import rows, schools
from data.load.refresh import match_who, same_who

# upload_id is not known before the commit; 0 stands for "this file".
_NAMED = f"""
CREATE OR REPLACE TEMP TABLE named AS
WITH matched AS (
    SELECT 0 AS upload_id, cleaned.*, who.student_id, who.status AS found, word.school_id,
           date_diff('day', DATE '1970-01-01', contact_date)::INTEGER AS contact_day
    FROM cleaned
    JOIN who ON {same_who("cleaned")}
    LEFT JOIN school_word AS word ON word.district = cleaned.district AND word.given_school = cleaned.given_school
    WHERE fate = 'keep'
)
SELECT *, {rows.IDENTITY} AS identity FROM matched
"""

# Few rows share an identity, and only those have to be sorted by all that they say.
_NUMBERED = f"""
CREATE OR REPLACE TEMP TABLE numbered AS
WITH shared AS (SELECT identity FROM named GROUP BY identity HAVING count(*) > 1),
copied AS (
    SELECT *, {rows.COPY_NO}::INTEGER AS copy_no FROM named SEMI JOIN shared USING (identity)
    UNION ALL BY NAME
    SELECT *, CASE WHEN identity IS NULL THEN NULL ELSE 1 END AS copy_no FROM named ANTI JOIN shared USING (identity)
)
SELECT *, {rows.SAID} AS said, CASE WHEN identity IS NULL THEN NULL ELSE {rows.CONTACT_ID} END AS contact_id
FROM copied
"""

_PLANNED = f"""
CREATE OR REPLACE TEMP TABLE planned AS
WITH there AS (
    SELECT identity, copy_no, {rows.SAID} AS said_first FROM contact_row
    WHERE status = 'loaded' AND identity IN (SELECT identity FROM numbered)
)
SELECT 0 AS upload_id, numbered.sheet, source_row, district, given_id, given_name, given_school,
       CASE WHEN numbered.identity IS NULL THEN 'unmatched' WHEN there.identity IS NULL THEN 'loaded'
            ELSE 'duplicate' END AS status,
       coalesce(there.identity IS NOT NULL AND said <> said_first, FALSE) AS changed,
       contact_id, numbered.identity, numbered.copy_no, student_id, school_id, contact_date, contact_day,
       contact_second, channel, direction, outcome, initiated_by, audience, topic, tone, staff, language, interpreter,
       student_present, minutes, record_id, grade
FROM numbered
LEFT JOIN there ON there.identity = numbered.identity AND there.copy_no = numbered.copy_no
"""


def place(cursor):
    """Match the rows of `cleaned` to students and schools, and set them against what the store holds."""
    schools.look_up(cursor, "cleaned")
    match_who(cursor, "(SELECT * FROM cleaned WHERE fate = 'keep')")
    cursor.execute(_NAMED)
    cursor.execute(_NUMBERED)
    cursor.execute("DROP TABLE named")
    cursor.execute(_PLANNED)


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
