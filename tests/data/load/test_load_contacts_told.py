"""What a log says in a way of its own: read as it is meant, or told with its row."""

import openpyxl
import pytest

from data.load import Choices, plan
from tests.support.loading import log, preview, sheet, workbook


def test_minutes_that_excel_keeps_as_times_are_told(with_roster):
    rows = [["00123", "9/3/2025", "12:30:00"], ["00124", "9/4/2025", "01:05:00"], ["00125", "9/5/2025", "10"]]
    planned = preview(with_roster, log(rows, headers=["Student ID", "Date", "Duration"]))
    (told,) = [notice.sentence for notice in planned.notices if notice.code == "minutes"]
    assert "12:30:00 is 12 minutes 30 seconds" in told
    assert planned.first_rows["minutes"].round(2).tolist() == [12.5, 1.08, 10]
    planned.close()


def test_what_hides_in_other_columns_and_has_two_meanings_is_told_with_its_row(with_roster):
    headers = ["Student ID", "Date", "Reason", "From", "To"]
    rows = [
        ["00123", "9/3/2025", "Attendance - phone call", "Ms. Rivera", "Eva Lopez"],
        ["00124", "9/4/2025", "Grades - Phone/text", "Ms. Rivera", "Tom Smith"],
        ["00125", "9/5/2025", "Behavior - email", "Ms. Rivera", "Mr. Cole"],
    ]
    planned = preview(with_roster, log(rows, headers=headers))
    told = {(one["row"], one["code"]): one["message"] for one in planned.problems()}
    assert set(told) == {(3, "several_values"), (4, "maybe_staff")}
    assert told[4, "maybe_staff"].startswith("“Ms. Rivera to Mr. Cole”: both names carry titles")
    assert planned.counts["rows_new"] == 3
    assert planned.first_rows["channel"].tolist() == ["phone", "other", "email"]
    planned.close()
    said = preview(
        with_roster, log([[*row, "Staff" if row[-1] == "Mr. Cole" else "Family"] for row in rows],
                         headers=[*headers, "Contact with"])
    )  # fmt: skip
    assert [one["code"] for one in said.problems()] == ["several_values"]
    assert said.counts["rows_not_family"] == 1
    said.close()


def test_a_date_whose_formula_has_no_saved_result_is_not_asked_to_be_typed(with_roster, tmp_path):
    book = openpyxl.Workbook()
    for line in (
        ["Student ID", "Date", "Method"],
        ["00123", "=DATE(2025,9,3)", "Phone"],
        ["00124", "9/14/2025", "Text"],
    ):
        book.active.append(line)
    book.save(tmp_path / "log.xlsx")
    (planned,) = plan(with_roster, tmp_path / "log.xlsx", "log.xlsx", "someone")
    ((row, said),) = [(one["row"], one["message"]) for one in planned.problems()]
    assert row == 2
    assert said.startswith("The date is missing and may be one of the formulas without a saved result. Open the file")
    planned.close()


@pytest.mark.parametrize(
    ("title", "tab", "year"),
    [
        ("Contact Log 2024-25", "", 2024), ("", "SY 24-25", 2024), ("Contact Log 2024-25", "2023-24", None),
        ("Ms. Roe's calls – Sept 2024", "", 2024), ("", "Oct 2024", 2024), ("Calls, Spring 2025", "", 2024),
        ("Printed 7/2/2024", "", None), ("Calls 2024", "", None),
    ],
)  # fmt: skip
def test_a_title_or_a_tab_says_the_year_of_dates_without_one(with_roster, title, tab, year):
    rows = [
        [title or "Log"],
        [""],
        ["Student ID", "Date", "Method"],
        ["00123", "9/3", "Phone"],
        ["00124", "9/4", "Text"],
    ]
    planned = preview(with_roster, workbook(sheet(rows, name=tab)))
    years = {day.year for day in planned.first_rows["contact_date"]}
    assert years == {year} if year else 2024 not in years
    planned.close()


@pytest.mark.parametrize("caller", ["Called by", "Caller"])
def test_who_called_and_what_was_delivered_say_their_fields(with_roster, caller):
    headers = ["Student ID", "Date", caller, "Delivered", "Spoke to"]
    rows = [["00123", "9/3/2025", "Parent", "Yes", "Mom"], ["00124", "9/4/2025", "Office", "No", "no ans"]]
    planned = preview(with_roster, log(rows, headers=headers))
    shown = planned.first_rows[["initiated_by", "direction", "outcome"]]
    assert shown.values.tolist() == [["family", "inbound", "sent"], ["school", "outbound", "not_delivered"]]
    assert planned.first_rows["staff"].isna().all()
    planned.close()
    by_name = preview(with_roster, log([[*row[:2], "Ms. Roe", *row[3:]] for row in rows], headers=headers))
    assert by_name.first_rows["staff"].tolist() == ["Ms. Roe"] * 2
    by_name.close()


