"""What cell texts mean: vocabularies, grades of every system, yes and no, languages."""

import pytest

from data.mapping import Mapping, allowed_values, column_of, interpret, propose, unknown_words


def value(field, text, **units):
    return interpret(field, [text], Mapping(units=units))[0]


@pytest.mark.parametrize(
    ("field", "wanted", "texts"),
    [
        ("channel", "phone", "P|Phone Call|call|Voice|Text-to-Speech|Parent Phone Call|Llamada|Phone (cell)"),
        ("channel", "text", "SMS|Text|txt|Mensaje de texto|Text Message"),
        ("channel", "email", "E|E-mail|WebMail|Parent Email|Correo electrónico"),
        ("channel", "in_person", "IP|In Person|In-Person (at Basketball game)|School Visit|face-to-face"),
        ("channel", "home_visit", "HV|Home Visit|HOME VISIT"),
        ("channel", "conference", "Parent Conference|Parent/Teacher Conference|PTC"),
        ("channel", "letter", "L|Mail (Letter/Postcard)|Certified Letters|LETTER|Note sent home"),
        ("channel", "video", "VC|Zoom|Google Meet"),
        ("channel", "app_message", "Inbox|app|Parent Square Notification|ClassDojo"),
        ("channel", "event", "Attended Event"),
        ("outcome", "reached", "Completed|Successful|Answered|spoke with mom|Spoke to Bryan's Grandma|Aware"),
        ("outcome", "left_message", "Left Message|Machine|voicemail|Ans mach|LVM|LM|Dejó mensaje"),
        ("outcome", "no_answer", "No Answer|Busy|Called, no response yet|Outreach|Attempted|NA|No contestó"),
        ("outcome", "not_delivered", "Disconnect|Unreachable|WN|Txt failed|Bounced|Skipped|Consent Denied|Canceled"),
        ("outcome", "replied", "Text reply|parent response|Replied"),
        ("outcome", "sent", "Sent|Delivered|Txt delivered|Read"),
        ("direction", "inbound", "Inbound|I|Incoming|Received|From Home|Home to School|Parent initiated"),
        ("direction", "outbound", "Outbound|O|OUT|To Home|Sent|School to Home|Outgoing"),
        ("direction", "two_way", "Two-way|Both|2-way"),
        ("initiated_by", "family", "Parent|Family|Mom|Guardian"),
        ("initiated_by", "school", "Teacher|School|Staff"),
        ("initiated_by", "student", "Student"),
        ("audience", "mass", "Mass|Group|Broadcast|Class-wide|Newsletter"),
        ("audience", "personal", "Individual|Personal|1:1"),
        ("topic", "attendance", "Att: Absent|Chronic Absence: 15+|TRUANCY 10 ABSENCES|Asistencia"),
        ("topic", "relationship", "Positive|Introduction|Check-in"),
        ("topic", "behavior", "Discipline|Behavior|Conducta"),
        ("topic", "iep", "IEP|Special Education|504 plan"),
        ("tone", "positive", "Positive|Praise|+ positive"),
        ("tone", "concern", "Negative|Concern"),
        ("contact_with", "family", "REL|P|Mother|Parent Contact|Grandma|emergency_1|Parent1"),
        ("contact_with", "staff", "ED|Staff Contact"),
        ("contact_with", "student", "STU|Student"),
        ("contact_with", "third_party", "3P|Third Party"),
        ("grade", "K", "K|0|00|Kindergarten|KF|KG|Kínder|0.0"),
        ("grade", "PK", "PK|Pre-K|Prekindergarten|PPK|Prekinder"),
        ("grade", "TK", "TK|Transitional Kindergarten"),
        ("grade", "9", "9|09|9th|9th Grade|Grade 9|Freshman|[\"09\"]|9.0|Noveno"),
        ("grade", "1", "1|01|1st|First Grade|1º"),
        ("grade", "12", "12|12th|Senior"),
        ("grade", "13", "13"),
        ("home_language", "spanish", "es|SPA|Spanish; Castilian|Español|01 Spanish"),
        ("home_language", "english", "en|eng|English|00 English"),
        ("home_language", "haitian creole", "ht|Haitian Creole|Kreyòl"),
        ("english_learner", True, "Y|EL|ELL|LEP|yes|1|TRUE|X"),
        ("english_learner", False, "N|RFEP|IFEP|EO|No|0|FALSE|Former|Not EL"),
        ("low_income", True, "F|R|Free|Reduced|Y|1|Direct Certification"),
        ("low_income", False, "P|Paid|N|0"),
        ("iep", True, "Y|IEP|SPED|Yes|Sí|✓"),
        ("iep", False, "N|No IEP|504|Exited"),
        ("race_ethnicity", "two_or_more", "Two or More Races|Multiracial|White; Asian"),
        ("race_ethnicity", "hispanic", "Hispanic or Latino|H|Hispanic; White"),
        ("gender", "female", "F|Female|Femenino"),
    ],
)  # fmt: skip
def test_words_of_many_systems(field, wanted, texts):
    lunch = {"low_income": "lunch"}
    for text in texts.split("|"):
        reading = interpret(field, [text], Mapping(units=lunch))[0]
        assert (reading.value, reading.problem) == (wanted, None), text


