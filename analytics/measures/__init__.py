"""The registry: every measure and every cut, defined once and printed everywhere in the same words.

Owns the words (definitions page, tooltips, chart subtitles, export headers, docs) and which SQL file
of this folder computes a measure. The SQL files read the tables of `analytics.scope` only.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analytics.measures.cuts import CUTS as CUTS

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Measure:
    """One measure.

    name         the public name
    label        as a title says it
    question     what a person wants to know
    numerator    in words; so is `denominator`
    unit         'share', 'contacts', 'days': what the value counts
    unit_words   the unit as an axis says it
    caveat       what it does not say
    counts       what the denominator counts: 'days', 'students', 'contacts' or 'weeks'
    factor       value = factor x numerator / denominator
    ratio        a ratio of sums, so that `drop_off` and `school_sums` take it
    beside       the measure that is always shown beside it
    extras       further columns of the answer
    needs        the sum (a mark of `contact_mark`) without which it can say nothing; `unsaid` is the sentence for a
                 log in which no contact has it
    """

    name: str
    label: str
    question: str
    numerator: str
    denominator: str
    unit: str
    unit_words: str
    caveat: str
    counts: str
    factor: float = 1.0
    ratio: bool = True
    beside: str | None = None
    extras: tuple[str, ...] = ()
    needs: str | None = None
    unsaid: str = ""

    @property
    def sql(self) -> str:
        """The measure's own SQL."""
        return _text(self.name)

    @property
    def sums_sql(self) -> str:
        """As `sql`, numerators and denominators only: counting students and schools takes longer than both."""
        return f"SELECT cut_1, cut_2, place, numerator, denominator FROM (\n{self.sql}\n) AS counted"

    @property
    def counts_students(self) -> bool:
        """Is it a share of students, so that a student belongs to one school in `school_sums`?"""
        return self.ratio and self.counts == "students"


