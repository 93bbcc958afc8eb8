"""Which bands differ, as a sign only: where the difference holds at the 5 % level after Benjamini-Hochberg
over all comparisons of the release, clustered by school, and never on a hidden cell."""

import numpy as np
import pandas as pd
from scipy import stats

from analytics.clustered import compare
from analytics.disclosure import cube

LEVEL = 0.05
BASE = "elementary"


def signs(frame: pd.DataFrame, cells: pd.DataFrame, hidden: set) -> list[dict]:
    """Middle and high against elementary, each measure, all students everywhere.

    Returns records: measure, band, against, sign ('higher', 'lower', 'no clear difference').
    """
    tests = []
    for measure in (m for m in cube.MEASURES if m.name in set(cells["measure"])):
        for band in ("middle", "high"):
            if not {(b, cube.EVERYWHERE, cube.ALL, cube.ALL) for b in (band, BASE)} & hidden:
                tests.append((measure.name, band, *_test(frame, measure, band)))
    known = [test for test in tests if np.isfinite(test[3])]
    adjusted = stats.false_discovery_control([test[3] for test in known]) if known else []
    return [
        {"measure": name, "band": band, "against": BASE, "sign": _sign(ratio, p)}
        for (name, band, ratio, _), p in zip(known, adjusted, strict=True)
    ]


def _test(frame: pd.DataFrame, measure: cube.CubeMeasure, band: str) -> tuple[float, float]:
    """The ratio of the band to elementary and its two-sided p value; NaN where there is no interval."""
    found = compare(_schools(frame, measure, band), _schools(frame, measure, BASE))
    if not found.variance > 0:
        return found.ratio, np.nan
    return found.ratio, 2 * stats.t.sf(abs(np.log(found.ratio)) / np.sqrt(found.variance), found.df)


def _schools(frame: pd.DataFrame, measure: cube.CubeMeasure, band: str) -> pd.DataFrame:
    here = frame[frame["band"] == band]
    sums = here.groupby("school_id")[[measure.numerator, measure.denominator]].sum()
    return sums.rename(columns={measure.numerator: "numerator", measure.denominator: "denominator"}).astype(float)


def _sign(ratio: float, p: float) -> str:
    if p > LEVEL:
        return "no clear difference"
    return "higher" if ratio > 1 else "lower"