@pytest.mark.parametrize("text", ["", None, "N/A", "NULL", "None", "-", "  "])
def test_texts_that_say_nothing(text):
    for field in ("channel", "outcome", "grade", "iep", "home_language", "staff", "student_id"):
        assert interpret(field, [text], Mapping())[0] == value("channel", "")


def test_a_misspelt_word_is_offered_and_not_taken():
    reading = value("channel", "Phne")
    assert (reading.value, reading.problem, reading.offer) == ("other", "unknown_value", "phone")
    assert value("outcome", "Completd").offer == "reached"
    assert value("outcome", "Completd").value == "unknown"
    assert value("home_language", "Spansih") == value("home_language", "Spansih").__class__(
        None, "unknown_value", "spanish"
    )


def test_every_canonical_word_is_in_its_own_vocabulary():
    for field in ("channel", "direction", "outcome", "initiated_by", "audience", "topic", "tone", "contact_with"):
        for word in allowed_values(field):
            assert value(field, word).value == word


def test_minus_one_is_asked_and_not_guessed():
    assert value("grade", "-1").problem == "ask_grade"
    assert value("grade", "-1", grade="TK").value == "TK"
    assert value("grade", "-1", grade="parentsquare").value == "TK"
    made = [column_of(0, "Student ID", ["01", "02", "03"]), column_of(1, "Grade", ["-1", "0", "5"])]
    mapping = propose(made, "roster")
    assert [(question.code, question.options) for question in mapping.questions] == [("ask_grade", ["PK", "TK"])]
    told = propose(made, "roster", {"choices": {"values": {"grade": {"-1": "PK"}}}})
    assert told.questions == []
    assert interpret("grade", ["-1"], told)[0].value == "PK"


def test_grade_scales_that_a_clear_sign_tells():
    deep = [column_of(0, "Student ID", ["01", "02"]), column_of(1, "grade_level", ["-4", "-1"])]
    assert interpret("grade", ["-4", "-1", "0"], propose(deep, "roster")) == [
        value("grade", one) for one in ("PK", "TK", "K")
    ]
    ids = [column_of(0, "Student ID", ["01", "02"]), column_of(1, "13 Grade Level ID", ["1", "15"])]
    read = [reading.value for reading in interpret("grade", ["1", "2", "13", "15"], propose(ids, "roster"))]
    assert read == ["K", "1", "12", "PK"]
    assert interpret("grade", ["14"], propose(ids, "roster"))[0].problem == "graduated"


def test_graduated_and_unknown_grades():
    assert value("grade", "99").problem == "graduated"
    assert value("grade", "SP").problem == "unknown_grade"
    assert value("grade", "K-12").problem == "unknown_grade"


def test_f_is_free_beside_meal_codes_and_false_beside_true():
    def low(*texts):
        made = [column_of(0, "Student ID", ["1", "2", "3"]), column_of(1, "FRL", list(texts))]
        return interpret("low_income", ["F"], propose(made, "roster"))[0].value

    assert low("F", "R", "P") is True
    assert low("T", "F", "T") is False


