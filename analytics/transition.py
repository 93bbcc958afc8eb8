"""The same students from one grade to the next: 5 to 6 and 8 to 9, with interval, control and cross-section.

Owns who is compared (spec/metrics.md, "Same students"): students with at least 30 enrolled days in grade g in
one school year and in grade g+1 in the next. The estimator is `transition_estimate`. It refuses measures that
are not counted for one student, and counts and shows the students seen in one of the two years only.

The sending school is that of the last enrolled day in grade g of the first year, the receiving school that of
the last enrolled day in grade g+1 of the second.
"""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from access.viewer import Viewer
from analytics import transition_estimate
from analytics.answer import Answer, ask
from analytics.clustered import Comparison, compare
from analytics.measures import MEASURES
from analytics.question import Question, meant
from analytics.school_sums import school_sums
from analytics.student_sums import COUNTED, student_sums
from data.errors import Refusal
from data.schoolyear import bounds, name_of, named, start_year
from data.settings import GRADES
from data.store import Store

DEFAULT_GRADES = ("5", "8")
LEAST_DAYS = 30
UNFINISHED_DAYS = 31  # logs often end some weeks before the last day of lessons
COLUMNS = [
    "grade", "to_grade", "school_year", "before", "after", "ratio", "low", "high", "students", "only_first",
    "only_second", "sending_schools", "receiving_schools", "note", "control_ratio", "control_students",
    "difference_ratio", "difference_low", "difference_high", "difference_note",
    "cross_ratio", "cross_low", "cross_high", "cross_note",
]  # fmt: skip

SUMS = ["numerator_before", "denominator_before", "numerator_after", "denominator_after"]
METHOD = (
    "The same students, enrolled at least 30 days in the lower grade and at least 30 in the higher one the year after: "
    "their value after over their value before. The 95 % interval is clustered by sending and by receiving school. The "
    "difference in transitions divides by what happened to students who stayed in one school (the grade before) in the "
    "same years; the cross-section compares different students of one year."
)
Seen = dict[tuple[str, str], dict[str, np.ndarray]]  # columns of students by (grade, school year)
_NOBODY = {
    "student_id": np.empty(0, np.int64), "school_id": np.empty(0, np.int64), "numerator": np.empty(0),
    "denominator": np.empty(0),
}  # fmt: skip
# Columns of a pair: which column, of the first year (0) or the second (1).
_PAIR = {
    "send": ("school_id", 0), "receive": ("school_id", 1), "y0": ("numerator", 0), "t0": ("denominator", 0),
    "y1": ("numerator", 1), "t1": ("denominator", 1),
}  # fmt: skip
UNFINISHED = "is not over: its rates are those of its days up to"
BEGUN = f"is not compared yet: nobody has been enrolled in it for {LEAST_DAYS} days."
ONE_YEAR = "There is only one school year here: the same students need two in a row."


def answer(store: Store, viewer: Viewer, question: Question, grades: tuple[str, ...] = DEFAULT_GRADES) -> Answer:
    """One row a grade (and first school year where `question.by` is `school_year`), columns `COLUMNS`.

    `low` and `high` bound `ratio`. Raises Refusal: `not_per_student`, `bad_cuts`, `unknown_grade`.
    """
    check(question, grades)
    asked = ask(store, viewer, replace(question, by=("grade",)))
    students = student_sums(store, viewer, question, _compared(grades))
    begun = _just_begun(asked, students)
    first_years = sorted(year for year in _first_years(students) if year_after(year) != begun)
    seen = enrolled_enough(students)
    cuts = [(year,) for year in first_years] if question.by else [tuple(first_years)]
    rows, notes = [], [*asked.notes, *_about_years(store, asked, first_years, begun)]
    for grade in grades:
        for years in cuts:
            row = _row(seen, grade, years, asked.measure.factor)
            cross = _cross_section(store, viewer, question, grade, years)
            rows.append(row | {"cross_ratio": cross.ratio, "cross_low": cross.low, "cross_high": cross.high,
                               "cross_note": cross.note})  # fmt: skip
            notes += _disagreement(rows[-1])
    table = pd.DataFrame(rows, columns=[*COLUMNS, *SUMS])
    behind = table[["grade", "school_year", *SUMS]]
    return replace(asked, question=question, table=table[COLUMNS], notes=tuple(notes), method=METHOD, behind=behind)


