"""The other way to a page's data: the same answers from `contact` and `enrollment` with one SELECT each, no facts.

Written from the definitions for the measures that pages ask for, as somebody with DuckDB at hand would write them:
contacts are joined to the enrollment of their day, replies are looked for among the student's contacts. Spans of a
student are taken as they come from the roster, cut where the next one begins.
"""

from dataclasses import dataclass

import pandas as pd

CUTS = ("band", "grade", "school", "month", "channel", "student_id", "school_year", "home_language")

_STAY = """
stay AS (
    SELECT e.student_id, s.name AS school, e.school_id, e.grade, b.band, e.school_year, entry_day,
           coalesce(e.home_language, 'unknown') AS home_language,
           least(exit_day, coalesce(lead(entry_day) OVER (PARTITION BY e.student_id ORDER BY entry_day, load_order) - 1,
                                    exit_day)) AS last_day
    FROM enrollment AS e JOIN school AS s USING (school_id) JOIN grade_band AS b USING (grade)
)"""

_DELIVERED = """
delivered AS (
    SELECT c.contact_id, c.student_id, contact_day AS day, coalesce(contact_second, -1) AS ask_s,
           coalesce(contact_second, 86400) AS answer_s, channel, direction, initiated_by, tone, student_present,
           contact_second AS second, upload_id, sheet, source_row,
           CASE WHEN direction = 'two_way' OR outcome IN ('reached', 'replied')
                    OR channel IN ('in_person', 'video', 'home_visit', 'conference') THEN 'conversation'
                WHEN direction IN ('outbound', 'inbound') THEN direction ELSE 'unknown' END AS side
    FROM contact AS c WHERE audience = 'personal' AND outcome NOT IN ('no_answer', 'not_delivered') {only}
)"""

# A day's contacts first, so that the search for an answer joins days and not rows.
_ANSWERED = """
spoken AS (
    SELECT student_id, day, max(answer_s) FILTER (WHERE side IN ('inbound', 'conversation')) AS family_s,
           max(answer_s) FILTER (WHERE side IN ('outbound', 'conversation')) AS school_s,
           min(ask_s) FILTER (WHERE side = 'outbound') AS school_ask_s,
           min(ask_s) FILTER (WHERE side = 'inbound') AS family_ask_s
    FROM delivered GROUP BY student_id, day
),
near AS (
    SELECT *, min(day) FILTER (WHERE family_s IS NOT NULL) OVER later AS family_next,
           min(day) FILTER (WHERE school_s IS NOT NULL) OVER later AS school_next,
           max(day) FILTER (WHERE school_ask_s IS NOT NULL) OVER before AS school_asked,
           max(day) FILTER (WHERE family_ask_s IS NOT NULL) OVER before AS family_asked
    FROM spoken
    WINDOW later AS (PARTITION BY student_id ORDER BY day RANGE BETWEEN 1 FOLLOWING AND {within} FOLLOWING),
           before AS (PARTITION BY student_id ORDER BY day RANGE BETWEEN {within} PRECEDING AND 1 PRECEDING)
),
judged AS (
    SELECT d.*, family_s >= ask_s AS same_day, family_next,
           CASE d.side WHEN 'outbound' THEN family_s >= ask_s OR family_next IS NOT NULL
                       WHEN 'inbound' THEN school_s >= ask_s OR school_next IS NOT NULL END AS answered,
           coalesce(d.side IN ('inbound', 'conversation') AND (school_ask_s <= answer_s OR school_asked IS NOT NULL)
           OR d.side IN ('outbound', 'conversation')
           AND (family_ask_s <= answer_s OR family_asked IS NOT NULL), FALSE) AS answers
    FROM delivered AS d JOIN near USING (student_id, day)
)"""

_FIRST = """
firsts AS (
    SELECT r.*, row_number() OVER (PARTITION BY r.student_id, k.school_year ORDER BY r.day, second NULLS LAST,
                                   upload_id, sheet, source_row) AS place
    FROM delivered AS r JOIN stay AS s ON s.student_id = r.student_id AND r.day BETWEEN entry_day AND last_day
    JOIN calendar AS k ON k.day = r.day
)"""

