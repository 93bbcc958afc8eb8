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
    "in_held": ("held", "contact_day"),
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
    spans = find_ranges(cursor, students)
    if students is None:
        for fact in FACTS:
            cursor.execute(f"DELETE FROM {fact}")
    _pass_over_first_contacts(cursor)
    chunks = _chunks(cursor, spans)
    for chunk in range(chunks):
        for fact in FACTS:
            _replace(cursor, fact, f"t.student_id % {chunks} = {chunk}", spans)
        if tell:
            tell((chunk + 1) / chunks)
    for view in ("in_enrollment", "in_span", *_DAYS_OF):
        cursor.execute(f"DROP VIEW IF EXISTS temp.{view}")
    drop_ranges(cursor)


def _pass_over_first_contacts(cursor) -> None:
    """Leave a first contact of the year alone where every touched day comes after it."""
    cursor.execute(f"""
        DELETE FROM {YEARS} AS t USING student_first AS f
        WHERE f.student_id = t.student_id AND f.day >= t.from_day AND f.day < t.first_day
            AND t.to_day - t.from_day < 366""")


def _chunks(cursor, spans: dict) -> int:
    """How many chunks, so that none has many more than CHUNK contacts to read."""
    read = _days_read("in_contact", DAYS, "TRUE", spans, further=True)
    return 1 + cursor.execute(f"SELECT count(*) FROM ({read})").fetchall()[0][0] // CHUNK


def _replace(cursor, fact: str, chunk: str, spans: dict) -> None:
    """Delete the rows of a fact within its ranges and put fresh ones in, ordered for pruning by day.

    Those of one chunk of the touched students; each file reads what the one before it wrote.
    """
    ranges, sql = FACTS[fact], sql_of(fact)
    day = "start_day" if fact == "span" else "month" if "month" in fact else "day"
    rows = _WHOLE if fact == "span" else f"f.{day} BETWEEN t.from_day AND t.to_day"
    touched = f"t.student_id = f.student_id AND {chunk} AND {rows}"
    cursor.execute(f"DELETE FROM {fact} AS f USING {ranges} AS t WHERE {touched}")
    for view, read in _views(fact, chunk, spans).items():
        if view in sql:
            cursor.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS {read}")
    cursor.execute(f"""
        INSERT INTO {fact} BY NAME
        SELECT f.* FROM ({sql}) AS f JOIN {ranges} AS t ON {touched} ORDER BY f.{day}""")


def _views(fact: str, chunk: str, spans: dict) -> dict[str, str]:
    """What the file of a fact may read, by name."""
    ranges = FACTS[fact]
    mine = f"SEMI JOIN {ranges} AS t ON t.student_id = {{}}.student_id AND {chunk}"
    enrolled = "SELECT e.*, s.district FROM enrollment AS e JOIN student AS s USING (student_id)"
    days = {view: _days_read(view, ranges, chunk, spans, further=fact == "reply") for view in _DAYS_OF}
    return {
        "in_enrollment": f"{enrolled} {mine.format('e')} AND {_WHOLE}",
        "in_span": f"SELECT f.* FROM span AS f {mine.format('f')}",
        **days,
    }


def _days_read(view: str, ranges: str, chunk: str, spans: dict, *, further: bool) -> str:
    """A SELECT of the rows within the ranges; `further`: and of the days around them whose contacts matter."""
    source, day = _DAYS_OF[view]
    first, last = ("t.reads_from", "t.reads_to") if further else ("t.from_day", "t.to_day")
    lowest, highest = spans[ranges]  # one span for all: that alone passes over most of a large table
    return (
        f"SELECT f.* FROM {source} AS f JOIN {ranges} AS t ON t.student_id = f.student_id AND {chunk} "
        f"AND f.{day} BETWEEN {first} AND {last} AND f.{day} BETWEEN {lowest} AND {highest}"
    )