@cache
def _text(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


_NO_TONE = "No loaded log says whether the news was good (as under “Tone”: positive, neutral, concern)."
_LOGGED = "It counts what was logged: a school that logs less looks less engaged."

MEASURES = {
    measure.name: measure
    for measure in (
        Measure(
            "contact_rate",
            "Contact rate",
            "How often is a family contacted?",
            "delivered personal contacts of enrolled students",
            "days on which students were enrolled",
            "contacts",
            "contacts per student per 30 enrolled days",
            f"{_LOGGED} More contacts are not always better ones.",
            "days",
            factor=30.0,
        ),
        Measure(
            "reach",
            "Families reached",
            "How many families were reached at all?",
            "students with at least one delivered personal contact",
            "students enrolled for at least one day",
            "share",
            "share of students",
            "One contact is enough. A longer period reaches more families, so compare periods of the same length.",
            "students",
        ),
        Measure(
            "attempt_success",
            "Attempts that got through",
            "How many attempts were delivered?",
            "delivered personal contacts",
            "personal contacts, delivered or not",
            "share",
            "share of attempts",
            "Logs that leave out failed attempts show a share near 100 %.",
            "contacts",
        ),
        Measure(
            "contacts_per_student",
            "Contacts per student",
            "How are contacts spread over families?",
            "delivered personal contacts",
            "students enrolled for at least one day",
            "contacts",
            "contacts per student: the median, with quartiles, the 90th percentile and the share at zero",
            "Students who were enrolled for part of the period count like all others.",
            "students",
            ratio=False,
            extras=("p25", "p50", "p75", "p90", "share_at_zero"),
        ),
        Measure(
            "silent",
            "Silent families",
            "How many families have not been reached for a while?",
            "students with no delivered personal contact while enrolled, at any school, in the 60 days that end on the "
            "last day, or since they enrolled if that is later",
            "students enrolled on the last day of the period, or on the as-of date if that is earlier",
            "share",
            "share of students",
            "Summer holidays and new students raise it: nobody was there to be contacted.",
            "students",
        ),
        Measure(
            "two_way_share",
            "Two-way share",
            "How much of the contact goes both ways?",
            "two-way contacts: conversations, asks with an answer within 7 days, and those answers",
            "delivered personal contacts whose direction is known or that are conversations",
            "share",
            "share of contacts",
            "Read it with the share of contacts whose direction is known. Replies that nobody logged are missing.",
            "contacts",
            beside="direction_known",
            needs="known",
            unsaid="No loaded log says who contacted whom (as under “Direction”).",
        ),
        Measure(
            "direction_known",
            "Direction known",
            "For how many contacts does the log say who spoke to whom?",
            "delivered personal contacts whose direction is known or that are conversations",
            "delivered personal contacts",
            "share",
            "share of contacts",
            "It says how far the two-way share can be trusted, not how well a school engages families.",
            "contacts",
        ),
        Measure(
            "two_way_reach",
            "Families in a two-way exchange",
            "With how many families was there an exchange in both directions?",
            "students with at least one two-way contact",
            "students enrolled for at least one day",
            "share",
            "share of students",
            "One exchange is enough. A longer period reaches more families.",
            "students",
        ),
        Measure(
            "family_reply_rate",
            "Family reply rate",
            "How often do families answer the school?",
            "asks by the school with an answer within 7 days",
            "asks by the school that are at least 7 days old",
            "share",
            "share of asks",
            "An ask is a message or call that was no conversation; many want no answer. One of the last 7 days is "
            "still open and is left out.",
            "contacts",
        ),
        Measure(
            "school_reply_rate",
            "School reply rate",
            "How often does the school answer families?",
            "asks by families with an answer within 7 days",
            "asks by families that are at least 7 days old",
            "share",
            "share of asks",
            "An ask is a message or call that was no conversation. An answer that nobody logged is missing. An ask of "
            "the last 7 days is still open and is left out.",
            "contacts",
        ),
        Measure(
            "days_to_reply",
            "Days to reply",
            "How long until half of the school's asks are answered?",
            "asks by the school with an answer within 30 days",
            "asks by the school",
            "days",
            "days from ask to answer (Kaplan-Meier median)",
            "Where fewer than half are answered within 30 days it is not reached.",
            "contacts",
            ratio=False,
        ),
        Measure(
            "family_initiated",
            "Begun by the family",
            "Who begins the contact?",
            "delivered personal contacts that the family or the student began",
            "delivered personal contacts whose beginner is known",
            "share",
            "share of contacts",
            "Where the log does not say who began, direction and replies do; the rest is left out.",
            "contacts",
            needs="began_known",
            unsaid="No loaded log says who began a contact (as under “Direction”).",
        ),
        Measure(
            "positive_share",
            "Positive share",
            "How much of the news is good?",
            "delivered personal contacts with a positive tone",
            "delivered personal contacts with a known tone",
            "share",
            "share of contacts",
            "Tone is the logger's own view, and many logs have none.",
            "contacts",
            needs="tone_known",
            unsaid=_NO_TONE,
        ),
        Measure(
            "positive_first",
            "Good or neutral news first",
            "Was a family's first contact of the school year not a concern?",
            "students whose first delivered contact of the school year was positive or neutral",
            "students with a known tone on that contact",
            "share",
            "share of students",
            "It counts a student once in a school year, in the period and school where that first contact was.",
            "contacts",
            needs="tone_known",
            unsaid=_NO_TONE,
        ),
        Measure(
            "student_present",
            "Student took part",
            "How often is the student part of the conversation?",
            "delivered personal contacts in which the student took part",
            "delivered personal contacts for which that is known",
            "share",
            "share of contacts",
            "Few logs record it.",
            "contacts",
            needs="present_known",
            unsaid="No loaded log says whether the student took part (as under “Student present”).",
        ),
        Measure(
            "language_match",
            "In the family's language",
            "Are families contacted in their own language?",
            "delivered contacts in the home language or with an interpreter",
            "delivered contacts of students whose home language is known and not English, in a known language",
            "share",
            "share of contacts",
            "Contacts whose language was not logged are left out.",
            "contacts",
        ),
        Measure(
            "mass_messages",
            "Mass messages",
            "How many messages to everybody does a family get?",
            "mass contacts of enrolled students",
            "days on which students were enrolled",
            "contacts",
            "mass contacts per student per 30 enrolled days",
            "Mass messages count in no other measure.",
            "days",
            factor=30.0,
        ),
        Measure(
            "weeks_logged",
            "Weeks logged",
            "In how many weeks did schools log anything?",
            "weeks with at least one personal contact that the school itself logged",
            "weeks with a weekday between the first and the last day of lessons",
            "share",
            "share of school weeks",
            "It says how complete the logs are. A week with one contact counts like a week with a hundred.",
            "weeks",
        ),
    )
}
