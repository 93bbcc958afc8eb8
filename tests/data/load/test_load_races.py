"""Race and ethnicity of a roster that tells them in several columns."""

import pytest

from tests.support.loading import load, preview, sheet, workbook

BASE = ["Student ID", "Last Name", "First Name", "Grade", "School"]


def roster(headers, rows):
    students = [[f"10{n}", f"Lopez{'abcdefgh'[n]}", "Ana", "5", "Oak School"] for n in range(len(rows))]
    told = [[*student, *row] for student, row in zip(students, rows, strict=True)]
    return workbook(sheet(told, headers=[*BASE, *headers]), name="roster.csv")


def races(store):
    said = "SELECT race_ethnicity FROM span JOIN student USING (student_id) ORDER BY local_id"
    return [race for (race,) in store.rows(said)]


@pytest.mark.parametrize("yes, no", [("Y", "N"), ("X", ""), ("1", "0"), ("TRUE", "FALSE")])
@pytest.mark.parametrize("shape", ["{}", "Race: {}"])
def test_a_column_to_tick_for_each_race(store, shape, yes, no):
    names = ["White", "Black or African American", "Native Hawaiian or Other Pacific Islander", "Hispanic/Latino"]
    ticks = ["1000", "0100", "0010", "1100", "0001", "1001", "0000"]
    rows = [[yes if tick == "1" else no for tick in line] for line in ticks]
    load(store, roster([shape.format(name) for name in names], rows))
    expected = ["white", "black", "pacific_islander", "two_or_more", "hispanic", "hispanic", None]
    assert races(store) == expected


@pytest.mark.parametrize("names", [("Race 1", "Race 2"), ("Race1", "Race2"), ("Race Code 1", "Race Code 2")])
def test_a_second_race_beside_the_first(store, names):
    rows = [["W", ""], ["B", ""], ["A", ""], ["W", "A"], ["B", "B"], ["", "A"], ["A", "zz9"]]
    load(store, roster(names, rows))
    assert races(store) == ["white", "black", "asian", "two_or_more", "black", "asian", "two_or_more"]


def test_ethnicity_beside_races(store):
    """One row says "Not Hispanic" of a White student, one "Hispanic" of two races."""
    rows = [["White", "", "Not Hispanic"], ["White", "Asian", "Hispanic"], ["Black", "", "Not Hispanic"]]
    table = roster(["Race 1", "Race 2", "Ethnicity"], rows)
    assert preview(store, table).not_stored == []
    load(store, table)
    assert races(store) == ["white", "hispanic", "black"]


def test_one_column_of_a_race_with_yes_and_no_tells_nothing_of_hispanic(store):
    load(store, roster(["Race: White"], [["Y"], ["N"], ["Y"]]))
    assert races(store) == [None, None, None]