def unfinished(steps: Answer) -> bool:
    """Is the second of two years not over, so that only the difference from the grade before compares the same days?"""
    return any(UNFINISHED in note for note in steps.notes)


def check(question: Question, grades: tuple[str, ...]) -> None:
    """Refuse what cannot be asked of the same students."""
    if question.measure in MEASURES and question.measure not in COUNTED:
        raise Refusal(
            "not_per_student",
            f"“{MEASURES[question.measure].label}” is not counted for one student over a year, so the same students "
            "cannot be compared by it. Choose another measure, for example contact_rate.",
        )
    if question.by not in ((), ("school_year",)):
        raise Refusal("bad_cuts", "The same students can be shown together or by school_year.")
    for grade in grades:
        if grade not in GRADES[:-1]:
            raise Refusal("unknown_grade", f"There is no grade {grade!r} to move on from.{meant(grade, GRADES[:-1])}")


def pairs(seen: Seen, grade: str, years: tuple[str, ...]) -> tuple[pd.DataFrame, int, int]:
    """(the same students as `transition_estimate` takes them, seen in the first year only, in the second only).

    `seen` is what `enrolled_enough` gives; `years` are the first years of the pairs.
    """
    parts, only_first, only_second = [], 0, 0
    for year in years:
        first, second = (seen.get(key, _NOBODY) for key in ((grade, year), (next_grade(grade), year_after(year))))
        # A student has one row a grade and year. As arrays: a merge of frames took several times as long.
        ids, *places = np.intersect1d(first["student_id"], second["student_id"], True, return_indices=True)
        sides = [
            {name: values[at] for name, values in of.items()} for of, at in zip((first, second), places, strict=True)
        ]
        parts.append({"student_id": ids} | {new: sides[year][old] for new, (old, year) in _PAIR.items()})
        only_first += len(first["student_id"]) - len(ids)
        only_second += len(second["student_id"]) - len(ids)
    columns = {name: np.concatenate([part[name] for part in parts] or [np.empty(0)]) for name in ("student_id", *_PAIR)}
    order = np.argsort(columns["student_id"], kind="stable")
    return pd.DataFrame({name: values[order] for name, values in columns.items()}), only_first, only_second


def enrolled_enough(students: pd.DataFrame) -> Seen:
    """Students with `LEAST_DAYS` in a grade and school year, by these two; `students` is what `student_sums` gives."""
    enough = students[students["days"].to_numpy() >= LEAST_DAYS]
    columns = {name: enough[name].to_numpy() for name in _NOBODY}
    places = enough.groupby(["grade", "school_year"], sort=False).indices
    return {key: {name: values[rows] for name, values in columns.items()} for key, rows in places.items()}


def _compared(grades: tuple[str, ...]) -> set[str]:
    """The grades whose students are looked at: those before and after each move, and before that for the control."""
    return {
        GRADES[place] for grade in grades for at in (GRADES.index(grade),) for place in (max(at - 1, 0), at, at + 1)
    }


def next_grade(grade: str) -> str:
    """The grade after: '5' -> '6', 'K' -> '1'."""
    return GRADES[GRADES.index(grade) + 1]


def year_after(name: str) -> str:
    """The school year after: '2024-25' -> '2025-26'."""
    return named(start_year(name) + 1)


def _first_years(students: pd.DataFrame) -> set[str]:
    years = set(students["school_year"].unique())
    return {year for year in years if year_after(year) in years}


def _just_begun(asked: Answer, students: pd.DataFrame) -> str | None:
    """The school year that is too young to compare anybody in: else all its students seemed to have left."""
    if asked.end is None:
        return None
    year = name_of(asked.end)
    days = students.loc[(students["school_year"] == year) & students["grade"].isin(GRADES), "days"]
    return year if len(days) and days.max() < LEAST_DAYS else None


