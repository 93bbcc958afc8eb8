"""Sums of a measure by school: what intervals that are clustered by school are made of.

Owns to which school a student belongs where a measure counts students: the school of the last enrolled day
in the cell, so that the schools add up to the cell. It refuses measures that are no ratio of sums. A school's
sums say nothing of a student, but a small school's may; they stay on this side of the disclosure rules.
"""

import numpy as np
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
    sums = scope.run(store, scope.measure.sums_sql)
    days = scope.run(store, _DAYS)
    counts = ["numerator", "denominator", "enrolled_days"]
    found = {tuple(key): [above, below, 0] for *key, above, below in sums.itertuples(index=False)}
    for *key, enrolled in days.itertuples(index=False):
        found.setdefault(tuple(key), [0, 0, 0])[2] = enrolled
    filled = [(*key, *of) for key, of in found.items() if any(count > 0 for count in of)]
    filled.sort(key=lambda row: row[2])
    names = {school.school_id: school.label for school in scope.schools}
    columns = list(zip(*filled, strict=True)) or [()] * (3 + len(counts))
    rows = pd.DataFrame(
        {
            "cut_1": list(columns[0]),
            "cut_2": list(columns[1]),
            "school_id": np.array(columns[2], dtype=np.int64),
            "school": [names[school_id] for school_id in columns[2]],
            **{name: np.array(of, dtype=float) for name, of in zip(counts, columns[3:], strict=True)},
        }
    )
    rows = cells.in_order(rows, question.by, scope.known.schools)
    return rows[[*question.by, "school_id", "school", *counts]].reset_index(drop=True)


def of_schools(sums: pd.DataFrame) -> pd.DataFrame:
    """The schools with enrolled days among sums of one cell (or several, added up): numerator and denominator by id."""
    schools, days = sums["school_id"].to_numpy(), sums["enrolled_days"].to_numpy()
    there = np.flatnonzero(days > 0)
    there = there[np.argsort(schools[there], kind="stable")]
    ids = schools[there]
    if len(ids) < 2 or (ids[1:] != ids[:-1]).all():
        counts = {name: sums[name].to_numpy(dtype=float)[there] for name in ("numerator", "denominator")}
        return pd.DataFrame(counts, index=pd.Index(ids, name="school_id"))
    here = sums[days > 0]
    return here.groupby("school_id")[["numerator", "denominator"]].sum().astype(float)
