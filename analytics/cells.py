"""Cells: from a measure's rows to finished ones: values, every row that must be there, labels, natural order.

Pure: takes data frames, knows no store.
"""

import math

import numpy as np
import pandas as pd

from analytics import periods
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
        return _of_groups(rows, _quantiles)
    if measure.name == "days_to_reply":
        return _of_groups(rows, _median_days)
    rows = rows.copy()
    rows["value"] = value(measure, rows["numerator"], rows["denominator"])
    return rows


def value(measure: Measure, numerator, denominator):
    """factor x numerator / denominator of arrays, NaN where the denominator is zero."""
    below = np.asarray(denominator, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, measure.factor * np.asarray(numerator, dtype=float) / below, np.nan)


def _of_groups(rows: pd.DataFrame, summary) -> pd.DataFrame:
    found = [
        {**dict(zip(KEYS, keys, strict=True)), **summary(group)} for keys, group in rows.groupby(KEYS, dropna=False)
    ]
    return pd.DataFrame(found) if found else pd.DataFrame(columns=[*KEYS, "value", *COUNTS])


def _quantiles(counts: pd.DataFrame) -> dict:
    """Quantiles by linear interpolation of `contacts`, each held by `families` students."""
    counts = counts.sort_values("contacts")
    held, families = counts["contacts"].to_numpy(), counts["families"].to_numpy()
    students = int(families.sum())
    points = {f"p{p}": quantile(held, families, p / 100) for p in (25, 50, 75, 90)}
    zero = int(families[held == 0].sum())
    return {
        "value": points["p50"],
        "numerator": int((held * families).sum()),
        "denominator": students,
        "students": students,
        "schools": int(counts["schools"].iloc[0]),
        **points,
        "share_at_zero": zero / students if students else math.nan,
    }


def quantile(values: np.ndarray, counts: np.ndarray, share: float) -> float:
    """The quantile of sorted `values`, each there `counts` times, with linear interpolation between neighbours."""
    upto = np.cumsum(counts)
    if not len(upto) or not upto[-1]:
        return math.nan
    place = (upto[-1] - 1) * share
    below = math.floor(place)
    low, high = (values[np.searchsorted(upto, at, side="right")] for at in (below, min(below + 1, upto[-1] - 1)))
    return float(low + (high - low) * (place - below))


def _median_days(life: pd.DataFrame) -> dict:
    curve = survival(life)
    reached = curve.loc[curve["waiting"] <= 0.5, "days"]
    return {
        "value": float(reached.iloc[0]) if len(reached) else math.nan,
        "numerator": int(life["answered"].sum()),
        "denominator": int(life["asks"].sum()),
        "students": int(life["students"].iloc[0]),
        "schools": int(life["schools"].iloc[0]),
    }


def survival(life: pd.DataFrame) -> pd.DataFrame:
    """The Kaplan-Meier curve of a life table (`days`, `answered`, `asks` that end then).

    Columns days, at_risk, answered and waiting: the share still without an answer after that day. An ask that is answered on the day on
    which another is last watched counts the latter as still at risk.
    """
    life = life.groupby("days", as_index=False)[["answered", "asks"]].sum().sort_values("days")
    at_risk = life["asks"][::-1].cumsum()[::-1]
    # A product of exact fractions, so that S = 1/2 is not missed by a rounding error.
    above, below, waiting = 1, 1, []
    for risk, answered in zip(at_risk, life["answered"], strict=True):
        above, below = above * (int(risk) - int(answered)), below * int(risk)
        common = math.gcd(above, below) or 1
        above, below = above // common, below // common
        waiting.append(above / below)
    return pd.DataFrame(
        {"days": life["days"], "at_risk": at_risk, "answered": life["answered"], "waiting": waiting}
    ).reset_index(drop=True)


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
    return every.astype({column: object for column in columns}).merge(
        filled.astype({column: object for column in columns}), how="left", on=columns
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
