"""Runs the facts' SQL (`analytics/facts/*.sql`) over the students that a change touched.

Owns the order of the facts, the `in_...` tables that the files read, and for each fact which rows of its table
it replaces. Knows nothing of what the facts count: the files are read as text (decision 003), and Spark
runs the same files without this module. Where a load names the days that it touched, only the days that
it reaches (`data.touched`) are derived again. The rows are the same either way.
"""

import re
from collections.abc import Callable, Iterable

from data.home import PROJECT
from data.touched import DAYS, FAR, HULL, MONTHS, OWN_MONTHS, YEARS, drop_ranges, find_ranges

FOLDER = PROJECT / "analytics" / "facts"

# For each fact the ranges in which its rows are replaced.
FACTS = {
    "span": DAYS, "contact_mark": DAYS, "ask_month": MONTHS, "student_month_channel": MONTHS, "student_month": MONTHS,
    "staff_month": OWN_MONTHS, "student_first": YEARS,
}  # fmt: skip

# Contacts derived at a time, which bounds the memory that a large load takes.
CHUNK = 2_000_000

# What the files read of a contact. Contacts are read once for all facts of a chunk.
_CONTACT = (
    "contact_id", "student_id", "school_id", "contact_day", "contact_second", "channel", "direction", "outcome",
    "initiated_by", "audience", "topic", "tone", "staff", "language", "interpreter", "student_present", "status",
    "upload_id", "sheet", "source_row",
)  # fmt: skip
# Facts that later ones are made of.
_READ_AGAIN = ("contact_mark", "student_month_channel")

# Of each student whose contacts were read: the first and the last day, and the first and the last file.
_NEAR_DAYS = """
CREATE OR REPLACE TEMP TABLE near_days AS
SELECT student_id, min(contact_day) AS first_day, max(contact_day) AS last_day,
       min(upload_id) AS first_file, max(upload_id) AS last_file
FROM near_contact GROUP BY student_id"""

_WHOLE = f"t.from_day = {-FAR}"


def sql_of(fact: str) -> str:
    """The SELECT that makes a fact or a step, as it is on disk."""
    return (FOLDER / f"{fact}.sql").read_text(encoding="utf-8")


def derive(cursor, students: str | Iterable[int] | None = None, tell: Callable[[float], None] | None = None) -> None:
    """Replace the facts of `students` by fresh ones, on the cursor of the caller's write transaction.

    students  None: all, which also clears facts of students who are gone (a rebuild);
              the ids; or the name of a table such as `data.touched.touch` makes: student_id, first_day and last_day
              of a range of days whose contacts changed. Without days (NULL): all days;
    tell      hears which share of the work is done.
    """
    spans = find_ranges(cursor, students)
    chunks = _chunks(cursor, spans)
    _clear(cursor, everyone=students is None)
    for number in range(chunks):
        chunk = _Chunk(cursor, f"t.student_id % {chunks} = {number}", spans)
        for fact in FACTS:
            chunk.insert(fact)
        chunk.drop_inputs()
        if tell:
            tell((number + 1) / chunks)
    drop_ranges(cursor)


def _chunks(cursor, spans: dict) -> int:
    """How many chunks, so that none has many more than CHUNK contacts to read."""
    return 1 + cursor.execute(_near("count(*)", "TRUE", spans)).fetchall()[0][0] // CHUNK


def _is(cursor, question: str) -> bool:
    """The answer to a SELECT of one truth; of nothing at all nothing is true."""
    return bool(cursor.execute(question).fetchall()[0][0])


def _clear(cursor, *, everyone: bool) -> None:
    """Delete what is going to be made anew."""
    for fact, ranges in FACTS.items():
        within = _WHOLE if fact == "span" else f"f.{_day(fact)} BETWEEN t.from_day AND t.to_day"
        touched = "" if everyone else f"USING {ranges} AS t WHERE t.student_id = f.student_id AND {within}"
        cursor.execute(f"DELETE FROM {fact} AS f {touched}")


