"""Which rows are the same contact: identity, copy number, status. Owns the rule of the multiset union.

identity    same record_id, student and day; where a log has no record ids, same student, date and time,
            channel, direction, outcome, staff and topic
copy_no     the running number of a row among those with its identity in its upload: identical rows
            within one file are kept as often as that file has them
status      'loaded' where no earlier upload holds the same (identity, copy_no), else 'duplicate';
            'unmatched' where no student of the roster is known for the row

All three are functions of the rows that are there, never of the order in which they came, except that the
earliest upload is the one that counts as loaded. The SQL names its columns as `contact_row` does.
"""

from data.ids import number_sql

_SAME = ("channel", "direction", "outcome", "staff", "topic")
_REST = ("initiated_by", "audience", "tone", "language", "interpreter", "student_present", "minutes", "grade")

# Everything that a contact says. Two rows with one identity that differ here "read differently".
CONTENT = ("school_id", "contact_second", *_SAME, *_REST)

IDENTITY = (
    "CASE WHEN student_id IS NULL THEN NULL "
    f"WHEN record_id IS NOT NULL THEN {number_sql(repr('record'), 'student_id', 'contact_day', 'record_id')} "
    f"ELSE {number_sql(repr('contact'), 'student_id', 'contact_day', 'contact_second', *_SAME)} END"
)
# A number that rows of one identity share, and few others: cheap where all rows of a large file have to be looked at.
_SAME_WORDS = ", ".join(f"coalesce({name}, '')" for name in _SAME)
LIKENESS = (
    "hash(student_id, contact_day, coalesce(record_id, ''), "
    f"CASE WHEN record_id IS NULL THEN hash(contact_second, {_SAME_WORDS}) END)"
)
# The first of its identity has that for its id.
CONTACT_ID = f"CASE WHEN copy_no = 1 THEN identity ELSE {number_sql('identity', 'copy_no')} END"

# Copies are numbered by what they say before where they stand, so that two exports of the same rows in another
# order give each copy the same number.
COPY_NO = (
    "CASE WHEN identity IS NULL THEN NULL ELSE row_number() OVER "
    f"(PARTITION BY upload_id, identity ORDER BY {', '.join(CONTENT)}, sheet, source_row) END"
)
SAID = f"hash({', '.join(CONTENT)})"

_SETTLED = f"""
CREATE OR REPLACE TEMP TABLE settled AS
WITH named AS (
    SELECT stored.rowid AS place, stored.* REPLACE ({IDENTITY} AS identity), {SAID} AS said
    FROM contact_row AS stored
    SEMI JOIN touched ON touched.student_id = stored.student_id
        AND (touched.first_day IS NULL OR stored.contact_day BETWEEN touched.first_day AND touched.last_day)
),
numbered AS (
    SELECT * REPLACE ({COPY_NO}::INTEGER AS copy_no) FROM named
),
ranked AS (
    SELECT place, upload_id, identity, copy_no, said,
           row_number() OVER first_come AS turn,
           first_value(said) OVER first_come AS said_first
    FROM numbered
    WINDOW first_come AS (PARTITION BY identity, copy_no ORDER BY upload_id)
)
SELECT place, identity, copy_no, {CONTACT_ID} AS contact_id,
       CASE WHEN turn = 1 THEN 'loaded' ELSE 'duplicate' END AS status,
       turn > 1 AND said <> said_first AS changed
FROM ranked
"""

_STORE_SETTLED = """
UPDATE contact_row AS stored
SET identity = settled.identity, copy_no = settled.copy_no, contact_id = settled.contact_id,
    status = settled.status, changed = settled.changed
FROM settled
WHERE stored.rowid = settled.place
  AND (stored.identity IS DISTINCT FROM settled.identity OR stored.copy_no IS DISTINCT FROM settled.copy_no
       OR stored.contact_id IS DISTINCT FROM settled.contact_id OR stored.status IS DISTINCT FROM settled.status
       OR stored.changed IS DISTINCT FROM settled.changed)
"""

_STORE_UNMATCHED = """
UPDATE contact_row
SET identity = NULL, copy_no = NULL, contact_id = NULL, status = 'unmatched', changed = FALSE
WHERE student_id IS NULL AND status IS DISTINCT FROM 'unmatched'
"""


def settle(cursor):
    """Give every stored contact row of the days in `touched` its identity, copy number and status.

    Rows of one identity are of one student and day, so that no other row can change.
    """
    cursor.execute(_STORE_UNMATCHED)
    cursor.execute(_SETTLED)
    cursor.execute(_STORE_SETTLED)
    cursor.execute("DROP TABLE settled")
