"""Which days of which students a change of contacts reaches, so that no other fact has to be derived again.

Owns the temporary table `touched` (the days whose contacts came or went) and the ranges of days made of it. A fact's
row depends on the contacts of its day, on the nearest answer after it and on the nearest ask before it, none further
away than `reply_rule.longest_days`. So a change on a day reaches back to the last day before on which either party
spoke (an earlier ask has its answer before) and on to the first day after on which either asked; and what has to be
read for those days ends with the nearest answers after them and the nearest asks before. The view `reply`, as it is
before the change, knows such days: what was not touched stays.
"""

from collections.abc import Iterable

FAR = 1_000_000  # further than any day number
FEW = 8  # a student with more touched rows is derived from the first touched day to the last

# The ranges, those of one student apart from each other: from_day to to_day, both included; -FAR to FAR: all days.
DAYS = "touched_days"  # days to derive; reads_from, reads_to: days whose contacts are read for them
MONTHS = "touched_months"  # the whole months of those days
OWN_MONTHS = "touched_own_months"  # the whole months of the touched days themselves
YEARS = "touched_years"  # their school years; first_day: the first touched day
HULL = "touched_hull"  # of each student the first to the last day of which contacts are read at all
_BY_CALENDAR = (MONTHS, OWN_MONTHS, YEARS)

_SPOKE = ("side IN ('inbound', 'conversation')", "side IN ('outbound', 'conversation')")
_ASKED = ("side = 'inbound'", "side = 'outbound'")


def touch(cursor, select: str | None = None):
    """Fill the temporary table `touched` from a SELECT of student_id and day; a NULL day means all days.

    Without a SELECT: every student, all days. `touched` has ranges: student_id, first_day, last_day.
    """
    if select is None:
        everyone = "SELECT student_id FROM student UNION SELECT student_id FROM contact_row"
        select = f"SELECT student_id, NULL AS day FROM ({everyone})"
    cursor.execute(f"""
        CREATE OR REPLACE TEMP TABLE touched AS
        WITH named AS (
            SELECT student_id, day::INTEGER AS first_day, first_day AS last_day FROM ({select})
            WHERE student_id IS NOT NULL
        ),
        hull AS (
            SELECT student_id, min(first_day) AS first_day, max(last_day) AS last_day, count(*) AS rows,
                   count(first_day) < rows AS whole
            FROM named GROUP BY student_id
        )
        SELECT DISTINCT named.* FROM named SEMI JOIN (FROM hull WHERE NOT whole AND rows <= {FEW}) USING (student_id)
        UNION ALL
        SELECT student_id, CASE WHEN NOT whole THEN first_day END, CASE WHEN NOT whole THEN last_day END
        FROM hull WHERE whole OR rows > {FEW}""")


def touch_upload(cursor, upload_id: int):
    """Fill `touched` with the days of the contacts that count for an upload."""
    touch(
        cursor,
        "SELECT student_id, contact_day AS day FROM contact_row "
        f"WHERE status = 'loaded' AND upload_id = {int(upload_id)}",
    )


def touch_also(cursor, select: str):
    """Add the students of a SELECT of student_id to `touched`, with all their days."""
    cursor.execute(
        f"INSERT INTO touched SELECT DISTINCT student_id, NULL, NULL FROM ({select}) WHERE student_id IS NOT NULL"
    )


def find_ranges(cursor, students: str | Iterable[int] | None) -> dict[str, tuple[int, int]]:
    """Make the tables of ranges, for `students` as `data.derive.derive` takes them.

    Returns the first and the last day that any range of a table has.
    """
    cursor.execute(f"""
        CREATE OR REPLACE TEMP TABLE touched_rows AS
        SELECT DISTINCT student_id, coalesce(first_day, {-FAR})::INTEGER AS first_day,
               coalesce(last_day, {FAR})::INTEGER AS last_day
        FROM ({_named(students)}) WHERE student_id IS NOT NULL""")
    _find_days(cursor)
    _keep_apart(cursor, MONTHS, _months(DAYS, "from_day", "to_day"))
    _keep_apart(cursor, OWN_MONTHS, _months("touched_rows", "first_day", "last_day"))
    _keep_apart(cursor, YEARS, _YEARS, "min(first_day) AS first_day")
    _pass_over_first_contacts(cursor)
    cursor.execute(_HULL)
    spans = " UNION ALL ".join(
        f"SELECT '{table}', coalesce(min(from_day), 0), coalesce(max(to_day), 0) FROM {table}"
        for table in (DAYS, *_BY_CALENDAR, HULL)
    )
    return {table: (first, last) for table, first, last in cursor.execute(spans).fetchall()}


def _pass_over_first_contacts(cursor):
    """Leave a first contact of the year alone where every touched day comes after it."""
    cursor.execute(f"""
        DELETE FROM {YEARS} AS t USING student_first AS f
        WHERE f.student_id = t.student_id AND f.day >= t.from_day AND f.day < t.first_day
            AND t.to_day - t.from_day < 366""")


_HULL = f"""
CREATE OR REPLACE TEMP TABLE {HULL} AS
SELECT student_id, min(from_day) AS from_day, max(to_day) AS to_day
FROM (
    SELECT student_id, reads_from AS from_day, reads_to AS to_day FROM {DAYS}
    UNION ALL SELECT student_id, from_day, to_day FROM {OWN_MONTHS}
    UNION ALL SELECT student_id, from_day, to_day FROM {YEARS}
)
GROUP BY student_id"""


