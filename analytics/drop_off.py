"""How much less a measure is in middle and in high school than in elementary school, with its interval.

Owns the estimator of spec/metrics.md, "Drop-off", and what is always shown beside it: the share of
families at zero, the drop-off of each channel, the curve by grade, and the same estimate without the
schools that hardly log. It refuses measures that are not a ratio of sums, and intervals from fewer
than three schools.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from access.viewer import Viewer
from analytics.answer import Answer, ask
from analytics.clustered import Sums, compare, hold, rate_interval
from analytics.measures import MEASURES
from analytics.question import Question
from analytics.school_sums import NO_SCHOOL, each, school_sums
from data.errors import Refusal
from data.store import Store

BANDS = ("elementary", "middle", "high")
BASE = "elementary"
COLUMNS = ["band", "value", "ratio", "drop_off", "low", "high", "students", "schools", "note"]
LEAST_LOGGED = 0.5
SUMS = ["numerator", "denominator"]
METHOD = (
    "The drop-off is 1 less the band's value over that of elementary. Its 95 % interval is clustered by school, so it "
    "allows for how schools differ; under three schools in a band there is none, under eight a caution."
)


def answer(store: Store, viewer: Viewer, question: Question, channel: str | None = None) -> Answer:
    """The drop-off of the question's measure: columns `COLUMNS`, a row a band. `channel` narrows the contacts.

    `low` and `high` bound `drop_off`; `schools` have enrolled days in the band, `students` are in the
    denominator. Raises Refusal: `not_a_ratio`, `bad_cuts`, and those of `ask`.
    """
    check(question)
    if channel:
        question = replace(question, where=(*question.where, ("channel", channel)))
    by_band = replace(question, by=("band",))
    asked = ask(store, viewer, by_band)
    table = estimate(school_sums(store, viewer, by_band), asked.measure.factor)
    students = asked.table.set_index("band")["students"]
    table["students"] = [int(students.get(band, 0)) for band in table["band"]]
    return replace(asked, question=question, table=table[COLUMNS], method=METHOD, behind=table[["band", *SUMS]])


def check(question: Question) -> None:
    """Refuse what has no drop-off."""
    measure = MEASURES.get(question.measure)
    if measure and not measure.ratio:
        raise Refusal(
            "not_a_ratio",
            f"“{measure.label}” is not a ratio of sums, so it has no drop-off. Choose another measure, for example "
            "contact_rate.",
        )
    if question.by:
        raise Refusal("bad_cuts", "The drop-off compares grade bands and takes no other cut. Use a filter instead.")


def estimate(sums: pd.DataFrame, scale: float = 1.0) -> pd.DataFrame:
    """The drop-off by band from school sums.

    `sums` has a row for each band and school with columns `band`, `school_id`, `numerator`,
    `denominator`, `enrolled_days`; schools without enrolled days in a band do not count there.
    `scale` turns numerator / denominator into the measure's unit (30 for a rate per 30 days).
    Returns `COLUMNS` without `students`, `SUMS` and `p`, a row for each of `BANDS`; `low`, `high` bound `drop_off`.
    """
    parts = each(sums, "band")
    return pd.DataFrame(_rows({band: parts.get((band,), NO_SCHOOL) for band in BANDS}, scale))


def share_at_zero(store: Store, viewer: Viewer, question: Question) -> Answer:
    """By band: the share of students with no delivered contact; columns band, value, students.

    A mean hides it: nationally the number of contacts hardly falls with grade while the share with none rises.
    """
    asked = ask(store, viewer, replace(question, measure="reach", by=("band",)))
    return replace(asked, table=asked.table.assign(value=1 - asked.table["value"]))


def by_channel(store: Store, viewer: Viewer, question: Question) -> pd.DataFrame:
    """The drop-off of each channel that occurs: column `channel`, then `COLUMNS`, `SUMS`, `p` and `called`.

    `called` ("lower", "higher", "no clear difference") holds a false discovery rate of 5 % over all rows; it is ""
    for elementary, with which the others are compared, and where there is no interval.
    """
    check(question)
    question = replace(question, by=("band", "channel"))
    sums = school_sums(store, viewer, question)
    scale = MEASURES[question.measure].factor
    columns = ["channel", *COLUMNS, *SUMS, "p", "called"]
    if sums.empty:
        return pd.DataFrame(columns=columns)
    parts, students = each(sums, "channel", "band"), _students(store, viewer, question)
    rows = []
    for channel in sorted(set(sums["channel"])):
        for row in _rows({band: parts.get((channel, band), NO_SCHOOL) for band in BANDS}, scale):
            rows.append({"channel": channel, "students": students(row["band"], channel), **row})
    held = hold([(row["p"], row["low"] > 0 or row["high"] < 0) for row in rows])
    called = [_called(row, holds) for row, holds in zip(rows, held, strict=True)]
    return pd.DataFrame(rows).assign(called=called)[columns]


def _students(store: Store, viewer: Viewer, question: Question) -> Callable[[str, str], int]:
    """The students in the denominator of a band and channel."""
    if MEASURES[question.measure].counts == "days":
        # A channel splits contacts, never who is enrolled: each channel has the students of its band.
        table = ask(store, viewer, replace(question, by=("band",))).table
        of_band = dict(zip(table["band"], table["students"].tolist(), strict=True))
        return lambda band, channel: of_band.get(band, 0)
    table = ask(store, viewer, question).table
    found = dict(zip(zip(table["band"], table["channel"], strict=True), table["students"].tolist(), strict=True))
    return lambda band, channel: found.get((band, channel), 0)


def _called(row: dict, held: bool) -> str:
    if np.isnan(row["p"]):
        return ""
    if not held:
        return "no clear difference"
    return "lower" if row["drop_off"] > 0 else "higher"


def by_grade(store: Store, viewer: Viewer, question: Question) -> Answer:
    """The curve from grade to grade: the answer by grade with `low` and `high`, the interval of each value."""
    asked = ask(store, viewer, replace(question, by=("grade",)))
    sums = school_sums(store, viewer, replace(question, by=("grade",)))
    measure = asked.measure
    is_share = measure.unit == "share"
    parts = each(sums, "grade")
    bounds = [rate_interval(parts.get((grade,), NO_SCHOOL), is_share) for grade in asked.table["grade"]]
    low, high = np.array(bounds, dtype=float).reshape(-1, 2).T * measure.factor
    return replace(asked, table=asked.table.assign(low=low, high=high))


def without_low_loggers(store: Store, viewer: Viewer, question: Question) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """(the drop-off without schools that logged in under half of their weeks, the names of those schools).

    A sensitivity line: where it differs from the drop-off of all schools, the finding is one of logging.
    """
    check(question)
    logged = school_sums(store, viewer, replace(question, measure="weeks_logged", by=(), where=()))
    low = logged[logged["numerator"] < LEAST_LOGGED * logged["denominator"]]
    sums = school_sums(store, viewer, replace(question, by=("band",)))
    kept = sums[~sums["school_id"].isin(low["school_id"])]
    return estimate(kept, MEASURES[question.measure].factor), tuple(sorted(low["school"]))


def _rows(parts: dict[str, Sums], scale: float) -> list[dict]:
    return [_row(band, parts[band], parts[BASE], scale) for band in parts]


def _row(band: str, here: Sums, base: Sums, scale: float) -> dict:
    compared = compare(here, base)
    above, below = here.above.sum(), here.below.sum()
    row = {
        "band": band,
        "value": scale * above / below if below else np.nan,
        "ratio": compared.ratio,
        "drop_off": 1 - compared.ratio,
        "low": 1 - compared.high,
        "high": 1 - compared.low,
        "schools": len(here),
        "note": compared.note,
        "numerator": above,
        "denominator": below,
        "p": compared.p,
    }
    if band == BASE:
        # Elementary is what the others are compared with: 1 by definition, so an interval says nothing.
        row |= {"low": np.nan, "high": np.nan, "p": np.nan, "note": compared.note if np.isnan(compared.ratio) else ""}
    return row
