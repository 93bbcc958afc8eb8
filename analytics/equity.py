"""The gap between a group of families and the rest of the same schools.

Owns the standardisation: a group is compared with the other students of its own schools and grades, weighted
as the group is spread over them, so that a gap is not one of where students go. It says how much of the group
had nobody to be compared with, and refuses an interval under three schools.

With cells c = school x grade, group sums Y_c and T_c, and r_c the rate of the rest of the cell:

    group    = sum Y_c / sum T_c                    over cells that hold both the group and others
    expected = sum T_c r_c / sum T_c                the rest's rate, directly standardised to the group
    gap      = group - expected
    d_g      = (sum over cells of school g of (Y_c - T_c r_c)  -  gap x T_g) / sum T_c
    Var      = G/(G-1) x sum d_g^2, t with G - 1 degrees of freedom

A gap is called one ("higher", "lower") where its interval leaves zero out and it holds among all groups of the
answer at a false discovery rate of 5 % (`clustered.hold`).
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from access.viewer import Viewer
from analytics import measures
from analytics.answer import Answer, ask
from analytics.clustered import (
    ALL_ALIKE,
    CAUTION,
    CAUTION_SCHOOLS,
    FEWEST_SCHOOLS,
    NO_SPREAD,
    TOO_FEW,
    cluster_variance,
    hold,
    quantile,
    two_sided,
)
from analytics.question import Question, meant
from analytics.school_sums import school_sums
from data.errors import Refusal
from data.store import Store

CUTS = ("home_language", "iep", "english_learner", "low_income", "race_ethnicity", "gender")
COLUMNS = [
    "group", "value", "rest", "gap", "low", "high", "p", "students", "schools", "compared", "note", "called",
]  # fmt: skip
METHOD = (
    "Each group is compared with the other students of its own schools and grades, weighted as the group is spread "
    "over them, so that a gap is not one of where students go. The 95 % interval is clustered by school. A gap is "
    "called one where its interval leaves zero out and it holds among all groups shown (false discovery rate 5 %)."
)
OTHERWISE = "Choose another group, or load a roster that does."  # where it is not known
NOBODY = "nobody else in the same schools and grades: no comparison"


@dataclass(frozen=True)
class Gap:
    """`group` and `rest` (standardised to the group) in the measure's unit, `gap` = group - rest with its interval.

    `compared` is the share of the group's denominator that had others in the same school and grade.
    """

    group: float
    rest: float
    gap: float
    low: float = np.nan
    high: float = np.nan
    p: float = np.nan
    schools: int = 0
    compared: float = 0.0
    note: str = ""

    @property
    def leaves_zero_out(self) -> bool:
        """Is zero outside the interval? False where there is none."""
        return bool(self.low > 0 or self.high < 0)


def answer(store: Store, viewer: Viewer, question: Question, cut: str) -> Answer:
    """A row for each value of a student group's cut: columns `COLUMNS`.

    `value` is the group's and `rest` that of the others of the same schools and grades, both over the cells that hold
    both. Students whose group is unknown are in no group, but among the rest of every other.
    Raises Refusal: `not_a_group`, `not_a_ratio`, and those of `ask`.
    """
    _check(question, cut)
    asked = ask(store, viewer, replace(question, by=(cut,)))
    cells = school_sums(store, viewer, replace(question, by=("grade", cut)))
    known = asked.table[asked.table[cut] != "unknown"].rename(columns={cut: "group"})
    gaps = [estimate(cells.assign(in_group=cells[cut] == group), asked.measure.factor) for group in known["group"]]
    held = hold([(gap.p, gap.leaves_zero_out) for gap in gaps])
    rows = [
        {**vars(gap), "group": group, "value": gap.group, "students": students, "called": words(gap, holds)}
        for group, students, gap, holds in zip(known["group"], known["students"], gaps, held, strict=True)
    ]
    silent = (f"{not_known(cut)}. {OTHERWISE}",) if known.empty and not asked.empty else ()
    return replace(
        asked,
        question=replace(question, by=(cut,)),
        notes=(*asked.notes, *silent),
        table=pd.DataFrame(rows, columns=COLUMNS),
        method=METHOD,
        behind=known[["group", "numerator", "denominator"]],
    )


def not_known(cut: str) -> str:
    """What is said where students are counted and of none of them the group is known."""
    return f"{measures.CUTS[cut].label}: no roster says it of these students"


def words(gap: Gap, held: bool) -> str:
    """ "higher", "lower", "no clear gap", or "no comparison" where there is nobody to compare with."""
    if np.isnan(gap.gap):
        return "no comparison"
    if not held:
        return "no clear gap"
    return "higher" if gap.gap > 0 else "lower"


def _check(question: Question, cut: str) -> None:
    if cut not in CUTS:
        raise Refusal("not_a_group", f"{cut!r} is not a group of students.{meant(cut, CUTS)}")
    measure = measures.MEASURES.get(question.measure)
    if measure and not measure.ratio:
        raise Refusal("not_a_ratio", f"“{measure.label}” is not a ratio of sums, so its gap cannot be standardized.")


def estimate(cells: pd.DataFrame, scale: float = 1.0) -> Gap:
    """The gap from sums by school, grade and group.

    `cells` has columns `school_id`, `grade`, `in_group` (bool), `numerator`, `denominator`.
    """
    school, y, t, rest_y, rest_t = _side_by_side(cells)
    whole, both = t.sum(), (t > 0) & (rest_t > 0)
    school, y, t, expected = school[both], y[both], t[both], t[both] * rest_y[both] / rest_t[both]
    total = t.sum()
    if not total:
        return Gap(np.nan, np.nan, np.nan, note=NOBODY)
    group, rest = y.sum() / total, expected.sum() / total
    _, at = np.unique(school, return_inverse=True)
    pulls = np.bincount(at, weights=(y - expected - (group - rest) * t) / total)
    found = {"group": scale * group, "rest": scale * rest, "gap": scale * (group - rest)}
    found |= {"schools": len(pulls), "compared": float(total / whole)}
    if len(pulls) < FEWEST_SCHOOLS:
        return Gap(**found, note=TOO_FEW)
    variance = cluster_variance(pulls)
    if variance <= NO_SPREAD:
        return Gap(**found, note=ALL_ALIKE)
    error, df = np.sqrt(variance), len(pulls) - 1
    reach = scale * quantile(df) * error
    p = two_sided((group - rest) / error, df)
    note = CAUTION if len(pulls) < CAUTION_SCHOOLS else ""
    return Gap(**found, low=found["gap"] - reach, high=found["gap"] + reach, p=p, note=note)


def _side_by_side(cells: pd.DataFrame) -> tuple[np.ndarray, ...]:
    """Of each school and grade: (school_id, y and t of the group, y and t of the others)."""
    schools, school = np.unique(cells["school_id"].to_numpy(), return_inverse=True)
    grade, grades = pd.factorize(cells["grade"])
    places, place = np.unique(school * len(grades) + grade, return_inverse=True)
    group = cells["in_group"].to_numpy(dtype=bool)
    sums = [
        np.bincount(place, weights=np.where(side, cells[name].to_numpy(dtype=float), 0.0), minlength=len(places))
        for side in (group, ~group)
        for name in ("numerator", "denominator")
    ]
    return schools[places // max(len(grades), 1)], *sums
