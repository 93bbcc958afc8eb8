"""Summaries that are no ratio of sums: quantiles of contacts per student, and the median of days to reply.

Pure: from the counts that SQL made (how many students have how many contacts; how many asks were answered or
watched no longer after how many days) to one row a cell.
"""

import numpy as np
import pandas as pd

QUANTILES = {"p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9}
HALF = 0.5 + 1e-12  # a product of shares that is one half may come out a rounding error above it


def quantiles(counts: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """One row for each of `keys` from rows of `contacts`, each number held by `families` students.

    Quantiles interpolate linearly between neighbours, as numpy does; `value` is p50, `numerator` all contacts,
    `denominator` all students.
    """
    counts = counts[counts["families"] > 0].sort_values([*keys, "contacts"]).reset_index(drop=True)
    counts["total"] = counts["contacts"] * counts["families"]
    counts["zero"] = counts["families"].where(counts["contacts"] == 0, 0)
    cells = counts.groupby(keys, sort=True)
    found = cells.agg(numerator=("total", "sum"), students=("families", "sum"), zero=("zero", "sum"),
                      schools=("schools", "first")).reset_index()  # fmt: skip
    # Cells follow each other in `upto`, so a student's place in its cell is a place in the whole.
    upto, contacts = counts["families"].cumsum().to_numpy(), counts["contacts"].to_numpy(dtype=float)
    before = (found["students"].cumsum() - found["students"]).to_numpy()
    last = found["students"].to_numpy() - 1
    for name, share in QUANTILES.items():
        place = last * share
        below = np.floor(place).astype(np.int64)
        low, high = (
            contacts[np.searchsorted(upto, before + at, side="right")] for at in (below, np.minimum(below + 1, last))
        )
        found[name] = low + (high - low) * (place - below)
    return found.assign(
        value=found["p50"], denominator=found["students"], share_at_zero=found["zero"] / found["students"]
    ).drop(columns="zero")


def median_days(life: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """One row for each of `keys` from a life table: `value` is the Kaplan-Meier median, NaN where not reached."""
    curve = survival(life, keys)
    reached = curve[curve["waiting"] <= HALF].groupby(keys)["days"].min().rename("value")
    found = life.groupby(keys).agg(
        numerator=("answered", "sum"), denominator=("asks", "sum"), students=("students", "first"),
        schools=("schools", "first"),
    )  # fmt: skip
    return found.join(reached).reset_index()


def survival(life: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The Kaplan-Meier curves of a life table (`days`, `answered`, `asks` that end then), one for each of `keys`.

    Columns keys, days, at_risk, answered and waiting: the share still without an answer after that day. An ask
    that is watched until the day on which another is answered counts as still at risk on it.
    """
    life = life.groupby([*keys, "days"], as_index=False)[["answered", "asks"]].sum()
    cells = life.groupby(keys)
    life["at_risk"] = cells["asks"].transform("sum") - cells["asks"].cumsum() + life["asks"]
    life["waiting"] = (1 - life["answered"] / life["at_risk"]).groupby([life[key] for key in keys]).cumprod()
    return life[[*keys, "days", "at_risk", "answered", "waiting"]]
