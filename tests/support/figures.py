"""Answers as far as a figure looks at them, and the figures that are made of them."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics import funnel
from analytics.figures import (
    bars,
    compared,
    groups,
    heat,
    lines,
    months,
    national,
    points,
    template,
)
from analytics.measures import MEASURES
from analytics.partnership import Practice
from analytics.question import Question

BANDS = ("elementary", "middle", "high")
MODES = ("light", "dark")


def pieces(line) -> list[list]:
    """The pieces of a line with breaks."""
    return parts_of(line, line)


def parts_of(line, values) -> list[list]:
    """The values that belong to each piece of a line with breaks."""
    found = [[]]
    for at, value in zip(line, values, strict=True):
        if at is None:
            found.append([])
        else:
            found[-1].append(value)
    return found


@dataclass
class Made:
    """An answer as far as a figure looks at it."""

    measure: object
    table: pd.DataFrame
    start: date = date(2025, 8, 15)
    end: date = date(2025, 11, 12)
    as_of: date = date(2025, 11, 12)
    notes: tuple = ()
    lessons: tuple = ()
    question: Question = Question("contact_rate")


def made(measure: str, rows: list[dict]) -> Made:
    table = pd.DataFrame(rows)
    table["denominator"], table["students"], table["schools"] = 100, 50, 4
    table["numerator"] = table["value"] * 100
    return Made(MEASURES[measure], table)


def by_month() -> Made:
    rates = {"elementary": 2.4, "middle": 1.5, "high": 1.1}
    months = ("2025-08", "2025-09", "2025-10", "2025-11")
    return made("contact_rate", [{"month": m, "band": b, "value": rates[b] + n / 10} for n, m in enumerate(months)
                                 for b in BANDS])  # fmt: skip


def dropped(**high) -> Made:
    rows = [
        {"band": "elementary", "value": 2.0, "ratio": 1.0, "drop_off": 0.0, "low": np.nan, "high": np.nan, "note": ""},
        {"band": "middle", "value": 1.2, "ratio": 0.6, "drop_off": 0.4, "low": 0.2, "high": 0.55, "note": ""},
        {"band": "high", "value": 1.0, "ratio": 0.5, "drop_off": 0.5, "low": 0.07, "high": 0.73, "note": ""} | high,
    ]
    return Made(MEASURES["contact_rate"], pd.DataFrame(rows))


def by_school() -> tuple:
    """Seven schools, one of them far above what chance and the usual spread explain."""
    sums = pd.DataFrame({"school": [f"School {n}" for n in range(7)], "numerator": [100, 104, 97, 101, 99, 103, 400]})
    sums["denominator"], sums["students"], sums["schools"], sums["weeks_logged"] = 3000, 100, 1, 0.9
    found = funnel.estimate(sums, False, 30.0)
    return Made(MEASURES["contact_rate"], found.schools, notes=(funnel.sentence(found),)), found


def meta(figure) -> dict:
    return template.said(figure)


def inside(figure) -> str:
    """What a chart says that has nothing to draw."""
    return figure.layout.annotations[0].text.replace("<br>", " ")


def all_figures(mode: str) -> list:
    rates = [{"band": b, "value": v} for b, v in zip(BANDS, (0.6, 0.5, 0.4), strict=True)]
    asked = made("family_reply_rate", rates)
    grades = [{"grade": g, "value": 3 - n / 5} for n, g in enumerate(("K", *map(str, range(1, 13))))]
    buckets = [{"band": b, "bucket": k, "value": 0.2} for b in BANDS for k in bars.BUCKETS]
    channels = [{"channel": c, "band": b, "value": 0.5} for c in ("phone", "email") for b in BANDS]
    curve = pd.DataFrame([{"band": b, "day": d, "survival": 1 - d / 60, "low": 0.4, "high": 0.9} for b in BANDS
                          for d in range(31)])  # fmt: skip
    of_schools = [{"school": s, "month": m, "value": 1.0} for s in ("A", "B") for m in ("2025-09", "2025-10")]
    by_channel = pd.concat([dropped().table.assign(channel=c, called="lower") for c in ("phone", "email")])
    return [
        months.by_month(by_month(), by_month(), "", mode),
        lines.by_grade(made("contact_rate", grades), mode),
        lines.until_reply(curve, mode=mode),
        points.schools(*by_school(), mode),
        points.funnel(*by_school(), mode),
        compared.drop_off(dropped(), mode),
        compared.drop_off_by_channel(by_channel, MEASURES["contact_rate"], mode),
        points.replies(asked, made("school_reply_rate", rates), mode),
        bars.contacts_per_family(made("contacts_per_student", buckets), mode=mode),
        bars.exchange(made("reach", rates), made("two_way_reach", rates), mode),
        bars.channels(made("contact_rate", channels), mode=mode),
        heat.by_month(made("contact_rate", of_schools), "school", mode=mode),
        *(part.draw(mode) for part in national.PARTS),
    ]


def moved(notes=(), **columns) -> Made:
    """Two steps of the same students: a fifth more contacts, a tenth less than the grade before says."""
    row = {"grade": "5", "to_grade": "6", "students": 30, "ratio": 1.2, "low": 1.1, "high": 1.3, "note": ""}
    row |= {"difference_ratio": 0.9, "difference_low": 0.8, "difference_high": 0.95, "difference_note": ""} | columns
    table = pd.DataFrame([row, row | {"grade": "8", "to_grade": "9"}])
    return Made(MEASURES["contact_rate"], table, notes=notes)


def graded(high: float, measure: str = "contact_rate") -> go.Figure:
    rows = [{"grade": g, "value": 0.5, "low": 0.1, "high": high} for g in ("K", "1", "2", "3")]
    return lines.by_grade(made(measure, rows))


def practice(**shares: float) -> go.Figure:
    """The chart of a practice with one figure, whose share each band (and all of them) has."""
    table = pd.DataFrame(
        [{"figure": "reach", "label": "Families reached", "unit": "share of students", "band": band, "value": value,
          "first_day": None, "last_day": None}
         for band, value in shares.items()]
    )  # fmt: skip
    changes = pd.DataFrame(columns=["measure", "called", "note"])
    return groups.practice(Practice("prepared", "Prepared", table, changes, "It says.", "It cannot say."))
