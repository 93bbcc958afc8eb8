"""Families to reach: the students of one school by how long ago their family was last reached.

Owns the one list in which a page shows students. It refuses a viewer without the right to see them, and a
school that the viewer may not see; like `ask`, it applies the viewer's scope before a row is read. Nothing
of it is ever kept in a cache.
"""

from datetime import date

import pandas as pd

from access.viewer import Viewer
from analytics import filters
from analytics.lookups import lookups
from analytics.question import Question
from analytics.scope import visible_schools
from data.errors import Refusal
from data.schoolyear import day_date
from data.store import Store

COLUMNS = [
    "student", "student_id", "grade", "home_language", "days_since_contact", "last_contact", "days_since_two_way",
    "last_two_way", "attempts_since", "last_attempt",
]  # fmt: skip

_LIST = """
WITH roll AS (
    SELECT s.student_id, s.grade, s.home_language
    FROM span AS s WHERE s.school_id = $school AND s.start_day <= $day AND s.end_day > $day
),
done AS (
    SELECT d.student_id, d.day, sum(d.attempts) AS attempts, sum(d.delivered) AS delivered, sum(d.two_way) AS two_way
    FROM student_day AS d JOIN roll AS r ON r.student_id = d.student_id
    WHERE d.span_no > 0 AND d.day <= $day GROUP BY d.student_id, d.day
),
latest AS (
    SELECT student_id, max(CASE WHEN delivered > 0 THEN day END) AS contact_day,
           max(CASE WHEN two_way > 0 THEN day END) AS two_way_day,
           max(CASE WHEN attempts > 0 THEN day END) AS attempt_day
    FROM done GROUP BY student_id
),
since AS (
    SELECT d.student_id, sum(d.attempts) AS attempts
    FROM done AS d JOIN latest AS l ON l.student_id = d.student_id
    WHERE d.day > coalesce(l.contact_day, -1) GROUP BY d.student_id
)
SELECT trim(coalesce(p.last_name || ', ', '') || coalesce(p.first_name, '')) AS student, p.local_id AS student_id,
       r.grade, r.home_language, l.contact_day, l.two_way_day, l.attempt_day, coalesce(n.attempts, 0) AS attempts_since
FROM roll AS r
JOIN student AS p ON p.student_id = r.student_id
LEFT JOIN latest AS l ON l.student_id = r.student_id
LEFT JOIN since AS n ON n.student_id = r.student_id
ORDER BY l.contact_day NULLS FIRST, student, p.local_id
"""


def to_reach(store: Store, viewer: Viewer, school: str) -> tuple[pd.DataFrame, date | None]:
    """(the students enrolled in `school` on its as-of date, that date), those not reached for longest first.

    Columns `COLUMNS`: days are whole days before the as-of date, empty where it never happened while the
    student was enrolled, at any school; `attempts_since` counts attempts after the last delivered contact.
    Raises Refusal `no_students` without the right to see students, `unknown_school` outside the scope.
    """
    if not (viewer.reads_rows and viewer.students):
        raise Refusal("no_students", "Names of students are not for your role. Ask your district's administrator.")
    chosen = filters.schools(Question("silent", schools=(school,)), visible_schools(store, viewer))[0]
    as_of = lookups(store).as_of.get(chosen.district)
    if as_of is None:
        return pd.DataFrame(columns=COLUMNS), None
    found = store.query(_LIST, {"school": chosen.school_id, "day": as_of})
    for name in ("contact", "two_way"):
        found[f"days_since_{name}"] = (as_of - found[f"{name}_day"]).astype("Int64")
    for name in ("contact", "two_way", "attempt"):
        found[f"last_{name}"] = [None if pd.isna(day) else day_date(day) for day in found[f"{name}_day"]]
    found["attempts_since"] = found["attempts_since"].astype("int64")
    return found[COLUMNS], day_date(as_of)


def not_reached(table: pd.DataFrame, days: int) -> int:
    """How many of the list were not reached in the last `days` days, or never."""
    since = table["days_since_contact"]
    return int((since.isna() | (since >= days)).sum())


def narrowed(table: pd.DataFrame, days: int, grades: list[str], languages: list[str]) -> pd.DataFrame:
    """The rows not reached for at least `days` days (0: all), of these grades and home languages (empty: all)."""
    keep = pd.Series(True, index=table.index)
    if days:
        keep &= table["days_since_contact"].isna() | (table["days_since_contact"] >= days)
    if grades:
        keep &= table["grade"].isin(grades)
    if languages:
        keep &= table["home_language"].isin(languages)
    return table[keep]
