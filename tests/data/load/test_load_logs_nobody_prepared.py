"""Logs that nobody prepared: what a careful reader would have no doubt about is read, the rest is told."""

import pytest

from data.errors import Refusal
from tests.support.loading import log, preview


def _read(store, headers: list[str], rows: list[list], columns: str) -> list[tuple]:
    planned = preview(store, log(rows, headers=headers))
    found = planned.cursor.execute(f"SELECT {columns} FROM planned ORDER BY source_row").fetchall()
    planned.close()
    return found


_TICKED = ["Student ID", "Date", "Phone", "Email", "Spoke with parent", "Message left"]


@pytest.mark.parametrize(
    ("ticks", "outcome"),
    [
        (["Y", "", "Y", "N"], "reached"),
        (["Y", "", "N", "Y"], "left_message"),
        (["Y", "", "N", "N"], "no_answer"),  # a call in which nobody was spoken to, and no message was left
        (["", "Y", "N", "N"], "unknown"),  # an e-mail speaks to nobody
        (["Y", "", "", ""], "unknown"),  # nothing is written down
    ],
)
def test_a_no_to_all_that_may_have_come_of_a_call_is_nobody_reached(with_roster, ticks, outcome):
    rows = [["00124", "9/8/2025", "Y", "N", "Y", "N"], ["00123", "9/15/2025", *ticks]]
    assert _read(with_roster, _TICKED, rows, "outcome")[1] == (outcome,)


def test_the_way_of_contact_of_a_no_may_stand_in_a_column(with_roster):
    rows = [["00123", f"9/{place}/2025", way, said, ""] for place, (way, said) in
            enumerate([("Phone", "Yes"), ("Phone", "No"), ("Email", "No"), ("", "No")], 8)]  # fmt: skip
    headers = ["Student ID", "Date", "Method", "Spoke with parent", "Message left"]
    assert _read(with_roster, headers, rows, "outcome") == [("reached",), ("no_answer",), ("unknown",), ("no_answer",)]


@pytest.mark.parametrize("headers", [["Invited", "Attended"], ["Who was invited", "Who attended"]])
def test_who_came_counts_and_not_who_was_invited(with_roster, headers):
    people = [("Mother, father", "Mother"), ("Dad", "None"), ("Mom", "No one"), ("Mom", "")]
    rows = [["00123", f"9/{place}/2025", "Conference", *pair] for place, pair in enumerate(people, 10)]
    found = _read(with_roster, ["Student ID", "Date", "Type", *headers], rows, "outcome")
    assert found == [("reached",), ("no_answer",), ("no_answer",), ("unknown",)]


def test_who_came_without_the_family_is_no_contact_with_it(with_roster):
    rows = [["00123", "9/15/2025", "Conference", "Mother"], ["00124", "9/8/2025", "Conference", "None"],
            ["00124", "9/9/2025", "Conference", "Student"]]  # fmt: skip
    found = _read(with_roster, ["Student ID", "Date", "Type", "Attended"], rows, "outcome")
    assert found == [("reached",), ("no_answer",)]


@pytest.mark.parametrize(
    "footer",
    [
        ["Average minutes", "", "", "5.5"],
        ["Minutes total", "", "", "11"],
        ["* LM = left message", "", "", ""],
        ["LM = left message", "", "", ""],
        ["", "LM: left message", "", ""],
        ["Reviewed by Mr. Cole 10/3/2025", "", "", ""],
    ],
)
def test_what_stands_below_a_log_is_no_row_of_it(with_roster, footer):
    rows = [["00123", "9/15/2025", "Phone", "5"], ["00124", "9/8/2025", "Phone", "6"], footer]
    planned = preview(with_roster, log(rows, headers=["Student ID", "Date", "Method", "Minutes"]))
    assert (planned.counts["rows_read"], planned.counts["rows_set_aside"]) == (2, 0)
    planned.close()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["*Ana Lopez", "", "Phone", ""], "no_date"),  # a mark before a name
        (["Total, Ana", "9/15/2025", "Phone", "5"], "unknown_student"),  # a row with a date is one
        (["See the binder", "", "", ""], "no_date"),
        (["", "9/15/2025", "Phone", ""], "no_student"),
    ],
)
def test_what_may_be_a_row_is_told(with_roster, row, code):
    rows = [["Ana Lopez", "9/15/2025", "Phone", "5"], ["Ben Smith", "9/8/2025", "Phone", "6"], row]
    planned = preview(with_roster, log(rows, headers=["Student", "Date", "Method", "Minutes"]))
    assert [problem["code"] for problem in planned.problems()] == [code]
    planned.close()


