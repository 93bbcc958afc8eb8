"""Summaries that are no ratio of sums: quantiles of contacts per student, and the median of days to reply.

Pure: from the counts that SQL made (how many students have how many contacts; how many asks were answered or
watched no longer after how many days) to one row a cell.
"""

from typing import NamedTuple

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
            **_columns(cells, keys),
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
    counts = counts[counts["families"].to_numpy(dtype=np.int64) > 0]
    cells, cell = _cells(counts, keys)
    contacts, families, schools = (
        counts[name].to_numpy().astype(np.int64) for name in ("contacts", "families", "schools")
    )
    order = np.lexsort((contacts, cell))
    return cells, cell[order], contacts[order], families[order], schools[order]


class Curve(NamedTuple):
    """A Kaplan-Meier curve by the days on which asks end; `waiting`: the share still without an answer after a day."""

    days: np.ndarray
    answered: np.ndarray
    waiting: np.ndarray


def median_days(life: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """One row for each of `keys` from a life table: `value` is the Kaplan-Meier median, NaN where not reached."""
    cells, cell = _cells(life, keys)
    _, begins = np.unique(cell, return_index=True)
    reached = [curve.days[curve.waiting <= HALF] for curve in curves(life, keys).values()]
    answered, asks = (np.bincount(cell, life[name], len(cells)).astype(np.int64) for name in ("answered", "asks"))
    return pd.DataFrame(
        {
            **_columns(cells, keys),
            "numerator": answered,
            "denominator": asks,
            "students": life["students"].to_numpy()[begins],
            "schools": life["schools"].to_numpy()[begins],
            "value": [float(days[0]) if len(days) else np.nan for days in reached],
        }
    )


def curves(life: pd.DataFrame, keys: list[str]) -> dict[tuple, Curve]:
    """The curve of each cell of a life table (`days`, `answered`, `asks` that end then), in the order of cells.

    An ask that is watched until the day on which another is answered counts as still at risk on it.
    """
    cells, cell = _cells(life, keys)
    days = life["days"].to_numpy(dtype=np.int64)
    shape = len(cells), int(days.max(initial=-1)) + 1
    answered, asks = (by_day(days, life[name].to_numpy(dtype=float), cell, shape) for name in ("answered", "asks"))
    at_risk = until_end(asks)
    found = {}
    for place, values in enumerate(cells):
        when = np.flatnonzero(asks[place])
        ended = answered[place, when]
        found[values] = Curve(when, ended, np.cumprod(1 - ended / at_risk[place, when]))
    return found


def by_day(days: np.ndarray, sums: np.ndarray, row: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Sums in an array of `shape`: a row for each that `row` tells apart, a column for each day from 0; other days are
    left out."""
    inside = (days >= 0) & (days < shape[1])
    return np.bincount((row * shape[1] + days)[inside], sums[inside], shape[0] * shape[1]).reshape(shape)


def until_end(leaving: np.ndarray) -> np.ndarray:
    """How many are still there on each day (the last axis), from how many leave on it."""
    return leaving[..., ::-1].cumsum(axis=-1)[..., ::-1]


def _cells(rows: pd.DataFrame, keys: list[str]) -> tuple[list[tuple], np.ndarray]:
    """(the cells of `keys` in their order, the place of each row's cell among them)."""
    of = list(zip(*(rows[key].to_numpy(dtype=object) for key in keys), strict=True))
    cells = sorted(set(of))
    places = {values: place for place, values in enumerate(cells)}
    return cells, np.array([places[values] for values in of], dtype=np.int64)


def _columns(cells: list[tuple], keys: list[str]) -> dict[str, list]:
    return {key: [values[place] for values in cells] for place, key in enumerate(keys)}
