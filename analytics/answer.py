"""The answer: one table, its period, its words. `ask` is the only place that makes one.

The viewer's scope is applied before a row is counted (`analytics.scope`), and a panel viewer is
refused: panels read releases. Nothing is rounded here.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from access.viewer import Viewer
from analytics import cells, periods
from analytics.measures import Measure
from analytics.question import Question
from analytics.scope import Scope, scope_of
from data.schoolyear import day_date
from data.store import Store


@dataclass(frozen=True)
class Answer:
    """What was asked, and what came out.

    table   one row a cell: the cuts as text in the order asked, then `value`, `numerator`,
            `denominator`, `students`, `schools`, then the measure's `extras`. `value` is a float, NaN
            where the denominator is zero, and where the median of days_to_reply is not reached
    start, end   the days that were counted, both included; None where there is nothing to count
    as_of   the latest as-of date of the districts in scope, None without contacts
    notes   sentences that a reader has to know
    lessons the first and last day of lessons of each school year that the days touch: the term calendar
    method  how the table follows from the measure, where it is not the measure itself: one or two sentences
    numerator_is, unit   of the rows, where they are not the measure's own; else ""
    behind  further columns of the same rows for an export (numerators and the like), with the columns that name a row
    """

    question: Question
    measure: Measure
    table: pd.DataFrame
    as_of: date | None
    start: date | None
    end: date | None
    notes: tuple[str, ...] = ()
    lessons: tuple[tuple[date, date], ...] = ()
    method: str = ""
    numerator_is: str = ""
    unit: str = ""
    behind: pd.DataFrame | None = None

    @property
    def empty(self) -> bool:
        """Is there nothing in any cell?"""
        counted = "denominator" if "denominator" in self.table else "students"
        return self.table.empty or not (self.table[counted] > 0).any()


def ask(store: Store, viewer: Viewer, question: Question) -> Answer:
    """The answer to a question, as far as the viewer may see.

    Raises Refusal for a panel viewer and for names and values that do not exist. Nothing to count is
    no error: the answer has empty cells and a note that says what is missing.
    """
    scope = scope_of(store, viewer, question)
    found = cells.finished(scope.measure, scope.run(store, scope.measure.sql))
    first, last = days(scope)
    return Answer(
        question=question,
        measure=scope.measure,
        table=_table(scope, found),
        as_of=None if scope.last_as_of is None else day_date(scope.last_as_of),
        start=first,
        end=last,
        notes=tuple(_notes(scope)),
        lessons=tuple(_lessons(scope)),
    )


def _table(scope: Scope, found: dict[str, np.ndarray]) -> pd.DataFrame:
    """The columns of an answer in their order, counts as whole numbers."""
    by = scope.question.by
    months = [part.keys[0] for part in periods.parts(scope.stretches, ("month",))] if "month" in by else []
    values, rows = cells.completed(found, by, cells.always_shown(by, scope.schools, months))
    labels = []
    if by:
        order, labels = cells.ordering(values, by, scope.known.schools)
        rows = rows[order]
    there = rows != cells.ABSENT
    numbers = {}
    for name in ("value", *cells.COUNTS, *scope.measure.extras):
        numbers[name] = np.full(len(rows), np.nan)
        numbers[name][there] = found[name][rows[there]]
    counts = {name: np.nan_to_num(numbers[name]).astype(np.int64) for name in cells.COUNTS}
    return pd.DataFrame({**dict(zip(by, labels, strict=True)), **numbers, **counts})


def days(scope: Scope) -> tuple[date | None, date | None]:
    """The first and last day that a scope counts; None and None where there is nothing to count."""
    if not scope.stretches:
        return None, None
    return day_date(scope.stretches[0][0]), day_date(scope.stretches[-1][1] - 1)


def _lessons(scope: Scope) -> list[tuple[date, date]]:
    """The terms that the counted days touch."""
    if not scope.stretches:
        return []
    settings = scope.known.settings
    first, stop = scope.stretches[0][0], scope.stretches[-1][1]
    terms = periods.lessons(first, stop, settings["first_day"], settings["last_day"])
    return [(day_date(begins), day_date(after - 1)) for begins, after in terms]


NO_FILTER = "Add such a column to the log, and load it: neither dates nor schools change this."


def _notes(scope: Scope) -> list[str]:
    """What a reader has to know: what is missing, and what to do about it."""
    known = scope.known
    if not known.schools:
        return ["No roster has been loaded yet. Load a roster so that contacts find their students."]
    if not scope.schools:
        return ["No school is left by the filters."]
    if not scope.as_of:
        return ["No contacts have been loaded yet. Load a contact log."]
    notes = []
    silent = sorted({school.district for school in scope.schools} - set(scope.as_of))
    if silent:
        notes.append(f"No contacts have been loaded for {', '.join(silent)}, so its days are not counted.")
    if not scope.stretches:
        notes.append(f"The period has no day up to the latest contact ({day_date(scope.last_as_of)}).")
    if scope.measure.needs in known.unsaid:
        notes.append(f"{scope.measure.unsaid} {NO_FILTER}")
    return notes
