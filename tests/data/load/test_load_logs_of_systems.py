"""Logs of message systems and of paper: translated messages, rows that are not active, days in rows of their own."""

import pytest

from data.errors import Refusal
from tests.support.loading import log, preview, sheet, workbook


def stored(store, rows, headers, columns: str) -> list[tuple]:
    planned = preview(store, log(rows, headers=headers))
    found = planned.cursor.execute(f"SELECT {columns} FROM planned ORDER BY source_row").fetchall()
    planned.close()
    return found


HEADERS = ["Student ID", "Date", "Method"]


@pytest.mark.parametrize(
    ("headers", "rows", "read"),
    [
        (  # who wrote tells whose language it is
            ["sender_role", "original_language", "translated_language"],
            [["teacher", "en", "es"], ["guardian", "es", "en"], ["teacher", "en", ""], ["teacher", "pt", "es"]],
            ["spanish", "spanish", "english", "spanish"],
        ),
        (
            ["Direction", "Language", "Translated to"],
            [["Out", "Spanish", "Portuguese"], ["In", "Spanish", "Portuguese"], ["In", "English", ""]],
            ["portuguese", "spanish", "english"],
        ),
        (  # nothing tells: the school's side is English, and of two others neither is taken
            ["Source language", "Target language"],
            [["English", "Vietnamese"], ["Vietnamese", "English"], ["Spanish", "Portuguese"]],
            ["vietnamese", "vietnamese", None],
        ),
    ],
)
def test_the_language_of_a_translated_message_is_the_familys(with_roster, headers, rows, read):
    given = [["00123", f"9/{place}/2025", "Text", *row] for place, row in enumerate(rows, 3)]
    assert stored(with_roster, given, [*HEADERS, *headers], "language") == [(one,) for one in read]


def test_a_row_that_a_system_says_is_not_active_is_left_out(with_roster):
    rows = [["00123", "9/3/2025", "Phone", "1"], ["00124", "9/3/2025", "Phone", "0"], ["00125", "9/4/2025", "Text", ""]]
    planned = preview(with_roster, log(rows, headers=[*HEADERS, "contactLog.activeFlag"]))
    assert (planned.counts["rows_new"], planned.counts["rows_left_out"]) == (2, 1)
    assert any("says are not active are left out" in notice.sentence for notice in planned.notices)
    planned.close()


def test_what_is_scheduled_has_not_been_held(with_roster):
    rows = [["00123", f"9/{place}/2025", "Conference", word] for place, word in
            enumerate(["Scheduled", "Pending", "Upcoming", "Completed", "Rescheduled"], 3)]  # fmt: skip
    held = [("not_delivered",)] * 3 + [("reached",), ("not_delivered",)]
    assert stored(with_roster, rows, [*HEADERS, "Status"], "outcome") == held
    # The result of a call may be that a meeting was scheduled.
    assert stored(with_roster, rows[:1], [*HEADERS, "Result"], "outcome") == [("unknown",)]


def test_from_without_to_tells_the_direction_where_families_write(with_roster):
    rows = [["00123", "9/3/2025", "Text", "Rosa (parent)"], ["00123", "9/3/2025", "Text", "Ms. Rivera"],
            ["00124", "9/4/2025", "Text", "Kim"]]  # fmt: skip
    found = stored(with_roster, rows, [*HEADERS, "From"], "direction")
    assert found == [("inbound",), ("outbound",), ("unknown",)]
    assert stored(with_roster, rows[1:], [*HEADERS, "From"], "direction") == [("unknown",), ("unknown",)]


DAYS = [
    ["Ms. Rivera 2025-26"],
    ["Student ID", "Method", "Result"],
    ["00123", "Email", "Sent"],  # of no day
    ["Monday, September 8"],
    ["00123", "Phone", "Reached"],
    ["00124", "Text", "Sent"],
    ["Student ID", "Method", "Result"],
    ["Tuesday", "9/9"],
    ["00125", "Phone", "No answer"],
]


def test_days_in_rows_of_their_own_are_the_dates_of_the_rows_below(with_roster):
    planned = preview(with_roster, log(DAYS, headers=None))
    found = planned.cursor.execute("SELECT source_row, contact_date::DATE::VARCHAR FROM planned ORDER BY 1").fetchall()
    assert found == [(5, "2025-09-08"), (6, "2025-09-08"), (9, "2025-09-09")]
    assert [(one["row"], one["code"]) for one in planned.problems()] == [(3, "no_date")]
    assert any("stands in a row of its own above it" in notice.sentence for notice in planned.notices)
    planned.close()