def _near(columns: str, mine: str, spans: dict) -> str:
    """A SELECT of all contacts, and copies of them, that some fact of the students `mine` reads."""
    lowest, highest = spans[HULL]  # one span for all: that alone passes over most of a large table
    return (
        f"SELECT {columns} FROM contact_row AS f JOIN {HULL} AS t USING (student_id) "
        f"WHERE {mine} AND f.contact_day BETWEEN t.from_day AND t.to_day "
        f"AND f.contact_day BETWEEN {lowest} AND {highest} AND f.status IN ('loaded', 'duplicate')"
    )


def _day(fact: str) -> str:
    return "start_day" if fact == "span" else "month" if "month" in fact else "day"


class _Chunk:
    """The students `mine` (a test of `t`): their contacts, read once, and the `in_...` tables made of them."""

    def __init__(self, cursor, mine: str, spans: dict):
        self.cursor, self.mine, self.spans = cursor, mine, spans
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE near_contact AS {_near(', '.join(_CONTACT), mine, spans)}")
        cursor.execute(_NEAR_DAYS)
        self._several_files = _is(cursor, "SELECT min(first_file) < max(last_file) FROM near_days")
        self._made: list[str] = []
        # Answers lie around the days that are derived.
        self._view("in_contact", f"{self._contacts(DAYS, 't.reads_from', 't.reads_to')} WHERE status = 'loaded'")
        self._view("in_sided", sql_of("sided"))
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE in_talk_day AS {sql_of('talk_day')}")

    def insert(self, fact: str) -> None:
        """Put the fresh rows of a fact in, ordered for pruning by day. Its file reads what the ones before it wrote."""
        sql, ranges = sql_of(fact), FACTS[fact]
        reads = set(re.findall(r"\bin_\w+", sql))
        if reads & {"in_contact", "in_sided", "in_held"}:
            contacts = self._contacts(ranges)
            self._view("in_contact", f"{contacts} WHERE status = 'loaded'")
            # What one file holds has no twin in another one.
            self._view("in_held", f"{contacts} WHERE audience = 'personal' AND {self._several_files}")
        for view, read in self._further(ranges).items():
            if view in reads:
                self._view(view, read)
        self.cursor.execute(f"INSERT INTO {fact} BY NAME SELECT * FROM ({sql}) ORDER BY {_day(fact)}")

    def drop_inputs(self) -> None:
        """Drop all that was made beside the facts."""
        for view in dict.fromkeys(self._made):
            self.cursor.execute(f"DROP VIEW temp.{view}")
        for table in ("near_contact", "near_days", "in_talk_day"):
            self.cursor.execute(f"DROP TABLE temp.{table}")

    def _contacts(self, ranges: str, first: str = "t.from_day", last: str = "t.to_day") -> str:
        """A SELECT of the contacts that lie in the ranges; where one range holds all of each student, of them all."""
        every = _is(
            self.cursor,
            f"SELECT count(*) = 0 FROM near_days AS n ANTI JOIN {ranges} AS t "
            f"ON t.student_id = n.student_id AND n.first_day >= {first} AND n.last_day <= {last}",
        )
        if every:
            return "SELECT * FROM near_contact"
        return (
            f"SELECT * FROM (SELECT f.* FROM near_contact AS f JOIN {ranges} AS t ON t.student_id = f.student_id "
            f"AND {self.mine} AND f.contact_day BETWEEN {first} AND {last})"
        )

    def _further(self, ranges: str) -> dict[str, str]:
        """What the files read beside contacts, by name, within the ranges of a fact."""
        students = f"SEMI JOIN {ranges} AS t ON t.student_id = {{}}.student_id AND {self.mine}"
        enrolled = "SELECT e.*, s.district FROM enrollment AS e JOIN student AS s USING (student_id)"
        lowest, highest = self.spans[ranges]
        made = (
            f"SELECT f.* FROM {{fact}} AS f JOIN {ranges} AS t ON t.student_id = f.student_id AND {self.mine} "
            f"AND f.{{day}} BETWEEN t.from_day AND t.to_day AND f.{{day}} BETWEEN {lowest} AND {highest}"
        )
        return {
            "in_enrollment": f"{enrolled} {students.format('e')} AND {_WHOLE}",
            "in_span": f"SELECT f.* FROM span AS f {students.format('f')}",
            **{f"in_{fact}": made.format(fact=fact, day=_day(fact)) for fact in _READ_AGAIN},
        }

    def _view(self, name: str, select: str) -> None:
        self.cursor.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {select}")
        self._made.append(name)
