"""Cells: from a measure's rows to finished ones: values, every row that must be there, labels, natural order.

Pure: takes data frames, knows no store.
"""

import itertools

import numpy as np
import pandas as pd

from analytics import periods, summaries
from analytics.filters import CHANNELS, TOPICS
from analytics.measures import CUTS, Measure
from data.settings import BANDS, GRADES

COUNTS = ("numerator", "denominator", "students", "schools")
KEYS = ["cut_1", "cut_2", "place"]
ABSENT = -1  # the place of a row that is not there
_BAND_ROWS = BANDS[:-1]
_GRADE_ROWS = [grade for grade in GRADES if grade not in ("PK", "13")]
_ORDER = {"band": BANDS, "grade": GRADES, "channel": CHANNELS, "topic": TOPICS}


def finished(measure: Measure, rows: pd.DataFrame) -> pd.DataFrame:
    """A measure's SQL rows with `value` and `extras`; one row for each cut_1, cut_2, place."""
    if measure.name == "contacts_per_student":
        return summaries.quantiles(rows, KEYS)
    if measure.name == "days_to_reply":
        return summaries.median_days(rows, KEYS)
    return rows.assign(value=value(measure, rows["numerator"], rows["denominator"]))


def value(measure: Measure, numerator, denominator):
    """factor x numerator / denominator of arrays, NaN where the denominator is zero."""
    below = np.asarray(denominator, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, measure.factor * np.asarray(numerator, dtype=float) / below, np.nan)


def completed(rows: pd.DataFrame, by: tuple[str, ...], always: dict[str, list]) -> pd.DataFrame:
    """The rows with anyone or anything in them, and the empty ones of cuts whose values are always shown.

    `always` holds the values of those cuts. Two cuts: every pair in which one of them is such a cut.
    """
    columns = ["cut_1", "cut_2"][: len(by)]
    counted = np.zeros(len(rows), dtype=bool)
    for count in ("numerator", "denominator", "students"):
        counted |= rows[count].to_numpy(dtype=float) > 0
    filled = rows[counted].reset_index(drop=True)
    if by and not any(cut in always for cut in by):
        return filled
    values = [
        list(dict.fromkeys([*always.get(cut, ()), *filled[column]])) for cut, column in zip(by, columns, strict=True)
    ]
    every = list(itertools.product(*values))
    keys = zip(*(filled[column] for column in columns), strict=True) if by else ((),) * len(filled)
    place = {key: row for row, key in enumerate(keys)}
    there = [place.get(key, ABSENT) for key in every]
    whole = filled.reindex(there).reset_index(drop=True)
    for n, column in enumerate(columns):
        whole[column] = pd.Series([key[n] for key in every], dtype=object)
    return whole


def always_shown(by: tuple[str, ...], schools, months: list[int]) -> dict[str, list]:
    """The values that `band`, `grade`, `school` and `month` have in every answer."""
    values = {"band": _BAND_ROWS, "grade": _GRADE_ROWS, "school": [s.school_id for s in schools], "month": months}
    return {cut: values[cut] for cut in by if CUTS[cut].always}


def in_order(rows: pd.DataFrame, by: tuple[str, ...], schools) -> pd.DataFrame:
    """The rows in natural order, their cuts as printed text under their own names."""
    names = {school.school_id: school.label for school in schools}
    ranks, labels = [], {}
    for column, cut in zip(("cut_1", "cut_2"), by, strict=False):
        rank, label = {}, {}
        for key in dict.fromkeys(rows[column]):
            rank[key], label[key] = _rank(cut, key, names), _label(cut, key, names)
        ranks.append([rank[key] for key in rows[column]])
        labels[cut] = [label[key] for key in rows[column]]
    if not by:
        return rows
    order = list(zip(*ranks, strict=True))
    return rows.assign(**labels).take(sorted(range(len(rows)), key=order.__getitem__))


def _label(cut: str, key, schools: dict) -> str:
    if cut == "school":
        return schools[key]
    return periods.label(cut, key) if CUTS[cut].of == "time" else str(key)


def _rank(cut: str, key, schools: dict):
    """Where a value comes in its cut; values that nobody knows a place for come by name, 'unknown' last."""
    if cut in _ORDER:
        known = list(_ORDER[cut])
        return (known.index(key) if key in known else len(known), str(key))
    if cut == "school":
        return (0, schools[key].casefold())
    if CUTS[cut].of == "time":
        return (0, periods.label(cut, key))
    return ({"yes": 0, "no": 1, "unknown": 3}.get(key, 2), str(key))
