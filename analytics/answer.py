"""The answer: one table, its period, its words. `ask` is the only place that makes one.

The viewer's scope is applied before a row is counted (`analytics.scope`), and a panel viewer is
refused: panels read releases. Nothing is rounded here.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.measures import Measure
from analytics.question import Question


@dataclass(frozen=True)
class Answer:
    """What was asked, and what came out.

    table   one row a cell: the cuts as text in the order asked, then `value`, `numerator`,
            `denominator`, `students`, `schools`, then the measure's `extras`. `value` is a float, NaN
            where the denominator is zero ('not reached' for days_to_reply)
    start, end   the days that were counted, both included; None where there is nothing to count
    as_of   the latest as-of date of the districts in scope, None without contacts
    notes   sentences that a reader has to know
    """

    question: Question
    measure: Measure
    table: pd.DataFrame
    as_of: date | None
    start: date | None
    end: date | None
    notes: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Is there nothing in any cell?"""
        return self.table.empty or not (self.table["denominator"] > 0).any()
