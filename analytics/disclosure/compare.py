"""Which bands differ, as a sign only: where the difference holds at the 5 % level after Benjamini-Hochberg over all
comparisons of the panel's page (every measure, band and released year), clustered by school.

A sign says nothing that the bands do not say already: it stands only where the two published bands lie apart, and a
comparison that cannot be made for a reason that nobody knows reads like one that finds nothing. Never on a hidden
cell, nor on one over nobody. The p values stay in the store: they would tell numerators.
"""

import numpy as np
import pandas as pd

from analytics.clustered import FEWEST_SCHOOLS, adjusted, compare, two_sided
from analytics.disclosure import coding, cube

LEVEL = 0.05
BASE = "elementary"
NOTHING = "no clear difference"


def tests(frame: pd.DataFrame, cells: pd.DataFrame, hidden: set) -> list[dict]:
    """Middle and high against elementary, each measure, all students everywhere: for the store, never released.

    Returns records: measure, band, ratio, p (None where there is no interval), apart (the published bands).
    """
    everybody = cells[(cells["place"] == cube.EVERYWHERE) & (cells["group"] == cube.ALL)]
    schools = frame.groupby("band")["school_id"].nunique()
    found = []
    for measure in (m for m in cube.MEASURES if m.name in set(cells["measure"])):
        by_band = everybody[everybody["measure"] == measure.name].set_index("band")
        for band in ("middle", "high"):
            pair = {(b, cube.EVERYWHERE, cube.ALL, cube.ALL) for b in (band, BASE)}
            if pair & hidden or not {band, BASE} <= set(by_band.index) or by_band.loc[[band, BASE], "nobody"].any():
                continue
            if min(schools[band], schools[BASE]) >= FEWEST_SCHOOLS:  # enrolled students' schools: no secret
                ratio, p = _test(frame, measure, band)
                apart = _apart(*(by_band.loc[b] for b in (band, BASE)), measure)
                found.append({"measure": measure.name, "band": band, "ratio": ratio, "p": p, "apart": apart})
    return found


def signs(made: list[dict]) -> list[dict]:
    """What is released of all tests of the page (records of `tests`, each with its year): year, measure, band,
    against, sign ('higher', 'lower', 'no clear difference')."""
    known = [test for test in made if test["p"] is not None]
    corrected = adjusted([test["p"] for test in known]) if known else []
    held = {id(test) for test, p in zip(known, corrected, strict=True) if p <= LEVEL and test["apart"]}
    return [
        {"year": test["year"], "measure": test["measure"], "band": test["band"], "against": BASE,
         "sign": ("higher" if test["ratio"] > 1 else "lower") if id(test) in held else NOTHING}
        for test in made
    ]  # fmt: skip


def _test(frame: pd.DataFrame, measure: cube.CubeMeasure, band: str) -> tuple[float | None, float | None]:
    """The ratio of the band to elementary and its two-sided p value; None where there is no interval."""
    found = compare(_schools(frame, measure, band), _schools(frame, measure, BASE))
    if not found.variance > 0:
        return None, None
    p = two_sided(np.log(found.ratio) / np.sqrt(found.variance), found.df)
    return (float(found.ratio), float(p)) if np.isfinite(p) else (None, None)


def _schools(frame: pd.DataFrame, measure: cube.CubeMeasure, band: str) -> pd.DataFrame:
    here = frame[frame["band"] == band]
    sums = here.groupby("school_id")[[measure.numerator, measure.denominator]].sum()
    return sums.rename(columns={measure.numerator: "numerator", measure.denominator: "denominator"}).astype(float)


def _apart(one: pd.Series, other: pd.Series, measure: cube.CubeMeasure) -> bool:
    """Do the published bands of two cells not overlap?"""
    ends = []
    for cell in (one, other):
        numerator, denominator, students = (int(cell[c]) for c in ("numerator", "denominator", "students"))
        share = None if measure.rate else coding.share(numerator, denominator, students, cell["widths"])
        ends.append(coding.interval((share or coding.rate(numerator, denominator)).text))
    return bool(ends[0][1] <= ends[1][0] or ends[1][1] <= ends[0][0])
