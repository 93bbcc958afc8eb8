"""Charts are checked by their data: what is drawn is what the table holds, in the house's colours and words."""

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio
import pytest

from analytics import funnel
from analytics.clustered import CAUTION
from analytics.figures import (
    bars,
    compared,
    findings,
    grade_findings,
    groups,
    headlines,
    heat,
    lines,
    months,
    national,
    points,
    released,
    room,
    school_findings,
    template,
    words,
)
from analytics.figures.draft import Draft
from analytics.measures import MEASURES
from analytics.partnership import Practice
from data.home import PROJECT

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


@pytest.fixture(autouse=True)
def plotly_knows_every_word(monkeypatch):
    """Nobody checks a figure while it is made (`analytics.figures.draft`): here Plotly does, and raises ValueError."""
    made = Draft.done

    def checked(draft):
        figure = made(draft)
        go.Figure(figure.to_dict())
        return figure

    monkeypatch.setattr(Draft, "done", checked)


def test_a_word_that_plotly_does_not_know_is_an_error_here():
    with pytest.raises(ValueError, match="heigth"):
        Draft({"heigth": 3}).done()


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


@pytest.mark.parametrize("mode", MODES)
def test_every_figure_has_its_words_and_brings_its_own_look(mode):
    for figure in all_figures(mode):
        assert all(len(meta(figure)[part]) > 5 for part in ("title", "subtitle", "alt"))
        assert figure.layout.font.color == template.colours(mode).text
        assert figure.to_dict()["layout"]["template"] is None
        assert figure.layout.dragmode is False
        assert {type(trace).__name__ for trace in figure.data} <= {"Scatter", "Bar", "Heatmap"}


@pytest.mark.parametrize("mode", MODES)
def test_a_figure_is_the_same_whatever_the_default_template_is(mode):
    before = [figure.to_json() for figure in all_figures(mode)]
    default = pio.templates.default
    pio.templates.default = "seaborn"
    try:
        assert [figure.to_json() for figure in all_figures(mode)] == before
    finally:
        pio.templates.default = default


@pytest.mark.parametrize("mode", MODES)
def test_bands_stand_out_from_the_page(mode):
    look = template.colours(mode)
    paper = [template._channel(look.paper, i) for i in (1, 3, 5)]
    for colour in (*look.bands.values(), look.accent, look.quiet):
        assert template.contrast([template._channel(colour, i) for i in (1, 3, 5)], paper) >= 3
    for fill in look.heat:
        ink = [template._channel(look.text, i) for i in (1, 3, 5)]
        assert template.contrast([template._channel(fill, i) for i in (1, 3, 5)], ink) >= 4.5


def channels_of(colour: str) -> list[int]:
    return [template._channel(colour, i) for i in (1, 3, 5)]


@pytest.mark.parametrize("mode", MODES)
def test_names_of_bands_can_be_read(mode):
    """WCAG AA for small words, on the page and on the shade behind a band's grades; near the band's own colour."""
    look = template.colours(mode)
    for band, colour in look.bands.items():
        word, paper = channels_of(look.written(band)), channels_of(look.paper)
        tint = [template.TINT * c + (1 - template.TINT) * p for c, p in zip(channels_of(colour), paper, strict=True)]
        assert template.contrast(word, paper) >= 4.5 and template.contrast(word, tint) >= 4.5
        assert template.contrast(word, channels_of(colour)) < 1.4


def test_captions_can_be_read():
    """Streamlit draws a caption, and a code in it, at 60 % of the colour of text."""
    theme = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    for look, mode in ((template.LIGHT, theme["light"]), (template.DARK, theme["dark"])):
        assert look.text == mode["textColor"] == mode["codeTextColor"] and look.paper == mode["backgroundColor"]
        for ground in map(channels_of, (mode["backgroundColor"], mode["sidebar"]["backgroundColor"])):
            drawn = [0.6 * t + 0.4 * g for t, g in zip(channels_of(look.text), ground, strict=True)]
            assert template.contrast(drawn, ground) >= 4.5


def test_a_median_that_is_not_reached_is_said_in_a_tile():
    rows = [{"value": np.nan, "denominator": 9}]
    assert words.single(Made(MEASURES["days_to_reply"], pd.DataFrame(rows))) == "not reached"
    assert words.single(Made(MEASURES["days_to_reply"], pd.DataFrame(rows).assign(denominator=0))) == words.DASH


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


def test_drop_off_draws_level_and_interval():
    figure = compared.drop_off(dropped())
    high = next(t for t in figure.data if t.y[0] == "High")
    assert high.x[0] == 50
    assert high.error_x.array[0] == pytest.approx(93 - 50)
    assert high.error_x.arrayminus[0] == pytest.approx(50 - 27)
    assert meta(figure)["alt"].endswith("50 % lower in high school (7 to 73 %)")
    assert meta(figure)["notes"][0] == "Thin lines: 95 % intervals, allowing for how schools differ."


