"""What asks, their answers and contacts of both sides tell of each other.

Three things that a reader knows of each student by the enrolled days: `rules.OPEN`, `OUTSIDE` and `ASKABLE`. Where asks
are counted, the students of one kind are alike in them, because what is true of one student depends on all three.
"""

from collections.abc import Callable

import pandas as pd

from analytics.disclosure.linked import Row
from analytics.disclosure.rules import ASKS, OPEN, OUTSIDE, SHARES, TWO_WAY


def rows(kinds: pd.DataFrame, there: set[str], unknowns: Callable[[str], range]) -> list[Row]:
    """What is true of every kind. `there`: the counts that are looked at; `unknowns`: those of one count."""
    made, closed = [], kinds[OPEN] == 0

    def at_most(some: tuple[str, ...], others: tuple[str, ...], where: pd.Series):
        """The sum of some counts is at most that of others, in the kinds that are chosen."""
        factors = [1.0] * len(some) + [-1.0] * len(others)
        places = zip(*map(unknowns, (*some, *others)), where, strict=True)
        made.extend(Row(-1, at, factors, high=0) for *at, chosen in places if chosen)

    for asks in (one for one in ASKS if one in there):  # the answer is a two-way contact beside the ask
        at_most((SHARES[asks], TWO_WAY), ("two_way",), kinds[OUTSIDE] == 0)
    if set(ASKS) <= there:  # what is not two-way is an ask that nobody answered
        at_most(("known", *(SHARES[asks] for asks in ASKS)), ("two_way", *ASKS), closed)
        at_most(("any known",), (TWO_WAY, *(f"any {asks}" for asks in ASKS)), closed)
    return made