def test_a_blank_in_a_column_of_ticks_is_a_no():
    ticks = [column_of(0, "Student ID", ["1", "2", "3"]), column_of(1, "IEP", ["X", "", ""])]
    assert [reading.value for reading in interpret("iep", ["X", ""], propose(ticks, "roster"))] == [True, False]
    words = [column_of(0, "Student ID", ["1", "2", "3"]), column_of(1, "IEP", ["Y", "N", ""])]
    assert interpret("iep", [""], propose(words, "roster"))[0].value is None


@pytest.mark.parametrize(
    ("header", "yes", "no"),
    [
        ("Reached?", "reached", "no_answer"),
        ("Parent responded", "replied", "sent"),
        ("Successful", "reached", "no_answer"),
    ],
)
def test_yes_and_no_under_a_header_of_an_outcome(header, yes, no):
    made = [
        column_of(0, "Student ID", ["1", "2"]),
        column_of(1, "Date", ["1/2/2025", "1/3/2025"]),
        column_of(2, header, ["Y", "N"]),
    ]
    assert [reading.value for reading in interpret("outcome", ["Y", "N"], propose(made, "contacts"))] == [yes, no]


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [("channel", "📞", "phone"), ("channel", "✉️", "email"), ("channel", "📞 Call", "phone"), ("tone", "😊", "positive"),
     ("tone", "🙁", "concern"), ("outcome", "✅", "reached"), ("interpreter", "❌", False)],
)  # fmt: skip
def test_a_picture_alone_is_its_word(field, text, value):
    assert interpret(field, [text], Mapping())[0].value == value


def test_words_in_other_letters_are_unknown_and_not_blank():
    assert interpret("channel", ["звонок"], Mapping())[0].problem == "unknown_value"
    assert interpret("channel", ["—"], Mapping())[0].problem is None


@pytest.mark.parametrize("words", [["Yes", "No"], ["Reached", "No answer", "NA"]])
def test_not_applicable_is_no_outcome_and_no_missed_call(words):
    texts = [*words, "N/A", "#N/A", "n/a"]
    made = [
        column_of(0, "Student ID", [f"{number}" for number in range(len(texts))]),
        column_of(1, "Date", [f"1/{day}/2025" for day in range(2, 2 + len(texts))]),
        column_of(2, "Reached", texts),
    ]
    mapping = propose(made, "contacts")
    assert mapping.header_of("outcome") == "Reached"
    read = [reading.value for reading in interpret("outcome", texts, mapping)]
    assert read == ["reached", "no_answer", *(["no_answer"] if "NA" in words else []), None, None, None]


def test_initiated_flags_follow_their_header():
    def read(header):
        made = [
            column_of(0, "Student ID", ["1", "2"]),
            column_of(1, "Date", ["1/2/2025", "1/3/2025"]),
            column_of(2, header, ["TRUE", "FALSE"]),
        ]
        return [reading.value for reading in interpret("initiated_by", ["TRUE", "FALSE"], propose(made, "contacts"))]

    assert read("initiated_by_student__c") == ["student", "school"]
    assert read("Parent initiated?") == ["family", "school"]
    assert read("School initiated?") == ["school", "family"]


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("Voicemail left", ["left_message", "unknown"]),  # not left may be: spoke, or nobody answered
        ("Sent?", ["sent", "not_delivered"]),
        ("Read?", ["sent", "sent"]),  # who did not read it has it all the same
    ],
)
def test_yes_and_no_of_a_result_follow_their_header(header, meant):
    made = [
        column_of(0, "Student ID", ["1", "2"]),
        column_of(1, "Date", ["1/2/2025", "1/3/2025"]),
        column_of(2, header, ["Yes", "No"]),
    ]
    mapping = propose(made, "contacts", {"choices": {"fields": {"outcome": header}}})
    assert [reading.value for reading in interpret("outcome", ["Yes", "No"], mapping)] == meant


@pytest.mark.parametrize(("texts", "read"), [(["F", "N"], [True, False]), (["T", "F"], [True, False])])
def test_f_of_lunch_is_free_and_beside_t_false(texts, read):
    made = [column_of(0, "Student ID", ["1", "2"]), column_of(1, "Lunch Status", texts)]
    mapping = propose(made, "roster", {"choices": {"fields": {"low_income": "Lunch Status"}}})
    assert [reading.value for reading in interpret("low_income", texts, mapping)] == read


def test_ids_stay_text():
    assert value("student_id", " 00123 ").value == "00123"