_TWO_WAY = "(side = 'conversation' OR side <> 'unknown' AND (coalesce(answered, FALSE) OR answers))"
_BEGAN = "initiated_by IN ('family', 'student') OR initiated_by <> 'school' AND NOT answers AND direction = 'inbound'"
_SOMEBODY_BEGAN = (
    "initiated_by IN ('family', 'student', 'school') OR NOT answers AND direction IN ('inbound', 'outbound')"
)
_LATE = "day <= as_of - 7"
_IN_TIME = "CASE WHEN same_day THEN 0 ELSE family_next - day END <= least(30, as_of - day)"
_DAYS, _STUDENTS = "days", "students"
# Of each measure: the rows that it counts, its numerator, and its denominator among them or among the enrolled.
_VALUES = {
    "contact_rate": ("delivered", "count(*)", _DAYS),
    "reach": ("delivered", "count(DISTINCT r.student_id)", _STUDENTS),
    "contacts_per_student": ("delivered", "count(*)", _STUDENTS),
    "direction_known": ("delivered", "side <> 'unknown'", "TRUE"),
    "positive_share": ("delivered", "tone = 'positive'", "tone IN ('positive', 'neutral', 'concern')"),
    "student_present": ("delivered", "student_present", "student_present IS NOT NULL"),
    "two_way_share": ("judged", _TWO_WAY, "side <> 'unknown'"),
    "two_way_reach": ("judged", f"count(DISTINCT CASE WHEN {_TWO_WAY} THEN r.student_id END)", _STUDENTS),
    "family_reply_rate": ("judged", f"side = 'outbound' AND answered AND {_LATE}", f"side = 'outbound' AND {_LATE}"),
    "school_reply_rate": ("judged", f"side = 'inbound' AND answered AND {_LATE}", f"side = 'inbound' AND {_LATE}"),
    "family_initiated": ("judged", _BEGAN, _SOMEBODY_BEGAN),
    "days_to_reply": ("judged", f"side = 'outbound' AND {_IN_TIME}", "side = 'outbound'"),
    "positive_first": (
        "firsts", "place = 1 AND tone IN ('positive', 'neutral')",
        "place = 1 AND tone IN ('positive', 'neutral', 'concern')",
    ),
}  # fmt: skip
FAMILIES = "families"  # the list of one school's students by when they were last reached


@dataclass(frozen=True)
class Wanted:
    """One SELECT: a measure by cuts (any number of them), on the days `first` to `last`, both included.

    Or the list `FAMILIES` of a school, of all days.
    """

    measure: str
    cuts: tuple[str, ...] = ()
    first: int = 0
    last: int = 0
    school: str = ""


def covers(wanted: Wanted) -> bool:
    """Is this one of those that are written out here?"""
    if wanted.measure == FAMILIES:
        return True
    if wanted.measure in ("silent", "weeks_logged"):
        return set(wanted.cuts) <= {"school", "month"}
    return wanted.measure in _VALUES and set(wanted.cuts) <= set(CUTS)


def answer(store, wanted: Wanted) -> pd.DataFrame:
    """Numerator, denominator, students and schools by the cuts, as an answer has them."""
    own = {"silent": _silent, "weeks_logged": _weeks, FAMILIES: _families}
    if wanted.measure in own:
        return own[wanted.measure](store, wanted)
    rows, above, below = _VALUES[wanted.measure]
    steps = {"delivered": (), "judged": (_ANSWERED,), "firsts": (_FIRST,)}[rows]
    begun = _with(_STAY, _DELIVERED, *steps, within=30 if wanted.measure == "days_to_reply" else 7)
    first, last = wanted.first, wanted.last
    counted = below in (_DAYS, _STUDENTS)
    numerator = above if counted else f"count(*) FILTER (WHERE {above})"
    cuts = [_month("day") if cut == "month" else cut for cut in wanted.cuts]
    if wanted.measure == "days_to_reply":
        cuts.append("CASE WHEN same_day THEN 0 ELSE least(family_next - day, 30, as_of - day) END AS days")
    of_contacts = [f"count(*) FILTER (WHERE {below}) AS denominator", _counts(f"CASE WHEN {below} THEN {{}} END")]
    made = f"""
        SELECT {", ".join([*cuts, f"{numerator} AS numerator", *([] if counted else of_contacts)])}
        FROM {rows} AS r JOIN stay USING (student_id)
        CROSS JOIN (SELECT max(contact_day) AS as_of FROM contact)
        WHERE day BETWEEN {first} AND {last} AND day BETWEEN entry_day AND last_day
        GROUP BY ALL"""
    if not counted:
        return store.query(f"WITH {begun} {made}")
    return store.query(f"WITH {begun}, made AS ({made}), {_enrolled(wanted)} {_beside(wanted, below)}")


def _with(*steps: str, within: int = 7, only: str = "") -> str:
    """Steps one after the other; `within` days a reply counts, `only` narrows the contacts."""
    return ",".join(steps).replace("{within}", str(within)).replace("{only}", only)


def _enrolled(wanted: Wanted) -> str:
    """The enrolled days, students and schools of each cell; a channel has the same as all channels."""
    cuts = [cut for cut in wanted.cuts if cut != "channel"]
    month = _month("day") if "month" in cuts else "'' AS month"
    return f"""
        part AS (SELECT {month}, min(day) AS begins, max(day) AS ends FROM calendar
                 WHERE day BETWEEN {wanted.first} AND {wanted.last} GROUP BY 1),
        enrolled AS (
            SELECT {"".join(f"{cut}, " for cut in cuts)}
                   sum(least(last_day, ends) - greatest(entry_day, begins) + 1) AS days, {_counts("{}")}
            FROM stay JOIN part ON entry_day <= ends AND last_day >= begins GROUP BY ALL
        )"""


def _beside(wanted: Wanted, below: str) -> str:
    cuts = [cut for cut in wanted.cuts if cut != "channel"]
    on = " AND ".join(f"m.{cut} = e.{cut}" for cut in cuts) or "TRUE"
    channel = "m.channel, " if "channel" in wanted.cuts else ""
    return f"""
        SELECT {channel}{"".join(f"e.{cut}, " for cut in cuts)}coalesce(m.numerator, 0) AS numerator,
               e.{below} AS denominator, e.students, e.schools
        FROM enrolled AS e LEFT JOIN made AS m ON {on}"""


