"""Students who were in two bands in the days that `silent` looks at: what happened in one tells of the other.

Silent in a band is who was reached nowhere in those days, so bands with such students are proved together, and each
of these students is a kind of their own. Columns of `students.sql`: `tied` (the student, 0 where there is no tie),
`within` (all days in this band are among those days), `before` (enrolled in those days before the year began).
"""

import pandas as pd

from analytics.disclosure.linked import Row


def bands_together(frame: pd.DataFrame) -> list[list[str]]:
    """The bands of the year, those that share tied students in one list."""
    found = [{band} for band in sorted(frame["band"].unique())]
    for _, bands in frame[frame["tied"] > 0].groupby("tied")["band"]:
        mine = set(bands)
        joined = set().union(*(some for some in found if some & mine))
        found = [some for some in found if not some & mine] + [joined]
    return sorted(sorted(some) for some in found)


def rows(kinds: pd.DataFrame, silent: range, reached: range) -> list[Row]:
    """What is true of every tied student. `silent`, `reached`: the unknowns of each kind, in the order of `kinds`."""
    made = []
    places = kinds.reset_index(drop=True)
    for _, mine in places[places["tied"] > 0].groupby("tied"):
        for at in mine.index[mine["at_end"] > 0]:
            if not mine["before"].any():  # heard nowhere in those days is silent, so reached here, there or silent
                everywhere = [reached[other] for other in mine.index]
                made.append(Row(-1, [silent[at], *everywhere], [1.0] * (1 + len(everywhere)), low=1))
            for other in mine.index[mine["within"] > 0]:
                if other != at:  # reached there was within those days, so not silent here
                    made.append(Row(-1, [silent[at], reached[other]], [1.0, 1.0], high=1))
    return made