def test_unknown_words_are_listed_with_an_offer_and_not_kept():
    made = [
        column_of(0, "Student ID", ["1", "2", "3"]),
        column_of(1, "Date", ["1/2/2025"] * 3),
        column_of(2, "Method", ["Phone", "Phne", "Phne"]),
    ]
    mapping = propose(made, "contacts")
    assert unknown_words(mapping, made) == {"channel": [("Phne", 2, "phone")]}
    assert "Phne" not in str(mapping.to_json())


@pytest.mark.parametrize(
    "text", ["Phone/Text", "Email; Phone", "Call, text", "Phone and email", "Zoom/Phone", "Phone → text"]
)
def test_several_ways_of_contact_in_one_cell_are_asked_about(text):
    reading = value("channel", text)
    assert (reading.value, reading.problem) == ("other", "several_values")


@pytest.mark.parametrize(
    ("text", "channel"),
    [("Text/SMS", "text"), ("Call/VM", "phone"), ("Mail/Letter/Postcard", "letter"), ("Phone, left message", "phone")],
)
def test_one_way_of_contact_in_several_words_is_that_one(text, channel):
    reading = value("channel", text)
    assert (reading.value, reading.problem) == (channel, None)


def test_what_a_person_says_about_several_ways_in_a_cell_counts():
    made = [
        column_of(0, "Student ID", ["1", "2", "3"]),
        column_of(1, "Date", ["1/2/2025"] * 3),
        column_of(2, "Method", ["Phone", "Phone/Text", "Phone/Text"]),
    ]
    assert unknown_words(propose(made, "contacts"), made) == {"channel": [("Phone/Text", 2, None)]}
    said = propose(made, "contacts", {"choices": {"values": {"channel": {"Phone/Text": "phone"}}}})
    assert interpret("channel", ["Phone/Text"], said)[0].value == "phone"


@pytest.mark.parametrize(
    ("field", "text"),
    [("channel", "Did not call"), ("channel", "Didn't email"), ("channel", "Never called"), ("channel", '"'),
     ("channel", "〃"), ("outcome", "''"), ("outcome", "Spoke with student"), ("outcome", "talked to student only")],
)  # fmt: skip
def test_what_was_not_done_or_stands_above_is_told_and_not_read(field, text):
    reading = value(field, text)
    assert (reading.value, reading.problem) == ("other" if field == "channel" else "unknown", "unknown_value")


@pytest.mark.parametrize(
    ("field", "text", "read"),
    [("channel", "Called - did not answer", "phone"), ("outcome", "Spoke with student's mom", "reached"),
     ("audience", "All 3rd grade", "mass"), ("audience", "Group: Grade 3 families (24)", "mass"),
     ("audience", "bcc all", "mass"), ("audience", "Class list", "mass"), ("audience", "3rd grade parents", "mass")],
)  # fmt: skip
def test_near_words_keep_their_meaning(field, text, read):
    assert (value(field, text).value, value(field, text).problem) == (read, None)


@pytest.mark.parametrize(
    ("field", "text", "meant", "problem"),
    [
        ("topic", "Behavior, Attendance", "behavior", "several_first"),
        ("topic", "Attendance; Behavior", "attendance", "several_first"),
        ("topic", "Grades/Progress", "academics", None),
        ("topic", "Attendance/Tardies", "attendance", None),
        ("outcome", "No answer, left message", "left_message", None),
        ("outcome", "Left voicemail; called back", "replied", None),
        ("outcome", "Emailed, no response", "sent", None),
        ("outcome", "Reached / No answer", "unknown", "several_values"),
        ("outcome", "Wrong number, left message", "unknown", "several_values"),
        ("language", "English; Spanish", None, "several_languages"),
        ("language", "Chinese (Cantonese)", "cantonese", None),
        ("language", "Creole, Haitian", "haitian creole", None),
        ("home_language", "Spanish, English", "spanish", "several_first"),
    ],
)
def test_several_answers_in_one_cell_are_told(field, text, meant, problem):
    reading = value(field, text)
    assert (reading.value, reading.problem) == (meant, problem)