def test_an_interval_that_is_refused_is_said_and_not_drawn():
    figure = compared.drop_off(dropped(low=np.nan, high=np.nan, note="too few schools for an interval"))
    high = next(t for t in figure.data if t.y[0] == "High")
    assert high.error_x.array is None
    assert "High: too few schools for an interval." in meta(figure)["notes"]


def test_an_interval_that_includes_zero_is_no_finding():
    assert grade_findings.drop_off(dropped(low=-0.2, high=0.6)).endswith(
        f"50 % lower in high school ({words.MINUS}60 to +20 %)"
    )
    assert grade_findings.drop_off(dropped(low=-0.001, high=0.6)).endswith(f"({words.MINUS}60 to 0 %)")
    said = headlines.overview(made("contact_rate", [{"value": 1.7}]), None, dropped(low=-0.2, high=0.6))
    assert said == ("Families were contacted 1.7 times per 30 days; middle school 40 % (20 to 55 %) and "
                    "high school 50 % (not clear) less often than elementary")  # fmt: skip


def test_bands_of_which_none_is_clear_say_so_once_and_each_its_way():
    unclear = dropped(drop_off=-0.5, low=-0.9, high=0.2).table
    unclear.loc[unclear["band"] == "middle", "low"] = -0.1
    said = headlines.overview(made("contact_rate", [{"value": 1.7}]), None, Made(MEASURES["contact_rate"], unclear))
    assert said.endswith("; middle school 40 % less often and high school 50 % more often than elementary (not clear)")


def test_a_change_too_small_to_be_a_per_cent_is_about_as_often():
    rate = made("contact_rate", [{"value": 1.7}])
    last_year = {"called": "rose", "change": 0.003, "before": 1.7, "now": 1.703, "note": ""}
    said = headlines.overview(rate, last_year, dropped())
    assert said.startswith("Families were contacted 1.7 times per 30 days, about as often as a year earlier")
    table = dropped().table
    for change in (0.004, -0.004):
        table.loc[table["band"] == "middle", ["drop_off", "low", "high"]] = [change, -0.2, 0.2]
        assert headlines.overview(rate, None, Made(MEASURES["contact_rate"], table)).endswith(
            "; middle school about as often as elementary, high school 50 % (7 to 73 %) less often"
        )
    table.loc[table["band"] == "high", ["drop_off", "low", "high"]] = [0.001, -0.2, 0.2]
    assert headlines.overview(rate, None, Made(MEASURES["contact_rate"], table)).endswith(
        "; middle school and high school about as often as elementary"
    )


def test_a_difference_without_an_interval_is_not_said_as_a_fact():
    few = {"low": np.nan, "high": np.nan, "note": "too few schools for an interval"}
    table = dropped(**few).table
    assert "chance" not in grade_findings.drop_off(Made(MEASURES["contact_rate"], table)), "middle has an interval"
    none = table.assign(low=np.nan, high=np.nan, note=["", few["note"], few["note"]])
    assert grade_findings.drop_off(Made(MEASURES["contact_rate"], none)) == (
        "Contact rate against elementary: 40 % lower in middle school and 50 % lower in high school, "
        "which chance may explain"
    )


def test_a_band_without_any_contact_is_told_of_the_logs_and_not_as_a_change():
    """100 % less often is what a school that logs nothing looks like, and no chance explains it."""
    few = {"low": np.nan, "high": np.nan, "note": "too few schools for an interval"}
    table = dropped(**few, value=0.0, ratio=0.0, drop_off=1.0).table
    rate = made("contact_rate", [{"value": 1.7}])
    assert headlines.overview(rate, None, Made(MEASURES["contact_rate"], table)) == (
        "Families were contacted 1.7 times per 30 days; middle school 40 % (20 to 55 %) less often than elementary; "
        "no contact with high school families was logged"
    )
    none = table.copy()
    none.loc[none["band"] == "middle", list(few) + ["value", "ratio", "drop_off"]] = [*few.values(), 0.0, 0.0, 1.0]
    said = Made(MEASURES["contact_rate"], none)
    assert headlines.overview(rate, None, said) == (
        "Families were contacted 1.7 times per 30 days; no contact with middle school and high school families was "
        "logged"
    )
    assert grade_findings.drop_off(said) == (
        "Contact rate against elementary: none counted in middle school and none counted in high school"
    )


def moved(notes=(), **columns) -> Made:
    """Two steps of the same students: a fifth more contacts, a tenth less than the grade before says."""
    row = {"grade": "5", "to_grade": "6", "students": 30, "ratio": 1.2, "low": 1.1, "high": 1.3, "note": ""}
    row |= {"difference_ratio": 0.9, "difference_low": 0.8, "difference_high": 0.95, "difference_note": ""} | columns
    table = pd.DataFrame([row, row | {"grade": "8", "to_grade": "9"}])
    return Made(MEASURES["contact_rate"], table, notes=notes)


