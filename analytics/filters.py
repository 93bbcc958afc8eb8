"""Filters: from `where` pairs as people write them to the values that the facts hold.

Owns which values a cut may be asked for, and the sentence for one that it may not.
"""

from analytics import periods
from analytics.lookups import GROUPS, Lookups, School
from analytics.measures import CUTS
from analytics.question import Question, meant
from data.errors import Refusal
from data.settings import BANDS, GRADES

CHANNELS = (
    "phone", "email", "text", "app_message", "letter", "in_person", "video", "home_visit", "conference", "event",
    "other",
)  # fmt: skip
TOPICS = (
    "academics", "attendance", "behavior", "health", "iep", "transition", "event", "logistics", "relationship",
    "other",
)  # fmt: skip
FLAGS = ("yes", "no", "unknown")

_FORMS = {"month": "2025-09", "week": "2025-09-01", "school_year": "2025-26"}


def read(question: Question, found: Lookups) -> tuple[dict[str, frozenset], dict[str, set]]:
    """(filters on spans and contacts, filters on time) of a question, values checked; without school and district.

    Several values of one cut mean any of them. Raises Refusal `unknown_value`.
    """
    filters: dict[str, set] = {}
    times: dict[str, set] = {}
    for cut, text in question.where:
        if cut in ("school", "district"):
            continue
        if CUTS[cut].of == "time":
            times.setdefault(cut, set()).add(_time(cut, text))
        else:
            filters.setdefault(cut, set()).add(_known(cut, text, values_of(cut, found)))
    return {cut: frozenset(values) for cut, values in filters.items()}, times


def values_of(cut: str, found: Lookups) -> tuple[str, ...]:
    """The values that a span or contact cut can have, in their natural order."""
    fixed = {"band": BANDS, "grade": GRADES, "channel": CHANNELS, "topic": TOPICS}
    if cut in fixed:
        return tuple(fixed[cut])
    return (*sorted(found.groups[cut]), "unknown") if cut in GROUPS else FLAGS


def schools(question: Question, visible: tuple[School, ...]) -> tuple[School, ...]:
    """The visible schools that a question's schools, and its filters on school and district, leave.

    Raises Refusal `unknown_school` or `unknown_value` for a name that is not among the visible ones.
    """
    by_where = tuple(text for cut, text in question.where if cut == "school")
    districts = {text for cut, text in question.where if cut == "district"}
    left = visible
    for names in (question.schools, by_where):
        if names:
            wanted = {school for name in names for school in _named(name, visible)}
            left = tuple(school for school in left if school in wanted)
    if districts:
        known = tuple(dict.fromkeys(school.district for school in visible))
        wanted = {_known("district", text, known) for text in districts}
        left = tuple(school for school in left if school.district in wanted)
    return left


def _named(name: str, visible: tuple[School, ...]) -> list[School]:
    plain = " ".join(name.split()).casefold()
    named = [school for school in visible if plain in (school.name.casefold(), school.label.casefold())]
    if not named:
        near = meant(name, [school.label for school in visible])
        raise Refusal("unknown_school", f"There is no school {name!r} among the schools that you can see.{near}")
    return named


def _known(cut: str, text: str, values: tuple[str, ...]) -> str:
    folded = {value.casefold(): value for value in values}
    if text.strip().casefold() not in folded:
        raise Refusal("unknown_value", f"{CUTS[cut].label} has no value {text!r}.{meant(text, values)}")
    return folded[text.strip().casefold()]


def _time(cut: str, text: str):
    try:
        return periods.key(cut, text.strip())
    except ValueError:
        words = f"{CUTS[cut].label} has no value {text!r}. Write it as {_FORMS[cut]}."
        raise Refusal("unknown_value", words) from None
