"""Sums of a measure for one student, grade and school year: what a comparison of the same students needs.

Owns which measures can be counted for one student, and from which columns of the scoped tables. Its rows name
students, so they stay inside `analytics`: nothing of them is shown or exported but their sums.
"""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from access.viewer import Viewer
from analytics.question import Question
from analytics.scope import scope_of
from data.settings import GRADES
from data.store import Store

# Of each measure: the scoped table, its numerator and denominator there. "days" are the student's enrolled days,
# "one" is the student, who counts once when the numerator is above zero.
COUNTED = {
    "contact_rate": ("scoped_contact", "delivered", "days"),
    "reach": ("scoped_contact", "delivered", "one"),
    "attempt_success": ("scoped_contact", "delivered", "attempts"),
    "two_way_share": ("scoped_contact", "two_way", "known"),
    "direction_known": ("scoped_contact", "known", "delivered"),
    "two_way_reach": ("scoped_contact", "two_way", "one"),
    "family_reply_rate": ("scoped_closed", "school_asks_answered", "school_asks"),
    "school_reply_rate": ("scoped_closed", "family_asks_answered", "family_asks"),
    "family_initiated": ("scoped_contact", "began_family", "began_known"),
    "positive_share": ("scoped_contact", "tone_positive", "tone_known"),
    "positive_first": ("scoped_first", "tone_good", "tone_known"),
    "student_present": ("scoped_contact", "present", "present_known"),
    "language_match": ("scoped_contact", "language_met", "language_known"),
    "mass_messages": ("scoped_contact", "mass", "days"),
}

OTHERS = "others"  # the grade of those that were not named

_SUMS = """
    WITH enrolled AS (
        SELECT {student}, {grade}, cut_2 AS school_year, CAST(sum(end_day - start_day) AS DOUBLE) AS days,
               arg_max(school_id, end_day) AS school_id
        FROM scoped_span GROUP BY 1, 2, 3
    ),
    counted AS (
        SELECT student_id, cut_1 AS grade, cut_2 AS school_year, {sums}
        FROM {table} WHERE {chosen} GROUP BY student_id, cut_1, cut_2
    )
    SELECT e.*, {numerator} AS numerator, {denominator} AS denominator
    FROM enrolled AS e LEFT JOIN counted AS c
        ON c.student_id = e.student_id AND c.grade = e.grade AND c.school_year = e.school_year"""


def student_sums(store: Store, viewer: Viewer, question: Question, grades: Iterable[str] = ()) -> pd.DataFrame:
    """Per student, grade and school year: days, school_id (of the last day), numerator, denominator.

    Of all grades, or of those named, because a whole district is long in coming: the others are then one row a school
    year, `OTHERS`.
    """
    scope = scope_of(store, viewer, replace(question, by=("grade", "school_year")))
    named = ", ".join(repr(grade) for grade in GRADES if grade in set(grades))  # those of our own list only
    chosen = f"cut_1 IN ({named})" if named else "TRUE"
    table, above, below = COUNTED[question.measure]
    own = below not in ("days", "one")
    counted = "CAST(coalesce(c.{}, 0) AS DOUBLE)".format
    sql = _SUMS.format(
        chosen=chosen,
        student=f"CASE WHEN {chosen} THEN student_id ELSE 0 END AS student_id",
        grade=f"CASE WHEN {chosen} THEN cut_1 ELSE '{OTHERS}' END AS grade",
        sums=f"sum({above}) AS above" + (f", sum({below}) AS below" if own else ""),
        table=table,
        numerator="CASE WHEN c.above > 0 THEN 1.0::DOUBLE ELSE 0.0::DOUBLE END" if below == "one" else counted("above"),
        denominator={"days": "e.days", "one": "1.0::DOUBLE"}.get(below, counted("below")),
    )
    return scope.run(store, sql, students=True)
