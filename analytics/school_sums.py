"""Sums of a measure by school: what intervals that are clustered by school are made of.

Owns to which school a student belongs where a measure counts students: the school of the last enrolled day
in the cell, so that the schools add up to the cell. It refuses measures that are no ratio of sums. A school's
sums say nothing of a student, but a small school's may; they stay on this side of the disclosure rules.
"""

import pandas as pd

from access.viewer import Viewer
from analytics import cells
from analytics.question import Question
from analytics.scope import scope_of
from data.errors import Refusal
from data.store import Store

_DAYS = "SELECT cut_1, cut_2, school_id AS place, days AS enrolled_days FROM scoped_school_days"


def school_sums(store: Store, viewer: Viewer, question: Question) -> pd.DataFrame:
    """A row for each cell and school with anything in it.

    Columns: the cuts of `question.by` as printed, `school_id`, `school`, `numerator`, `denominator` (floats, the
    sums before the measure's factor) and `enrolled_days` in the cell. Raises Refusal `not_a_ratio` and those of `ask`.
    """
    scope = scope_of(store, viewer, question, by_school=True)
    if not scope.measure.ratio:
        raise Refusal("not_a_ratio", f"{scope.measure.label} is not a ratio of sums, so it cannot be split by school.")
    sums = scope.run(store, scope.measure.sql)[[*cells.KEYS, "numerator", "denominator"]]
    days = scope.run(store, _DAYS)
    found = sums.astype({"cut_1": object, "cut_2": object}).merge(
        days.astype({"cut_1": object, "cut_2": object}), how="outer", on=cells.KEYS
    )
    counts = ["numerator", "denominator", "enrolled_days"]
    found[counts] = found[counts].fillna(0).astype(float)
    found = cells.in_order(found[(found[counts] > 0).any(axis=1)], question.by, scope.known.schools)
    names = {school.school_id: school.label for school in scope.schools}
    found = found.assign(school_id=found["place"], school=[names[place] for place in found["place"]])
    return found[[*question.by, "school_id", "school", *counts]].reset_index(drop=True)
