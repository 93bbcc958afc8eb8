"""The rounds of unseen files stay understood: their figures before tuning stand in docs/sources/accuracy.md."""

import pytest

from data.mapping import Mapping, column_of, interpret, propose
from tests.support import rounds

ROUNDS = ["round1", "round2", "round3", "round4"]


@pytest.fixture(scope="module", params=ROUNDS)
def read(request):
    """[(table, what was found in it)] of a round."""
    return [(table, rounds.found(table)) for table in rounds.tables(request.param)]


def test_ninety_five_of_a_hundred_fields_are_right(read):
    right = sum(len(rounds.right(table, taken)) for table, taken in read)
    total = sum(len(table["fields"]) for table, _ in read)
    assert total > 100
    missed = [(table["file"], set(table["fields"]) - set(rounds.right(table, taken))) for table, taken in read]
    assert right / total >= 0.95, [one for one in missed if one[1]]


def test_no_column_that_is_never_to_be_taken_is(read):
    assert [(table["file"], taken) for table, found in read if (taken := rounds.private(table, found))] == []


def test_hardly_any_field_is_too_many(read):
    wrong = [(table["file"], one) for table, taken in read for one in rounds.too_many(table, taken)]
    assert len(wrong) <= 2, wrong


def test_the_score_itself_tells_right_from_wrong():
    table = {
        "fields": {"channel": "Mode", "first_name": "First"},
        "never": ["Notes"],
        "either": {"topic": ["Subject"]},
        "accept": {},
    }
    taken = {"channel": {"Notes"}, "first_name": {"First"}, "topic": {"Subject"}, "staff": {"Mode"}}
    assert rounds.right(table, taken) == ["first_name"]
    assert rounds.private(table, taken) == [("channel", "Notes")]
    assert rounds.too_many(table, taken) == [("staff", "Mode")]


def test_the_name_beside_the_email_of_a_form_is_the_staff():
    made = [
        column_of(0, "Email", [f"person{row % 4}@school.example" for row in range(40)]),
        column_of(1, "Name", [["Ana Bo", "Cy Lee", "Di Ray", "Ed Poe"][row % 4] for row in range(40)]),
        column_of(2, "Student Name", [f"Kid{chr(97 + row % 20)} Poe" for row in range(40)]),
        column_of(3, "Date of Communication", [f"2025-09-{1 + row % 28:02d}" for row in range(40)]),
    ]
    fields = propose(made, "contacts").fields
    assert fields["staff"].header == "Name"
    assert fields["student_name"].header == "Student Name"


def test_one_word_among_results_makes_no_channel():
    results = ["Left voicemail", "Reached", "No answer", "Wrong person", "Sent"]
    made = [
        column_of(0, "Student ID", [f"10{row:03d}" for row in range(40)]),
        column_of(1, "Date", [f"2025-09-{1 + row % 28:02d}" for row in range(40)]),
        column_of(2, "Outcome", [results[row % 5] for row in range(40)]),
    ]
    mapping = propose(made, "contacts")
    assert mapping.fields["outcome"].header == "Outcome"
    assert "channel" not in mapping.fields and "channel" not in mapping.derived


def test_descriptors_of_the_edfi_kind_are_read_by_their_last_part():
    mapping = Mapping(kind="roster", signature="")
    text = "uri://ed-fi.org/GradeLevelDescriptor#First grade"
    assert [reading.value for reading in interpret("grade", [text], mapping)] == ["1"]
