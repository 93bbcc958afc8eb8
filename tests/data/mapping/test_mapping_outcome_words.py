"""Outcomes in the sentences that school staff write: what a message was not left, who answered, what was only sent."""

import pytest

from data.mapping import values
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
    ],
)
def test_notes_as_staff_write_them(text, wanted):
    assert notes_outcome(text) == wanted
