"""Families to reach: the students of one school by how long ago their family was last reached.

Owns the one list in which a page shows students. It refuses a viewer without the right to see them, and a
school that the viewer may not see; like `ask`, it applies the viewer's scope before a row is read. Nothing
of it is ever kept in a cache; what is kept for all is each student's latest days, as the facts are.
"""

from datetime import date, timedelta

import pandas as pd

from access.viewer import Viewer
from analytics import filters
from analytics.lookups import lookups
from analytics.question import Question
from analytics.scope import visible_schools
from data.errors import Refusal
from data.schoolyear import day_date
from data.store import Store

LATE = 60  # days without contact that the list's headline counts
COLUMNS = [
    "student", "student_id", "grade", "home_language", "days_since_contact", "last_contact", "days_since_two_way",
    "last_two_way", "attempts_since", "last_attempt", "days_enrolled",
]  # fmt: skip

# Of each student: the last days of a contact, an exchange and an attempt, and the attempts since that contact. The
# months say in which month that was; only from there on are days read. No contact is later than the as-of date.
LATEST = """
WITH month AS (
    SELECT student_id, max(last_delivered) AS contact_day, sum(attempts) AS attempts,
           least(max(CASE WHEN two_way > 0 THEN month END), max(CASE WHEN attempts > 0 THEN month END),
                 max(last_delivered)) AS first_day
    FROM student_month WHERE span_no > 0 GROUP BY student_id
),
day AS (
    SELECT d.student_id, max(CASE WHEN d.two_way > 0 THEN d.day END) AS two_way_day,
           max(CASE WHEN d.attempts > 0 THEN d.day END) AS attempt_day,
           sum(CASE WHEN d.day > m.contact_day THEN d.attempts ELSE 0 END) AS attempts
    FROM student_day AS d JOIN month AS m ON m.student_id = d.student_id AND d.day >= m.first_day
    WHERE d.span_no > 0 GROUP BY d.student_id
)
SELECT m.student_id, m.contact_day, d.two_way_day, d.attempt_day,
       CASE WHEN m.contact_day IS NULL THEN m.attempts ELSE d.attempts END AS attempts
FROM month AS m LEFT JOIN day AS d ON d.student_id = m.student_id
"""

_LIST = """
WITH roll AS (
    SELECT s.student_id, s.grade, s.home_language, min(f.start_day) AS first_day
    FROM span AS s JOIN span AS f ON f.student_id = s.student_id
    WHERE s.school_id = $school AND s.start_day <= $day AND s.end_day > $day
    GROUP BY s.student_id, s.grade, s.home_language
)
SELECT trim(coalesce(p.last_name || ', ', '') || coalesce(p.first_name, '')) AS student, p.local_id AS student_id,
       r.grade, r.home_language, l.contact_day, l.two_way_day, l.attempt_day, coalesce(l.attempts, 0) AS attempts_since,
       $day - r.first_day AS days_enrolled
FROM roll AS r
JOIN student AS p ON p.student_id = r.student_id
LEFT JOIN tally_latest AS l ON l.student_id = r.student_id
ORDER BY l.contact_day NULLS FIRST, student, p.local_id
"""


def to_reach(store: Store, viewer: Viewer, school: str) -> tuple[pd.DataFrame, date | None]:
    """(the students enrolled in `school` on its as-of date, that date), those not reached for longest first.

    Columns `COLUMNS`: days are whole days before the as-of date, empty where it never happened while the
    student was enrolled, at any school; `attempts_since` counts attempts after the last delivered contact, and
    `days_enrolled` the days since the student was first enrolled anywhere: nobody was there to be reached before.
    Raises Refusal `no_students` without the right to see students, `unknown_school` outside the scope.
    """
    if not (viewer.reads_rows and viewer.students):
        raise Refusal("no_students", "Names of students are not for your role. Ask your district's administrator.")
    chosen = filters.schools(Question("silent", schools=(school,)), visible_schools(store, viewer))[0]
    as_of = lookups(store).as_of.get(chosen.district)
    if as_of is None:
        return pd.DataFrame(columns=COLUMNS), None
    given = {"school": chosen.school_id, "day": as_of}
    found = store.query_kept(_LIST, given, {"tally_latest": LATEST}, lookups(store).version, keep=False)
    for name in ("contact", "two_way"):
        found[f"days_since_{name}"] = (as_of - found[f"{name}_day"]).astype("Int64")
    for name in ("contact", "two_way", "attempt"):
        found[f"last_{name}"] = [None if pd.isna(day) else day_date(day) for day in found[f"{name}_day"]]
    for name in ("attempts_since", "days_enrolled"):
        found[name] = found[name].astype("int64")
    return found[COLUMNS], day_date(as_of)


def own_log(as_of: date, schools: tuple[str, ...] = ()) -> Question:
    """Asks whether schools logged a contact themselves in the days in which a family is late to be reached."""
    return Question("weeks_logged", start=as_of - timedelta(LATE - 1), end=as_of, schools=schools)


def not_reached(table: pd.DataFrame, days: int) -> int:
    """How many of the list were not reached in the last `days` days, or since they enrolled if that is later."""
    since = table["days_since_contact"]
    return int((since.isna() | (since >= days)).sum())


def new_and_not_reached(table: pd.DataFrame, days: int) -> int:
    """How many of those were enrolled later than `days` days ago, so that they were not there to be reached before."""
    return int((table["days_since_contact"].isna() & (table["days_enrolled"] < days)).sum())


def narrowed(table: pd.DataFrame, days: int, grades: list[str], languages: list[str]) -> pd.DataFrame:
    """The rows not reached in the last `days` days (0: all), of these grades and home languages (empty: all)."""
    keep = pd.Series(True, index=table.index)
    if days:
        keep &= table["days_since_contact"].isna() | (table["days_since_contact"] >= days)
    if grades:
        keep &= table["grade"].isin(grades)
    if languages:
        keep &= table["home_language"].isin(languages)
    return table[keep]
