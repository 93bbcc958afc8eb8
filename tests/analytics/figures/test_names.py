"""Names of schools beside a chart: short, and no two schools in one row."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.figures import heat, points
from analytics.figures.names import LONGEST, LONGEST_ALIKE, short, shorts
from analytics.measures import MEASURES
from tests.support.figures import Made


@pytest.mark.parametrize(
    ("name", "cut"),
    [
        ("Lincoln Elementary School", "Lincoln Elementary"),
        ("Thurgood Marshall Academy of Arts", "Thurgood Marshall Aca…"),
        ("Oak", "Oak"),
    ],
)
def test_a_long_name_is_cut_at_its_end(name, cut):
    assert short(name) == cut and len(cut) <= LONGEST


@pytest.mark.parametrize(
    ("names", "cut"),
    [
        (
            ["Alder Elementary School (District 1)", "Alder Elementary School (District 2)"],
            ["Alder Elemen… (District 1)", "Alder Elemen… (District 2)"],
        ),
        (
            ["Dr. Martin Luther King Jr. Elementary School", "Dr. Martin Luther King Jr. Middle School", "Oak School"],
            ["Dr. Martin Lut… Elementary", "Dr. Martin Luther… Middle", "Oak"],
        ),
        (["Oak", "Oak School"], ["Oak", "Oak School"]),
        (
            ["Lincoln Elementary (Springfield Unified District)", "Lincoln Elementary (Shelbyville School District)"],
            ["Lincoln Ele… (Springfield…", "Lincoln Ele… (Shelbyville…"],
        ),
        (
            ["Lincoln School (Springfield East District)", "Lincoln School (Springfield Elm District)"],
            ["Lincoln School (Springfield East District)", "Lincoln School (Springfield Elm District)"],
        ),
    ],
)
def test_names_that_begin_alike_are_told_apart(names, cut):
    assert list(shorts(names).values()) == cut


@given(st.sets(st.text(alphabet="ab (1)", min_size=1, max_size=40), max_size=12))
def test_no_two_names_are_cut_to_one(names):
    cut = shorts(names)
    assert set(cut) == names and len(set(cut.values())) == len(names)
    assert all(len(text) <= max(LONGEST_ALIKE, len(name)) for name, text in cut.items())


SCHOOLS = [f"Alder Elementary School (District {n})" for n in (1, 2)]


def test_schools_of_one_name_have_a_row_each_in_a_heat_table():
    table = pd.DataFrame(
        {"school": SCHOOLS, "month": pd.Timestamp("2025-09-01"), "value": [1.0, 3.0], "students": [20, 30]}
    )
    figure = heat.by_month(Made(MEASURES["contact_rate"], table), "school")
    assert len(set(figure.data[0].y)) == 2
    assert [list(line) for line in figure.data[0].z] == [[1.0], [3.0]]


def test_schools_of_one_name_have_a_row_each_among_dots():
    table = pd.DataFrame({"school": SCHOOLS, "value": [1.0, 3.0], "numerator": 1, "denominator": 1, "students": 20})
    figure = points.schools(Made(MEASURES["contact_rate"], table))
    assert dict(zip(figure.data[0].y, figure.data[0].x, strict=True)) == {
        "Alder Elemen… (District 1)": 1.0, "Alder Elemen… (District 2)": 3.0
    }  # fmt: skip
