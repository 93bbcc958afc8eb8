"""How complete the logs are, and what each gap does to which measure.

Owns the counts of the data-quality page that are not measures: rows outside enrolment, without direction,
outcome or time of day, likely twins, staff who log. Reads facts; the contacts themselves only for those that
wait for a roster, which no fact holds. No row shows a student.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from access.viewer import Viewer
from analytics.question import Question
from analytics.scope import scope_of, visible_schools
from data.schoolyear import day_number
from data.store import Store

_ROWS = """
WITH one AS (
    SELECT 0 AS outside, mass, attempts, no_direction, no_outcome, no_time, twins FROM scoped_contact
    UNION ALL
    SELECT 1 AS outside, mass, attempts, no_direction, no_outcome, no_time, 0 AS twins FROM scoped_outside
)
SELECT coalesce(sum(mass + attempts), 0) AS contacts, coalesce(sum(outside * (mass + attempts)), 0) AS outside,
       coalesce(sum(mass), 0) AS mass, coalesce(sum(no_direction), 0) AS no_direction,
       coalesce(sum(no_outcome), 0) AS no_outcome, coalesce(sum(no_time), 0) AS no_time,
       coalesce(sum(twins), 0) AS twins, (SELECT count(DISTINCT staff) FROM scoped_staff) AS staff
FROM one
"""

# check -> (what is counted, what it does to the measures)
CHECKS = {
    "outside": ("Contacts on a day on which the student was not enrolled", "They count in no measure. A missing entry "
                "or exit date in the roster is the usual reason."),
    "unmatched": ("Contacts of students whom no roster names yet", "They wait, and count as soon as a roster names the "
                  "student."),
    "mass": ("Messages sent to many at once", "They count in mass messages only."),
    "no_direction": ("Personal contacts without a direction", "Unless they are conversations they are left out of the "
                     "two-way share and the reply rates."),
    "no_outcome": ("Personal contacts without an outcome", "They count as delivered, so a log that never says “no "
                   "answer” shows a contact rate that is too high."),
    "no_time": ("Contacts with a date but no time of day", "Replies on the same day are compared by day, which can "
                "take a message for an answer to a later one."),
    "twins": ("Likely twins: the same student, day, channel and direction in two different files", "Where two tools "
              "log the same call it counts twice in the contact rate. Check the two files on the Uploads page."),
}  # fmt: skip


@dataclass(frozen=True)
class Quality:
    """`checks` has columns check, rows, of, share, effect; `contacts` and `staff` are counts of the period."""

    contacts: int
    staff: int
    checks: pd.DataFrame


def checks(store: Store, viewer: Viewer, start: date, end: date) -> Quality:
    """What was loaded for the viewer's schools in a period and does not count, or counts with a caution."""
    scope = scope_of(store, viewer, Question("contact_rate", start=start, end=end))
    found = scope.run(store, _ROWS).iloc[0].to_dict()
    given = {
        "schools": [school.school_id for school in scope.schools],
        "everything": viewer.schools is None and viewer.districts is None,
        "first": day_number(start),
        "last": day_number(end),
    }
    found["unmatched"] = _waiting(store, given)
    total = int(found["contacts"])
    rows = [
        {
            "check": words,
            "rows": int(found[name]),
            "of": total,
            "share": found[name] / total if total else None,
            "effect": effect,
        }
        for name, (words, effect) in CHECKS.items()
    ]
    return Quality(total, int(found["staff"]), pd.DataFrame(rows))


def _waiting(store: Store, given: dict) -> int:
    """Contacts that wait for a roster, logged for the viewer's schools; the district sees those of no school too."""
    return store.value(
        """SELECT count(*) FROM contact_row WHERE status = 'unmatched' AND contact_day BETWEEN $first AND $last
           AND (school_id IN (SELECT unnest($schools::BIGINT[])) OR $everything)""",
        given,
    )


def uploads(store: Store, viewer: Viewer) -> pd.DataFrame:
    """Active uploads with their counts, the latest first; a principal sees those made for own schools."""
    found = store.query(
        """SELECT upload_id, kind, file_name, loaded_at, school, rows_read, rows_loaded, rows_duplicate,
                  rows_set_aside, rows_unmatched, rows_not_family
           FROM upload WHERE state = 'loaded' ORDER BY upload_id DESC"""
    )
    if viewer.schools is None and viewer.districts is None:
        return found
    names = {school.name for school in visible_schools(store, viewer)}
    return found[found["school"].isin(names)].reset_index(drop=True)
