"""Sums of a measure for one student, grade and school year: what a comparison of the same students needs.

Owns which measures can be counted for one student, and from which columns of the scoped tables. Its rows name
students, so they stay inside `analytics`: nothing of them is shown or exported but their sums.
"""

from dataclasses import replace

import pandas as pd

from access.viewer import Viewer
from analytics.question import Question
from analytics.scope import scope_of
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

_DAYS = """
    SELECT student_id, cut_1 AS grade, cut_2 AS school_year, sum(end_day - start_day) AS days,
           arg_max(school_id, end_day) AS school_id
    FROM scoped_span GROUP BY student_id, cut_1, cut_2"""


def student_sums(store: Store, viewer: Viewer, question: Question) -> pd.DataFrame:
    """Per student, grade and school year: days, school_id (of the last day), numerator, denominator."""
    scope = scope_of(store, viewer, replace(question, by=("grade", "school_year")))
    found = scope.run(store, _DAYS, students=True)
    table, above, below = COUNTED[question.measure]
    columns = f"sum({above}) AS above" + (f", sum({below}) AS below" if below not in ("days", "one") else "")
    counted = scope.run(
        store,
        f"SELECT student_id, cut_1 AS grade, cut_2 AS school_year, {columns} FROM {table} "
        "GROUP BY student_id, cut_1, cut_2",
        students=True,
    )
    found = found.merge(counted, how="left", on=["student_id", "grade", "school_year"]).fillna({"above": 0, "below": 0})
    found["numerator"] = (found["above"] > 0).astype(float) if below == "one" else found["above"].astype(float)
    found["denominator"] = {"days": found["days"], "one": 1.0}.get(below, found.get("below"))
    return found[["student_id", "grade", "school_year", "days", "school_id", "numerator", "denominator"]]