def test_a_change_beyond_the_scale_of_the_same_students_keeps_its_mark_and_number():
    cross = {"cross_ratio": 1.0, "cross_low": np.nan, "cross_high": np.nan}
    figure = compared.same_students(moved(ratio=2.84, low=1.2, high=4.1, **cross))
    low, high = figure.layout.xaxis.range
    dots = [trace for trace in figure.data if "markers" in trace.mode]
    assert all(low < x < high for dot in dots for x in dot.x)
    far, near = ([dot for dot in dots if dot.hovertext[0] == said] for said in ("+184%", "\N{MINUS SIGN}10%"))
    assert [(dot.marker.symbol, dot.text) for dot in far] == [("circle", ("+184% \N{RIGHTWARDS ARROW}",))] * 2
    assert [(dot.marker.symbol, dot.text) for dot in near] == [("diamond", ("",))] * 2
    assert any(
        note.endswith("beyond the scale, which ends here; the number is written.") for note in meta(figure)["notes"]
    )
    assert "Lines: 95 % intervals, cut where they leave the scale." in meta(figure)["notes"]
    assert not [note for note in meta(compared.same_students(moved(**cross)))["notes"] if "scale" in note]


RUNNING = ("2025-26 is not over: its rates are those of its days up to 12 November 2025, beside a whole year.",)


def test_while_a_year_is_not_over_the_headline_compares_the_same_days():
    assert grade_findings.same_students(moved()).startswith(
        "Contact rate of the same students: 20 % higher from grade 5 to 6"
    )
    said = grade_findings.same_students(moved(RUNNING))
    assert said.startswith(
        "Contact rate of the same students, less what changed from the grade before: 10 % lower from grade 5 to 6"
    )
    assert "20 % higher" not in said
    alone = moved(RUNNING, difference_ratio=np.nan)
    assert "20 % higher from grade 5 to 6" in grade_findings.same_students(alone), (
        "there is no grade before to compare with"
    )
    few = moved(low=np.nan, high=np.nan, note="too few schools for an interval")
    assert grade_findings.same_students(few).endswith("20 % higher from grade 8 to 9, which chance may explain")


def test_no_difference_is_not_said_to_be_lower():
    said = grade_findings.same_students(moved(ratio=1.001, low=0.9, high=1.1))
    assert f"the same from grade 5 to 6 ({words.MINUS}10 to +10 %)" in said and "0 % lower from" not in said


def test_why_the_same_students_cannot_be_compared_is_true():
    nobody = moved(RUNNING, ratio=np.nan, students=0)
    assert headlines.same_students(nobody) == (
        "Nobody was in grade 5 or 8 here in one school year and in the next grade the year after"
    )
    for figure_of in (nobody, replace(nobody, notes=())):
        assert "choose both schools" in compared.same_students(figure_of).layout.annotations[0].text.replace(
            "<br>", " "
        )
    one_year = replace(nobody, notes=("There is only one school year here: the same students need two in a row.",))
    assert headlines.same_students(one_year).endswith("that needs two school years in a row")
    assert "nothing was counted in the lower grade" in headlines.same_students(moved(ratio=np.nan))


def test_a_change_is_called_one_only_where_it_holds():
    change = pd.Series({"called": "no clear change", "change": 0.03, "before": 0.5, "now": 0.53})
    assert headlines.tile_change(change, "share") == "+3 points, not clear"
    assert headlines.tile_change(change.replace("no clear change", "rose"), "share") == "+3 points"
    assert headlines.tile_change(change.replace("no clear change", "no comparison"), "share") == ""
    assert "no clear change" in headlines.overview(made("contact_rate", [{"value": 1.7}]), change, dropped())


def test_no_change_is_not_said_to_be_unclear():
    change = pd.Series({"called": "no clear change", "change": 0.001, "before": 0.5, "now": 0.501, "note": ""})
    assert headlines.tile_change(change, "share") == "no change"


def test_schools_that_are_all_alike_are_not_said_to_be_too_few():
    sums = pd.DataFrame({"school": [*"ABCDE"], "numerator": 0, "denominator": 3000, "students": 100})
    found = funnel.estimate(sums, False, 30.0)
    assert funnel.sentence(found) == "There is no difference between these schools."
    assert school_findings.funnel(found, Made(MEASURES["contact_rate"], found.schools)) == (
        "Contact rate: 0.0 at each of these schools"
    )


def test_bands_that_have_no_elementary_grades_beside_them_are_said_plainly():
    rows = dropped().table
    rows = rows.assign(ratio=np.nan, drop_off=np.nan)
    assert grade_findings.drop_off(Made(MEASURES["contact_rate"], rows[1:])) == (
        "Contact rate: middle school 1.2 and high school 1.0, without elementary grades to compare with"
    )


