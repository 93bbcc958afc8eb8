"""The tables of a release as panels get them: bands and signs, no numerator and no count."""

import csv
import io

import pandas as pd

from analytics.disclosure import coding, cube


def tables(years: dict[str, tuple[pd.DataFrame, set]]) -> dict[str, str]:
    """CSV texts by file name for {school year: (cells, hidden keys)}.

    Columns: the cuts (district, band, the group), year, measure, published, flag.
    """
    lines: dict[str, list[list[str]]] = {}
    for year in sorted(years):
        cells, hidden = years[year]
        for cell in cells.sort_values(["measure", "place", "band", "group", "member"]).itertuples(index=False):
            name, cuts = _cuts(cell)
            table = lines.setdefault(name, [[*cuts, "year", "measure", "published", "flag"]])
            table.append([*cuts.values(), year, cell.measure, *published(cell, hidden)])
    return {f"{name}.csv": _csv(rows) for name, rows in sorted(lines.items())}


def published(cell, hidden: set) -> tuple[str, str]:
    """What is shown for one cell, and its flag: '', 'caution', 'suppressed' or 'nobody'."""
    if (cell.band, cell.place, cell.group, cell.member) in hidden:
        return coding.SUPPRESSED, "suppressed"
    if cell.nobody:
        return coding.NOBODY, "nobody"
    coded = _coded(cell)
    if coded is None:
        return coding.SUPPRESSED, "suppressed"
    return coded.text, "caution" if cell.schools < cube.FEW_SCHOOLS else ""


def _coded(cell) -> coding.Coded | None:
    if cell.rate:
        return coding.rate(int(cell.numerator), int(cell.denominator))
    return coding.share(int(cell.numerator), int(cell.denominator), int(cell.students), cell.widths)


def _cuts(cell) -> tuple[str, dict[str, str]]:
    cuts = {}
    if cell.place != cube.EVERYWHERE:
        cuts["district"] = cell.place
    cuts["band"] = cell.band
    if cell.group != cube.ALL:
        cuts[cell.group] = cell.member
    return "_".join(cuts), cuts


def _csv(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([[_safe(value) for value in row] for row in rows])
    return out.getvalue()


def _safe(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + value if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