def drop_ranges(cursor):
    """Drop what `find_ranges` made."""
    for table in ("touched_rows", "touched_reach", DAYS, *_BY_CALENDAR, HULL):
        cursor.execute(f"DROP TABLE temp.{table}")


def _named(students) -> str:
    """A SELECT of student_id, first_day and last_day."""
    if isinstance(students, str):
        return f"SELECT student_id, first_day, last_day FROM {students}"
    if students is None:
        return "SELECT student_id, NULL AS first_day, NULL AS last_day FROM student"
    ids = ", ".join(str(int(student)) for student in students)
    return f"SELECT unnest([{ids}]::BIGINT[]) AS student_id, NULL AS first_day, NULL AS last_day"


def _find_days(cursor):
    """Fill DAYS: first the days that are reached, then what is to be read for them."""
    back, on = _nearest("max", _SPOKE, "f.day < t.first_day"), _nearest("min", _ASKED, "f.day > t.last_day")
    cursor.execute(f"""
        CREATE OR REPLACE TEMP TABLE touched_reach AS
        WITH reached AS (
            SELECT t.student_id, t.first_day, t.last_day, {back} AS back, {on} AS onward
            FROM touched_rows AS t CROSS JOIN reply_rule AS r
            LEFT JOIN reply AS f ON f.student_id = t.student_id AND t.first_day > {-FAR}
                AND f.day BETWEEN t.first_day - r.longest_days AND t.last_day + r.longest_days
            GROUP BY t.student_id, t.first_day, t.last_day
        )
        SELECT student_id, greatest(first_day - longest_days, back) AS from_day,
               least(last_day + longest_days, onward) AS to_day
        FROM reached CROSS JOIN reply_rule""")
    back, on = _nearest("max", _ASKED, "f.day < t.from_day"), _nearest("min", _SPOKE, "f.day > t.to_day")
    source = f"""
        WITH stayed AS (
            SELECT f.student_id, f.day, f.side FROM reply AS f
            SEMI JOIN touched_reach AS t ON t.student_id = f.student_id
            ANTI JOIN touched_rows AS gone
                ON gone.student_id = f.student_id AND f.day BETWEEN gone.first_day AND gone.last_day
        ),
        read AS (
            SELECT t.student_id, t.from_day, t.to_day, {back} AS back, {on} AS onward
            FROM touched_reach AS t CROSS JOIN reply_rule AS r
            LEFT JOIN stayed AS f ON f.student_id = t.student_id
                AND f.day BETWEEN t.from_day - r.longest_days AND t.to_day + r.longest_days
            GROUP BY t.student_id, t.from_day, t.to_day
        )
        SELECT student_id, from_day, to_day, greatest(from_day - longest_days, back) AS reads_from,
               least(to_day + longest_days, onward) AS reads_to
        FROM read CROSS JOIN reply_rule"""
    also = ("min(from_day) AS from_day", "max(to_day) AS to_day")
    _keep_apart(cursor, DAYS, source, *also, first="reads_from", last="reads_to")


def _nearest(pick: str, sides: tuple[str, str], where: str) -> str:
    """SQL: the nearest day on which the one and on which the other party did it, whichever is further away."""
    further, never = ("least", -FAR) if pick == "max" else ("greatest", FAR)
    days = (f"coalesce({pick}(f.day) FILTER ({where} AND f.{side}), {never})" for side in sides)
    return f"{further}({', '.join(days)})"


def _months(source: str, first: str, last: str) -> str:
    return f"""
        SELECT student_id, coalesce(a.month, {-FAR}) AS from_day,
               coalesce(datediff('day', DATE '1970-01-01', last_day(b.date)), {FAR}) AS to_day
        FROM {source} LEFT JOIN calendar AS a ON a.day = {first} LEFT JOIN calendar AS b ON b.day = {last}"""


def _july(date: str, years_on: int) -> str:
    """SQL: the day number of the 1 July that begins the school year of a date, or one of `years_on` years later."""
    return f"datediff('day', DATE '1970-01-01', make_date(year({date} - INTERVAL 6 MONTH) + {years_on}, 7, 1))"


_YEARS = f"""
    SELECT student_id, first_day, coalesce({_july("a.date", 0)}, {-FAR}) AS from_day,
           coalesce({_july("b.date", 1)} - 1, {FAR}) AS to_day
    FROM touched_rows LEFT JOIN calendar AS a ON a.day = first_day LEFT JOIN calendar AS b ON b.day = last_day"""


def _keep_apart(cursor, table: str, source: str, *also: str, first: str = "from_day", last: str = "to_day"):
    """Make a table of ranges, where those of one student that overlap are made one."""
    cursor.execute(f"""
        CREATE OR REPLACE TEMP TABLE {table} AS
        WITH ranges AS ({source}),
        reached AS (
            SELECT *, max({last}) OVER (PARTITION BY student_id ORDER BY {first}, {last}
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach
            FROM ranges
        ),
        parted AS (
            -- By RANGE: equal ranges are counted together, in whichever order they come.
            SELECT *, count(*) FILTER (reach IS NULL OR {first} > reach) OVER (PARTITION BY student_id
                ORDER BY {first}, {last} RANGE UNBOUNDED PRECEDING) AS part
            FROM reached
        )
        SELECT {", ".join(("student_id", f"min({first}) AS {first}", f"max({last}) AS {last}", *also))}
        FROM parted GROUP BY student_id, part""")