def test_the_changes_of_a_page_are_those_without_a_cut():
    rows = [("reach", "middle", 0.1), ("reach", "", 0.2), ("contact_rate", "", 0.3), ("silent", "high", 0.4)]
    found = headlines.changes_of(pd.DataFrame(rows, columns=["measure", "cut", "change"]))
    assert {name: row["change"] for name, row in found.items()} == {"reach": 0.2, "contact_rate": 0.3}
    assert headlines.changes_of(pd.DataFrame(columns=["measure", "cut", "change"])) == {}


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


def test_bars_of_families_add_up_and_zero_is_darkest():
    shares = dict(zip(bars.BUCKETS, (0.1, 0.2, 0.3, 0.15, 0.25), strict=True))
    rows = [{"band": b, "bucket": k, "value": v} for b in BANDS for k, v in shares.items()]
    figure = bars.contacts_per_family(made("contacts_per_student", rows))
    assert sum(trace.x[0] for trace in figure.data) == pytest.approx(1)
    strengths = [float(trace.marker.color[0].rstrip(")").split(",")[-1]) for trace in figure.data]
    assert strengths == sorted(strengths, reverse=True)
    assert meta(figure)["title"] == "Families not yet reached: elementary 10 %, middle school 10 %, high school 10 %"


def test_an_empty_cell_of_a_heat_table_shows_its_sign():
    rows = [{"school": "A", "month": "2025-09", "value": 1.0}, {"school": "A", "month": "2025-10", "value": np.nan}]
    figure = heat.by_month(made("contact_rate", rows), "school")
    assert [a.text for a in figure.layout.annotations] == [words.DASH]


def test_the_curve_says_its_ends_and_its_largest_step():
    grades = [{"grade": g, "value": v} for g, v in (("K", 2.0), ("5", 2.1), ("6", 1.2), ("12", 1.4))]
    assert findings.curve(made("contact_rate", grades)) == (
        "From 2.0 in kindergarten to 1.4 in grade 12; the largest step is from grade 5 to grade 6, 2.1 to 1.2"
    )


def test_a_gap_is_a_finding_only_where_it_is_called_one():
    """Somali: zero is left out, but the gap does not hold among all groups shown."""
    groups_ = (("arabic", -1.0, -0.2, "lower"), ("somali", -1.1, -0.01, "no clear gap"))
    rows = [{"group": g, "value": 1.0, "rest": 1.6, "gap": -0.6, "low": low, "high": high, "note": "", "called": called}
            for g, low, high, called in groups_]  # fmt: skip
    answer = Made(MEASURES["contact_rate"], pd.DataFrame(rows))
    figure = groups.gaps(answer, "home_language")
    assert meta(figure)["alt"].endswith("Arabic 1.0 against 1.6")
    line = next(t for t in figure.data if t.mode == "lines")
    assert pieces(line.x) == [pytest.approx([0.6, 1.4]), pytest.approx([0.5, 1.59])]
    assert pieces(line.y) == [["Arabic"] * 2, ["Somali"] * 2]


def test_half_of_the_answers_are_said_with_their_interval():
    rows = [("elementary", 3.0, 2.0, 5.0, ""), ("middle", 9.0, 4.0, np.nan, ""), ("high", np.nan, 12.0, np.nan, "")]
    table = pd.DataFrame(rows, columns=["band", "value", "median_low", "median_high", "note"]).assign(denominator=9)
    assert findings.half_answered(Made(MEASURES["days_to_reply"], table)) == (
        "Half are answered by day: elementary 3 (2 to 5), middle school 9 (4 to more than 30) and high school not "
        "within 30 days (12 to more than 30) (95 % intervals).",
    )
    few = table[:1].assign(median_low=np.nan, note="too few schools for an interval")
    assert findings.half_answered(Made(MEASURES["days_to_reply"], few))[0].startswith(
        "Half are answered by day: elementary 3, without an interval: too few schools for an interval"
    )
    assert findings.half_answered(Made(MEASURES["days_to_reply"], table.assign(denominator=0))) == ()


def test_a_log_that_ends_soon_says_nothing_of_the_days_after_it():
    """Nobody was watched for more than 5 days, so nobody knows of 30; an interval beyond them is no missing one."""
    rows = [("elementary", np.nan, np.nan, np.nan, CAUTION, 5), ("middle", np.nan, 2.0, np.nan, CAUTION, 5)]
    columns = ["band", "value", "median_low", "median_high", "note", "watched"]
    answer = Made(MEASURES["days_to_reply"], pd.DataFrame(rows, columns=columns).assign(denominator=9))
    assert findings.half_answered(answer) == (
        "Half are answered by day: elementary not within 5 days and middle school not within 5 days (2 to more than 5) "
        "(95 % intervals).",
        "The log ends before the asks could be watched for longer.",
    )
    whole = Made(answer.measure, answer.table.assign(watched=30)[:1])
    assert findings.half_answered(whole) == ("Half are answered by day: elementary not within 30 days.",)


