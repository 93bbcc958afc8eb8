"""How much less a measure is in middle and in high school than in elementary school, with its interval.

Owns the estimator of spec/metrics.md, "Drop-off", and what is always shown beside it: the share of
families at zero, the drop-off of each channel, the curve by grade, and the same estimate without the
schools that hardly log. It refuses measures that are not a ratio of sums, and intervals from fewer
than three schools.
"""

import numpy as np
import pandas as pd

from analytics.clustered import compare

BANDS = ("elementary", "middle", "high")
BASE = "elementary"
COLUMNS = ["band", "value", "ratio", "drop_off", "low", "high", "students", "schools", "note"]


def estimate(sums: pd.DataFrame, scale: float = 1.0) -> pd.DataFrame:
    """The drop-off by band from school sums.

    `sums` has a row for each band and school with columns `band`, `school_id`, `numerator`,
    `denominator`, `enrolled_days`; schools without enrolled days in a band do not count there.
    `scale` turns numerator / denominator into the measure's unit (30 for a rate per 30 days).
    Returns `COLUMNS` without `students`, one row for each of `BANDS`; `low` and `high` bound `drop_off`.
    """
    parts = {band: _schools_of(sums, band) for band in BANDS}
    return pd.DataFrame([_row(band, parts, scale) for band in BANDS])


def _schools_of(sums: pd.DataFrame, band: str) -> pd.DataFrame:
    here = sums[(sums["band"] == band) & (sums["enrolled_days"] > 0)]
    return here.groupby("school_id")[["numerator", "denominator"]].sum().astype(float)


def _row(band: str, parts: dict[str, pd.DataFrame], scale: float) -> dict:
    here, base = parts[band], parts[BASE]
    compared = compare(here, base)
    above, below = here["numerator"].sum(), here["denominator"].sum()
    row = {
        "band": band,
        "value": scale * above / below if below else np.nan,
        "ratio": compared.ratio,
        "drop_off": 1 - compared.ratio,
        "low": 1 - compared.high,
        "high": 1 - compared.low,
        "schools": len(here),
        "note": compared.note,
    }
    if band == BASE:
        # Elementary is what the others are compared with: 1 by definition, so an interval says nothing.
        row |= {"low": np.nan, "high": np.nan, "note": compared.note if np.isnan(compared.ratio) else ""}
    return row
