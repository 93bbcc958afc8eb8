"""The facts, derived once: runs the SQL files of `analytics/facts` for the students that a load touched.

Owns the order of the files, which rows each one reads (its `in_...` views) and which rows of its table
it replaces. Knows nothing of what the facts count: the files are read as text (decision 003), and Spark
runs the same files without this module.

A contact changes the replies of the 30 days on either side of it and no others, so where a load names
the days that it touched, only those are derived again. The rows are the same either way.
"""

from collections.abc import Callable, Iterable

from data.home import PROJECT

FOLDER = PROJECT / "analytics" / "facts"
FACTS = (
    "span", "reply", "ask_month", "student_day", "student_month_channel", "student_month", "staff_month",
    "student_first",
)  # fmt: skip

# Contacts derived at a time, which bounds the memory that a large load takes.
CHUNK = 2_000_000
FAR = 1_000_000  # further than any day number

# What each file reads, narrowed to the touched rows `t` of one chunk.
_VIEWS = {
    "in_enrollment": "SELECT e.*, s.district FROM enrollment AS e JOIN student AS s USING (student_id) {whole}",
    "in_span": "SELECT f.* FROM span AS f {student}",
    "in_contact": "SELECT f.* FROM contact AS f {student} AND f.contact_day BETWEEN t.{reads}_from AND t.{reads}_to",
    "in_reply": "SELECT f.* FROM reply AS f {student} AND f.day BETWEEN t.{reads}_from AND t.{reads}_to",
    "in_student_day": "SELECT f.* FROM student_day AS f {student} AND f.day BETWEEN t.month_from AND t.month_to",
    "in_student_month_channel": "SELECT f.* FROM student_month_channel AS f {student} "
    "AND f.month BETWEEN t.month_from AND t.month_to",
}


def sql_of(fact: str) -> str:
    """The SELECT that makes a fact, as it is on disk."""
    return (FOLDER / f"{fact}.sql").read_text(encoding="utf-8")


def derive(cursor, students: str | Iterable[int] | None = None, tell: Callable[[float], None] | None = None) -> None:
    """Replace the facts of `students` by fresh ones, on the cursor of the caller's write transaction.

    students  None: all, which also clears facts of students who are gone (a rebuild);
              the ids; or the name of a table with `student_id` and, where only contacts changed, `day`:
              one row for each student and day touched. A NULL day, or no such column, means all days;
    tell      hears which share of the work is done.
    """
    _note_touched(cursor, students)
    if students is None:
        for fact in FACTS:
            cursor.execute(f"DELETE FROM {fact}")
    chunks = cursor.execute("SELECT DISTINCT chunk FROM derive_touched ORDER BY chunk").fetchall()
    for done, (chunk,) in enumerate(chunks, 1):
        _derive_chunk(cursor, chunk)
        if tell:
            tell(done / len(chunks))
    for view in _VIEWS:
        cursor.execute(f"DROP VIEW IF EXISTS temp.{view}")
    cursor.execute("DROP TABLE temp.derive_touched")


def _note_touched(cursor, students) -> None:
    """Fill temp.derive_touched: a row a student, with the days to replace and the days to read for them."""
    if students is None:
        source = f"SELECT student_id, {-FAR} AS first_day, {FAR} AS last_day FROM student"
    elif isinstance(students, str):
        columns = [row[0] for row in cursor.execute(f"DESCRIBE {students}").fetchall()]
        day = "day" if "day" in columns else "NULL"
        source = f"""
            SELECT student_id, min(coalesce({day}, {-FAR})) AS first_day, max(coalesce({day}, {FAR})) AS last_day
            FROM {students} WHERE student_id IS NOT NULL GROUP BY student_id"""
    else:
        ids = sorted({int(student) for student in students})
        cursor.execute("CREATE OR REPLACE TEMP TABLE derive_named (student_id BIGINT)")
        cursor.execute("INSERT INTO derive_named SELECT unnest(?::BIGINT[])", [ids])
        source = f"SELECT student_id, {-FAR} AS first_day, {FAR} AS last_day FROM derive_named"
    cursor.execute(f"""
        CREATE OR REPLACE TEMP TABLE derive_touched AS
        WITH touched AS ({source}), reach AS (SELECT longest_days AS r FROM reply_rule)
        SELECT student_id, 0 AS chunk, first_day, last_day, first_day = {-FAR} AS whole,
               first_day - r AS new_from, last_day + r AS new_to,
               first_day - 2 * r AS near_from, last_day + 2 * r AS near_to,
               coalesce(a.month, {-FAR}) AS month_from,
               coalesce(datediff('day', DATE '1970-01-01', last_day(b.date)), {FAR}) AS month_to,
               coalesce({_july("c.date", 0)}, {-FAR}) AS year_from, coalesce({_july("d.date", 1)} - 1, {FAR}) AS year_to
        FROM touched CROSS JOIN reach
        LEFT JOIN calendar AS a ON a.day = first_day - r
        LEFT JOIN calendar AS b ON b.day = last_day + r
        LEFT JOIN calendar AS c ON c.day = first_day
        LEFT JOIN calendar AS d ON d.day = last_day""")
    _split_into_chunks(cursor)