def test_a_channel_is_said_to_fall_only_where_that_holds_among_all_channels():
    called = {"conference": "lower", "email": "no clear difference", "phone": "higher"}
    table = pd.concat([dropped().table.assign(channel=channel, called=word) for channel, word in called.items()])
    assert findings.channels(table) == "Clearly less in high school: conference; the others may not differ"
    assert findings.channels(table.assign(called="no clear difference")) == "Which channels fall with grade?"


def test_national_figures_are_broken_between_2007_and_2012():
    figure = national.over_years()
    said = [re.search(r", (\d+): ", text)[1] for trace in figure.data for text in trace.hovertext]
    parts = [[str(year) for year in trace.x] for trace in figure.data]
    assert said == [year for part in parts for year in part], "each figure says its year"
    assert len(parts) == 8 and all(max(part) <= "2007" or min(part) >= "2012" for part in parts)
    assert all(len(trace.marker.symbol) == len(trace.x) == len(trace.y) for trace in figure.data)
    assert [(shape.x0, shape.x1) for shape in figure.layout.shapes] == [(2007, 2012)]
    said = " ".join(meta(figure)["notes"])
    assert "mail instead of telephone" in said and "quoted by another publication" in said
    assert "not a target" in meta(figure)["subtitle"]


def test_national_figures_by_grades_say_their_year_and_whose_they_are():
    figure = national.by_grades()
    conference = next(trace for trace in figure.data if trace.name == "Conference")
    assert conference.y == pytest.approx((0.902, 0.888, 0.722, 0.543))
    named = {name.text for name in figure.layout.annotations}
    assert {"Conference 54", "Event 70", "Meeting 80", "Notes 57", "Phoned 40", "93", "39"} <= named
    assert meta(figure)["subtitle"].endswith("2019 (Phoned: 2012)") and "not a target" in meta(figure)["subtitle"]
    assert meta(figure)["notes"] == [
        "Conference, Event, Meeting and Notes: estimated by others from public records, not a figure of NCES.",
        "Phoned: published by NCES.",
    ]
    assert "derived: estimated by others" in " ".join(national.PARTS[0].about())


def test_what_falls_with_grade_is_what_the_national_figures_say():
    assert national.BY_GRADES == "In the United States conferences fall most with grade, notes less, phone calls hardly"
    percents = {item: national.PARTS[0].figures(item)["percent"] for item in national.ITEMS}
    fall = {item: percent.iloc[0] - percent.iloc[-1] for item, percent in percents.items()}
    assert fall["conference"] == max(fall.values()) > fall["notes"] > 5 and abs(fall["phone"]) < 3


def test_what_more_parents_came_to_is_what_the_national_figures_say():
    assert national.OVER_YEARS == "More parents came to meetings, conferences and events in 2007 than in 1996"
    for item in ("meeting", "conference", "event"):
        percent = national.PARTS[1].figures(item).set_index("year")["percent"]
        assert percent[2007] > percent[1996]


@pytest.mark.parametrize("part", national.PARTS, ids=lambda part: part.name)
def test_national_figures_are_no_taller_than_needed_and_fit_a_phone(part):
    """The names at the ends of lines are inside the chart, none touches another, and half of a phone is for lines."""
    figure, phone = part.draw("light"), 324  # pixels that a chart has at 390
    assert meta(figure)["width"] <= phone and figure.layout.height <= 320
    right = [name for name in figure.layout.annotations if name.xanchor == "left"]
    assert max(room.width(name.text, 13) for name in right) + 10 <= figure.layout.margin.r <= phone / 2
    for side in ("left", "right"):
        plot = figure.layout.height - 60
        stand = sorted(name.y * plot + name.yshift for name in figure.layout.annotations if name.xanchor == side)
        assert len(stand) >= 3 and min(high - low for low, high in zip(stand, stand[1:], strict=False)) >= 15


def test_each_number_of_who_was_compared_has_words_of_its_own():
    row = {"before": 1.62, "after": 1.58, "students": 1197, "only_first": 13, "only_second": 2, "sending_schools": 13,
           "receiving_schools": 9}  # fmt: skip
    table = pd.DataFrame(
        [{"grade": "5", "to_grade": "6", **row}, {"grade": "8", "to_grade": "9", **row, "after": np.nan}]
    )
    shown = words.steps(Made(MEASURES["contact_rate"], table))
    shown.columns = [name.replace("\u00a0", " ") for name in shown.columns]
    assert list(shown.columns) == ["", "Grade 5 to 6", "Grade 8 to 9"]
    assert dict(zip(shown[""], shown["Grade 5 to 6"], strict=True)) == {
        "Contact rate in the lower grade": "1.6",
        "In the higher grade": "1.6",
        "Students in both years": "1,197",
        "Only in the first year": "13",
        "Only in the second year": "2",
        "Schools they came from": "13",
        "Schools they went to": "9",
    }
    assert shown["Grade 8 to 9"][1] == words.DASH


