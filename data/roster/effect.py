"""What a planned roster would change, for the preview. Works in temporary tables only; writes nothing durable."""

from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from data.roster import corrections, spans
from data.schoolyear import day_date

_SAME = (
    "e.grade IS NOT DISTINCT FROM n.grade AND e.exit_day = n.exit_day AND e.school_year = n.school_year "
    "AND e.home_language IS NOT DISTINCT FROM n.home_language AND e.iep IS NOT DISTINCT FROM n.iep "
    "AND e.english_learner IS NOT DISTINCT FROM n.english_learner AND e.low_income IS NOT DISTINCT FROM n.low_income "
    "AND e.race_ethnicity IS NOT DISTINCT FROM n.race_ethnicity AND e.gender IS NOT DISTINCT FROM n.gender"
)

_COMPARED = f"""
CREATE OR REPLACE TEMP TABLE roster_change AS
SELECT coalesce(n.student_id, e.student_id) AS student_id, coalesce(n.school_id, e.school_id) AS school_id,
       coalesce(n.school_year, e.school_year) AS school_year, coalesce(n.grade, e.grade) AS grade,
       coalesce(n.entry_day, e.entry_day) AS entry_day, e.exit_day AS exit_was, n.exit_day AS exit_now,
       CASE WHEN e.student_id IS NULL THEN 'new' WHEN n.student_id IS NULL THEN 'replaced'
            WHEN n.exit_day < e.exit_day THEN 'ended' ELSE 'changed' END AS what
FROM new_enrollment AS n
FULL JOIN enrollment AS e
  ON e.student_id = n.student_id AND e.school_id = n.school_id AND e.entry_date = n.entry_date
WHERE e.student_id IS NULL OR n.student_id IS NULL OR NOT ({_SAME})
"""

_SCHOOLS = """
SELECT s.name, e.school_year, e.spoken_day, e.is_full, e.open, e.named
FROM roster_event AS e JOIN new_school AS s USING (school_id)
WHERE e.upload_id = (SELECT max(upload_id) FROM roster_source) AND e.open > 0 ORDER BY s.name, e.school_year
"""

_LISTED = """
SELECT c.what, coalesce(n.first_name, s.first_name) AS first_name, coalesce(n.last_name, s.last_name) AS last_name,
       coalesce(n.local_id, s.local_id) AS local_id, coalesce(ns.name, o.name) AS school, c.school_year, c.grade,
       DATE '1970-01-01' + c.entry_day AS entry_date, DATE '1970-01-01' + c.exit_was AS exit_was,
       DATE '1970-01-01' + c.exit_now AS exit_now
FROM roster_change AS c
LEFT JOIN new_student AS n ON n.student_id = c.student_id LEFT JOIN student AS s ON s.student_id = c.student_id
LEFT JOIN new_school AS ns ON ns.school_id = c.school_id LEFT JOIN school AS o ON o.school_id = c.school_id
WHERE c.what = ? ORDER BY school, last_name, first_name, local_id LIMIT ?
"""


@dataclass(frozen=True)
class SchoolRoster:
    """How the planned roster stands to what is open at one school: does it close whom it does not name?"""

    school: str
    school_year: str
    roster_date: date
    open: int
    named: int
    full: bool

    @property
    def left_out(self) -> int:
        """How many students who are there it does not name."""
        return self.open - self.named

    @property
    def closes(self) -> bool:
        """Does anybody's enrollment end?"""
        return self.full and self.left_out > 0

    @property
    def sentence(self) -> str:
        """What the preview says."""
        begins = f"{self.school}, {self.school_year}: names {self.named:,} of the {self.open:,} students who are there"
        left = self.left_out
        if not self.full:
            return f"{begins}, so it only adds; nobody's enrollment ends."
        if not left:
            return f"{begins}."
        ending = "the other one ends" if left == 1 else f"the other {left:,} end"
        return f"{begins}, so {ending} on the day before {self.roster_date:%B} {self.roster_date.day}."


@dataclass(frozen=True)
class Changes:
    """What a roster would change. `counts`: new_students, new_spans, changed_spans, ended_spans, replaced_spans;
    `corrected` says in words which entry dates it corrects, `moved_later` how many of them to a later day."""

    counts: dict[str, int]
    schools: list[SchoolRoster]
    ended: pd.DataFrame
    corrected: list[tuple[str, str]] = field(default_factory=list)
    moved_later: int = 0

    @property
    def full(self) -> bool:
        """Would the roster close anyone, at any school?"""
        return any(school.closes for school in self.schools)


def changes(cursor, planned: str, *, closes: bool | None = None, spoken_for: date, listed: int = 200) -> Changes:
    """Compare the roster as it is with what it would be with the rows of `planned` loaded last.

    `planned` is a table with the columns of `roster_row`; `closes` is None to decide by how many of a school's
    open students it names, else a person's word; `spoken_for` is the date of the roster. `ended` lists up to
    `listed` spans that would end.
    """
    spans.load_source(cursor, planned, closes, spoken_for)
    spans.build(cursor)
    cursor.execute(_COMPARED)
    counts = dict(cursor.execute("SELECT what, count(*) FROM roster_change GROUP BY what").fetchall())
    new_students = cursor.execute(
        "SELECT count(*) FROM new_student WHERE student_id NOT IN (SELECT student_id FROM student)"
    ).fetchall()[0][0]
    found = [
        SchoolRoster(name, year, day_date(day), open_, named, full)
        for name, year, day, full, open_, named in cursor.execute(_SCHOOLS).fetchall()
    ]
    ended = cursor.execute(_LISTED, ["ended", listed]).df()
    corrected, moved = corrections.told(cursor)
    cursor.execute("DROP TABLE roster_change")
    spans.drop(cursor)
    kinds = ("new", "changed", "ended", "replaced")
    spans_of = {f"{kind}_spans": counts.get(kind, 0) for kind in kinds}
    return Changes({"new_students": new_students, **spans_of}, found, ended, corrected, moved)
