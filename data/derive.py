"""The facts, derived once: runs the SQL files of `analytics/facts` for the students that a load touched.

Owns the order of the files, which rows each one reads (its `in_...` views) and which rows of its table
it replaces. Knows nothing of what the facts count: the files are read as text (decision 003), and Spark
runs the same files without this module. Where a load names the days that it touched, only the days that
it reaches (`data.touched`) are derived again. The rows are the same either way.
"""

from collections.abc import Callable, Iterable

from data.home import PROJECT
from data.touched import DAYS, FAR, MONTHS, OWN_MONTHS, YEARS, drop_ranges, find_ranges

FOLDER = PROJECT / "analytics" / "facts"

# For each fact the ranges in which its rows are replaced.
FACTS = {
    "span": DAYS, "reply": DAYS, "ask_month": MONTHS, "student_day": DAYS, "student_month_channel": MONTHS,
    "student_month": MONTHS, "staff_month": OWN_MONTHS, "student_first": YEARS,
}  # fmt: skip

# Contacts derived at a time, which bounds the memory that a large load takes.
CHUNK = 2_000_000

_WHOLE = f"t.from_day = {-FAR}"

# What the files read: of the students of one chunk, the days within the ranges.
_DAYS_OF = {
    "in_contact": ("contact", "contact_day"),
    "in_reply": ("reply", "day"),
    "in_student_day": ("student_day", "day"),
    "in_student_month_channel": ("student_month_channel", "month"),
}


def sql_of(fact: str) -> str:
    """The SELECT that makes a fact, as it is on disk."""
    return (FOLDER / f"{fact}.sql").read_text(encoding="utf-8")


def derive(cursor, students: str | Iterable[int] | None = None, tell: Callable[[float], None] | None = None) -> None:
    """Replace the facts of `students` by fresh ones, on the cursor of the caller's write transaction.

    students  None: all, which also clears facts of students who are gone (a rebuild);
              the ids; or the name of a table such as `data.touched.touch` makes: student_id, first_day and last_day
              of a range of days whose contacts changed. Without days (NULL): all days;
    tell      hears which share of the work is done.
    """
    find_ranges(cursor, students)
    if students is None:
        for fact in FACTS:
            cursor.execute(f"DELETE FROM {fact}")
    _pass_over_first_contacts(cursor)
    chunks = _chunks(cursor)
    for chunk in range(chunks):
        _derive_chunk(cursor, f"t.student_id % {chunks} = {chunk}")
        if tell:
            tell((chunk + 1) / chunks)
    for view in ("in_enrollment", "in_span", *_DAYS_OF):
        cursor.execute(f"DROP VIEW IF EXISTS temp.{view}")
    drop_ranges(cursor)


def _chunks(cursor) -> int:
    """How many chunks, so that none has many more than CHUNK contacts to read."""
    _show_what_is_read(cursor, "TRUE", DAYS, further=True)
    return 1 + cursor.execute("SELECT count(*) FROM in_contact").fetchall()[0][0] // CHUNK


def _derive_chunk(cursor, chunk: str) -> None:
    """Derive one chunk of the touched students, fact by fact: each file reads what the one before it wrote."""
    for fact, ranges in FACTS.items():
        _replace(cursor, chunk, fact, ranges)


def _pass_over_first_contacts(cursor) -> None:
    """Leave a first contact of the year alone where every touched day comes after it."""
    cursor.execute(f"""
        DELETE FROM {YEARS} AS t USING student_first AS f
        WHERE f.student_id = t.student_id AND f.day >= t.from_day AND f.day < t.first_day
            AND t.to_day - t.from_day < 366""")


def _replace(cursor, chunk: str, fact: str, ranges: str) -> None:
    """Delete the rows of a fact within its ranges and put fresh ones in, ordered for pruning by day."""
    day = "month" if "month" in fact else "day"
    order = "start_day" if fact == "span" else day
    rows = _WHOLE if fact == "span" else _within(cursor, ranges, f"f.{day}", "from_day", "to_day")
    touched = f"t.student_id = f.student_id AND {chunk} AND {rows}"
    cursor.execute(f"DELETE FROM {fact} AS f USING {ranges} AS t WHERE {touched}")
    _show_what_is_read(cursor, chunk, ranges, further=fact == "reply")
    cursor.execute(f"""
        INSERT INTO {fact} BY NAME
        SELECT f.* FROM ({sql_of(fact)}) AS f JOIN {ranges} AS t ON {touched} ORDER BY f.{order}""")


def _show_what_is_read(cursor, chunk: str, ranges: str, *, further: bool) -> None:
    """Make the views that a file reads; `further`: the days around those that are derived, too."""
    first, last = ("reads_from", "reads_to") if further else ("from_day", "to_day")
    views = {
        "in_enrollment": "SELECT e.*, s.district FROM enrollment AS e JOIN student AS s USING (student_id) "
        f"SEMI JOIN {ranges} AS t ON t.student_id = e.student_id AND {chunk} AND {_WHOLE}",
        "in_span": f"SELECT f.* FROM span AS f SEMI JOIN {ranges} AS t ON t.student_id = f.student_id AND {chunk}",
    }
    for view, (source, day) in _DAYS_OF.items():
        views[view] = (
            f"SELECT f.* FROM {source} AS f JOIN {ranges} AS t ON t.student_id = f.student_id AND {chunk} "
            f"AND {_within(cursor, ranges, f'f.{day}', first, last)}"
        )
    for view, sql in views.items():
        cursor.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS {sql}")


def _within(cursor, ranges: str, day: str, first: str, last: str) -> str:
    """SQL: the day lies in the range `t`, and in what all ranges span: that alone passes over most of a large table."""
    lowest, highest = cursor.execute(f"SELECT min({first}), max({last}) FROM {ranges}").fetchall()[0]
    return f"{day} BETWEEN t.{first} AND t.{last} AND {day} BETWEEN {lowest or 0} AND {highest or 0}"
