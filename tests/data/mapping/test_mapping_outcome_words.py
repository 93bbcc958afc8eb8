"""Words and sentences as school staff write them: no message left, who answered, what was only sent, with whom."""

import pytest

from data.mapping import codes, values
from data.mapping.derived import notes_outcome


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Unable to leave message", "no_answer"),
        ("Couldn't leave a message - mailbox not set up", "no_answer"),
        ("could not leave vm", "no_answer"),
        ("Did not leave a message", "no_answer"),
        ("No message left", "no_answer"),
        ("Voicemail was full", "no_answer"),
        ("No answer, left message", "left_message"),
        ("Se dejó recado", "left_message"),
        ("Left word with abuela", "left_message"),
        ("Sent - no reply needed", "sent"),
        ("Seen but no reply", "sent"),
        ("DELIVRD", "sent"),
        ("UNDELIV", "not_delivered"),
        ("Returned to sender", "not_delivered"),
        ("Telephone Intercept", "not_delivered"),
        ("Aunt texted back", "replied"),
        ("Mother returned my call", "replied"),
        ("Never returned my call", "no_answer"),
        ("Parent has not responded", "no_answer"),
        ("Haven't heard back", "no_answer"),
        ("Have not spoken with mom", "no_answer"),
        ("Not able to reach parent", "no_answer"),
        ("Parent did not show", "no_answer"),
        ("No se encontraba nadie", "no_answer"),
        ("Not yet", "no_answer"),
        ("We had a conversation", "reached"),
        ("Talked briefly", "reached"),
        ("Live Pickup", "reached"),
        ("Asistió", "reached"),
        ("Contestó la mamá", "reached"),
        ("No contestó la mamá", "no_answer"),
        ("Spoke with no one", "no_answer"),
        ("Talked to nobody", "no_answer"),
        ("Spoke w/ mom - wrong number for dad", "reached"),
        ("Spoke to mom's voicemail", "left_message"),
        ("No answer, called back", "replied"),
        ("Left message, mom called back", "replied"),
    ],
)
def test_results_as_staff_write_them(text, wanted):
    assert values.read("outcome", text).value == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("could not leave vm", "no_answer"),
        ("Unable to leave a message", "no_answer"),
        ("Voicemail was full", "no_answer"),
        ("Left voicemail, mailbox almost full", "left_message"),
        ("Haven't heard back", "no_answer"),
        ("Have not talked to mom yet", "no_answer"),
        ("Left msg, mom texted back", "replied"),
        ("Mom didn't answer, left message", "left_message"),
        ("no response needed", None),
        ("Spoke with no one", "no_answer"),
        ("Spoke with dad, wrong number for mom", "reached"),
    ],
)
def test_notes_as_staff_write_them(text, wanted):
    assert notes_outcome(text) == wanted


@pytest.mark.parametrize(
    ("field", "text", "wanted"),
    [
        ("channel", "Parent walked in", "in_person"),
        ("channel", "Planner note", "letter"),
        ("channel", "IEP mtg", "conference"),
        ("channel", "FB messenger", "app_message"),
        ("topic", "Lice", "health"),
        ("topic", "Eval consent", "iep"),
        ("contact_with", "GM", "family"),
        ("contact_with", "Previous school", "third_party"),
        ("contact_with", "Dr. office", "third_party"),
        ("contact_with", "Bus driver", "staff"),
        ("initiated_by", "Padre/Madre", "family"),
        ("initiated_by", "Grandma called", "family"),
        ("initiated_by", "School/Teacher", "school"),
        ("direction", "Parent e-mailed me", "inbound"),
        ("direction", "T→P", "outbound"),
        ("direction", "H → S", "inbound"),
    ],
)
def test_ways_reasons_and_people_as_staff_write_them(field, text, wanted):
    assert values.read(field, text).value == wanted


@pytest.mark.parametrize("text", ["Called back, no answer", "Returned call; left VM"])
def test_what_came_after_a_call_back_is_not_taken_for_what_led_to_it(text):
    assert values.read("outcome", text).problem == "several_values"


@pytest.mark.parametrize("text", ["Will call mom", "Need to call", "I will email", "To be contacted by phone"])
def test_what_is_yet_to_be_done_is_no_way_of_contact(text):
    assert values.read("channel", text).problem == "unknown_value"


@pytest.mark.parametrize("text", ["Call to parent", "Text to speech", "Called, will text", "Phone - will call again"])
def test_what_was_done_is_one_although_more_is_to_come(text):
    assert values.read("channel", text).value == "phone"


@pytest.mark.parametrize(
    ("text", "wanted"), [("WhatsApp", "text"), ("WhatsApp voice call", "phone"), ("WhatsApp video call", "video")]
)
def test_a_program_for_messages_may_be_called_with(text, wanted):
    assert values.read("channel", text).value == wanted


@pytest.mark.parametrize(
    ("text", "wanted"), [("en-US", "english"), ("es-MX", "spanish"), ("zh-CN", "chinese"), ("Engl.", "english")]
)
def test_languages_with_a_country_and_cut_short(text, wanted):
    assert codes.language(text).value == wanted


@pytest.mark.parametrize(
    ("text", "wanted"), [("Y - Ms. Vega", True), ("N (mom speaks English)", False), ("LanguageLine", True)]
)
def test_an_interpreter_with_a_name_behind_the_yes(text, wanted):
    assert codes.boolean("interpreter", text).value is wanted