def test_the_first_year_of_steps_is_said_once_and_not_in_each_row():
    table = pd.DataFrame([{"grade": "5", "school_year": "2024-25, 2025-26"}, {"grade": "8", "school_year": ""}])
    steps = Made(MEASURES["contact_rate"], table)
    assert words.first_years(steps) == "First years: 2024-25, 2025-26."
    assert words.first_years(replace(steps, table=table[1:])) == ""
    both = replace(steps, table=table.assign(school_year=["2024-25", "2025-26"]))
    assert words.first_years(both) == "First year from grade 5: 2024-25. First year from grade 8: 2025-26."


def test_without_schools_a_band_that_is_no_lower_is_the_same():
    table = pd.DataFrame({"band": ["middle", "high"], "drop_off": [0.001, -0.2]})
    said = grade_findings.without(table, ["Elm"])
    assert (
        said
        == "Without Elm, which logged in under half of its weeks: middle school the same and high school 20 % higher."
    )


def test_channels_stand_side_by_side_on_one_scale():
    """Phone falls by a half, 7 to 73 %; an interval beyond +100 % is cut at the end of its panel."""
    answers = {"phone": dropped(), "email": dropped(low=-3.0, high=0.73)}
    by_channel = pd.concat([answer.table.assign(channel=name, called="") for name, answer in answers.items()])
    figure = compared.drop_off_by_channel(by_channel, MEASURES["contact_rate"])
    strip = compared._one_scale(by_channel[by_channel["band"] != "elementary"])
    assert [figure.layout.annotations[n].text for n in (0, 1)] == ["Phone", "E-mail"]
    dots = next(trace for trace in figure.data if trace.mode == "markers")
    assert dots.x[1] == strip.at(0, -0.5) and dots.hovertext[1] == f"Phone, High: {words.MINUS}50%"
    high = [trace for trace in figure.data if trace.mode == "lines"][1]
    assert pieces(high.x) == [[strip.at(0, -0.73), strip.at(0, -0.07)], [strip.at(1, -0.73), strip.at(1, strip.high)]]
    assert strip.at(0, 9) < strip.at(1, -9), "nothing reaches into the next panel"
    assert list(figure.layout.xaxis.ticktext) == [f"{words.MINUS}50%", "0", "+50%"] * 2
    assert list(figure.layout.xaxis.tickvals)[4] == strip.at(1, 0)


def test_a_channel_beyond_the_scale_is_an_arrow_with_its_number_and_no_empty_panel():
    answers = {"phone": dropped(), "home_visit": dropped(drop_off=-1.8, low=np.nan, high=np.nan)}
    by_channel = pd.concat([answer.table.assign(channel=name, called="") for name, answer in answers.items()])
    figure = compared.drop_off_by_channel(by_channel, MEASURES["contact_rate"])
    strip = compared._one_scale(by_channel[by_channel["band"] != "elementary"])
    arrows = next(trace for trace in figure.data if trace.mode == "markers+text")
    assert arrows.text == ("+180% ",) and arrows.x == (strip.at(1, strip.high),) and arrows.y == ("High",)
    assert "Arrow: more than +100%, beyond the scale." in meta(figure)["notes"]
    inside = compared.drop_off_by_channel(by_channel[by_channel["channel"] == "phone"], MEASURES["contact_rate"])
    assert not [trace for trace in inside.data if trace.mode == "markers+text"]
    assert not any("Arrow" in note for note in meta(inside)["notes"])


def graded(high: float, measure: str = "contact_rate") -> go.Figure:
    rows = [{"grade": g, "value": 0.5, "low": 0.1, "high": high} for g in ("K", "1", "2", "3")]
    return lines.by_grade(made(measure, rows))


def test_a_wide_interval_does_not_press_the_line_of_grades_flat():
    shaded = "Shaded: 95 % intervals, allowing for how schools differ"
    wide = graded(25)
    assert wide.layout.yaxis.range == (0, 1.25)
    assert meta(wide)["notes"] == [f"{shaded}, cut where they leave the scale."]
    usual = graded(0.9)
    assert usual.layout.yaxis.range is None and meta(usual)["notes"] == [f"{shaded}."]
    assert graded(0.9, "reach").layout.yaxis.range == (0, 1.02)
    assert meta(lines.by_grade(made("contact_rate", [{"grade": "K", "value": 1.0}])))["notes"] == []


def test_the_title_of_schools_is_true_of_few_schools_and_of_schools_that_are_alike():
    def title(*values, measure="weeks_logged"):
        return school_findings.schools(
            made(measure, [{"school": f"School {n}", "value": v} for n, v in enumerate(values)])
        )

    assert title(*[1.0] * 20, 0.5, 0.5, 0, 0) == "Weeks logged: 100 % at 20 of 24 schools"
    assert title(0.0, 0.02, 1.2, 1.6, 2.0, measure="contact_rate") == "Contact rate: from 0.0 to 2.0 at 5 schools"
    assert "half of the schools lie between" in title(*[n / 10 for n in range(8)])


