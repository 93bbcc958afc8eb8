"""The district that fits on one page: three students, nine rows of a log, and every measure worked by pencil.

Owns the worked examples of the documentation. They are data, so that a test can load the very rows that a reader
sees and hold the program to the numbers that the reader works out.
"""

from dataclasses import dataclass

# local id, name, grade, home language; all at Elm Elementary from 1 to 30 September 2025: 30 enrolled days each.
SCHOOL = "Elm Elementary"
SCHOOL_YEAR = "2025-26"
FIRST_DAY, LAST_DAY = "2025-09-01", "2025-09-30"
STUDENTS = (
    ("001", "Ana", "3", "spanish"),
    ("002", "Ben", "4", "english"),
    ("003", "Cy", "5", "english"),
)


@dataclass(frozen=True)
class Row:
    """One row of the log. Empty text: the log says nothing; `time` as HH:MM."""

    number: int
    date: str
    student: str
    channel: str
    direction: str
    outcome: str
    time: str = ""
    tone: str = ""
    language: str = ""
    interpreter: str = ""
    student_present: str = ""
    audience: str = "personal"


LOG = (
    Row(1, "2025-09-02", "Ana", "text", "outbound", "sent", "08:00", "positive", "spanish", student_present="no"),
    Row(2, "2025-09-02", "Ana", "text", "inbound", "sent", "16:30", language="spanish"),
    Row(3, "2025-09-04", "Ana", "phone", "outbound", "left_message", "", "neutral", "english", interpreter="yes"),
    Row(4, "2025-09-05", "Ben", "phone", "outbound", "reached", "", "concern", "english", student_present="yes"),
    Row(5, "2025-09-10", "Ben", "email", "outbound", "sent", "", "neutral"),
    Row(6, "2025-09-11", "Ana", "phone", "outbound", "no_answer"),
    Row(7, "2025-09-17", "Ana", "letter", "unknown", "sent"),
    Row(8, "2025-09-22", "Ben", "email", "inbound", "sent"),
    Row(9, "2025-09-26", "Ana", "text", "outbound", "sent", "", "positive", "english"),
    Row(10, "2025-09-30", "Ana", "email", "outbound", "sent", audience="mass"),
    Row(11, "2025-09-30", "Ben", "email", "outbound", "sent", audience="mass"),
    Row(12, "2025-09-30", "Cy", "email", "outbound", "sent", audience="mass"),
)


@dataclass(frozen=True)
class Worked:
    """A measure of the district above: its steps in words, and what comes out."""

    steps: tuple[str, ...]
    numerator: float
    denominator: float
    value: float
    extras: tuple[tuple[str, float], ...] = ()


