"""What exports of message systems, call lists and invoices say in their roles, types and ids."""

import pytest

from data.mapping import column_of, derive_fields, derived_headers, interpret, propose, unsure_fields
from data.mapping.derived import notes_outcome
from data.mapping.values import recognize

IDS = ["00123", "00124", "00125", "00126"]
DATES = ["9/15/2025", "9/16/2025", "9/17/2025", "9/18/2025"]


def read(**given):
    """(mapping, derived fields, unsure fields) of four rows with these columns beside a student and a date."""
    table = {"Student ID": IDS, "Date": DATES} | {header.replace("_", " "): texts for header, texts in given.items()}
    mapping = propose([column_of(place, *pair) for place, pair in enumerate(table.items())], "contacts")
    texts = {header: table[header] for header in derived_headers(mapping)}
    found = derive_fields(texts, mapping)
    return mapping, found, unsure_fields(texts, mapping, found)


def test_the_role_of_a_sender_is_not_with_whom_it_was():
    mapping, found, _ = read(Sent_By=["Eve Poe", "Al Diaz", "Bo Chen", "Eve Poe"],
                             Sent_By_Role=["Teacher", "Parent", "Student", "Teacher"])  # fmt: skip
    assert "contact_with" not in mapping.fields
    assert found["direction"] == ["outbound", "inbound", "inbound", "outbound"]
    assert found["contact_with"] == [None, None, "student", None]


def test_roles_of_staff_alone_are_of_those_who_logged_the_contacts():
    mapping, _, _ = read(Role=["Teacher", "Counselor", "Teacher", "Principal"], Method=["Phone", "Email"] * 2)
    assert "contact_with" not in mapping.fields
    mapping, _, _ = read(Spoke_With=["Teacher", "Counselor", "Teacher", "Principal"], Method=["Phone", "Email"] * 2)
    assert mapping.header_of("contact_with") == "Spoke With"


def test_a_role_that_is_no_known_word_is_told():
    _, found, unsure = read(Sender_Role=["Teacher", "Teacher", "Teacher", "Teacher"],
                            Recipient_Role=["Observer", "TA", "Designer 2", ""])  # fmt: skip
    assert found["contact_with"] == ["family", "staff", None, None]
    assert unsure["contact_with"] == [None, None, "Teacher to Designer 2", None]


@pytest.mark.parametrize("header", ["Contact made with", "Made contact with"])
def test_with_whom_contact_was_made_is_no_outcome(header):
    mapping, _, _ = read(**{header: ["Mother", "Shelter staff", "Father", "Mother"]}, Via=["Phone", "Email"] * 2)
    assert mapping.header_of("contact_with") == header


def test_words_in_two_languages_are_read_as_one():
    mapping, found, _ = read(**{"Iniciado por / Initiated by": ["Escuela / School", "Familia / Family"] * 2})
    assert mapping.header_of("initiated_by") == "Iniciado por / Initiated by"
    assert found["direction"] == ["outbound", "inbound"] * 2
    assert recognize("outcome", "Contestó / Answered") == ("reached", True)
    # Two that do not mean the same are not one.
    assert recognize("initiated_by", "Familia / School") is None
    assert interpret("language", ["Árabe"], mapping)[0].value == "arabic"


def test_types_of_calls_and_texts_say_which_way_they_went():
    types = ["Placed call", "Received call", "Missed call", "Text sent"]
    _, found, _ = read(Type=types)
    assert found["direction"] == ["outbound", "inbound", "inbound", "outbound"]
    assert found["outcome"] == [None, None, "no_answer", "sent"]


def test_ids_of_threads_and_interpreters_are_no_record_ids():
    mapping, _, _ = read(Conversation_ID=["7701", "7701", "7702", "7703"])
    assert "record_id" not in mapping.fields
    mapping, found, _ = read(Interpreter_ID=["4411", "", "5120", "6001"])
    assert "record_id" not in mapping.fields
    assert found["interpreter"] == [True, None, True, True]
    _, found, _ = read(Interpreter_name=["Ana Diaz", "Not needed", "Declined", "N/A"])
    assert found["interpreter"] == [True, None, None, None]


@pytest.mark.parametrize(
    ("note", "outcome"),
    [
        ("not reached", "no_answer"),
        ("parent unavailable", "no_answer"),
        ("No voicemail set up", "no_answer"),
        ("Rang and rang", "no_answer"),
        ("Call could not be completed as dialed", "not_delivered"),
        ("Mom said she was not reached by the nurse", "reached"),
        ("Parent was unavailable, LVM", "left_message"),
    ],
)
def test_notes_of_calls_that_reached_nobody(note, outcome):
    assert notes_outcome(note) == outcome


@pytest.mark.parametrize("text", ["Parent unavailable", "No voicemail set up", "Rang and rang", "Just rang"])
def test_outcomes_of_calls_that_reached_nobody(text):
    assert recognize("outcome", text)[0] == "no_answer"