@pytest.mark.parametrize(
    ("field", "text", "meant"),
    [
        ("channel", "TEL - LM", "phone"),
        ("outcome", "TEL - NA", "no_answer"),
        ("outcome", "TEL: LM", "left_message"),
        ("contact_with", "Mother, Social Worker", "family"),
        ("contact_with", "Student, Teacher", "student"),
        ("initiated_by", "La madre", "family"),
        ("outcome", "RNA", "no_answer"),
        ("outcome", "SIT", "not_delivered"),
        ("outcome", "Rescheduled", "not_delivered"),
        ("outcome", "Não atendeu", "no_answer"),
        ("outcome", "Deixou recado", "left_message"),
        ("outcome", "Pa reponn", "no_answer"),
        ("outcome", "Kite mesaj", "left_message"),
        ("outcome", "Không trả lời", "no_answer"),
        ("outcome", "Đã gửi", "sent"),
        ("channel", "Điện thoại", "phone"),
        ("channel", "Imèl", "email"),
        ("channel", "Visita domiciliar", "home_visit"),
        ("outcome", "Parent canceled", "not_delivered"),
    ],
)
def test_codes_put_together_and_what_did_not_take_place(field, text, meant):
    reading = value(field, text)
    assert (reading.value, reading.problem) == (meant, None)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Reached voicemail", "left_message"),
        ("Spoke to answering machine", "left_message"),
        ("Got mom's voicemail", "left_message"),
        ("mom picked up", "reached"),
        ("Got ahold of mom", "reached"),
        ("Tried to reach mom", "no_answer"),
        ("Spoke with mom", "reached"),
    ],
)
def test_a_machine_that_was_reached_is_no_family(text, meant):
    assert value("outcome", text).value == meant


def test_numbers_that_are_codes_of_the_file_are_not_guessed():
    columns = [
        column_of(0, "Student", ["Ana Diaz", "Bo Chen", "Cy Jones"]),
        column_of(1, "Date", ["9/10/2025", "9/11/2025", "9/12/2025"]),
        column_of(2, "Outcome code", ["1", "3", "2"]),
    ]
    mapping = propose(columns, "contacts")
    read = interpret("outcome", ["1", "3", "2"], mapping)
    assert [(one.value, one.problem) for one in read] == [("unknown", "unknown_value")] * 3
    assert [text for text, _, _ in unknown_words(mapping, columns)["outcome"]] == ["1", "3", "2"]
    assert [one.value for one in interpret("outcome", ["1", "0"], Mapping())] == ["reached", "no_answer"]


def test_times_in_seconds_since_midnight():
    times = ["34200", "34260", "53580", "0", ""]
    assert [reading.value for reading in interpret("contact_time", times, Mapping())] == [
        34200,
        34260,
        53580,
        None,
        None,
    ]
    # 8:30:00 and 9:15:00 without colons are none, and a column of them alone does not tell.
    assert interpret("contact_time", ["83000", "91500"], Mapping())[0].problem == "unreadable_time"
    assert [reading.value for reading in interpret("contact_time", ["805", "1750"], Mapping())] == [29100, 64200]
    entry = [column_of(0, "Student_Number", ["0017", "0027", "0037"]), column_of(1, "Entry_Date", ["9/2/2025"] * 3),
             column_of(2, "Entry_Time", ["34200", "34260", "53580"])]  # fmt: skip
    assert propose(entry, "contacts").header_of("contact_time") == "Entry_Time"


@pytest.mark.parametrize(
    ("field", "text", "meant"),
    [
        ("channel", "3 calls", "phone"), ("channel", "Phone x2", "phone"), ("channel", "Called 3x", "phone"),
        ("channel", "2 e-mails", "email"), ("channel", "Phone (3 times)", "phone"),
        ("channel", "called twice", "phone"),
        ("outcome", "no answer x3", "no_answer"), ("outcome", "LVM x 2", "left_message"),
    ],
)  # fmt: skip
def test_several_contacts_in_one_row_are_told(field, text, meant):
    assert (value(field, text).value, value(field, text).problem) == (meant, "several_contacts")


@pytest.mark.parametrize(
    "text", ["1 email", "2. Phone call", "2 - Phone call", "2 way text", "3rd call", "504 meeting", "call #2"]
)
def test_a_number_that_counts_no_contacts_is_not_told(text):
    assert value("channel", text).problem is None