def _about_years(store: Store, asked: Answer, first_years: list[str], begun: str | None) -> list[str]:
    """What a reader has to know of the years: that there is only one, or that the last is not over or just begun."""
    if asked.as_of is None:
        return []
    young = [f"{begun} {BEGUN}"] if begun else []
    if young or not first_years:
        return young if first_years else [ONE_YEAR, *young]
    last_year = year_after(first_years[-1])
    month, day = store.settings()["last_day"]
    if asked.end >= date(start_year(last_year) + (month < 7), month, day) - timedelta(UNFINISHED_DAYS):
        return []
    return [
        f"{last_year} {UNFINISHED} {asked.end.day} {asked.end:%B %Y}, beside a "
        "whole year. Read the difference from the grade before, which has the same days."
    ]


def _row(seen: Seen, grade: str, years: tuple[str, ...], factor: float) -> dict:
    same, only_first, only_second = pairs(seen, grade, years)
    found = transition_estimate.estimate(same)
    control = _stayed(seen, grade, years)
    together = transition_estimate.difference(same, control)
    return {
        "grade": grade,
        "to_grade": next_grade(grade),
        "school_year": ", ".join(years),
        **dict(zip(SUMS, (same[sums].sum() for sums in ("y0", "t0", "y1", "t1")), strict=True)),
        "before": _value(same, 0, factor),
        "after": _value(same, 1, factor),
        "ratio": found.ratio,
        "low": found.low,
        "high": found.high,
        "students": same["student_id"].nunique(),
        "only_first": only_first,
        "only_second": only_second,
        "sending_schools": same["send"].nunique(),
        "receiving_schools": same["receive"].nunique(),
        "note": found.note,
        "control_ratio": transition_estimate.estimate(control).ratio,
        "control_students": control["student_id"].nunique(),
        "difference_ratio": together.ratio,
        "difference_low": together.low,
        "difference_high": together.high,
        "difference_note": together.note,
    }


def _stayed(seen: Seen, grade: str, years: tuple[str, ...]) -> pd.DataFrame:
    """The control: the grade before, of students whose last school was the same in both years."""
    place = GRADES.index(grade)
    if not place:
        return pairs(seen, grade, ())[0]
    same, _, _ = pairs(seen, GRADES[place - 1], years)
    return same[same["send"] == same["receive"]]


def _value(same: pd.DataFrame, year: int, factor: float) -> float:
    below = same[f"t{year}"].sum()
    return factor * same[f"y{year}"].sum() / below if below else np.nan


def _cross_section(store, viewer, question: Question, grade: str, years: tuple[str, ...]) -> Comparison:
    """Grade g+1 against grade g, different students, in the latest second year."""
    if not years:
        return Comparison(np.nan)
    first, last = bounds(year_after(years[-1]))
    start, end = max(filter(None, (first, question.start))), min(filter(None, (last, question.end)))
    sums = school_sums(store, viewer, replace(question, by=("grade",), start=start, end=end))
    sums = sums[sums["enrolled_days"] > 0].set_index("school_id")
    return compare(sums[sums["grade"] == next_grade(grade)], sums[sums["grade"] == grade])


def _disagreement(row: dict) -> list[str]:
    """A sentence where the same students and the cross-section differ by more than their intervals."""
    if not (row["low"] > row["cross_high"] or row["high"] < row["cross_low"]):
        return []
    return [
        f"From grade {row['grade']} to {row['to_grade']} the same students' value {_words(row['ratio'])}, while grade "
        f"{row['to_grade']} {_beside(row['cross_ratio'])} grade {row['grade']} of the same year: the two differ by "
        "more than their intervals. The groups of students differ, or the years do; trust the same students for "
        "what a move does."
    ]


def _words(ratio: float) -> str:
    return f"{'fell' if ratio < 1 else 'rose'} by {100 * abs(1 - ratio):.0f} %"


def _beside(ratio: float) -> str:
    return f"is {100 * abs(1 - ratio):.0f} % {'below' if ratio < 1 else 'above'}"
