"""Whole tables as schools export and keep them: which column is what, and what its neighbours make of its words."""

import pytest

from data.mapping import column_of, derive_fields, derived_headers, propose, values
from data.mapping.interpret import interpret
from data.mapping.kinds import guess_kind

BASE = {"Student ID": ["100234", "100235", "100236", "100237"], "Date": ["9/1/26", "9/2/26", "9/3/26", "9/14/26"]}


def read(table: dict, kind: str = "contacts"):
    """The mapping of a table, and its derived values."""
    made = [column_of(index, header, texts) for index, (header, texts) in enumerate(table.items())]
    mapping = propose(made, kind)
    return mapping, derive_fields({header: table[header] for header in derived_headers(mapping)}, mapping)


def header_of(mapping, field):
    choice = mapping.fields.get(field)
    return choice.header if choice else None


def test_what_a_parent_wrote_to_a_teacher_is_with_the_family():
    roles = {
        "Sender Role": ["Parent", "Teacher", "School", "Teacher"],
        "Recipient Relationship": ["Staff", "Parent", "Parent", "Student"],
    }
    mapping, found = read({**BASE, **roles})
    assert found["direction"] == ["inbound", "outbound", "outbound", "outbound"]
    assert found["contact_with"] == ["family", "family", "family", "student"]
    assert "contact_with" not in mapping.fields


def test_posts_and_automatic_notices_are_mass_messages():
    mapping, _ = read({**BASE, "Type": ["Post", "Direct Message", "Auto Notice", "Smart Alert"], "Via": ["Email"] * 4})
    assert header_of(mapping, "audience") == "Type"
    assert [values.read("audience", text).value for text in ("Post", "Auto Notice", "1:1 message")] == [
        "mass",
        "mass",
        "personal",
    ]


@pytest.mark.parametrize("header", ["Other ID", "Reference Code"])
def test_the_students_number_of_skyward_and_of_a_dialler_is_no_record_id(header):
    table = {header: BASE["Student ID"], "First Name": ["Ana", "Bo", "Cy", "Di"], "Last Name": ["A", "B", "C", "D"]}
    mapping, _ = read({**table, "Date": BASE["Date"]})
    assert header_of(mapping, "student_id") == header
    assert header_of(mapping, "record_id") is None


def test_a_count_of_replies_is_no_outcome():
    mapping, _ = read({**BASE, "Replies": ["0", "1", "0", "0"]})
    assert "outcome" not in mapping.fields


def test_a_sign_in_sheet_names_no_school_by_how_many_came():
    made = {"Student Name": ["Ana Roe", "Bo Poe"], "Grade": ["3", "4"], "# Attending": ["3", "2"]}
    columns = [column_of(index, header, texts) for index, (header, texts) in enumerate(made.items())]
    mapping = propose(columns, guess_kind(columns)[0])
    assert not {"school", "school_code"} & set(mapping.fields)


def test_an_intervention_is_a_way_of_contact_and_nobody_of_the_staff():
    ways = ["5-day letter mailed", "Phone call to parent", "Home visit by SRO", "Parent meeting"]
    mapping, _ = read({**BASE, "Intervention": ways})
    assert header_of(mapping, "channel") == "Intervention"
    assert "staff" not in mapping.fields


def test_sms_status_is_an_outcome_and_in_out_a_direction():
    mapping, _ = read({**BASE, "SMS Status": ["DELIVRD", "UNDELIV", "QUEUED", "DELIVRD"], "I/O": ["O", "I", "O", "O"]})
    assert header_of(mapping, "outcome") == "SMS Status"
    assert header_of(mapping, "direction") == "I/O"


def test_pc_beside_tc_is_a_parent_conference():
    mapping, _ = read({**BASE, "Code": ["TC", "PC", "EM", "TC"]})
    assert [one.value for one in interpret("channel", ["TC", "PC", "EM"], mapping)] == ["phone", "conference", "email"]
    mapping, _ = read({**BASE, "Code": ["PC", "EM", "PC", "EM"]})
    assert interpret("channel", ["PC"], mapping)[0].value == "phone"
    _, found = read({**BASE, "TC": ["X", "", "", ""], "PC": ["", "X", "", ""], "EM": ["", "", "X", ""]})
    assert found["channel"] == ["phone", "conference", "email", None]


def test_questions_with_yes_and_no_are_ticks_of_one_field_each():
    asked = {
        "Called? (Y/N)": ["Y", "Y", "N", "Y"],
        "Emailed? (Y/N)": ["N", "Y", "Y", "N"],
        "Reached? (Y/N)": ["Y", "N", "N", "N"],
        "Left VM? (Y/N)": ["N", "Y", "N", "N"],
    }
    _, found = read({**BASE, **asked})
    assert found["channel"] == ["phone", "phone", "email", "phone"]
    assert found["outcome"] == ["reached", "left_message", None, "no_answer"]


def test_parent_initiated_yes_or_no_tells_the_direction():
    _, found = read({**BASE, "Parent Initiated?": ["Y", "N", "", "Y"]})
    assert found["direction"] == ["inbound", "outbound", None, "inbound"]


@pytest.mark.parametrize(
    ("header", "texts", "wanted"),
    [
        ("Positive or Negative", ["N", "P", "Neg", "Pos"], ["concern", "positive", "concern", "positive"]),
        ("Tone", ["+", "-", "+/-", "Positive"], ["positive", "concern", "neutral", "positive"]),
        ("Tone (P/N/C)", ["P", "N", "C", "N"], ["positive", "neutral", "concern", "neutral"]),
    ],
)
def test_letters_and_signs_of_a_tone(header, texts, wanted):
    mapping, _ = read({**BASE, header: texts})
    assert [one.value for one in interpret("tone", texts, mapping)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Teacher → Family", "outbound"), ("Family → Teacher", "inbound"), ("School -> Home", "outbound")],
)
def test_an_arrow_says_who_wrote_to_whom(text, wanted):
    assert values.read("direction", text).value == wanted