def test_reply_times_without_intervals_do_not_end_with_the_word_interval_twice():
    why = "too few schools for an interval"
    rows = [(band, n, np.nan, np.nan, why, 9) for n, band in enumerate(BANDS, start=3)]
    columns = ["band", "value", "median_low", "median_high", "note", "denominator"]
    assert findings.half_answered(Made(MEASURES["days_to_reply"], pd.DataFrame(rows, columns=columns))) == (
        f"Half are answered by day: elementary 3, middle school 4 and high school 5, without an interval: {why}.",
    )


def test_the_chart_of_channels_says_which_way_is_used_most_where_one_is():
    def said(measure="contact_rate", **used):
        rows = [
            {"channel": channel, "band": band, "value": value}
            for band, values in used.items()
            for channel, value in values.items()
        ]
        return bars.ways(made(measure, rows))

    email, phone = {"email": 0.5, "phone": 0.3}, {"email": 0.1, "phone": 0.3}
    assert said(elementary=email, high=email) == (
        "More contacts were made by e-mail than in any other way, in every grade band"
    )
    assert said(high=phone) == "More contacts were made by phone than in any other way"
    assert said(elementary=email, high=phone) == ("Used most: by e-mail in elementary and by phone in high school")
    for nothing in ({"email": 0.3, "phone": 0.3}, {"phone": 0.3}, {"email": 0.0, "phone": 0.0}):
        assert said(elementary=nothing) == "Contact rate by channel", "two alike, one alone, none used"
    assert said("two_way_share", high=phone) == "Two-way share by channel"


def test_channels_that_are_all_at_zero_begin_at_the_left():
    rows = [{"channel": "phone", "band": "middle", "value": 0.0, "numerator": 0, "denominator": 3}]
    assert bars.channels(made("two_way_share", rows)).layout.xaxis.range == (0, 1)


def test_without_elementary_grades_the_drop_off_says_so_in_words():
    rows = dropped().table.assign(ratio=np.nan, drop_off=np.nan, note="nothing to count: no value")
    text = compared.drop_off(Made(MEASURES["contact_rate"], rows)).layout.annotations[0].text.replace("<br>", " ")
    assert text == "There are no elementary grades under these filters to compare with."


def test_a_headline_of_few_contacts_counts_them():
    def of(measure, above, below):
        row = {"value": above / below, "numerator": above, "denominator": below}
        return Made(MEASURES[measure], pd.DataFrame([row]))

    few = of("two_way_share", 0, 4), of("family_reply_rate", 0, 3), of("school_reply_rate", 1, 1)
    known = of("direction_known", 3, 4)
    assert headlines.two_way(*few, known) == (
        "0 of 4 contacts went both ways; families answered 0 of 3 times and schools answered 1 of 1 times"
    )
    many = of("two_way_share", 30, 40), of("family_reply_rate", 5, 10), of("school_reply_rate", 9, 9)
    assert headlines.two_way(*many, known) == (
        "75 % of contacts went both ways; families answered 50 % of the time and schools answered 9 of 9 times"
    )


def test_one_grade_band_is_not_said_to_be_every_one():
    assert findings.replies({"middle": 0.4}, {"middle": 0.7}) == (
        "Schools answer families more often than families answer schools"
    )
    assert findings.replies({"middle": 0.7, "high": 0.6}, {"middle": 0.4, "high": 0.3}) == (
        "In every grade band families answer schools more often than schools answer families"
    )


def test_nothing_to_draw_is_said_in_the_figure():
    empty = made("contact_rate", [{"month": "2025-09", "band": "middle", "value": np.nan}])
    empty.notes = ("No contacts have been loaded yet. Load a contact log.",)
    figure = months.by_month(empty)
    assert "No contacts have been loaded yet" in figure.layout.annotations[0].text.replace("<br>", " ")


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [(0.456, "share", "46 %"), (2.34, "contacts", "2.3"), (0.04, "contacts", "0.04"), (0, "contacts", "0.0"),
     (3.0, "days", "3"), (float("nan"), "share", words.DASH), (None, "contacts", words.DASH)],
)  # fmt: skip
def test_numbers_are_rounded_as_a_person_says_them(number, unit, text):
    assert words.value(number, unit) == text


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [(0.012, "share", "+1 point"), (-0.026, "share", f"{words.MINUS}3 points"), (0.001, "share", "no change"),
     (-0.5, "contacts", f"{words.MINUS}0.50"), (0.004, "contacts", "no change")],
)  # fmt: skip
def test_changes_have_their_sign_and_unit(number, unit, text):
    assert words.signed(number, unit) == text


