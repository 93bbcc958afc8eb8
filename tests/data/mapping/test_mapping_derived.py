"""Fields that hide in other columns: direction, outcome, who began, with whom, mass messages, rows left out."""

import pytest

from data.mapping import column_of, derive_fields, derived_headers, parties, propose, unsure_fields
from data.mapping.derived import notes_outcome

BASE = {"Student ID": ["01", "02", "03", "04"], "Date": ["9/1/2025", "9/2/2025", "9/3/2025", "9/14/2025"]}
DEAR = "Jane Doe (REL: Mother) ***** P - Left Message - 202-555-0100 ***** CALL TOPIC: grades ***** RESPONSE: None"
COACH = "Al Poe (ED: Coach) ***** E - Completed - a@b.example ***** CALL TOPIC: None ***** RESPONSE: None"
AGENCY = "Ms. Roe (3P: Agency) ..... IP - Completed -  ..... CALL TOPIC: attendance ..... RESPONSE: N/A"


def derived(**given):
    texts, mapping = read(**given)
    return derive_fields(texts, mapping), mapping


def unsure(**given):
    texts, mapping = read(**given)
    return unsure_fields(texts, mapping, derive_fields(texts, mapping))


def read(**given):
    table = {**BASE, **{header.replace("_", " "): (texts * 4)[:4] for header, texts in given.items()}}
    made = [column_of(index, header, texts) for index, (header, texts) in enumerate(table.items())]
    mapping = propose(made, "contacts")
    return {header: table[header] for header in derived_headers(mapping)}, mapping


def test_parent_initiated_in_a_reason():
    found, mapping = derived(Reason=["Parent initiated", "Attendance"], Method=["Phone", "Email"])
    assert found["direction"] == ["inbound", None, "inbound", None]
    assert found["initiated_by"] == ["family", None, "family", None]
    assert "“Reason”" in mapping.derived["direction"].sentence


def test_direction_in_the_words_of_a_method():
    found, _ = derived(Method=["Incoming call", "Outgoing call", "Letter to home", "Phone"])
    assert found["direction"] == ["inbound", "outbound", "outbound", None]


def test_who_called_says_the_direction_even_once():
    found, _ = derived(Method=["Parent called", "Phone", "Phone", "Phone"])
    assert found["direction"] == ["inbound", None, None, None]
    assert found["initiated_by"] == ["family", None, None, None]


def test_whom_a_teacher_wrote_to_says_the_direction():
    found, _ = derived(Method=["Emailed parent", "mom texted me", "Called home", "left vm"])
    assert found["direction"] == ["outbound", "inbound", "outbound", None]


def test_an_outcome_beside_the_channel_stands_in_where_its_own_column_is_blank():
    found, mapping = derived(
        Contact_Type=["phone - no answer", "phone - left vm", "Phone", "home visit - not home"],
        Result=["", "", "spoke with mom", ""],
    )
    assert mapping.header_of("outcome") == "Result"
    assert found["outcome"] == ["no_answer", "left_message", None, "no_answer"]
    assert mapping.derived["outcome"].sentence.endswith("“Contact Type”, where “Result” is blank.")


def test_a_topic_does_not_fill_the_gaps_of_an_outcome():
    found, _ = derived(Reason=["No response to letters", "Grades"], Outcome=["", "Reached"])
    assert "outcome" not in found


def test_a_column_for_the_direction_is_not_second_guessed():
    found, mapping = derived(Reason=["Parent initiated"], Direction=["Outbound"])
    assert "direction" not in found
    assert mapping.header_of("direction") == "Direction"


def test_direction_from_who_began():
    found, mapping = derived(Initiated_By=["Parent", "Teacher", "Student", ""])
    assert mapping.header_of("initiated_by") == "Initiated By"
    assert found["direction"] == ["inbound", "outbound", "inbound", None]


def test_from_and_to_by_role_words_and_mail():
    found, _ = derived(
        From=["Ms. Lee (Teacher)", "Ana Lopez (Parent)", "lee@oak.k12.example.us", "mom@gmail.com"],
        To=["Ana Lopez (Parent)", "Ms. Lee (Teacher)", "mom@gmail.com", "lee@oak.k12.example.us"],
    )
    assert found["direction"] == ["outbound", "inbound", "outbound", "inbound"]


