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
    cells, cell, contacts, families, schools = _in_order(counts, keys)
    begins = np.flatnonzero(np.diff(cell, prepend=-1))
    numerator, students = (
        np.add.reduceat(sums, begins) if len(begins) else sums for sums in (contacts * families, families)
    )
    zero = np.bincount(cell, weights=np.where(contacts == 0, families, 0), minlength=len(cells))
    # Cells follow each other in `upto`, so a student's place in its cell is a place in the whole.
    upto, held = np.cumsum(families), contacts.astype(float)
    before, last = np.cumsum(students) - students, students - 1
    found = {}
    for name, share in QUANTILES.items():
        place = last * share
        below = np.floor(place).astype(np.int64)
        low, high = (
            held[np.searchsorted(upto, before + at, side="right")] for at in (below, np.minimum(below + 1, last))
        )
        found[name] = low + (high - low) * (place - below)
    return pd.DataFrame(
        {
            **{key: [values[place] for values in cells] for place, key in enumerate(keys)},
            "numerator": numerator,
            "students": students,
            "schools": schools[begins],
            **found,
            "value": found["p50"],
            "denominator": students,
            "share_at_zero": zero / students,
        }
    )


def _in_order(counts: pd.DataFrame, keys: list[str]) -> tuple[list[tuple], *tuple[np.ndarray, ...]]:
    """(the cells in their order, then by row: its cell's place, contacts, families, schools), by cell and contacts."""
    there = counts["families"].to_numpy(dtype=np.int64) > 0
    rows = list(zip(*(counts[key].to_numpy(dtype=object)[there] for key in keys), strict=True))
    cells = sorted(set(rows))
    places = {values: place for place, values in enumerate(cells)}
    cell = np.array([places[values] for values in rows], dtype=np.int64)
    contacts, families, schools = (
        counts[name].to_numpy()[there].astype(np.int64) for name in ("contacts", "families", "schools")
    )
    order = np.lexsort((contacts, cell))
    return cells, cell[order], contacts[order], families[order], schools[order]


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