def test_no_ans_among_those_spoken_to_is_no_answer(with_roster):
    rows = [["00123", "9/3/2025", "Mom"], ["00124", "9/4/2025", "no ans"]]
    planned = preview(with_roster, log(rows, headers=["Student ID", "Date", "Spoke to"]))
    assert planned.first_rows["outcome"].tolist() == ["unknown", "no_answer"]
    planned.close()


def test_students_whose_cells_do_not_look_like_names_are_told_one_by_one(with_roster):
    rows = [["Ana & Luis Lopez", "9/3/2025", "Phone"], ["Ben Smith; Cy Young", "9/4/2025", "Text"]]
    planned = preview(with_roster, log(rows, headers=["Student(s)", "Date", "Method"]))
    assert [(one["code"], one["value"]) for one in planned.problems()] == [
        ("several_students", "Ana & Luis Lopez"), ("several_students", "Ben Smith; Cy Young")
    ]  # fmt: skip
    assert planned.counts["rows_unmatched"] == 2
    planned.close()


def test_several_ticked_ways_of_contact_in_a_row_are_told(with_roster):
    headers = ["Student ID", "Date", "Called", "Emailed", "Left VM", "Spoke"]
    rows = [["00123", "9/3/2025", "x", "", "x", ""], ["00124", "9/4/2025", "x", "x", "x", "x"],
            ["00125", "9/5/2025", "", "", "", ""]]  # fmt: skip
    planned = preview(with_roster, log(rows, headers=headers))
    assert [(one["row"], one["code"], one["value"]) for one in planned.problems()] == [
        (3, "several_ticks", "Called, Emailed"), (3, "several_first", "Left VM, Spoke")
    ]  # fmt: skip
    assert planned.first_rows["channel"].tolist() == ["phone", "phone", "other"]
    planned.close()


def test_of_ticked_outcomes_the_last_counts_and_several_topics_are_told(with_roster):
    headers = ["Student ID", "Date", "Attempted", "Left message", "Reached", "Academics", "Behavior"]
    rows = [
        ["00123", "9/18/2025", "x", "", "x", "x", "x"],
        ["00124", "9/19/2025", "x", "x", "", "", "x"],
        ["00125", "9/20/2025", "x", "", "", "x", ""],
    ]
    planned = preview(with_roster, log(rows, headers=headers))
    assert planned.first_rows["outcome"].tolist() == ["reached", "left_message", "no_answer"]
    assert planned.first_rows["topic"].tolist() == ["academics", "behavior", "academics"]
    told = [(one["row"], one["field"], one["code"], one["value"]) for one in planned.problems()]
    assert told == [(2, "topic", "several_first", "Academics, Behavior")]
    planned.close()


@pytest.mark.parametrize("stamp", ["Timestamp", "Date"])
def test_a_date_given_if_different_counts_else_the_day_of_the_stamp(with_roster, stamp):
    headers = [stamp, "Student ID", "Method", "Date of contact (if different)"]
    rows = [
        ["9/18/2025 15:22:10", "00123", "Phone", ""],
        ["9/19/2025 8:02:10", "00124", "Phone", "9/17/2025"],
        ["9/22/2025 8:02:10", "00125", "Phone", "same"],
        ["9/23/2025 8:02:10", "00123", "Phone", "yesterday"],
        ["9/31/2025 8:02:10", "00123", "Phone", "9/3/2025"],
    ]
    planned = preview(with_roster, log(rows, headers=headers))
    days = planned.first_rows["contact_date"].dt.strftime("%m-%d").tolist()
    assert days == ["09-18", "09-17", "09-22", "09-03"]
    assert planned.first_rows["contact_second"].isna().all()
    assert [(one["row"], one["code"], one["value"]) for one in planned.problems()] == [
        (5, "unreadable_date", "yesterday")
    ]
    (said,) = [notice.sentence for notice in planned.notices if notice.code == "dates"]
    assert f"Where “Date of contact (if different)” is blank, the day in “{stamp}” counts." in said
    assert planned.not_stored == []
    planned.close()


def test_a_person_may_choose_the_stamp_itself(with_roster):
    headers = ["Timestamp", "Student ID", "Method", "Date of contact (if different)"]
    rows = [["9/18/2025 15:22:10", "00123", "Phone", "9/17/2025"]]
    chosen = Choices(fields={"contact_date": "Timestamp"})
    planned = preview(with_roster, log(rows, headers=headers), choices=chosen)
    assert planned.first_rows["contact_date"].dt.day.tolist() == [18]
    planned.close()


@pytest.mark.parametrize(("known", "told"), [(0, True), (1, False)])
def test_a_log_whose_students_are_on_no_roster_may_be_of_another_district(with_roster, known, told):
    numbers = ["00123"] * known + [f"99000{place}" for place in range(3)]
    rows = [[number, f"9/{place + 8}/2025", "Phone", "Reached"] for place, number in enumerate(numbers)]
    planned = preview(with_roster, workbook(sheet(rows, headers=["Student ID", "Date", "Type", "Result"])))
    assert planned.counts["rows_unmatched"] == 3
    said = [one.sentence for one in planned.notices if one.code == "nobody_known"]
    assert bool(said) is told and all("another district" in sentence for sentence in said)
    planned.close()