def test_staff_who_write_to_staff_are_not_with_a_family():
    found, mapping = derived(
        From=["Teacher", "Teacher", "lee@oak.k12.example.us", "Ms. Lee"],
        To=["Counselor", "Mother", "roe@oak.k12.example.us", "Whole school"],
    )
    assert found["contact_with"] == ["staff", None, "staff", None]
    assert "both “From” and “To”" in mapping.derived["contact_with"].sentence


def test_names_are_staff_only_where_the_staff_column_has_them():
    """Diaz has children in three classes and writes to Lee, who writes to many: neither is known to be staff."""
    people = {
        "From": ["Ms. Lee", "Ms. Diaz", "Ms. Lee", "Ms. Lee"],
        "To": ["Ms. Diaz", "Ms. Lee", "Mr. Roe", "Ms. Diaz"],
    }
    assert derived(**people)[0]["contact_with"] == [None] * 4
    found, _ = derived(**people, Staff=["Ms. Lee", "Ms. Lee", "Mr. Roe", "Ms. Lee"])
    assert found["contact_with"] == [None, None, "staff", None]


def test_titles_on_both_sides_are_staff_where_both_deal_with_children_of_many_families():
    """Cole writes to Rivera about four families' children; Mr. Diaz has a title, and two families' children."""
    rows = (
        ["Ms. Rivera", "Mr. Cole", "Ms. Rivera", "Mr. Cole", "Mr. Diaz", "Ms. Rivera"],
        ["Mr. Cole", "Ms. Rivera", "Mr. Cole", "Ms. Rivera", "Ms. Rivera", "Mr. Diaz"],
        ["Ana Byrd", "Jo Chen", "Kim Diaz", "Lu Evans", "Kim Diaz", "Ana Byrd"],
        None,
    )
    assert parties.among_staff(*rows) == ["staff"] * 4 + [None] * 2
    assert parties.maybe_among_staff(*rows, parties.among_staff(*rows)) == [None] * 5 + ["Ms. Rivera to Mr. Diaz"]


def test_titles_on_both_sides_are_told_where_nothing_says_who_is_the_family():
    people = {"From": ["Ms. Rivera", "Ms. Rivera", "Mr. Lopez", "Mr. Cole"],
              "To": ["Mr. Cole", "Eva Lopez", "Ms. Rivera", ""]}  # fmt: skip
    assert derived(Student=["Ana Lopez"], **people)[0]["contact_with"] == [None] * 4
    assert unsure(Student=["Ana Lopez"], **people)["contact_with"] == ["Ms. Rivera to Mr. Cole"] + [None] * 3
    assert unsure(Staff=["Ms. Rivera"], **people)["contact_with"] == [None] * 4


def test_reasons_that_name_two_ways_of_contact_are_told():
    reasons = ["Phone call home", "Phone/text home", "Email home", "Tardy"]
    assert derived(Reason=reasons)[0]["channel"] == ["phone", None, "email", None]
    assert unsure(Reason=reasons)["channel"] == [None, "Phone/text home", None, None]


def test_from_and_to_by_names_alone():
    """Lee writes to three families; the Diaz family is known by the student's name."""
    found, _ = derived(
        Student=["Diaz, Ana", "Byrd, Jo", "Chen, Kim", "Diaz, Ana"],
        From=["Pat Lee", "Pat Lee", "Pat Lee", "Eva Diaz"],
        To=["Eva Diaz", "Tom Byrd", "Amy Chen", "Pat Lee"],
    )
    assert found["direction"] == ["outbound", "outbound", "outbound", "inbound"]


def test_sender_roles():
    found, _ = derived(SenderTypeId=["1", "2", "3", "2"], RecipientTypeId=["2", "1", "2", "3"])
    assert found["direction"] == ["inbound", "outbound", "inbound", "outbound"]
    assert found["contact_with"] == ["family", "family", "student", "student"]


def test_packed_entries():
    found, mapping = derived(Entry=[DEAR, COACH, AGENCY, "Called home, no plan yet"])
    assert found["channel"] == ["phone", "email", "in_person", None]
    assert found["outcome"] == ["left_message", "reached", "reached", None]
    assert found["contact_with"] == ["family", "staff", "third_party", None]
    assert found["topic"] == ["academics", None, "attendance", None]
    assert "Entry" in mapping.not_stored


