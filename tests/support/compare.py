"""An answer's table against the oracle's cells: what differs, as sentences."""

from math import isclose

import pandas as pd

from tests.support.oracle import FULL_CUTS, Cell

WHERE_THEY_OCCUR = {"other", "PK", "13"}  # bands and grades without a row of their own where nothing is in them


def differences(table: pd.DataFrame, cells: dict[tuple, Cell], by=()) -> list[str]:
    """Sentences about every cell that differs; empty when the answer is right.

    A row may be missing only where nothing is in it (numerator 0) and some label is not one that is always shown.
    """
    rows = {tuple(label(cut, row[cut]) for cut in by): row for row in table.to_dict("records")}
    if len(rows) != len(table):
        return [f"{len(table) - len(rows)} rows have the cuts of another row"]
    found = [f"{key}: unexpected row {rows[key]}" for key in rows.keys() - cells.keys() if _filled(rows[key])]
    for key, cell in cells.items():
        if key in rows:
            found += [f"{key}: {words}" for words in _cell_differences(rows[key], cell)]
        elif cell.numerator or (set(by) <= set(FULL_CUTS) and not set(key) & WHERE_THEY_OCCUR):
            found.append(f"{key}: no row for {cell}")
    return found


def label(cut: str, value) -> str:
    """The oracle's label of a printed value: months as 2025-09, weeks by their Monday, booleans yes and no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)[: {"month": 7, "week": 10}.get(cut)]


def _filled(row: dict) -> bool:
    return bool(row["numerator"] or row["denominator"])


def _cell_differences(row: dict, cell: Cell):
    for name in ("value", "numerator", "denominator", "students", "schools"):
        ours, theirs = row[name], getattr(cell, name)
        if pd.isna(ours) != (theirs is None) or (theirs is not None and not isclose(ours, theirs, rel_tol=1e-9)):
            yield f"{name} is {ours}, should be {theirs}"
