"""After a change of the durable rows: bring what is derived from them up to date, for the students touched.

Order matters here and nowhere else: roster -> schools of the log -> matches -> statuses -> facts -> counts. Everything
runs on the cursor of one write transaction. The temporary table `touched` collects the students.
"""

from data import matching, roster, small_tables
from data.derive import derive
from data.load import rows, schools
from data.touched import touch, touch_also

# The school year and the grade of a row tell namesakes apart.
_YEAR = (
    "CASE WHEN {source}.contact_date IS NULL THEN NULL ELSE "
    "(year({source}.contact_date) - (month({source}.contact_date) < 7)::INTEGER)::VARCHAR || '-' || "
    "lpad(((year({source}.contact_date) + (month({source}.contact_date) >= 7)::INTEGER) % 100)::VARCHAR, 2, '0') END"
)


def school_year(source: str) -> str:
    """The SQL of the school year ("2025-26") of a row's day; `source` is the name of its table."""
    return _YEAR.format(source=source)


_WHO = f"""
CREATE OR REPLACE TEMP TABLE who AS
SELECT DISTINCT district, given_id, given_name, given_school, grade, {school_year("told")} AS school_year,
       NULL::BIGINT AS student_id, NULL::VARCHAR AS status
FROM {{table}} AS told
"""


def same_who(table: str) -> str:
    """The condition that joins rows of `table` to `who`."""
    keys = ("given_id", "given_name", "given_school", "grade")
    same = " AND ".join(f"{table}.{key} IS NOT DISTINCT FROM who.{key}" for key in keys)
    year = f"{school_year(table)} IS NOT DISTINCT FROM who.school_year"
    return f"{table}.district = who.district AND {same} AND {year}"


def match_who(cursor, table: str):
    """Match the distinct students that `table` names, into the temporary table `who` (student_id, status)."""
    cursor.execute(_WHO.format(table=table))
    matching.match(cursor, "who")


def after_roster(cursor):
    """A roster came or went: rebuild it, match the log to it again, and bring the facts up to date."""
    moved = roster.rebuild(cursor)
    cursor.execute("CREATE OR REPLACE TEMP TABLE moved_spans AS SELECT unnest(?::BIGINT[]) AS student_id", [moved])
    touch(cursor, "SELECT student_id, NULL AS day FROM moved_spans")
    after_match(cursor)


def after_match(cursor):
    """The roster or the accepted matches changed; `touched` may hold students already."""
    _match_again(cursor)
    after_rows(cursor)


def _match_again(cursor):
    """Match every row again, and add the students whose rows moved to `touched`."""
    schools.resolve_stored(cursor)
    match_who(cursor, "contact_row")
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE moved AS
        SELECT stored.rowid AS place, stored.student_id AS was, who.student_id AS student_id
        FROM contact_row AS stored JOIN who ON {same_who("stored")}
        WHERE stored.student_id IS DISTINCT FROM who.student_id
        """
    )
    touch_also(cursor, "SELECT was AS student_id FROM moved UNION SELECT student_id FROM moved")
    cursor.execute(
        "UPDATE contact_row AS stored SET student_id = moved.student_id FROM moved WHERE stored.rowid = moved.place"
    )


def after_new_rows(cursor, upload_id: int, tell=None):
    """A file of contacts was added last: no earlier row changes, only the facts of the `touched` students.

    `tell(share)` hears how far it is."""
    derive(cursor, "touched", tell)
    cursor.execute(_CONTACT_COUNTS.format(which=f"AND upload.upload_id = {int(upload_id)}"))


def after_rows(cursor):
    """Rows of the `touched` students came, went or moved: statuses, facts and the uploads' counts."""
    rows.settle(cursor)
    derive(cursor, "touched")
    recount(cursor)


def rebuild(store):
    """Derive everything anew from what was loaded. Gives the same rows as the loads did."""
    now = store.settings()
    with store.writing() as write:
        small_tables.fill(write, now)  # with the facts that are made of them, or not at all
        rebuild_all(write)


def rebuild_all(cursor):
    """`rebuild` inside a transaction that is open already."""
    roster.rebuild(cursor)
    touch(cursor)
    _match_again(cursor)
    rows.settle(cursor)
    derive(cursor)
    recount(cursor)


_CONTACT_COUNTS = """
UPDATE upload SET rows_loaded = counted.loaded, rows_duplicate = counted.duplicate,
       rows_unmatched = counted.unmatched, rows_changed = counted.changed
FROM (
    SELECT upload.upload_id,
           count(*) FILTER (WHERE contact_row.status = 'loaded') AS loaded,
           count(*) FILTER (WHERE contact_row.status = 'duplicate') AS duplicate,
           count(*) FILTER (WHERE contact_row.status = 'unmatched') AS unmatched,
           count(*) FILTER (WHERE contact_row.changed) AS changed
    FROM upload LEFT JOIN contact_row ON contact_row.upload_id = upload.upload_id
    WHERE upload.state = 'loaded' AND upload.kind = 'contacts' {which}
    GROUP BY upload.upload_id
) AS counted
WHERE upload.upload_id = counted.upload_id
"""

# A roster row that an earlier roster holds word for word is a duplicate; one whose student an earlier roster
# holds in other words is a change. Both are kept: a roster speaks for its own date. Rows that a file repeats are
# not kept; they count as duplicates too.
ROSTER_SAYS = (
    "hash(district, school, school_code, local_id, first_name, last_name, school_year, grade, entry_date, exit_date, "
    "home_language, iep, english_learner, low_income, race_ethnicity, gender)"
)

_ROSTER_COUNTS = f"""
UPDATE upload SET rows_loaded = counted.total - counted.duplicate, rows_changed = counted.changed,
       rows_duplicate = rows_read - rows_set_aside - rows_left_out - rows_not_family - counted.total + counted.duplicate
FROM (
    SELECT told.upload_id, count(*) AS total,
           count(*) FILTER (WHERE told.upload_id > said.upload_id) AS duplicate,
           count(*) FILTER (WHERE told.upload_id = said.upload_id AND told.upload_id > known.upload_id) AS changed
    FROM (SELECT upload_id, district, local_id, {ROSTER_SAYS} AS words FROM roster_row) AS told
    JOIN (SELECT {ROSTER_SAYS} AS words, min(upload_id) AS upload_id FROM roster_row GROUP BY 1) AS said
      ON said.words = told.words
    JOIN (SELECT district, local_id, min(upload_id) AS upload_id FROM roster_row GROUP BY 1, 2) AS known
      ON known.district = told.district AND known.local_id = told.local_id
    GROUP BY told.upload_id
) AS counted
WHERE upload.upload_id = counted.upload_id
"""


def recount(cursor):
    """Bring the counts of every active upload up to date: what was a duplicate may count as loaded now."""
    cursor.execute(_CONTACT_COUNTS.format(which=""))
    cursor.execute(_ROSTER_COUNTS)
