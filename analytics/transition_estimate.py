"""The change of a measure for the same students from one grade to the next: the estimator.

Owns the ratio of the two years' rates of the same students, its interval clustered by sending and by
receiving school (spec/metrics.md, "Same students"), and the difference between two transitions. Pure:
a data frame of students in, numbers out. It refuses an interval under four receiving schools.

A frame of students has a row for each student and pair of years: `send` and `receive` (the schools),
`y0`, `t0` (numerator and denominator in the first year), `y1`, `t1` (in the second).
"""

import numpy as np
import pandas as pd

from analytics.clustered import ALL_ALIKE, NO_SPREAD, NOTHING_COUNTED, TOO_FEW, Comparison, around, cluster_variance

FEWEST_RECEIVING = 4
FEWEST_SENDING = 2
NONE_BEFORE = "none counted in the first year: no ratio"
NONE_AFTER = "none counted in the second year: ratio 0, no interval"


def estimate(students: pd.DataFrame) -> Comparison:
    """Ratio of the second year's rate to the first year's, with its interval (of the ratio)."""
    problem = _no_ratio(students)
    if problem:
        return problem
    ratio = _rate(students, 1) / _rate(students, 0)
    if _too_few(students):
        return Comparison(ratio, note=TOO_FEW)
    if ratio == 0:
        return Comparison(0.0, note=NONE_AFTER)
    return _with_interval(ratio, students.assign(pull=pulls(students)), _df(students))


def difference(students: pd.DataFrame, control: pd.DataFrame) -> Comparison:
    """The transition over that of the control: exp(log ratio - log control ratio), with its interval.

    The control is the grade before, of students who stayed in one school: their change is the change
    of the year. They share sending schools with the transition, so the pulls are added school by school.
    Degrees of freedom are those of the group with fewer schools, and a control of one school has no spread.
    """
    for frame in (students, control):
        problem = _no_ratio(frame)
        if problem:
            return Comparison(np.nan, note=problem.note)
        if _rate(frame, 1) == 0:
            return Comparison(np.nan, note=NONE_AFTER)
    ratio = (_rate(students, 1) / _rate(students, 0)) / (_rate(control, 1) / _rate(control, 0))
    if _too_few(students) or control["send"].nunique() < FEWEST_SENDING:
        return Comparison(ratio, note=TOO_FEW)
    both = pd.concat([students.assign(pull=pulls(students)), control.assign(pull=-pulls(control))])
    return _with_interval(ratio, both, min(_df(students), _df(control)))


def pulls(students: pd.DataFrame) -> pd.Series:
    """d_i = Y1_i/Y1 - T1_i/T1 - Y0_i/Y0 + T0_i/T0 of each student; they sum to zero."""
    share = {name: students[name] / float(students[name].sum()) for name in ("y1", "t1", "y0", "t0")}
    return share["y1"] - share["t1"] - share["y0"] + share["t0"]


def two_way_variance(frame: pd.DataFrame) -> float:
    """V_send + V_receive - V_pair of the column `pull`, each G/(G-1) x the sum of squared cluster sums.

    Where the three do not add up to something positive, the larger of V_send and V_receive stands in:
    it is never the smaller claim.
    """
    send, receive, pair = (
        cluster_variance(frame.groupby(by)["pull"].sum()) for by in ("send", "receive", ["send", "receive"])
    )
    together = send + receive - pair
    return together if together > NO_SPREAD else max(send, receive)


def _with_interval(ratio: float, frame: pd.DataFrame, df: float) -> Comparison:
    variance = two_way_variance(frame)
    if variance <= NO_SPREAD:
        return Comparison(ratio, variance=variance, df=df, note=ALL_ALIKE)
    low, high = around(ratio, variance, df)
    return Comparison(ratio, low, high, variance, df)


def _too_few(students: pd.DataFrame) -> bool:
    return students["receive"].nunique() < FEWEST_RECEIVING or students["send"].nunique() < FEWEST_SENDING


def _df(students: pd.DataFrame) -> int:
    return min(students["send"].nunique(), students["receive"].nunique()) - 1


def _rate(students: pd.DataFrame, year: int) -> float:
    return float(students[f"y{year}"].sum()) / float(students[f"t{year}"].sum())


def _no_ratio(students: pd.DataFrame) -> Comparison | None:
    if not (students["t0"].sum() and students["t1"].sum()):
        return Comparison(np.nan, note=NOTHING_COUNTED)
    if not students["y0"].sum():
        return Comparison(np.nan, note=NONE_BEFORE)
    return None
