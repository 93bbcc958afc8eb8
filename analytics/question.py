"""The question: which measure, cut how, over which days, schools and values. Small, frozen, hashable.

A question is all that a cache key or an address needs, and it can never name a student. It is checked
here, in words; whether a school exists is for `analytics.scope`, which knows the store.
"""

import difflib
from dataclasses import dataclass
from datetime import date

from analytics.measures import CUTS, MEASURES
from data.errors import Refusal

FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(frozen=True)
class Question:
    """What is asked.

    measure  a name of `analytics.measures.MEASURES`
    by       up to two names of `CUTS`, in the order of the answer's columns
    start    first day, included; None: the first enrolled day in the store
    end      last day, included; None: the as-of date. Days after the as-of date never count
    schools  names of schools; empty: all that the viewer may see
    where    pairs (cut, value as it is printed); several values of one cut mean any of them
    """

    measure: str
    by: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    schools: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()


def check(question: Question) -> None:
    """Raise Refusal (`unknown_measure`, `unknown_cut`, `bad_cuts`, `bad_dates`) on a malformed question."""
    if question.measure not in MEASURES:
        near = meant(question.measure, MEASURES)
        raise Refusal("unknown_measure", f"There is no measure {question.measure!r}.{near}")
    for cut in (*question.by, *(name for name, _ in question.where)):
        if cut not in CUTS:
            raise Refusal("unknown_cut", f"There is no cut {cut!r}.{meant(cut, CUTS)}")
    if len(question.by) > 2 or len(set(question.by)) < len(question.by):
        raise Refusal("bad_cuts", "A measure can be cut by one or two different things at once.")
    for day in (question.start, question.end):
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Refusal(
                "bad_dates", f"{day} is no date of a school: its year is not from {FIRST_YEAR} to {LAST_YEAR}."
            )
    if question.start and question.end and question.start > question.end:
        raise Refusal("bad_dates", f"The period ends ({question.end}) before it begins ({question.start}).")


def meant(given: str, names) -> str:
    """' Did you mean 'reach'?' for the nearest name, or the names themselves when none is near.

    A number is no slip of another number: who asks for grade 99 did not mean 9.
    """
    names = list(dict.fromkeys(str(name) for name in names))
    near = [name for name in names if not (name.isdigit() and given.strip().isdigit())]
    nearest = max(near, key=lambda name: _likeness(given, name), default=None)
    if nearest is not None and _likeness(given, nearest) >= 0.6:
        return f" Did you mean {nearest!r}?"
    shown = ", ".join(names[:20]) + (" ..." if len(names) > 20 else "")
    return f" Known are: {shown}." if names else ""


def _likeness(given: str, name: str) -> float:
    """How alike a text and a name are, from 0 to 1; a little less where it is like one word of the name only."""
    given, name = given.casefold(), name.casefold()
    words = (0.95 * difflib.SequenceMatcher(None, given, word).ratio() for word in name.split())
    return max(difflib.SequenceMatcher(None, given, name).ratio(), *words, 0.0)
