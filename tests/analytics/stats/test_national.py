"""National figures: sources, kinds, the break, and the refusal to pass a derived figure for a published one."""

import pandas as pd
import pytest

from analytics import national
from analytics.figures.national import PARTS


def test_every_figure_has_its_survey_year_kind_and_source():
    for name in ("families_reported.csv", "schools_reported.csv"):
        figures = pd.read_csv(national.FOLDER / name, keep_default_na=False)
        assert figures["percent"].between(0, 100).all()
        assert (figures["source"].str.len() > 10).all()
        assert set(figures["survey"]) <= set(national.SURVEYS) and set(figures["kind"]) <= set(national.KINDS)


def test_published_bands_of_2012():
    phone = national.by_band("phone")
    assert phone.set_index("grades")["percent"].to_dict() == {"K-2": 39, "3-5": 41, "6-8": 43, "9-12": 40}
    assert set(phone["kind"]) == {"published"} and set(phone["year"]) == {2012}
    assert phone["band"].tolist() == ["elementary", "elementary", "middle", "high"]


def test_figures_by_band_of_2019_are_called_derived():
    conference = national.by_band("conference")
    assert set(conference["year"]) == {2019} and set(conference["kind"]) == {"derived"}
    assert "derived" in national.sentence(conference) and "published" not in national.sentence(conference)
    assert national.by_band("notes", 2012)["kind"].unique().tolist() == ["published"]


def test_no_line_crosses_the_break():
    for item in national.ASKED:
        line = national.over_time(item)
        for _, part in line.groupby("part"):
            assert (part["year"] <= 2007).all() or (part["year"] >= 2012).all()
        assert line["year"].is_monotonic_increasing and line["year"].is_unique


def test_principals_figures():
    found = national.schools_reported("conference").query("year == '2003-04' and answer == 'not_offered'")
    assert found.set_index("level")["percent"].to_dict() == {"all": 4, "primary": 2, "middle": 5, "high": 9}


def test_what_principals_said_stands_beside_the_fall_over_the_grades():
    said = national.principals("conference")
    assert said.startswith(
        "School Survey on Crime and Safety, 2003-04: of primary, middle and high schools, 2 %, 5 % and 9 % offered no "
        "parent-teacher conferences, and in 66 %, 34 % and 14 % more than three quarters of the students had a parent "
        "who came."
    )
    assert said.endswith("they count schools, not families.")
    assert said in " ".join(PARTS[0].about()) and said not in " ".join(PARTS[1].about())


def test_an_unknown_question_is_an_error():
    with pytest.raises(KeyError, match="conference"):
        national.by_band("conferences")
    assert set(national.NEAREST.values()) <= set(national.ASKED)
    assert national.sentence(national.by_band("phone", 1999)) == ""
