"""Cells: from a measure's rows to finished ones: values, every row that must be there, labels, natural order.

Pure: takes data frames, knows no store.
"""

import numpy as np
import pandas as pd

from analytics import periods, summaries
from analytics.filters import CHANNELS, TOPICS
from analytics.measures import CUTS, Measure
from data.settings import BANDS, GRADES

COUNTS = ("numerator", "denominator", "students", "schools")
KEYS = ["cut_1", "cut_2", "place"]
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
    filled = rows[(rows[["numerator", "denominator", "students"]] > 0).any(axis=1)]
    if not by:
        wanted = pd.DataFrame({"place": [0]})
        return wanted.merge(filled, how="left", on="place")
    if not any(cut in always for cut in by):
        return filled
    values = [
        list(dict.fromkeys([*always.get(cut, ()), *filled[column]])) for cut, column in zip(by, columns, strict=True)
    ]
    every = pd.MultiIndex.from_product(values, names=columns).to_frame(index=False)
    return every.astype(dict.fromkeys(columns, object)).merge(
        filled.astype(dict.fromkeys(columns, object)), how="left", on=columns
    )


def always_shown(by: tuple[str, ...], schools, months: list[int]) -> dict[str, list]:
    """The values that `band`, `grade`, `school` and `month` have in every answer."""
    values = {"band": _BAND_ROWS, "grade": _GRADE_ROWS, "school": [s.school_id for s in schools], "month": months}
    return {cut: values[cut] for cut in by if CUTS[cut].always}


def in_order(rows: pd.DataFrame, by: tuple[str, ...], schools) -> pd.DataFrame:
    """The rows in natural order, their cuts as printed text under their own names."""
    names = {school.school_id: school.label for school in schools}
    rows = rows.copy()
    order = []
    for column, cut in zip(("cut_1", "cut_2"), by, strict=False):
        rows[f"{column}_order"] = [_rank(cut, key, names) for key in rows[column]]
        order.append(f"{column}_order")
        rows[cut] = [_label(cut, key, names) for key in rows[column]]
    return rows.sort_values(order, kind="stable") if order else rows


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
