"""A contact log or a roster: which of the two a table is, by the fields that only one of them has."""

import re

from data.mapping import assign, headers, tab_grade
from data.mapping.model import Column

_LOG_ONLY = {
    "contact_date": 2.0,
    "channel": 1.5,
    "direction": 1.5,
    "outcome": 1.2,
    "initiated_by": 1.2,
    "topic": 1.0,
    "tone": 1.0,
    "contact_time": 0.8,
    "contact_with": 0.8,
    "_from": 1.0,
    "_to": 0.8,
    "_sender_type": 1.0,
    "minutes": 0.8,
    "record_id": 0.3,
    "staff": 0.4,
    "audience": 0.6,
    "interpreter": 0.5,
    "student_present": 0.5,
}
_ROSTER_ONLY = {
    "grade": 1.0,
    "entry_date": 1.2,
    "exit_date": 1.2,
    "first_name": 0.6,
    "last_name": 0.6,
    "school": 0.4,
    "school_code": 0.4,
    "home_language": 1.0,
    "iep": 1.2,
    "english_learner": 1.2,
    "low_income": 1.2,
    "race_ethnicity": 1.2,
    "gender": 1.0,
    "school_year": 0.6,
    "_hispanic": 1.0,
    "middle_name": 0.6,
}


# Names and titles of lists of students. A class list has the teacher beside the students, as a log has.
_LIST = re.compile(r"(?i)(?<![a-z])(rosters?|(class|student|homeroom) ?lists?|enrollments?|membership)(?![a-z])")


def guess_kind(columns: list[Column], said: tuple[str, ...] = ()) -> tuple[str, str]:
    """('contacts' or 'roster', the reason in words). `said` are the names of the file and its tabs, and the titles
    above the table."""
    log = {field: score for field, (_, score) in assign.best(columns, "contacts").items()}
    roster = {field: score for field, (_, score) in assign.best(columns, "roster").items()}
    notes = any(headers.never(column.header, "contacts")[0] == "notes" for column in columns)
    for_log = 0.8 * notes + sum(weight * log.get(field, 0.0) for field, weight in _LOG_ONLY.items())
    for_roster = sum(weight * roster.get(field, 0.0) for field, weight in _ROSTER_ONLY.items())
    if (
        for_log > for_roster
        and not notes
        and not (log.keys() & _LOG_ONLY.keys()) - {"staff", "record_id"}
        and _is_list(said)
    ):
        return "roster", "Read as a roster: its name or title says so, and it has no column of a contact."
    if for_log > for_roster:
        return "contacts", f"Read as a contact log: it has {_named(log, _LOG_ONLY)}."
    if roster:
        return "roster", f"Read as a roster: it has {_named(roster, _ROSTER_ONLY)}."
    return "contacts", "Read as a contact log, although no column of one was recognized."


def _is_list(said: tuple[str, ...]) -> bool:
    """Do names and titles speak of a list of students, or of one grade?"""
    return any(_LIST.search(text) or tab_grade.of_texts([text]) for text in said if text)


def _named(found: dict[str, float], weights: dict[str, float]) -> str:
    names = sorted((field for field in weights if field in found), key=lambda field: -weights[field] * found[field])
    words = [field.lstrip("_").replace("_", " ") for field in names[:4]]
    return ", ".join(words) if words else "columns of students"
