"""Lines by month: whole months, the term calendar, last year beneath."""

from datetime import date

import pandas as pd
import pytest

from analytics.figures import lines, months
from tests.support.figures import by_month, made, meta


def test_months_that_are_not_whole_are_dashed_and_said():
    figure = months.by_month(by_month())
    solid = [t for t in figure.data if t.name == "Elementary" and t.line.dash == "solid"]
    assert [str(x)[:7] for x in solid[0].x] == ["2025-09", "2025-10"]
    dashed = [t for t in figure.data if t.name == "Elementary" and t.line.dash == "dot"]
    assert list(dashed[0].y) == pytest.approx([2.4, 2.5, 2.6, 2.7])
    assert "Aug 2025 and Nov 2025 are not whole months of lessons or log" in meta(figure)["notes"][0]


def test_months_follow_the_term_calendar():
    """Lessons from 18 August to 12 June: August and June are no whole months, and July has none."""
    summer = pd.period_range("2025-06", "2025-09", freq="M").strftime("%Y-%m")
    answer = made("contact_rate", [{"month": m, "band": "middle", "value": 1.0} for m in summer])
    answer.start, answer.end = date(2025, 6, 1), date(2025, 9, 30)
    assert "notes" not in meta(months.by_month(answer)) or meta(months.by_month(answer))["notes"] == []
    answer.lessons = ((date(2024, 8, 19), date(2025, 6, 12)), (date(2025, 8, 18), date(2026, 6, 12)))
    figure = months.by_month(answer)
    assert meta(figure)["notes"] == [
        "Dashed: Jun 2025 and Aug 2025 are not whole months of lessons or log.",
        "Shaded: no lessons in Jul 2025.",
    ]
    assert [str(shape.x0)[:10] for shape in figure.layout.shapes] == ["2025-06-16"]


def test_last_year_lies_under_this_year():
    before = by_month()
    before.table["month"] = before.table["month"].str.replace("2025", "2024")
    figure = months.by_month(by_month(), before)
    earlier = next(t for t in figure.data if t.name == "Middle, a year earlier")
    assert str(earlier.x[0])[:7] == "2025-08"
    assert list(earlier.y) == pytest.approx([1.5, 1.6, 1.7, 1.8])


def test_names_at_the_ends_of_lines_keep_apart():
    close = by_month()
    close.table["value"] = [1.0, 1.001, 1.002] * 4
    figure = months.by_month(close)
    top = close.table["value"].max()
    places = sorted(a.y / top * 280 + a.yshift for a in figure.layout.annotations)
    assert all(b - a >= lines.LABEL_GAP - 0.01 for a, b in zip(places, places[1:], strict=False))
