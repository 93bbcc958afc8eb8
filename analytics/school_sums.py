"""Sums of a measure by school: what intervals that are clustered by school are made of.

Owns to which school a student belongs where a measure counts students: the school of the last enrolled day
in the cell, so that the schools add up to the cell. It refuses measures that are no ratio of sums. A school's
sums say nothing of a student, but a small school's may; they stay on this side of the disclosure rules.
"""

import numpy as np
import pandas as pd

from access.viewer import Viewer
from analytics import cells
from analytics.clustered import Sums
from analytics.question import Question
from analytics.scope import Scope, scope_of
from data.errors import Refusal
from data.store import Store

COUNTS = ("numerator", "denominator", "enrolled_days")
NO_SCHOOL = Sums(np.empty(0, dtype=np.int64), np.empty(0), np.empty(0))

_DAYS = "SELECT cut_1, cut_2, school_id AS place, days AS enrolled_days FROM scoped_school_days"


def school_sums(store: Store, viewer: Viewer, question: Question) -> pd.DataFrame:
    """A row for each cell and school with anything in it.

    Columns: the cuts of `question.by` as printed, `school_id`, `school`, `numerator`, `denominator` (floats, the
    sums before the measure's factor) and `enrolled_days` in the cell. Raises Refusal `not_a_ratio` and those of `ask`.
    """
    scope = scope_of(store, viewer, question, by_school=True)
    if not scope.measure.ratio:
        raise Refusal("not_a_ratio", f"{scope.measure.label} is not a ratio of sums, so it cannot be split by school.")
    keys, counts = _read(store, scope)
    filled = np.flatnonzero((counts > 0).any(axis=1))
    schools = np.array([key[2] for key in keys], dtype=np.int64)
    rows = filled[np.argsort(schools[filled], kind="stable")]
    labels = []
    if question.by:
        values = [[keys[row][place] for row in rows.tolist()] for place in range(len(question.by))]
        order, labels = cells.ordering(values, question.by, scope.known.schools)
        rows = rows[order]
    names = {school.school_id: school.label for school in scope.schools}
    return pd.DataFrame(
        {
            **dict(zip(question.by, labels, strict=True)),
            "school_id": schools[rows],
            "school": [names[school_id] for school_id in schools[rows].tolist()],
            **{name: counts[rows, place] for place, name in enumerate(COUNTS)},
        }
    )


def _read(store: Store, scope: Scope) -> tuple[list[tuple], np.ndarray]:
    """(cut_1, cut_2 and school of each row, its `COUNTS`), in no order."""
    sums = scope.run(store, scope.measure.sums_sql)
    keys, found = _keys(sums), sums[["numerator", "denominator"]].to_numpy(dtype=float)
    if scope.measure.counts == "days":
        # What such a measure is divided by are the enrolled days themselves: the same sum over the same rows.
        return keys, found[:, [0, 1, 1]]
    days = scope.run(store, _DAYS)
    place = {key: row for row, key in enumerate(keys)}
    rows = [place.setdefault(key, len(place)) for key in _keys(days)]
    counts = np.zeros((len(place), len(COUNTS)))
    counts[: len(sums), :2] = found
    counts[rows, 2] = days["enrolled_days"].to_numpy(dtype=float)
    return list(place), counts


def _keys(rows: pd.DataFrame) -> list[tuple]:
    return list(zip(*(rows[name].tolist() for name in cells.KEYS), strict=True))


def of_schools(sums: pd.DataFrame) -> Sums:
    """The schools with enrolled days among sums of one cell (or several, added up)."""
    return each(sums).get((), NO_SCHOOL)


def each(sums: pd.DataFrame, *cuts: str) -> dict[tuple, Sums]:
    """As `of_schools`, of each cell by the printed values of these cuts; cells without a school are not in it."""
    schools, days = sums["school_id"].to_numpy(), sums["enrolled_days"].to_numpy()
    there = np.flatnonzero(days > 0)
    there = there[np.argsort(schools[there], kind="stable")].tolist()
    rows: dict[tuple, list[int]] = {}
    for row, key in zip(there, _values(sums, cuts, there), strict=True):
        rows.setdefault(key, []).append(row)
    above, below = (sums[name].to_numpy(dtype=float) for name in ("numerator", "denominator"))
    return {key: _added(schools[of], above[of], below[of]) for key, of in rows.items()}


def _values(sums: pd.DataFrame, cuts: tuple[str, ...], rows: list[int]) -> list[tuple]:
    columns = [sums[cut].tolist() for cut in cuts]
    return [tuple(column[row] for column in columns) for row in rows]


def _added(ids: np.ndarray, above: np.ndarray, below: np.ndarray) -> Sums:
    """Sums by school from rows in the order of schools."""
    begins = np.flatnonzero(np.append(True, ids[1:] != ids[:-1]))
    if len(begins) == len(ids):
        return Sums(ids, above, below)
    return Sums(ids[begins], np.add.reduceat(above, begins), np.add.reduceat(below, begins))