NOTES = {
    "left_message": ["LVM re: homework", "LM with reminder", "No answer, left voicemail", "Dejé mensaje"],
    "no_answer": ["NA - will try again", "no answer", "Called, didn't pick up", "No contestó"],
    "not_delivered": ["WN", "Number disconnected", "email bounced back"],
    "reached": ["Spoke with mom about reading", "talked to dad", "Mom said she will check", "Hablé con la mamá"],
    "replied": ["Sent email. Mom replied on 10/3"],
    None: ["reached out to mom about the trip", "He failed two tests", "Sent home with a fever", "N/A", "", None],
}


@pytest.mark.parametrize(("text", "outcome"), [(text, outcome) for outcome, texts in NOTES.items() for text in texts])
def test_outcomes_in_notes(text, outcome):
    assert notes_outcome(text) == outcome


def test_notes_give_the_outcome_only_where_no_column_does():
    notes = ["LVM about homework", "Spoke with mom about reading", "NA", "Math"]
    found, mapping = derived(Notes=notes)
    assert found["outcome"] == ["left_message", "reached", "no_answer", None]
    assert "not stored" in mapping.derived["outcome"].sentence
    assert "outcome" not in derived(Notes=notes, Outcome=["Reached"])[0]


def test_drafts_and_restricted_rows_are_left_out():
    found, _ = derived(IsDraft=["true", "false", "", "false"], is_restricted=["0", "1", "0", "0"])
    assert found["left_out"] == ["draft", "restricted", None, None]


def test_many_recipients_make_a_mass_message():
    found, _ = derived(Recipients=["1", "450", "2", "30"])
    assert found["audience"] == [None, "mass", None, "mass"]


def test_a_robocall_is_a_mass_message():
    found, _ = derived(Method=["Robocall", "Phone call", "Email", "Newsletter"])
    assert found["audience"] == ["mass", None, None, "mass"]


def test_hispanic_of_any_race():
    made = [
        column_of(0, "Student ID", ["1", "2"]),
        column_of(1, "Race", ["White", "Black"]),
        column_of(2, "Hispanic/Latino", ["Y", "N"]),
        column_of(3, "Grade", ["1", "2"]),
    ]
    mapping = propose(made, "roster")
    found = derive_fields({"Race": ["White", "Black"], "Hispanic/Latino": ["Y", "N"]}, mapping)
    assert found["race_ethnicity"] == ["hispanic", None]


def test_ticks_under_the_names_of_methods_and_results():
    found, mapping = derived(
        Phone=["X", "", "", ""],
        Email=["", "x", "", "X"],
        Left_message=["Y", "N", "N", "N"],
        Reached=["N", "Y", "", "N"],
    )
    assert found["channel"] == ["phone", "email", None, "email"]
    assert found["outcome"] == ["left_message", "reached", None, None]
    assert mapping.derived["channel"].headers == ["Phone", "Email"]


def test_a_log_of_calls_is_by_phone():
    assert derived(Call_Result=["Answered", "Machine"])[0]["channel"] == ["phone"] * 4
    assert "channel" not in derived(Call_Result=["Answered", "Machine"], Method=["Text", "Phone"])[0]


def test_rows_marked_as_deleted_are_left_out():
    found, mapping = derived(Deleted=["TRUE", "FALSE", "", "FALSE"], Outcome=["Reached"])
    assert found["left_out"] == ["draft", None, None, None]
    assert mapping.derived["left_out"].sentence == "Rows marked in “Deleted” are left out and counted."
    found, _ = derived(Status=["Sent", "Voided", "Failed", "Deleted"])
    assert found["left_out"] == [None, "draft", None, "draft"]


def test_a_flag_that_no_row_has_says_nothing():
    found, mapping = derived(IsDeleted=["False", "False"])
    assert "left_out" not in mapping.derived


def test_drafts_in_a_status():
    found, _ = derived(Status=["Sent", "Draft", "Failed", "Sent"])
    assert found["left_out"] == [None, "draft", None, None]


def test_drafts_in_a_status_beside_an_outcome():
    found, mapping = derived(Status=["Final", "Draft", "Final", "Final"], Outcome=["Reached", "Sent"])
    assert mapping.fields["outcome"].header == "Outcome"
    assert found["left_out"] == [None, "draft", None, None]


