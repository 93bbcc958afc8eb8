"""The same students moving up: marks, headline and who was compared."""

from dataclasses import replace

import numpy as np
import pandas as pd

from analytics.figures import compared, grade_findings, headlines, printed, words
from analytics.measures import MEASURES
from analytics.question import Question
from tests.support.figures import Made, inside, meta, moved

RUNNING = ("2025-26 is not over: its rates are those of its days up to 12 November 2025, beside a whole year.",)


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
    chosen = Question("contact_rate", schools=("Elm ES",))
    for figure_of in (replace(nobody, question=chosen), replace(nobody, question=chosen, notes=())):
        assert "choose both schools" in inside(compared.same_students(figure_of))
    assert inside(compared.same_students(nobody)).endswith("not both are among those that are shown here."), (
        "a principal of one school has no other to choose, and no filter to clear"
    )
    one_year = replace(nobody, notes=("There is only one school year here: the same students need two in a row.",))
    assert headlines.same_students(one_year).endswith("that needs two school years in a row")
    assert "nothing was counted in the lower grade" in headlines.same_students(moved(ratio=np.nan))


def test_each_number_of_who_was_compared_has_words_of_its_own():
    row = {"before": 1.62, "after": 1.58, "students": 1197, "only_first": 13, "only_second": 2, "sending_schools": 13,
           "receiving_schools": 9}  # fmt: skip
    table = pd.DataFrame(
        [{"grade": "5", "to_grade": "6", **row}, {"grade": "8", "to_grade": "9", **row, "after": np.nan}]
    )
    shown = printed.steps(Made(MEASURES["contact_rate"], table))
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
    assert printed.first_years(steps) == "First years: 2024-25, 2025-26."
    assert printed.first_years(replace(steps, table=table[1:])) == ""
    both = replace(steps, table=table.assign(school_year=["2024-25", "2025-26"]))
    assert printed.first_years(both) == "First year from grade 5: 2024-25. First year from grade 8: 2025-26."
