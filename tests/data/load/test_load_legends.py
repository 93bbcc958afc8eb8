"""A sheet that explains the codes of a log: what the school says counts, not what such letters usually mean."""

import pytest

from tests.support.loading import load, preview, sheet, workbook

DAYS = ["9/15/2025", "9/16/2025", "9/17/2025"]
PAIRS = [["P", "Postcard"], ["C", "Conference"], ["T", "Phone call"], ["N", "Spoke with parent"], ["L", "Left message"]]


def _book(headers: list[str], rows: list[list[str]], legend: list[list[str]], name: str = "Key"):
    rows = [[day, "00123", *row] for day, row in zip(DAYS, rows, strict=False)]
    return workbook(sheet(rows, "Log", ["Date", "Student ID", *headers]), sheet(legend, name))


def _stored(store, *fields: str) -> list[tuple]:
    return store.rows(f"SELECT {', '.join(fields)} FROM contact ORDER BY source_row")


@pytest.mark.parametrize("legend", [[["Code", "Meaning"], *PAIRS], [[f"{code} = {words}"] for code, words in PAIRS]])
def test_codes_of_several_columns_are_read_as_the_legend_says(with_roster, legend):
    book = _book(["Method", "Outcome"], [["P", "L"], ["C", "N"], ["T", "Left message"]], legend)
    planned = preview(with_roster, book)
    told = [one.sentence for one in planned.notices if one.code in ("legend", "sheet_skipped")]
    planned.close()
    assert len(told) == 1 and "“Method”, “Outcome”" in told[0] and "P = Postcard" in told[0]
    load(with_roster, book)
    assert _stored(with_roster, "channel", "outcome") == [
        ("letter", "left_message"), ("conference", "reached"), ("phone", "left_message"),
    ]  # fmt: skip


def test_a_column_that_is_named_as_in_the_legend_tells_both_way_and_outcome(with_roster):
    legend = [["Code", "Meaning"], ["1", "Phone call - reached"], ["2", "Left voicemail"], ["3", "Email sent"]]
    load(with_roster, _book(["Code"], [["1"], ["2"], ["3"]], legend, "Legend"))
    assert _stored(with_roster, "channel", "outcome") == [
        ("phone", "reached"), ("phone", "left_message"), ("email", "sent"),
    ]  # fmt: skip


def test_grades_and_other_numbers_are_no_codes_and_a_code_with_two_meanings_is_none(with_roster):
    legend = [["Code", "Description"], ["3", "Spoke with parent"], ["2", "Left message"], ["P", "Phone"], ["P", "Post"]]
    load(with_roster, _book(["Grade", "Outcome Code", "Method"], [["3", "3", "P"], ["3", "2", "P"]], legend))
    assert _stored(with_roster, "grade", "outcome", "channel") == [
        ("3", "reached", "phone"), ("3", "left_message", "phone"),
    ]  # fmt: skip


def test_a_sheet_of_codes_that_no_column_uses_changes_nothing(with_roster):
    planned = preview(with_roster, _book(["Method"], [["Phone"], ["Email"]], [["Code", "Meaning"], *PAIRS]))
    codes = [one.code for one in planned.notices]
    planned.close()
    assert "legend" not in codes and "sheet_skipped" in codes