WORKED = {
    "contact_rate": Worked(
        (
            "Personal rows are 1 to 9. Row 6 found nobody, so 8 are delivered.",
            "Three students were enrolled for 30 days each: 90 enrolled days.",
            "30 x 8 / 90 = 2.67 contacts per student per 30 enrolled days.",
        ),
        8,
        90,
        30 * 8 / 90,
    ),
    "reach": Worked(
        ("Ana and Ben have a delivered personal contact; Cy has only the newsletter.", "2 / 3 = 67 %."), 2, 3, 2 / 3
    ),
    "attempt_success": Worked(("Of the 9 personal rows all but row 6 were delivered.", "8 / 9 = 89 %."), 8, 9, 8 / 9),
    "contacts_per_student": Worked(
        (
            "Delivered: Ana 5 (rows 1, 2, 3, 7, 9), Ben 3 (4, 5, 8), Cy 0. In order: 0, 3, 5.",
            "The middle one is 3. The quartiles lie half way between neighbors: 1.5 and 4.",
            "The 90th percentile is 80 % of the way from 3 to 5: 4.6. One of three has none: 33 %.",
        ),
        8,
        3,
        3.0,
        (("p25", 1.5), ("p50", 3.0), ("p75", 4.0), ("p90", 4.6), ("share_at_zero", 1 / 3)),
    ),
    "silent": Worked(
        (
            "All three are enrolled on 30 September. The 60 days that end on it begin before the school year.",
            "Cy has no delivered personal contact in them.",
            "1 / 3 = 33 %.",
        ),
        1,
        3,
        1 / 3,
    ),
    "two_way_share": Worked(
        (
            "Of the 8 delivered contacts the direction of row 7 is unknown: 7 count.",
            "Row 1 is answered by row 2, later on the same day; row 3 answers row 2 after two days.",
            "Row 4 is a conversation.",
            "Row 5 is followed by an inbound contact after 12 days, not within 7. Rows 8 and 9 have no answer.",
            "4 / 7 = 57 %.",
        ),
        4,
        7,
        4 / 7,
    ),
    "direction_known": Worked(("Row 7 is the one of 8 delivered without a direction.", "7 / 8 = 88 %."), 7, 8, 7 / 8),
    "two_way_reach": Worked(("Ana (rows 1 to 3) and Ben (row 4) had an exchange.", "2 / 3 = 67 %."), 2, 3, 2 / 3),
    "family_reply_rate": Worked(
        (
            "Asks by the school are rows 1, 3, 5 and 9.",
            "The log ends on 30 September, so an ask later than the 23rd is still open: row 9 is left out.",
            "Row 1 has its answer on the same day; rows 3 and 5 have none in 7 days.",
            "1 / 3 = 33 %.",
        ),
        1,
        3,
        1 / 3,
    ),
    "school_reply_rate": Worked(
        (
            "Asks by families are rows 2 and 8, both old enough.",
            "Row 3 answers row 2; row 9 is Ana's, and nothing answers Ben's row 8.",
            "1 / 2 = 50 %.",
        ),
        1,
        2,
        1 / 2,
    ),
    "days_to_reply": Worked(
        (
            "Row 1 was answered after 0 days and row 5 after 12.",
            "Until 30 September row 3 was watched unanswered for 26 days and row 9 for 4.",
            "Day 0: 1 of 4 is answered, 3/4 are still open.",
            "Day 12: rows 3 and 5 are being watched and one is answered: 3/4 x 1/2 = 3/8 are still open.",
            "That is the first day with no more than one half: the median is 12 days.",
        ),
        2,
        4,
        12,
    ),
    "family_initiated": Worked(
        (
            "The log has no column for who began.",
            "Row 8 is inbound and no answer: the family began.",
            "Rows 1, 4, 5 and 9 are outbound and no answers: the school began.",
            "Rows 2 and 3 are answers and row 7 has no direction: not known.",
            "1 / 5 = 20 %.",
        ),
        1,
        5,
        1 / 5,
    ),
    "positive_share": Worked(
        ("Rows 1, 3, 4, 5 and 9 have a tone; rows 1 and 9 are positive.", "2 / 5 = 40 %."), 2, 5, 2 / 5
    ),
    "positive_first": Worked(
        ("Ana's first contact of the year is row 1, positive; Ben's is row 4, a concern.", "1 / 2 = 50 %."), 1, 2, 1 / 2
    ),
    "student_present": Worked(
        ("Rows 1 (no) and 4 (yes) say whether the student took part.", "1 / 2 = 50 %."), 1, 2, 1 / 2
    ),
    "language_match": Worked(
        (
            "Only Ana's home language is not English. Rows 1, 2, 3 and 9 say in which language.",
            "Rows 1 and 2 were in Spanish, row 3 had an interpreter, row 9 was in English.",
            "3 / 4 = 75 %.",
        ),
        3,
        4,
        3 / 4,
    ),
    "mass_messages": Worked(
        ("Rows 10 to 12 are one newsletter to three students, in 90 enrolled days.", "30 x 3 / 90 = 1."), 3, 90, 1.0
    ),
    "weeks_logged": Worked(
        (
            "1 to 30 September touches the weeks from Monday 1, 8, 15, 22 and 29 September.",
            "The last has only the newsletter, which is no personal contact.",
            "4 / 5 = 80 %.",
        ),
        4,
        5,
        4 / 5,
    ),
}