@pytest.mark.parametrize(
    "header, texts",
    [
        ("Student Name", ["First1 Last1", "First2 Last2", "First3 Last3", "First4 Last4"]),
        ("Student", ["Last1, First1", "Last2, First2", "Last3, First3", "Last4, First4"]),
        ("Student", ["Student 1", "Student 2", "Student 3", "Student 4"]),
    ],
)
def test_names_that_bear_numbers_are_names_where_the_header_says_so(header, texts):
    table = {header: texts, "Date": BASE["Date"], "Method": ["Phone"] * 4, "Room": ["Room 1", "Room 2"] * 2}
    made = [column_of(index, header, texts) for index, (header, texts) in enumerate(table.items())]
    assert propose(made, "contacts").fields["student_name"].header == header


def test_type_codes_of_a_site_are_asked_about():
    _, mapping = derived(LogTypeID=["507", "6145"])
    assert [question.code for question in mapping.questions] == ["ask_contact_with"]
    assert "507" in mapping.questions[0].sentence
    assert "contact_with" not in mapping.fields


def test_minutes_between_a_start_and_an_end_of_a_twelve_hour_clock():
    found, mapping = derived(Start_Time=["11:50", "12:45", "5:30", "9:00"], End_Time=["12:10", "1:15", "6:10", "8:30"])
    assert mapping.date.afternoon
    assert found["minutes"] == [20, 30, 40, None]


def test_minutes_between_a_start_and_an_end_of_a_clock_of_24_hours():
    found, _ = derived(Start_Time=["11:50", "13:45", "5:30", "9:00"], End_Time=["12:10", "1:15", "6:10", "8:30"])
    assert found["minutes"] == [20, None, 40, None]


@pytest.mark.parametrize("header", ["Recipients", "To", "Sent_To"])
def test_a_whole_school_among_recipients_is_a_mass_message(header):
    found, mapping = derived(**{header: ["Whole school", "All families", "Mother", "Schoolwide"]})
    assert found["audience"] == ["mass", "mass", None, "mass"]
    assert header.replace("_", " ") in mapping.derived["audience"].sentence


def test_names_of_recipients_say_nothing_of_how_many():
    assert "audience" not in derived(To=["Ana Lopez", "Ben Smith", "Cy Young", "Dee Alley"])[0]


def test_ways_that_say_it_was_the_student_are_not_with_the_family():
    ways = ["Call to student", "Phone call home", "Spoke with student", "Met with student and mom",
            "Student conference", "Call to student's home", "Student led conference", "Email to parent"]  # fmt: skip
    columns = [
        column_of(0, "Student", ["Ana Diaz"] * 8),
        column_of(1, "Date", [f"9/{day}/2025" for day in range(10, 18)]),
        column_of(2, "Method", ways),
    ]
    mapping = propose(columns, "contacts")
    assert mapping.derived["contact_with"].headers == ["Method"]
    whom = derive_fields({"Method": ways}, mapping)["contact_with"]
    assert whom == ["student", None, "student", None, "student", None, None, None]


def test_recipients_roles_alone_tell_the_direction_and_what_is_not_with_a_family():
    recipients = ["Parent", "Parent", "Staff", "Staff", "Student", ""]
    senders = ["Ms. Rivera", "Ms. Cole", "Rosa Lopez", "Ms. Cole", "Ms. Cole", "Ms. Cole"]
    columns = [
        column_of(0, "Student Name", ["Ana Diaz", "Bo Chen", "Ana Diaz", "Bo Chen", "Cy Jones", "Bo Chen"]),
        column_of(1, "Sent Date", [f"9/{day}/2025" for day in range(10, 16)]),
        column_of(2, "Sent By", senders),
        column_of(3, "Recipient Type", recipients),
    ]
    mapping = propose(columns, "contacts")
    derived = derive_fields({"Recipient Type": recipients, "Sent By": senders}, mapping)
    assert derived["direction"] == ["outbound", "outbound", "inbound", None, "outbound", None]
    assert derived["contact_with"] == [None, None, None, "staff", "student", None]


@pytest.mark.parametrize(
    ("headers", "way"),
    [
        (["Call ID", "Start Time", "Disposition"], "phone"),
        (["Dialed Number", "Date", "Disposition"], "phone"),
        (["Home Visitor", "Visit Date", "Was visit completed?"], "home_visit"),
        (["Home Visitor", "Date", "Outcome"], None),
    ],
)
def test_logs_of_calls_and_of_home_visits_say_so_in_their_headers(headers, way):
    cells = [["81001", "81002", "81003"], ["9/10/2025", "9/11/2025", "9/12/2025"], ["Yes", "No", "Yes"]]
    if headers[0] == "Home Visitor":
        cells[0] = ["Ms. Rivera", "Ms. Cole", "Ms. Cole"]
    columns = [column_of(0, "Student", ["Ana Diaz", "Bo Chen", "Cy Jones"])]
    columns += [column_of(place, header, cells[place - 1]) for place, header in enumerate(headers, 1)]
    mapping = propose(columns, "contacts")
    assert (derive_fields({how: [""] for how in derived_headers(mapping)}, mapping).get("channel") or [None])[0] == way