def test_the_way_of_contact_of_a_whole_log_stands_in_its_headers():
    table = {"Student ID": IDS, "Call Date": DATES, "Call Time": ["9:01 AM"] * 4, "Result": ["Live Answer", "Busy"] * 2}
    assert _ways(table) == ["phone"] * 4
    assert _ways({"Student ID": IDS, "1st Letter Sent": DATES, "Grade": ["3", "4", "5", "3"]}) == ["letter"] * 4
    # A column that holds the way goes before the header of the date.
    assert _ways({"Student ID": IDS, "Letter Date": DATES, "Method": ["Mail", "Email", "Mail", "Phone"]}) is None
    assert _ways({"Student ID": IDS, "Date": DATES, "Result": ["Reached", "No answer"] * 2}) is None


def test_addresses_and_numbers_in_from_and_to_tell_the_way_of_contact():
    mail = {"From": ["Poe, Eve <epoe@maple.k12.org>"] * 4, "To": ["a@example.org", "b@example.org"] * 2, "Cc": [""] * 4}
    assert _ways({"Student ID": IDS, "Date Sent": DATES} | mail) == ["email"] * 4
    numbers = {"To": ["5550101", "5550102", "5550103", "5550104"], "Body": ["Absent today", "Hi", "Ok", "Late today"]}
    made = {"Student ID": IDS, "Date Sent": DATES} | numbers
    assert _ways(made) == ["text"] * 4
    # The numbers are no counts of those who got it.
    assert "audience" not in _proposed(made).derived


def test_many_addresses_are_a_mass_message():
    many = "; ".join(f"family{number}@example.org" for number in range(12))
    sent = {"From": ["epoe@maple.k12.org"] * 4, "To": ["a@example.org; b@example.org", many, "c@example.org", ""],
            "Bcc": ["", "", "", many]}  # fmt: skip
    table = {"Student ID": IDS, "Date Sent": DATES} | sent
    mapping = _proposed(table)
    found = derive_fields({header: table[header] for header in derived_headers(mapping)}, mapping)
    assert found["audience"] == [None, "mass", None, "mass"]


def test_a_count_of_recipients_tells_a_mass_message():
    table = {"Student ID": IDS, "Date Sent": DATES, "Recipients": ["1", "22", "1", "350"]}
    mapping = _proposed(table)
    assert derive_fields({"Recipients": table["Recipients"]}, mapping)["audience"] == [None, "mass", None, "mass"]


def test_a_call_that_was_not_made_is_asked_about():
    table = {"Student ID": IDS, "Date": DATES, "Absence reason": ["Ill"] * 4, "Called?": ["Y", "Y", "N", ""]}
    (asked,) = [one for one in _proposed(table).questions if one.code == "not_made"]
    assert "“Called?” says no in some rows" in asked.sentence


def test_what_stands_in_brackets_does_not_hide_an_answer():
    assert recognize("outcome", "Attended (Zoom)") == ("reached", False)
    assert recognize("outcome", "Walked off (angry)") is None


def _proposed(table):
    return propose([column_of(place, *pair) for place, pair in enumerate(table.items())], "contacts")


def _ways(table):
    mapping = _proposed(table)
    texts = {header: table[header] for header in derived_headers(mapping)}
    return derive_fields(texts, mapping).get("channel") if "channel" not in mapping.fields else None


def test_the_day_on_which_a_case_was_closed_is_not_that_of_the_contact():
    table = {"Student ID": IDS, "Opened": [f"{day} 9:12" for day in DATES], "Channel": ["Phone", "Chat"] * 2,
             "Caller Name": ["Eva Lopez", "Jin Kim", "Bo Carter", "Lin Ngo"],
             "Caller Relationship": ["Mother", "Father", "Aunt", "Mother"], "Closed": DATES[:3] + [""]}  # fmt: skip
    mapping = _proposed(table)
    assert mapping.header_of("contact_date") == "Opened"
    assert mapping.header_of("initiated_by") == "Caller Relationship"
    # The names of those who called are the families'.
    assert "staff" not in mapping.fields
    assert "Caller Name" in mapping.not_stored


def test_a_yes_under_parent_contacted_school_says_who_began_it():
    mapping, found, _ = read(
        **{"Method": ["Phone", "Email"] * 2, "Parent Contacted School (Y/N)": ["N", "Y", "N", "Y"]}
    )
    assert mapping.header_of("initiated_by") == "Parent Contacted School (Y/N)"
    assert found["direction"] == ["outbound", "inbound"] * 2


@pytest.mark.parametrize(
    ("header", "texts", "meant"),
    [
        ("Parent Response Received?", ["Yes", "No", "Pending", ""], ["replied", "sent", "unknown", None]),
        ("Responded", ["Y", "N", "Left message", "N"], ["replied", "sent", "left_message", "sent"]),
        ("Reached?", ["Yes", "No", "Left message", ""], ["reached", "no_answer", "left_message", None]),
    ],
)
def test_yes_and_no_beside_other_words_mean_what_their_header_asks(header, texts, meant):
    mapping = _proposed({"Student ID": IDS, "Date": DATES, "Method": ["Email", "Text"] * 2, header: texts})
    assert mapping.header_of("outcome") == header
    assert [reading.value for reading in interpret("outcome", texts, mapping)] == meant