def test_a_tab_that_is_named_after_a_day_gives_the_date(with_roster):
    tabs = [sheet([["00123", "Phone"]], name, ["Student ID", "Method"]) for name in ("Mon Sep 8 2025", "9-9-2025")]
    planned = preview(with_roster, workbook(*tabs))
    days = planned.cursor.execute("SELECT contact_date::DATE::VARCHAR FROM planned ORDER BY 1").fetchall()
    assert days == [("2025-09-08",), ("2025-09-09",)]
    planned.close()


@pytest.mark.parametrize("title", ["2025-26", "11/30/2025", "Page 9/8", "SY 2025-26"])
def test_a_lone_number_above_a_log_is_no_day(with_roster, title):
    with pytest.raises(Refusal, match="No column holds the date"):
        preview(with_roster, log([[title], ["Student ID", "Method"], ["00123", "Phone"]], headers=None))


def test_lengths_in_hours_are_minutes_of_hours(with_roster):
    rows = [["00123", "9/3/2025", "Phone", "0.25"], ["00124", "9/3/2025", "Home visit", "1.50"]]
    for header in ("Time spent (hrs)", "Time (hrs)", "Hours"):
        assert stored(with_roster, rows, [*HEADERS, header], "minutes") == [(15.0,), (90.0,)]


def test_a_second_contact_beside_the_first_does_not_take_its_place(with_roster):
    planned = preview(with_roster, log([["00123", "9/8/2025", "P", "E"], ["00124", "9/8/2025", "P", ""]],
                                       headers=["Student ID", "Week of", "Contact 1", "Contact 2"]))  # fmt: skip
    assert planned.first_rows["channel"].tolist() == ["phone", "phone"]
    assert "side_by_side" in {question.code for question in planned.questions}
    planned.close()


def test_a_log_of_visits_in_which_no_parent_was_called_is_asked_about(with_roster):
    headers = ["Student ID", "Visit Date", "Parent Called?", "Disposition"]
    rows = [["00123", "9/3/2025", "Yes", "Spoke with mom"], ["00124", "9/4/2025", "No", "Returned to class"]]
    planned = preview(with_roster, log(rows, headers=headers))
    assert "not_made" in {question.code for question in planned.questions}
    planned.close()
    planned = preview(with_roster, log([[*rows[0][:3], "Left message"]] * 2, headers=headers))
    assert "not_made" not in {question.code for question in planned.questions}
    planned.close()


def test_the_number_of_a_notice_is_no_student_and_no_grade(with_roster):
    rows = [["Lopez, Ana", "9/3/2025", "Letter", "1st"], ["Lopez, Ana", "9/9/2025", "Phone", "2nd"]]
    planned = preview(with_roster, log(rows, headers=["Student", "Date of Notice", "Method of Notice", "Notice #"]))
    assert {"student_id", "grade"} & set(planned.sheets[0].mapping.fields) == set()
    planned.close()


def test_nobody_spoken_to_is_no_answer_and_who_canceled_began_nothing(with_roster):
    rows = [["00123", "9/3/2025", "Phone", "Mom", ""], ["00124", "9/3/2025", "Phone", "No one", "Canceled by family"]]
    planned = preview(with_roster, log(rows, headers=[*HEADERS, "Who did you speak with?", "Reason"]))
    assert planned.first_rows["outcome"].tolist() == ["unknown", "no_answer"]
    assert planned.first_rows["direction"].tolist() == ["unknown", "unknown"]
    planned.close()


def test_call_attempts_of_a_dialer_are_no_counts_of_contacts(with_roster):
    rows = [["00123", "9/3/2025", "2", "Delivered"], ["00124", "9/3/2025", "3", "Undelivered"]]
    planned = preview(with_roster, log(rows, headers=["Student ID", "Start Date", "Call Attempts", "Delivery Result"]))
    assert "counts" not in {question.code for question in [*planned.hold, *planned.questions]}
    planned.close()


def test_a_class_story_is_a_mass_message_and_a_direct_message_is_not(with_roster):
    rows = [["00123", "9/3/2025", "Direct message"], ["00124", "9/3/2025", "Class Story"]]
    found = stored(with_roster, rows, ["Student ID", "Sent at", "Message type"], "channel, audience")
    assert found == [("app_message", "personal"), ("app_message", "mass")]
