"""Cells: from a measure's rows to finished ones: values, every row that must be there, labels, natural order.

Pure: takes the rows that SQL gave, knows no store. An answer has a few dozen cells, for which columns as arrays take a
tenth of the time of data frames.
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


def finished(measure: Measure, rows: pd.DataFrame) -> dict[str, np.ndarray]:
    """The columns of a measure's SQL rows with `value` and `extras`; one row for each cut_1, cut_2, place."""
    if measure.name == "contacts_per_student":
        rows = summaries.quantiles(rows, KEYS)
    elif measure.name == "days_to_reply":
        rows = summaries.median_days(rows, KEYS)
    found = {name: rows[name].to_numpy() for name in rows}
    if "value" not in found:
        found["value"] = value(measure, found["numerator"], found["denominator"])
    return found


def value(measure: Measure, numerator, denominator):
    """factor x numerator / denominator of arrays, NaN where the denominator is zero."""
    below = np.asarray(denominator, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, measure.factor * np.asarray(numerator, dtype=float) / below, np.nan)


def completed(found: dict[str, np.ndarray], by: tuple[str, ...], always: dict[str, list]) -> tuple[list, np.ndarray]:
    """(the values of each cut, the row in `found` or ABSENT) of the cells that an answer shows.

    Those with anyone or anything in them, and the empty ones of cuts whose values `always` holds. Two cuts: every pair
    in which one of them is such a cut.
    """
    counted = np.zeros(len(found["students"]), dtype=bool)
    for count in ("numerator", "denominator", "students"):
        counted |= found[count].astype(float) > 0
    filled = np.flatnonzero(counted)
    keys = [found[column][filled].tolist() for column in ("cut_1", "cut_2")[: len(by)]]
    if by and not any(cut in always for cut in by):
        return keys, filled
    values = [list(dict.fromkeys([*always.get(cut, ()), *own])) for cut, own in zip(by, keys, strict=True)]
    every = list(itertools.product(*values))
    place = dict(zip(zip(*keys, strict=True) if by else [()] * len(filled), filled.tolist(), strict=True))
    shown = [list(column) for column in zip(*every, strict=True)] if every else [[] for _ in by]
    return shown, np.array([place.get(key, ABSENT) for key in every], dtype=np.int64)


def always_shown(by: tuple[str, ...], schools, months: list[int]) -> dict[str, list]:
    """The values that `band`, `grade`, `school` and `month` have in every answer."""
    values = {"band": _BAND_ROWS, "grade": _GRADE_ROWS, "school": [s.school_id for s in schools], "month": months}
    return {cut: values[cut] for cut in by if CUTS[cut].always}


def in_order(rows: pd.DataFrame, by: tuple[str, ...], schools) -> pd.DataFrame:
    """The rows in natural order, their cuts as printed text under their own names."""
    if not by:
        return rows
    order, labels = ordering([rows[column].tolist() for column in ("cut_1", "cut_2")[: len(by)]], by, schools)
    return rows.take(order).assign(**dict(zip(by, labels, strict=True)))


def ordering(values: list[list], by: tuple[str, ...], schools) -> tuple[np.ndarray, list[list[str]]]:
    """(the places of rows in natural order, each cut's printed text in that order), from each cut's values by row.

    Rows alike in all cuts keep their order.
    """
    names = {school.school_id: school.label for school in schools}
    ranks, labels = [], []
    for cut, keys in zip(by, values, strict=True):
        rank = {key: _rank(cut, key, names) for key in dict.fromkeys(keys)}
        places = {of: place for place, of in enumerate(sorted(set(rank.values())))}
        ranks.append([places[rank[key]] for key in keys])
        label = {key: _label(cut, key, names) for key in rank}
        labels.append([label[key] for key in keys])
    order = np.lexsort(ranks[::-1])
    return order, [[label[row] for row in order.tolist()] for label in labels]


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
