"""Rosters with a column of grades or schools for each of several school years."""

from datetime import date

import pytest

from data.mapping import column_of, propose
from data.mapping.by_year import year_of
from data.schoolyear import name_of, named, start_year
from data.store import open_store
from tests.support.loading import load, sheet, workbook

IDS = [f"10{n}" for n in range(6)]


@pytest.mark.parametrize(
    ("header", "year"),
    [("Grade 2025-26", "2025-26"), ("Gr 25/26", "2025-26"), ("School SY2024-2025", "2024-25"), ("10/11", None),
     ("Grade 9-12", None), ("Sept 24-28", None), ("2025", None)],
)  # fmt: skip
def test_the_school_year_of_a_header(header, year):
    assert year_of(header) == year


@pytest.mark.parametrize(
    ("today", "grade"),
    [(date(2026, 6, 30), "Grade 2025-26"), (date(2026, 7, 1), "Grade 2026-27"), (date(2030, 1, 1), "Grade 2026-27"),
     (date(2020, 1, 1), "Grade 2024-25")],
)  # fmt: skip
def test_the_latest_year_that_has_begun_counts(today, grade):
    years = ("2024-25", "2026-27", "2025-26")
    given = [("Student ID", IDS), ("School", ["Oak School"] * 6)]
    given += [(f"Grade {year}", list("123456")) for year in years]
    mapping = propose([column_of(at, *one) for at, one in enumerate(given)], "roster", {"today": today})
    assert mapping.fields["grade"].header == grade
    assert len(mapping.not_stored) == 2


def test_the_roster_is_of_the_year_of_its_column_and_is_not_taken_for_a_sheet_of_weeks(tmp_path):
    store = open_store(tmp_path / "store.duckdb")
    before = named(start_year(name_of(date.today())) - 1)
    older = named(start_year(before) - 1)
    headers = ["Student ID", "Name", "School", f"Grade {older}", f"Grade {before}"]
    rows = [[number, f"Lopez, An{'abcdef'[n]}", "Oak School", "3", "4"] for n, number in enumerate(IDS)]
    load(store, workbook(sheet(rows, headers=headers), name="roster.csv"))
    assert store.rows("SELECT DISTINCT grade, school_year FROM roster_row") == [("4", before)]
    store.close()
