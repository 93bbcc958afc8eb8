"""What somebody without our facts would have to read for a page: the plain SELECTs behind each of the page's calls.

An interval clustered by school needs the measure by school, a change needs it in both years, and so on. Filters are
left out: pages are measured as they open.
"""

from collections.abc import Iterable

from analytics.partnership import PRACTICES
from analytics.question import Question
from analytics.trends import year_before
from benchmarks.reference import FAMILIES, Wanted, covers
from data.schoolyear import day_number

# Calls by their name in `ui.cache`, and the cuts in which they need their measure.
_CUTS = {
    "drop_off": ("band", "school"),
    "drop_off_by_channel": ("band", "channel", "school"),
    "by_grade": ("grade", "school"),
    "schools": ("school",),
    "without_low_loggers": ("band", "school"),
    "spread": ("band", "student_id"),
    "same_students": ("student_id", "grade", "school_year"),
}
_ALSO_WEEKS = ("schools", "without_low_loggers")


def of(calls: list[tuple]) -> tuple[list[tuple], list[Wanted]]:
    """(the calls that can be compared, all SELECTs that they need, each once)."""
    compared, needed = [], {}
    for call in calls:
        wanted = list(_needed(*call))
        if call[0] == "together" or wanted and all(covers(one) for one in wanted):
            compared.append(call)
            needed |= dict.fromkeys(wanted)
    return compared, list(needed)


def _needed(what: str, asked: tuple) -> Iterable[Wanted]:
    if what in ("ask", "until_reply", "reply_medians"):
        question = asked[0]
        yield _wanted(question, (*question.by, *(() if what == "ask" else ("school",))))
    elif what in _CUTS:
        yield _wanted(asked[0], _CUTS[what])
        if what in _ALSO_WEEKS:
            yield _wanted(asked[0], ("school",), "weeks_logged")
    elif what == "gaps":
        yield _wanted(asked[0], ("grade", "school", asked[1]))
    elif what == "families":
        yield Wanted(FAMILIES, school=asked[0])
    elif what == "changes":
        yield from _changes(asked[0])
    elif what == "partnership":
        yield from _partnership(asked[0])


def _changes(questions: Iterable[Question], measures: tuple[str, ...] = ()) -> Iterable[Wanted]:
    for question in questions:
        for measure in measures or (question.measure,):
            yield _wanted(question, ("school",), measure)
            yield _wanted(question, ("school",), measure, a_year_before=True)


def _partnership(question: Question) -> Iterable[Wanted]:
    measures = tuple(measure for _, named, *_ in PRACTICES.values() for measure in named)
    for measure in measures:
        yield _wanted(question, (), measure)
        yield _wanted(question, ("band",), measure)
    yield from _changes([question], measures)
    for measure in ("student_present", "contact_rate"):
        yield _wanted(question, ("grade",), measure)


def _wanted(question: Question, cuts: tuple, measure: str = "", *, a_year_before: bool = False) -> Wanted:
    days = (question.start, question.end)
    first, last = (day_number(year_before(day) if a_year_before else day) for day in days)
    return Wanted(measure or question.measure, cuts, first, last)
