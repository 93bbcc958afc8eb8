"""How complete the logs are, and what each gap does to which measure.

Owns the counts of the data-quality page that are not measures: rows outside enrolment, without direction,
outcome or time of day, likely twins, staff who log, how late contacts come in. Reads facts; the contacts themselves
only for what no fact holds: those that wait for a roster, and when a file was loaded. No row shows a student.
"""

from dataclasses import dataclass, replace

import pandas as pd

from access.viewer import Viewer
from analytics import file_rights, left_out
from analytics.answer import ask
from analytics.measures import MEASURES
from analytics.question import Question
from analytics.scope import scope_of
from data.store import Store

LATE_DAYS = 30

ROWS = """
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

LAG = f"""
WITH counted AS (SELECT lag_days, sum(contacts) AS contacts FROM scoped_entry GROUP BY lag_days),
upto AS (
    SELECT lag_days, contacts, sum(contacts) OVER (ORDER BY lag_days) AS so_far, sum(contacts) OVER () AS entered
    FROM counted
)
SELECT coalesce(max(entered), 0) AS entered, min(CASE WHEN so_far >= 0.5 * entered THEN lag_days END) AS half,
       min(CASE WHEN so_far >= 0.9 * entered THEN lag_days END) AS most,
       coalesce(sum(CASE WHEN lag_days > {LATE_DAYS} THEN contacts END), 0) AS late
FROM upto
"""

_PERSONAL = tuple(name for name in MEASURES if name != "mass_messages")
_DELIVERED = tuple(name for name in _PERSONAL if name not in ("attempt_success", "weeks_logged"))
_REPLIES = ("two_way_share", "two_way_reach", "family_reply_rate", "school_reply_rate", "days_to_reply")

# check -> (what is counted, what it does to the measures, which measures)
CHECKS = {
    "weeks": ("Weeks of lessons in which a school logged no contact", "A school that does not log looks as if it did "
              "not reach out, so its families seem less engaged than they are.", _PERSONAL),
    "staff": ("Staff named in the log", "Where few log, what the others do is missing. The log does not "
              "say how many staff there are.", _PERSONAL),
    "lag": ("Contacts that were loaded more than {days} days after they happened", "Until they are loaded, the latest "
            "weeks look emptier than they were. Counted to the day of loading: logs seldom say when a row was "
            "written.", tuple(MEASURES)),
    "outside": ("Contacts on a day on which the student was not enrolled", "They count in no measure. A missing entry "
                "or exit date in the roster is the usual reason.", tuple(MEASURES)),
    "unmatched": ("Contacts that wait for their student", "No roster names the student yet, or several students have "
                  "the name. They count as soon as a roster or the page Uploads says who it is.", tuple(MEASURES)),
    "mass": ("Messages sent to many at once", "They count in mass messages only.", ("mass_messages",)),
    "no_direction": ("Personal contacts without a direction", "Unless they are conversations they are left out of the "
                     "two-way share and the reply rates, and are no answers.", (*_REPLIES, "direction_known",
                                                                                "family_initiated")),
    "no_outcome": ("Personal contacts without an outcome", "They count as delivered, so a log that never says “no "
                   "answer” shows too many families reached.", ("attempt_success", *_DELIVERED)),
    "no_time": ("Contacts with a date but no time of day", "Replies on the same day are compared by day, which can "
                "take a message for an answer to a later one.", (*_REPLIES, "family_initiated", "positive_first")),
    "twins": ("Likely twins: the same student, day, channel and direction in two different files", "Where two tools "
              "log the same call it counts twice. Check the two files on the Uploads page.",
              ("contact_rate", "attempt_success", "contacts_per_student", *_REPLIES)),
}  # fmt: skip
WEEKS_FILTERED = (
    "Weeks of lessons in which a school logged no contact that these filters count",
    "The school may have logged others: without the filters, these are the weeks without any log.",
    _PERSONAL,
)
LAG_NOTE = " (half within {half} days, nine in ten within {most})"


@dataclass(frozen=True)
class Quality:
    """`contacts` and `staff` are counts of the period; `half_days` and `most_days` the lag of half and nine in ten.

    `checks` has columns check, rows, of, share, effect, measures (names), one row a line of the page.
    """

    contacts: int
    staff: int
    half_days: int | None
    most_days: int | None
    checks: pd.DataFrame


def checks(store: Store, viewer: Viewer, question: Question) -> Quality:
    """What was loaded for the question's period, schools and filters and does not count, or counts with a caution."""
    scope = scope_of(store, viewer, replace(question, measure="contact_rate", by=()))
    found = scope.run(store, ROWS).iloc[0].to_dict()
    lag = scope.run(store, LAG).iloc[0].to_dict()
    weeks = ask(store, viewer, replace(question, measure="weeks_logged", by=())).table.iloc[0]
    found["unmatched"] = sum(left_out.waiting(store, viewer, scope).values())
    found |= {"weeks": weeks["denominator"] - weeks["numerator"], "lag": lag["late"]}
    total = int(found["contacts"])
    of = {"weeks": int(weeks["denominator"]), "staff": 0, "lag": int(lag["entered"])}
    of["unmatched"] = total + int(found["unmatched"])  # what waits is no contact of `total` yet
    half, most = (None if pd.isna(lag[name]) else int(lag[name]) for name in ("half", "most"))
    said = CHECKS | ({"weeks": WEEKS_FILTERED} if _narrowed(question) else {})
    rows = [_line(said[name], int(found[name]), of.get(name, total)) for name in CHECKS]
    if half is not None:
        late = list(CHECKS).index("lag")
        rows[late]["check"] += LAG_NOTE.format(half=half, most=most)
    rows += [_aside(one) for one in left_out.set_aside(store, viewer)]
    return Quality(total, int(found["staff"]), half, most, pd.DataFrame(rows))


def _narrowed(question: Question) -> bool:
    """Do filters leave out contacts of a school, and not only whole schools?"""
    return any(cut not in ("school", "district") for cut, _ in question.where)


def _line(check: tuple[str, str, tuple[str, ...]], rows: int, of: int) -> dict:
    what, effect, measures = check
    share = rows / of if of else None
    return {
        "check": what.format(days=LATE_DAYS), "rows": rows, "of": of, "share": share, "effect": effect,
        "measures": ", ".join(measures),
    }  # fmt: skip


def _aside(one: left_out.LeftOut) -> dict:
    """Rows of loaded files that never became a contact: of no period, so without a share."""
    what = f"{one.what[0].upper()}{one.what[1:]}, in all loaded files"
    effect = f"{one.why[0].upper()}{one.why[1:]}."
    return {"check": what, "rows": one.count, "of": 0, "share": None, "effect": effect, "measures": ", ".join(MEASURES)}


def uploads(store: Store, viewer: Viewer) -> pd.DataFrame:
    """Active uploads with their counts, the latest first; a principal sees those made for own schools."""
    found = store.query(
        """SELECT upload_id, kind, file_name, loaded_at, loaded_by, district, school, rows_read, rows_loaded,
                  rows_duplicate, rows_set_aside, rows_unmatched, rows_not_family
           FROM upload WHERE state = 'loaded' ORDER BY upload_id DESC"""
    )
    return file_rights.to_read_of(store, viewer, found)
