"""What a number leaves out, and why: counted within the question's own period, schools and filters.

Owns the reasons of every measure, in words and numbers. All measures' counts come out of one query, so that a
page asks once for all of its charts. It refuses to show a student: only counts leave this module.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from access.viewer import Viewer
from analytics.question import Question
from analytics.scope import Scope, scope_of, visible_schools
from data.schoolyear import day_date
from data.store import Store

COUNTS = """
WITH here AS (
    SELECT sum(mass) AS mass, sum(attempts) AS attempts, sum(attempts_own) AS attempts_own,
           sum(delivered) AS delivered, sum(known) AS known, sum(school_asks) AS school_asks,
           sum(family_asks) AS family_asks, sum(began_known) AS began_known, sum(tone_known) AS tone_known,
           sum(present_known) AS present_known, sum(language_known) AS language_known
    FROM scoped_contact
),
beyond AS (SELECT sum(mass) AS outside_mass, sum(attempts) AS outside FROM scoped_outside),
still AS (SELECT sum(school_asks) AS school_open, sum(family_asks) AS family_open FROM scoped_open),
begun AS (SELECT count(*) AS firsts, sum(tone_known) AS firsts_known FROM scoped_first)
SELECT * FROM here CROSS JOIN beyond CROSS JOIN still CROSS JOIN begun
"""


@dataclass(frozen=True)
class LeftOut:
    """One reason: how many (`count`), of what, and why the measure does not count them; both begin in lower case."""

    what: str
    count: int
    why: str

    def __str__(self) -> str:
        return f"{self.what[0].upper()}{self.what[1:]}: {self.count:,}. {self.why[0].upper()}{self.why[1:]}."


NOBODY_YET = "no roster names the student yet, or several students have the name"

# reason -> (what it is, why it does not count, how many: a function of the counts)
_REASONS = {
    "outside": ("contacts of days on which the student was not enrolled", "they count in no measure", "outside"),
    "outside_mass": ("messages to many on days on which the student was not enrolled", "they count in no measure",
                     "outside_mass"),
    "waiting": ("contacts that wait for their student", NOBODY_YET, "waiting"),
    "waiting_mass": ("messages that wait for their student", NOBODY_YET, "waiting_mass"),
    "mass": ("messages sent to many at once", "they count in mass messages only", "mass"),
    "personal": ("contacts meant for one family", "this measure counts messages to many", "attempts"),
    "failed": ("attempts that were not delivered", "nobody was reached by them",
               lambda n: n["attempts"] - n["delivered"]),
    "no_side": ("contacts without a direction that are no conversations", "the log does not say who spoke to whom",
                lambda n: n["delivered"] - n["known"]),
    "no_school_ask": ("contacts that are no ask by the school", "conversations, contacts by families and those without "
                      "a direction wait for no answer of a family", lambda n: n["delivered"] - n["school_asks"]),
    "no_family_ask": ("contacts that are no ask by a family", "conversations, contacts by the school and those without "
                      "a direction wait for no answer of the school", lambda n: n["delivered"] - n["family_asks"]),
    "school_open": ("asks by the school that are still open", "they are too young to say whether an answer comes, so "
                    "they are left out whether answered or not", "school_open"),
    "family_open": ("asks by families that are still open", "they are too young to say whether an answer comes, so "
                    "they are left out whether answered or not", "family_open"),
    "no_beginner": ("contacts that do not show who began", "they are answers, or have no direction",
                    lambda n: n["delivered"] - n["began_known"]),
    "no_tone": ("contacts without a tone", "the log does not say whether the news was good",
                lambda n: n["delivered"] - n["tone_known"]),
    "later": ("contacts after the first of a student's school year", "only the first one is looked at",
              lambda n: n["delivered"] - n["firsts"]),
    "first_no_tone": ("first contacts of a school year without a tone", "the log does not say whether the news was "
                      "good", lambda n: n["firsts"] - n["firsts_known"]),
    "no_presence": ("contacts that do not say whether the student took part", "the log leaves it open",
                    lambda n: n["delivered"] - n["present_known"]),
    "no_language": ("contacts with an English-speaking home or without a language", "the home language is English or "
                    "not known, or the log does not say in which language it was held",
                    lambda n: n["delivered"] - n["language_known"]),
    "elsewhere": ("contacts that another school logged", "a school's weeks are those that it logged itself",
                  lambda n: n["attempts"] - n["attempts_own"]),
}  # fmt: skip

_EVERY = ("outside", "waiting", "mass")
_DELIVERED = (*_EVERY, "failed")
_OF = {
    "attempt_success": _EVERY,
    "two_way_share": (*_DELIVERED, "no_side"),
    "family_reply_rate": (*_DELIVERED, "no_school_ask", "school_open"),
    "school_reply_rate": (*_DELIVERED, "no_family_ask", "family_open"),
    "days_to_reply": (*_DELIVERED, "no_school_ask"),
    "family_initiated": (*_DELIVERED, "no_beginner"),
    "positive_share": (*_DELIVERED, "no_tone"),
    "positive_first": (*_DELIVERED, "later", "first_no_tone"),
    "student_present": (*_DELIVERED, "no_presence"),
    "language_match": (*_DELIVERED, "no_language"),
    "mass_messages": ("outside_mass", "waiting_mass", "personal"),
    "weeks_logged": (*_EVERY, "elsewhere"),
}


def of(measure: str, counts: dict[str, int]) -> tuple[LeftOut, ...]:
    """The reasons of one measure that left anything out, in words and numbers; `counts` is what `counted` gives."""
    found = []
    for reason in _OF.get(measure, _DELIVERED):
        what, why, number = _REASONS[reason]
        count = counts[number] if isinstance(number, str) else number(counts)
        if count:
            found.append(LeftOut(what, int(count), why))
    return tuple(found)


def reasons(measure: str) -> list[tuple[str, str]]:
    """(what a measure leaves out, why) for the definitions and the documentation, whatever was loaded."""
    return [_REASONS[reason][:2] for reason in _OF.get(measure, _DELIVERED)]


def asked_of(question: Question, end=None, silence_days: int = 0) -> Question:
    """The question whose counts explain another one: no cuts, one measure for all, so that a page asks it once.

    `silent` looks at the days before the last one: of it, those `silence_days` that end on `end`.
    """
    if question.measure == "silent" and end is not None:
        question = replace(question, start=end - timedelta(silence_days - 1), end=end)
    return replace(question, measure="contact_rate", by=())


def counted(store: Store, viewer: Viewer, question: Question) -> dict[str, int]:
    """The sums that every measure's reasons are made of, over the question's period, schools and filters."""
    scope = scope_of(store, viewer, question)
    found = scope.run(store, COUNTS).iloc[0].fillna(0).astype(int).to_dict()
    return {**found, **waiting(store, viewer, scope)}


def answer(store: Store, viewer: Viewer, question: Question) -> tuple[LeftOut, ...]:
    """What an answer to the question leaves out. Raises Refusal as `ask` does."""
    last = scope_of(store, viewer, question).stretches
    end = day_date(last[-1][1] - 1) if last else None
    counts = counted(store, viewer, asked_of(question, end, store.settings()["silence_days"]))
    return of(question.measure, counts)


def waiting(store: Store, viewer: Viewer, scope: Scope) -> dict[str, int]:
    """Contacts that wait for a roster, logged by the schools in scope: personal ones and messages to many.

    Who sees every school and chose none sees those that name no school too. A filter on students cannot know them.
    """
    named = {cut: sorted(scope.wanted[cut]) for cut in ("channel", "topic") if cut in scope.wanted}
    tests = "".join(f" AND {cut} IN (SELECT unnest(${cut}::VARCHAR[]))" for cut in named)
    days = "".join(f" OR contact_day >= {first} AND contact_day < {stop}" for first, stop in scope.stretches)
    narrowed = scope.question.schools or any(cut in ("school", "district") for cut, _ in scope.question.where)
    everything = _sees_everything(viewer) and not narrowed
    found = store.rows(
        f"""SELECT count(*) FILTER (WHERE audience <> 'mass'), count(*) FILTER (WHERE audience = 'mass')
            FROM contact_row WHERE status = 'unmatched' AND (FALSE{days}){tests}
            AND ($everything OR school_id IN (SELECT unnest($schools::BIGINT[])))""",
        {"everything": everything, "schools": [school.school_id for school in scope.schools], **named},
    )
    return dict(zip(("waiting", "waiting_mass"), found[0], strict=True))


def set_aside(store: Store, viewer: Viewer) -> tuple[LeftOut, ...]:
    """Rows of the viewer's loaded contact logs that never became a contact, whatever their date."""
    mine = visible_schools(store, viewer)
    # A log that names no school is one of its whole district.
    whole = list(viewer.districts or ()) if viewer.schools is None else []
    aside, again, staff = store.rows(
        """SELECT coalesce(sum(rows_set_aside), 0), coalesce(sum(rows_duplicate), 0), coalesce(sum(rows_not_family), 0)
           FROM upload WHERE state = 'loaded' AND kind = 'contacts'
           AND ($everything OR (district, school) IN (SELECT unnest($districts::VARCHAR[]), unnest($names::VARCHAR[]))
                OR school IS NULL AND district IN (SELECT unnest($whole::VARCHAR[])))""",
        {
            "everything": _sees_everything(viewer),
            "districts": [school.district for school in mine],
            "names": [school.name for school in mine],
            "whole": whole,
        },
    )[0]
    found = (
        LeftOut("rows that were set aside", int(aside), "they could not be read with certainty and wait for you"),
        LeftOut("rows that an earlier file already had", int(again), "they count once"),
        LeftOut("rows between staff", int(staff), "they are no contact with a family"),
    )
    return tuple(one for one in found if one.count)


def _sees_everything(viewer: Viewer) -> bool:
    return viewer.schools is None and viewer.districts is None