def test_hidden_groups_of_a_band_are_one_row_with_their_number():
    flags = {"asian": "", "black": "suppressed", "white": "suppressed", "hispanic": "caution"}
    rows = pd.DataFrame(
        [
            {"year": "2025-26", "band": band, "race_ethnicity": member, "flag": flag if band == "high" else "",
             "published": "\u2021" if flag == "suppressed" and band == "high" else "89% to under 90%",
             "low": 0.89, "high": 0.9}
            for band in ("middle", "high") for member, flag in flags.items()
        ]
    )  # fmt: skip
    figure = released.by_group(rows, "race_ethnicity", MEASURES["reach"])
    names = list(figure.layout.yaxis.ticktext)
    assert names[:4] == ["Middle, Asian", "Middle, Black", "Middle, Hispanic", "Middle, White"]
    assert names[4:] == ["High, Asian", "High, Hispanic", "High, 2 groups"]
    assert meta(figure)["alt"].endswith("High, 2 groups: hidden.")
    texts = [note.text.strip() for note in figure.layout.annotations]
    assert texts[0] == "89\u201390 %" and texts[-1] == released.HIDDEN and texts.count(released.HIDDEN) == 1


@pytest.mark.parametrize(
    ("band", "said"),
    [("89% to under 90%", "89\u201390 %"), ("95% to 100%", "95\u2013100 %"), ("under 0.5", "under 0.5"),
     ("0.5 to under 1.0", "0.5\u20131.0"), ("\u2021", "\u2021")],
)  # fmt: skip
def test_a_published_band_has_one_form(band, said):
    assert words.published(band) == said


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


def practice(**shares: float) -> go.Figure:
    """The chart of a practice with one figure, whose share each band (and all of them) has."""
    table = pd.DataFrame(
        [{"figure": "reach", "label": "Families reached", "unit": "share of students", "band": band, "value": value,
          "first_day": None, "last_day": None}
         for band, value in shares.items()]
    )  # fmt: skip
    changes = pd.DataFrame(columns=["measure", "called", "note"])
    return groups.practice(Practice("prepared", "Prepared", table, changes, "It says.", "It cannot say."))


def test_dots_of_a_practice_stand_below_one_another_with_their_names():
    figure = practice(elementary=0.2, middle=0.21, high=0.2, all=0.2)
    dots = [trace for trace in figure.data if trace.text]
    assert [trace.text[0] for trace in dots] == ["Elementary", "Middle", "High"]
    places = [trace.y[0] for trace in dots]
    assert all(after - before > 0.2 for before, after in zip(places, places[1:], strict=False))
    assert not figure.layout.title.text
    # The names stand away from the line of all bands, where there is room.
    sides = [("elementary", 0.5, 0.6), ("elementary", 0.6, 0.5), ("elementary", 0.9, 0.5), ("elementary", 0.1, 0.5)]
    assert [groups._side(*at) for at in sides] == ["left", "right", "left", "right"]
    assert [groups._side(band, 0.34, 0.4) for band in ("elementary", "middle", "high")] == ["right", "left", "left"]


def test_the_line_of_all_bands_runs_through_no_name_of_a_band():
    figure = practice(elementary=0.1, middle=0.3, high=0.6, all=0.2)
    line = next(trace for trace in figure.data if trace.mode == "lines")
    name = next(trace for trace in figure.data if trace.text == ("Elementary",))
    assert set(line.x) - {None} == {0.2} and name.textposition == "middle right"
    drawn = [height for height in line.y if height is not None]
    pieces = list(zip(drawn[::2], drawn[1::2], strict=True))
    assert all(not low < name.y[0] < high for low, high in pieces)
    assert max(high for _, high in pieces) == pytest.approx(groups.SPREAD + 0.1)


def test_the_name_of_a_channel_has_room_above_its_panel_on_a_phone():
    by_channel = pd.concat(
        [dropped().table.assign(channel=c, called="lower") for c in ("phone", "app_message", "letter")]
    )
    figure = compared.drop_off_by_channel(by_channel, MEASURES["contact_rate"])
    phone = 324  # pixels that a chart has at 390
    assert meta(figure)["width"] <= phone
    one = (phone - figure.layout.margin.l - figure.layout.margin.r) / compared.ACROSS
    assert max(room.width(name, 12) for name in words.CHANNELS.values()) < one


def test_the_panels_of_channels_have_the_whole_name_of_a_band_and_a_phone_has_room_for_it():
    rows = [{"channel": channel, "band": band, "value": 0.4, "numerator": 4, "denominator": 10}
            for channel in ("letter", "app_message") for band in BANDS]  # fmt: skip
    figure = bars.channels(made("contact_rate", pd.DataFrame(rows)))
    assert [note.text for note in figure.layout.annotations] == ["Elementary", "Middle", "High"]
    inside = 324 - figure.layout.margin.l - figure.layout.margin.r  # of a chart at 390
    assert room.width("Elementary", 12) < inside * figure.layout.xaxis2.domain[0]