def _asked(store, headers: list[str], rows: list[list]) -> list[str]:
    planned = preview(store, log(rows, headers=headers))
    codes = [question.code for question in planned.questions]
    planned.close()
    return codes


@pytest.mark.parametrize(
    ("header", "lengths", "asked"),
    [
        ("Duration", ["34", "28", "0"], True),
        ("Duration", ["15", "30", "45"], False),
        ("Duration", ["12", "7", "3"], False),
        ("Minutes", ["34", "28", "0"], False),
        ("Duration (seconds)", ["34", "28", "0"], False),
    ],
)
def test_lengths_that_may_be_seconds_are_asked_about(with_roster, header, lengths, asked):
    rows = [["00123", f"9/{place}/2025", "Phone", length] for place, length in enumerate(lengths, 14)]
    assert ("maybe_seconds" in _asked(with_roster, ["Student ID", "Date", "Method", header], rows)) == asked


@pytest.mark.parametrize(
    ("title", "channel"),
    [
        ("Home Visit Log", "home_visit"),
        ("Phone log 2025-26", "phone"),
        ("Lincoln ES Text Message Log", "text"),
        ("Registro de llamadas", "phone"),
        ("Parent contact log (calls, emails)", "other"),
        ("Phone / Email log", "other"),
        ("Call the office first. Parent contact log", "other"),
        ("Contact log", "other"),
    ],
)
def test_the_title_of_a_log_says_its_way_of_contact(with_roster, title, channel):
    rows = [
        [title],
        ["Student ID", "Date", "Result"],
        ["00123", "9/15/2025", "Reached"],
        ["00124", "9/16/2025", "Sent"],
    ]
    planned = preview(with_roster, log(rows, headers=None))
    assert planned.cursor.execute("SELECT DISTINCT channel FROM planned").fetchall() == [(channel,)]
    planned.close()


_PACKED = ["9/3 phone - LVM; 9/10 spoke with mom", "9/4 email; 9/12 called dad, no answer"]


@pytest.mark.parametrize(
    ("headers", "rows", "code"),
    [
        (["Student", "Date", "Method"], [["Ana Lopez", "Week of 9/8/2025", "Phone"]], "no_days"),
        (["Student", "Week", "Method"], [["Ana Lopez", "Week 3 (9/8)", "Phone"]], "no_days"),
        (["Student", "Parent contacts"], [["Ana Lopez", _PACKED[0]], ["Ben Smith", _PACKED[1]]], "several_in_a_cell"),
        (
            ["Student", "Grade", "Contacts"],
            [["Ana Lopez", "3", _PACKED[0]], ["Ben Smith", "5", ""]],
            "several_in_a_cell",
        ),
    ],
)
def test_weeks_and_packed_contacts_are_refused_as_what_they_are(with_roster, headers, rows, code):
    with pytest.raises(Refusal) as refused:
        preview(with_roster, log(rows, headers=headers))
    assert refused.value.code == code


def test_packed_contacts_beside_a_date_are_asked_about(with_roster):
    rows = [["00123", f"9/{place}/2025", text] for place, text in enumerate(_PACKED, 12)]
    assert "side_by_side" in _asked(with_roster, ["Student ID", "Last contact", "Contacts"], rows)
    for note in ("Meet on 9/20 at 3", "Called mom 9/12 about 9/20 trip and the 9/22 quiz"):
        rows = [["00123", f"9/{place}/2025", "Phone", note] for place in range(12, 15)]
        assert _asked(with_roster, ["Student ID", "Date", "Method", "Notes"], rows) == []


def test_who_called_in_spanish_says_who_began_it(with_roster):
    rows = [["00123", "18/09/2025", "Llamada", "Contestó", "Escuela", "Mamá"],
            ["00124", "09/09/2025", "Llamada", "No contestó", "Escuela", "Papá"],
            ["00124", "11/09/2025", "Junta", "Se presentó", "Familia", "Tutora"]]  # fmt: skip
    headers = ["Matrícula", "Fecha", "Medio", "Resultado", "Quién llamó", "Con quién"]
    found = _read(with_roster, headers, rows, "outcome, direction")
    assert found == [("reached", "outbound"), ("no_answer", "outbound"), ("reached", "inbound")]
