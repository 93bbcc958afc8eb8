"""Logs as schools, vendors and teachers have them: what comes in and what is told, from the file to the stored row."""

import pytest

from data.errors import Refusal
from tests.support.loading import load, log, preview


def _stored(store, *fields: str) -> list[tuple]:
    return store.rows(f"SELECT {', '.join(fields)} FROM contact_row ORDER BY source_row")


def _told(planned) -> set[tuple]:
    return {(problem["row"], problem["code"]) for problem in planned.problems()}


def test_who_came_to_an_evening_is_its_outcome(with_roster):
    rows = [
        ["Back to School Night", "9/10/2025", "00123", "Yes", "2"],
        ["Back to School Night", "9/10/2025", "00124", "No", "0"],
    ]
    book = log(rows, headers=["Event", "Date", "Student ID", "Attended", "# of adults"])
    planned = preview(with_roster, book)
    assert _told(planned) == set()
    planned.close()
    load(with_roster, book)
    assert _stored(with_roster, "channel", "outcome", "given_school", "student_present") == [
        ("event", "reached", None, None),
        ("event", "no_answer", None, None),
    ]


@pytest.mark.parametrize(
    "header", ["Did the family initiate this contact?", "Was the call initiated by the parent?", "Parent initiated?"]
)
def test_a_question_who_began_it_tells_the_direction(with_roster, header):
    rows = [["00123", "9/8/2025", "Phone", "No"], ["00124", "9/9/2025", "Phone", "Yes"]]
    load(with_roster, log(rows, headers=["Student ID", "Date", "Method", header]))
    assert _stored(with_roster, "direction", "initiated_by") == [("outbound", "school"), ("inbound", "family")]


@pytest.mark.parametrize("end", ["Call End", "End Time"])
def test_start_and_end_tell_more_than_a_duration_without_a_unit(with_roster, end):
    rows = [
        ["00123", "9/8/2025 3:05:10 PM", "9/8/2025 3:09:40 PM", "270", "Call"],
        ["00124", "9/8/2025 3:15:10 PM", "9/8/2025 3:15:40 PM", "30", "Call"],
    ]
    load(with_roster, log(rows, headers=["Student ID", "Call Start", end, "Duration", "Type"]))
    assert _stored(with_roster, "minutes", "contact_second") == [(4.5, 54310), (0.5, 54910)]


def test_a_duration_with_a_unit_counts_beside_start_and_end(with_roster):
    rows = [["00123", "9/8/2025", "3:05 PM", "3:15 PM", "7", "Call"]]
    headers = ["Student ID", "Date", "Start Time", "End Time", "Talk minutes", "Type"]
    load(with_roster, log(rows, headers=headers))
    assert _stored(with_roster, "minutes") == [(7.0,)]


def test_sent_by_and_sent_to_tell_who_wrote_to_whom(with_roster):
    rows = [
        ["9/8/2025", "Ms. Rivera", "Parents of Ana Lopez", "Ana Lopez", "SMS"],
        ["9/9/2025", "Parent of Ana Lopez", "Ms. Rivera", "Ana Lopez", "SMS"],
        ["9/10/2025", "Ms. Rivera", "Ben Smith (Student)", "Ben Smith", "SMS"],
        ["9/11/2025", "Student Services", "Parents of Ben Smith", "Ben Smith", "SMS"],
    ]
    headers = ["Date Sent", "Sent By", "Sent To", "Student", "Medium"]
    assert load(with_roster, log(rows, headers=headers)).counts["rows_not_family"] == 1
    assert _stored(with_roster, "direction", "staff") == [("outbound", None), ("inbound", None), ("outbound", None)]


def test_sent_by_is_the_staff_where_only_staff_send(with_roster):
    rows = [["9/8/2025", "Ms. Rivera", "Parents of Ana Lopez", "Ana Lopez", "SMS"]]
    load(with_roster, log(rows, headers=["Date Sent", "Sent By", "Sent To", "Student", "Medium"]))
    assert _stored(with_roster, "staff") == [("Ms. Rivera",)]


def test_a_second_student_in_brackets_is_told(with_roster):
    rows = [["Ana Lopez (and Ben)", "9/8/2025", "Call"], ["Ana (Anita) Lopez", "9/8/2025", "Call"]]
    planned = preview(with_roster, log(rows, headers=["Student", "Date", "Method"]))
    assert _told(planned) == {(2, "several_students")}
    planned.close()


def test_a_language_that_no_list_has_is_kept_and_said_so(with_roster):
    rows = [["00123", "9/8/2025", "Call", "Totonaco"], ["00124", "9/8/2025", "Call", "Viet"]]
    book = log(rows, headers=["Student ID", "Date", "Method", "Language"])
    planned = preview(with_roster, book)
    told = [(problem["row"], problem["message"]) for problem in planned.problems()]
    said = "“Totonaco” is not a known word for language. It is kept as it is written, as a group of its own; if it is "
    said += "another word for one that is known, write that one in the file."
    assert told == [(2, said)]
    planned.close()
    load(with_roster, book)
    assert _stored(with_roster, "language") == [("totonaco",), ("vietnamese",)]


def test_a_column_for_each_student_is_refused_as_what_it_is(with_roster):
    book = log([["9/8/2025", "Called mom", "", "Text"]], headers=["Date", "Ana Lopez", "Ben Smith", "Cy Young"])
    with pytest.raises(Refusal) as refused:
        preview(with_roster, book)
    assert refused.value.sentence.startswith("The columns seem to be named after students (“Ana Lopez”, “Ben Smith”,")


def test_answered_in_spanish_noon_and_a_sid_beside_a_name_are_read(with_roster):
    rows = [["00123", "Ana Lopez", "9/8/2025", "Noon", "Sí"], ["00124", "Ben Smith", "9/9/2025", "9:30", "No"]]
    load(with_roster, log(rows, headers=["SID", "Student", "Fecha", "Hora", "¿Contestó?"]))
    assert _stored(with_roster, "given_id", "record_id", "contact_second", "outcome") == [
        ("00123", None, 43200, "reached"),
        ("00124", None, 34200, "no_answer"),
    ]