def test_entries_that_are_no_contacts_are_asked_about():
    kinds = ["Family Communication", "Merit", "Family Communication"]
    columns = [
        column_of(0, "Student", ["Ana Diaz", "Bo Chen", "Cy Jones"]),
        column_of(1, "Date", ["9/10/2025", "9/11/2025", "9/12/2025"]),
        column_of(2, "Contact Type", ["Phone Call", "", "Text"]),
        column_of(3, "Behavior Type", kinds),
    ]
    (asked,) = [one for one in propose(columns, "contacts").questions if one.code == "ask_contact_with"]
    assert "“Family Communication” and others “Merit”" in asked.sentence


def test_that_a_parent_did_not_answer_makes_no_contact_of_theirs():
    said = ["No response from parent", "Parent did not answer, will try again", "Parent didn't answer", "Parent called"]
    columns = [
        column_of(0, "Student", ["Ana Diaz", "Bo Chen", "Cy Jones", "Di Park"]),
        column_of(1, "Date", ["9/10/2025", "9/11/2025", "9/12/2025", "9/15/2025"]),
        column_of(2, "Outcome", said),
    ]
    mapping = propose(columns, "contacts")
    derived = derive_fields({"Outcome": said}, mapping)
    assert derived["direction"] == [None, None, None, "inbound"]
    assert derived["initiated_by"] == [None, None, None, "family"]


def test_more_than_no_is_read_out_of_a_no():
    column = column_of(2, "Contact Made (Y/N)", ["Y", "N", "N - left message", "N - not home"])
    columns = [
        column_of(0, "Student", ["Ana Diaz", "Bo Chen", "Cy Jones", "Di Park"]),
        column_of(1, "Date", ["9/10/2025", "9/11/2025", "9/12/2025", "9/15/2025"]),
        column,
    ]
    assert propose(columns, "contacts").values["outcome"] == {
        "Y": "reached", "N": "no_answer", "N - left message": "left_message", "N - not home": "no_answer",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("note", "outcome"),
    [
        ("Called mom, no response from parent. Will try again.", "no_answer"),
        ("No response from parent last week, spoke with mom today", "reached"),
        ("Spoke to dad's voicemail.", "left_message"),
        ("I was not able to reach mom but spoke with dad", "reached"),
        ("Spoke w/ teacher about Diego", None),
        ("Spoke with teacher and mom", "reached"),
    ],
)
def test_notes_in_which_a_family_is_named_and_was_not_reached(note, outcome):
    assert notes_outcome(note) == outcome


def test_yes_and_no_under_from_parent_tell_the_direction():
    cells = {"From parent?": ["Y", "N", ""], "To parent?": ["N", "Y", "Y"]}
    columns = [
        column_of(0, "Student", ["Ana Diaz", "Bo Chen", "Cy Jones"]),
        column_of(1, "Date", ["9/10/2025", "9/11/2025", "9/12/2025"]),
        *(column_of(place, header, texts) for place, (header, texts) in enumerate(cells.items(), 2)),
    ]
    mapping = propose(columns, "contacts")
    assert derive_fields(cells, mapping)["direction"] == ["inbound", "outbound", "outbound"]


def test_a_single_column_that_ticks_no_response_is_read():
    columns = [
        column_of(0, "Student", ["Ana Diaz", "Bo Chen", "Cy Jones"]),
        column_of(1, "Date", ["9/10/2025", "9/11/2025", "9/12/2025"]),
        column_of(2, "Method", ["Phone", "Phone", "Email"]),
        column_of(3, "No response (Y/N)", ["Y", "N", "Y"]),
    ]
    mapping = propose(columns, "contacts")
    cells = {"No response (Y/N)": ["Y", "N", "Y"]}
    assert derive_fields(cells, mapping)["outcome"] == ["no_answer", None, "no_answer"]