def _counts(expression: str) -> str:
    student, school = (expression.format(name) for name in ("student_id", "school_id"))
    return f"count(DISTINCT {student}) AS students, count(DISTINCT {school}) AS schools"


def _month(day: str) -> str:
    return f"strftime(DATE '1970-01-01' + {day}, '%Y-%m') AS month"


def _silent(store, wanted: Wanted) -> pd.DataFrame:
    """Who is enrolled on the last day (of each month) and had no delivered contact while enrolled in 60 days."""
    month = "strftime(DATE '1970-01-01' + day, '%Y-%m')" if "month" in wanted.cuts else "0"
    school = ", school" if "school" in wanted.cuts else ""
    return store.query(
        f"""
        WITH {_with(_STAY, _DELIVERED)},
        last AS (
            SELECT {month} AS month, max(day) AS last_day_of FROM calendar
            WHERE day BETWEEN {wanted.first} AND least({wanted.last}, (SELECT max(contact_day) FROM contact)) GROUP BY 1
        ),
        heard AS (
            SELECT DISTINCT r.student_id, l.month FROM delivered AS r
            JOIN last AS l ON r.day BETWEEN l.last_day_of - 59 AND l.last_day_of
            JOIN stay AS s ON s.student_id = r.student_id AND r.day BETWEEN s.entry_day AND s.last_day
        )
        SELECT l.month{school}, count(*) FILTER (WHERE h.student_id IS NULL) AS numerator, count(*) AS denominator,
               count(*) AS students, count(DISTINCT school_id) AS schools
        FROM stay AS s
        JOIN last AS l ON l.last_day_of BETWEEN s.entry_day AND s.last_day
        LEFT JOIN heard AS h ON h.student_id = s.student_id AND h.month = l.month
        GROUP BY ALL
        """
    )


def _weeks(store, wanted: Wanted) -> pd.DataFrame:
    """Weeks of lessons (of each month) in which a school logged a personal contact for a student of its own."""
    month = "k.month" if "month" in wanted.cuts else "0"
    now = store.settings()
    begins, ends = (int(f"{month:02d}{day:02d}") for month, day in (now["first_day"], now["last_day"]))
    within = f"k.day BETWEEN {wanted.first} AND {wanted.last}"
    return store.query(
        f"""
        WITH {_STAY},
        lesson AS (
            SELECT DISTINCT {month} AS month, week FROM calendar AS k
            WHERE {within} AND weekday <= 5 AND (month(date) * 100 + day(date) >= {begins}
                                                 OR month(date) * 100 + day(date) <= {ends})
        )
        SELECT school, {month} AS month, count(DISTINCT k.week) AS numerator,
               (SELECT count(*) FROM lesson AS n WHERE n.month = {month}) AS denominator, 1 AS schools
        FROM contact AS c JOIN calendar AS k ON k.day = c.contact_day
        JOIN stay AS s ON s.student_id = c.student_id AND c.contact_day BETWEEN entry_day AND last_day
        JOIN lesson AS l ON l.week = k.week AND l.month = {month}
        WHERE audience = 'personal' AND {within} AND coalesce(c.school_id, s.school_id) = s.school_id
        GROUP BY ALL
        """
    )


def _families(store, wanted: Wanted) -> pd.DataFrame:
    """A row a student of the school: the last days of a contact, an exchange and an attempt, attempts since then."""
    here = """
        here AS (SELECT student_id FROM stay WHERE school = $school
                 AND (SELECT max(contact_day) FROM contact) BETWEEN entry_day AND last_day)"""
    only = "AND c.student_id IN (SELECT student_id FROM here)"  # before replies are looked for
    enrolled = "s.student_id = c.student_id AND c.contact_day BETWEEN entry_day AND last_day"
    return store.query(
        f"""
        WITH {_with(_STAY, here, _DELIVERED, _ANSWERED, only=only)},
        reached AS (
            SELECT r.student_id, max(day) AS contact_day, max(CASE WHEN {_TWO_WAY} THEN day END) AS two_way_day
            FROM judged AS r JOIN stay AS s ON s.student_id = r.student_id AND day BETWEEN entry_day AND last_day
            GROUP BY 1
        ),
        tried AS (
            SELECT c.student_id, max(c.contact_day) AS attempt_day,
                   count(*) FILTER (WHERE c.contact_day > coalesce(r.contact_day, -1)) AS since
            FROM contact AS c JOIN stay AS s ON {enrolled}
            LEFT JOIN reached AS r ON r.student_id = c.student_id
            WHERE audience = 'personal' {only} GROUP BY 1
        )
        SELECT h.student_id, contact_day, two_way_day, attempt_day, coalesce(since, 0) AS numerator, 1 AS denominator
        FROM here AS h LEFT JOIN reached USING (student_id) LEFT JOIN tried USING (student_id)
        """,
        {"school": wanted.school},
    )