def _july(date: str, years_on: int) -> str:
    """SQL: the day number of the 1 July that begins the school year of a date, or one of `years_on` years later."""
    return f"datediff('day', DATE '1970-01-01', make_date(year({date} - INTERVAL 6 MONTH) + {years_on}, 7, 1))"


def _split_into_chunks(cursor) -> None:
    """Number the touched students so that no chunk has many more than CHUNK contacts to read."""
    touched = cursor.execute("""
        SELECT count(*) FROM contact AS c
        JOIN derive_touched AS t ON t.student_id = c.student_id AND c.contact_day BETWEEN t.near_from AND t.near_to
        """).fetchall()[0][0]
    if touched > CHUNK:
        cursor.execute(f"UPDATE derive_touched SET chunk = student_id % {1 + touched // CHUNK}")


def _derive_chunk(cursor, chunk: int) -> None:
    """Derive one chunk of the touched students, fact by fact: each file reads what the one before it wrote."""
    days, months = "f.day BETWEEN t.new_from AND t.new_to", "f.month BETWEEN t.month_from AND t.month_to"
    _replace(cursor, chunk, "span", "t.whole")
    _replace(cursor, chunk, "reply", days, reads="near")
    _replace(cursor, chunk, "ask_month", months, reads="month")
    _replace(cursor, chunk, "student_day", days, reads="new")
    _replace(cursor, chunk, "student_month_channel", months)
    _replace(cursor, chunk, "student_month", months)
    _replace(cursor, chunk, "staff_month", months, reads="month")
    _pass_over_first_contacts(cursor)
    _replace(cursor, chunk, "student_first", "f.day BETWEEN t.year_from AND t.year_to", reads="year")


def _pass_over_first_contacts(cursor) -> None:
    """Leave a first contact of the year alone where every touched day comes after it."""
    cursor.execute("""
        UPDATE derive_touched AS t SET year_to = year_from - 1
        FROM student_first AS f
        WHERE f.student_id = t.student_id AND f.day >= t.year_from AND f.day < t.first_day
            AND t.year_to - t.year_from < 366""")


def _replace(cursor, chunk: int, fact: str, rows: str, *, reads: str = "new") -> None:
    """Delete the rows `rows` of a fact's touched students and put fresh ones in, ordered for pruning by day."""
    touched = f"t.student_id = f.student_id AND t.chunk = {chunk}"
    cursor.execute(f"DELETE FROM {fact} AS f USING derive_touched AS t WHERE {touched} AND {rows}")
    student = f"JOIN derive_touched AS t ON {touched}"
    whole = f"WHERE student_id IN (SELECT student_id FROM derive_touched WHERE chunk = {chunk} AND whole)"
    for view, sql in _VIEWS.items():
        cursor.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS {sql.format(student=student, whole=whole, reads=reads)}")
    order = "start_day" if fact == "span" else "month" if "month" in fact else "day"
    cursor.execute(f"""
        INSERT INTO {fact} BY NAME
        SELECT f.* FROM ({sql_of(fact)}) AS f JOIN derive_touched AS t ON {touched} AND {rows} ORDER BY f.{order}""")
