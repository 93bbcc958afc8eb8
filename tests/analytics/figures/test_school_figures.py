"""Schools: named only outside the limits, names that keep apart, titles that are true of few."""

from dataclasses import replace

import pandas as pd

from analytics import funnel
from analytics.figures import heat, points, school_findings
from analytics.measures import MEASURES
from tests.support.figures import Made, by_school, made, meta, pieces


def test_schools_that_are_all_alike_are_not_said_to_be_too_few():
    sums = pd.DataFrame({"school": [*"ABCDE"], "numerator": 0, "denominator": 3000, "students": 100})
    found = funnel.estimate(sums, False, 30.0)
    assert funnel.sentence(found) == "There is no difference between these schools."
    assert school_findings.funnel(found, Made(MEASURES["contact_rate"], found.schools)) == (
        "Contact rate: 0.0 at each of these schools"
    )


def test_a_school_outside_the_limits_is_named_and_one_inside_is_not():
    answer, found = by_school()
    figure = points.funnel(answer, found)
    assert meta(figure)["alt"] == "School 6 lies outside what chance and the usual spread of schools explain"
    assert [a.text for a in figure.layout.annotations] == ["School 6"]
    dots = next(t for t in figure.data if t.mode == "markers")
    assert list(dots.y) == list(answer.table["value"]) and list(dots.x) == list(answer.table["students"])


def test_names_of_schools_do_not_lie_on_one_another_or_outside_the_chart():
    answer, found = by_school()
    table = found.schools.assign(
        students=[45, 115, 190, 60, 70, 80, 200], place=["nothing logged"] * 3 + ["inside"] * 4
    )
    table.loc[:2, "value"] = 0.0
    figure = points.funnel(replace(answer, table=table), replace(found, schools=table))
    names = figure.layout.annotations
    assert [name.text for name in names] == ["School 0, no log", "School 1, no log", "School 2, no log"]
    assert len({name.yshift for name in names}) == 3, "each has a line of its own"
    assert [name.xanchor for name in names] == ["left", "center", "right"]


def test_the_headline_of_schools_is_short_and_its_words_are_said_at_the_chart():
    answer, found = by_school()
    assert school_findings.funnel_short(found, answer) == "School 6 lies outside the usual range"
    near = found.schools.assign(place=["outside 95 %"] * 2 + ["nothing logged"] + ["inside"] * 4)
    near = replace(found, schools=near)
    assert school_findings.funnel_short(near, answer) == (
        "School 2 logged no personal contact. No other school lies outside the usual range"
    )
    assert meta(points.funnel(answer, near))["notes"][-1] == (
        "The usual range is what lies inside the 99.8 % limits; 2 of these schools lie in it but outside the 95 % ones."
    )
    many = replace(found, schools=found.schools.assign(place=["outside 99.8 %"] * 4 + ["inside"] * 3))
    assert school_findings.funnel_short(many, answer) == "4 schools lie outside the usual range"
    assert meta(points.funnel(answer, many))["notes"][-1] == "The usual range is what lies inside the 99.8 % limits."
    alike = replace(found, note=funnel.ALIKE)
    assert (
        school_findings.funnel_short(alike, answer).startswith("Contact rate")
        and school_findings.usual_range(alike) == ""
    )


def test_schools_outside_the_drawn_range_are_counted_where_none_is_named():
    """The range of the dots is that of 95 %: a dot beside it is not said to be inside."""
    _, found = by_school()
    table = found.schools.assign(place=["outside 95 %"] * 2 + ["inside"] * 5)
    found = replace(found, schools=table)
    wanted = (
        "No school {} outside what chance and the usual spread of schools explain: "
        "2 lie outside the 95 % limits, none outside 99.8 %"
    )
    assert funnel.sentence(found) == wanted.format("stands") + "."
    assert school_findings.funnel(found, Made(MEASURES["contact_rate"], table)) == wanted.format("lies")
    inside = replace(found, schools=table.assign(place="inside"))
    assert "95 %" not in funnel.sentence(inside) + school_findings.funnel(inside, Made(MEASURES["contact_rate"], table))


def test_schools_stand_before_the_range_of_chance():
    answer, found = by_school()
    figure = points.schools(answer, found)
    ranges = next(t for t in figure.data if t.mode == "lines")
    assert pieces(ranges.x) == answer.table.sort_values("value")[["low_95", "high_95"]].to_numpy().tolist()
    assert all(first == last for first, last in pieces(ranges.y))
    assert "Outside the 99.8 % limits: School 6 above the limits" in meta(figure)["notes"][0]
    dots = next(t for t in points.schools(answer, found, by_name=True).data if t.mode == "markers")
    assert list(dots.y) == [f"School {n}" for n in range(6, -1, -1)], "the first name on top"


def test_the_title_of_schools_is_true_of_few_schools_and_of_schools_that_are_alike():
    def title(*values, measure="weeks_logged"):
        return school_findings.schools(
            made(measure, [{"school": f"School {n}", "value": v} for n, v in enumerate(values)])
        )

    assert title(*[1.0] * 20, 0.5, 0.5, 0, 0) == "Weeks logged: 100 % at 20 of 24 schools"
    assert title(0.0, 0.02, 1.2, 1.6, 2.0, measure="contact_rate") == "Contact rate: from 0.0 to 2.0 at 5 schools"
    assert "half of the schools lie between" in title(*[n / 10 for n in range(8)])


def test_no_words_of_an_axis_stand_aslant_on_a_phone():
    """Months with their year stand in two lines, and a scale of shares has few numbers."""
    one = {"school": "Oak", "value": 0.9, "numerator": 9, "denominator": 10, "students": 5, "schools": 1}
    rows = [{**one, "month": month} for month in pd.date_range("2024-08-01", periods=14, freq="MS")]
    figure = heat.by_month(made("weeks_logged", pd.DataFrame(rows)), "school")
    assert figure.layout.xaxis.tickangle == 0
    assert list(figure.layout.xaxis.ticktext)[:2] == ["Aug<br>2024", "Sep<br>2024"]
    assert list(figure.layout.xaxis.tickvals) == list(figure.data[0].x)
    figure = points.schools(made("weeks_logged", pd.DataFrame([one])))
    assert figure.layout.xaxis.tickangle == 0 and figure.layout.xaxis.nticks <= 4
