"""How well a column's values fit a field: -1 (cannot be) to 1 (must be); None where it has no values.

Ids look like ids, dates like dates, and a vocabulary field's values are mostly in its vocabulary.
"""

import re

from data.mapping import codes, dates, roster_evidence, shapes, values
from data.mapping.model import Column
from data.mapping.words import concepts

VOCABULARIES = frozenset(values.FIELDS)
YES_NO = frozenset(["y", "n", "yes", "no", "true", "false", "1", "0", "si", "x", "t", "f", ""])
_WORDED = frozenset({"topic", "channel", "tone"})
_CODED = codes.BOOLEANS | {"grade", "language", "home_language", "race_ethnicity", "gender", "minutes"}

_SIDES = frozenset({"FAMILY", "SCHOOL", "STAFF", "STUDENT"})
_CALENDAR = re.compile(r"(20)?\d\d[-–/](20)?\d\d\s+(?!(am|pm)\b)[^\W\d]", re.I)
_ORDINAL = re.compile(r"\d{1,2}(st|nd|rd|th)", re.I)
# Problems of texts that are of the field all the same.
_UNSURE = frozenset({"ask_grade", "graduated", "unclear_minutes", "long_minutes", "several_languages"})


def fit(field: str, column: Column) -> float | None:
    """The evidence of a column's values for a field."""
    if not column.filled:
        return None
    mail_tells = field in ("_from", "_to")
    if (shapes.share(column, shapes.is_phone) > 0.5) if mail_tells else never_taken(column):
        return -1.0
    if field in VOCABULARIES:
        return _vocabulary(field, column)
    if field in _CODED or field in ("_is_draft", "_is_restricted", "_is_active", "_hispanic", "_no_show"):
        return _coded(field, column)
    return _SHAPES[field](column) if field in _SHAPES else 0.3


def never_taken(column: Column) -> bool:
    """Phone numbers and e-mail addresses, whatever the header says. Ten bare digits may be an id that says so."""
    named_id = bool(concepts(column.header)[0] & {"ID", "NUMBER", "STUDENT", "STATE", "LOCAL", "RECORD"})

    def private(text: str) -> bool:
        return shapes.is_email(text) or (shapes.is_phone(text) and not (named_id and text.isdigit()))

    return shapes.share(column, private) > 0.5


def free_text(column: Column) -> bool:
    """Long texts that hardly repeat: notes."""
    long = shapes.share(column, shapes.is_long)
    return long > 0.3 and shapes.repeats(column) < 0.9


def _vocabulary(field: str, column: Column) -> float:
    if free_text(column) or shapes.share(column, _is_day) > 0.5:
        return -1.0
    exact = shapes.weighted(column, lambda text: (values.recognize(field, text) or (0, False))[1])
    hinted = shapes.weighted(column, lambda text: values.recognize(field, text) is not None)
    empty = shapes.weighted(column, values.is_null)
    if exact + hinted == 0:
        if field == "initiated_by" and _asks_who_began(column):
            return 0.5
        # Ticks of one kind ("Concern" with TRUE and FALSE) are a yes or no, and not the field's own words.
        ticks = field in _WORDED and shapes.words_of(column) <= YES_NO
        return -1.0 if ticks else 0.0 if empty > 0.8 else -0.4
    if field == "topic" and _all_of("tone", column) or field == "channel" and _all_of("audience", column):
        return -0.3
    if empty >= 0.9:
        return 0.3
    # Yes and no say less than words do.
    plain_words = shapes.words_of(column) <= YES_NO
    return (exact + 0.6 * (hinted - exact)) / (1 - empty) * (0.7 if plain_words else 1.0)


def _is_day(text: str) -> bool:
    return shapes.is_date(text) and not shapes.is_number(text)


def _asks_who_began(column: Column) -> bool:
    """Yes and no under "Was the call initiated by the parent?" say who began it."""
    named = concepts(column.header)[0]
    return "INITIATED" in named and bool(named & _SIDES) and shapes.words_of(column) <= YES_NO


def _all_of(field: str, column: Column) -> bool:
    """All its values are words of another field, and they differ: positive and concern, direct and announcement."""
    found = [values.recognize(field, text) for text, _ in column.top]
    return len({known[0] for known in found if known}) > 1 and all(known and known[1] for known in found)


def _coded(field: str, column: Column) -> float:
    if free_text(column):
        return -1.0
    name = field.lstrip("_").replace("is_draft", "student_present").replace("is_restricted", "student_present")
    name = name.replace("is_active", "student_present")

    def good(text: str) -> bool:
        reading = codes.read(name, text, {})
        return reading.value is not None or values.is_null(text) or reading.problem in _UNSURE

    share = shapes.weighted(column, good)
    return share if share > 0.5 else share - 0.6


def _date(column: Column) -> float:
    share = shapes.share(column, shapes.is_date)
    serial = shapes.share(column, shapes.is_serial)
    return max(share, serial * 0.8) if max(share, serial) >= 0.3 else -0.8


def _time(column: Column) -> float:
    share = shapes.share(column, lambda text: shapes.is_time(text) or bool(text[:4] in ("1899", "1900")))
    if share < 0.4 and (shapes.share(column, shapes.is_clock_digits) > 0.95 or dates.are_seconds(column.seen)):
        return 0.7
    return share if share >= 0.4 else -0.8


def _end_time(column: Column) -> float:
    """A time of day, with or without its day."""
    dated = shapes.share(column, lambda text: bool(shapes.is_date(text) and dates.TIME.search(text)))
    return dated if dated > 0.8 else _time(column)


def _running(column: Column) -> bool:
    """1, 2, 3, ... to the last row: the rows are numbered, which names neither a student nor a record."""
    if column.filled < 5 or column.distinct != column.filled or not all(text.isdigit() for text in column.sample):
        return False
    numbers = sorted(int(text) for text in column.sample)
    return numbers[0] <= 5 + column.filled // 100 and numbers[-1] <= column.filled * 1.05 + 5


def _id(column: Column) -> float:
    if _running(column) or shapes.share(column, lambda text: len(text) < 3) > 0.6:
        return -0.6
    ids = shapes.share(column, lambda text: shapes.is_id(text) and not _ORDINAL.fullmatch(text))
    if ids < 0.5:
        return -0.6
    dates = shapes.share(column, lambda text: shapes.is_date(text) or shapes.is_time(text))
    short = column.filled >= 12 and column.distinct <= 3
    return -0.6 if dates > 0.5 else 0.35 if short else ids


def _record_id(column: Column) -> float:
    fit = _id(column)
    if fit <= 0 and shapes.share(column, lambda text: " " not in text and len(text) > 3) > 0.9:
        fit = 0.6
    if fit <= 0:
        return -0.8
    unique = column.distinct / column.filled
    return fit if unique > 0.97 else 0.3 if unique > 0.85 else -0.8 if column.filled >= 8 else 0.1


def _person(column: Column) -> float:
    named = shapes.share(column, lambda text: shapes.is_name(shapes.without_number(text)))
    single = shapes.share(column, shapes.is_one_name)
    if free_text(column) or shapes.share(column, shapes.is_number) > 0.5:
        return -0.9
    if named >= 0.5:
        return named
    # Names with numbers are no real ones, but stand for students where names were hidden: the header decides.
    return 0.45 if named + single > 0.7 or shapes.share(column, shapes.is_numbered_name) > 0.7 else -0.3


def _staff(column: Column) -> float:
    if free_text(column) or shapes.words_of(column) <= YES_NO:
        return -0.9
    numbers = shapes.share(column, shapes.is_number)
    if numbers > 0.7:
        return 0.1
    if shapes.share(column, shapes.is_date) > 0.5:
        return -0.9
    named = shapes.share(column, lambda text: shapes.is_name(text) or shapes.has_title(text))
    return max(named, 0.4) if shapes.repeats(column) > 0.2 or column.filled < 30 else 0.2


def _one_name(column: Column) -> float:
    single = shapes.share(column, lambda text: shapes.is_one_name(text) or shapes.is_name(text))
    if single == 0 and all(len(text) < 2 for text in column.sample):
        return -0.9
    return single if single > 0.5 else -0.5 if shapes.share(column, shapes.is_number) > 0.5 else 0.2


def _is_bare_date(text: str) -> bool:
    """A date, and no school of a year ("25-26 Oak Elementary")."""
    return shapes.is_date(text) and not _CALENDAR.match(text)


def _school(column: Column) -> float:
    if free_text(column) or shapes.share(column, _is_bare_date) > 0.5:
        return -0.9
    few = column.filled < 20 or column.distinct <= max(3, column.filled * 0.5)
    numbers = shapes.share(column, shapes.is_number)
    return (0.4 if numbers > 0.5 else 0.8) if few else -0.2


def _code(column: Column) -> float:
    ids = shapes.share(column, lambda text: shapes.is_id(text) or (len(text) <= 8 and " " not in text))
    return ids if ids > 0.5 else -0.5


def _few_numbers(column: Column) -> float:
    """Counts; numbers of one length, hardly one of them twice, are those of phones or people."""
    long = {len(text) for text in column.sample}
    if len(long) == 1 and min(long) > 3 and (column.distinct > column.filled * 0.5 or min(long) > 5):
        return -0.9
    return 0.9 if shapes.share(column, shapes.is_number) > 0.8 else -0.9


def _party(column: Column) -> float:
    if free_text(column) or shapes.share(column, shapes.is_number) > 0.7:
        return -0.9
    return 0.6 if shapes.share(column, lambda text: shapes.is_date(text) or shapes.is_time(text)) < 0.3 else -0.9


def _type_id(column: Column) -> float:
    numbers = shapes.share(column, lambda text: text in ("1", "2", "3"))
    words = shapes.weighted(column, lambda text: values.recognize("contact_with", text) is not None)
    return max(numbers, words) if max(numbers, words) > 0.5 else -0.5


_SHAPES = roster_evidence.SHAPES | {
    "student_id": _id,
    "record_id": _record_id,
    "student_name": _person,
    "staff": _staff,
    "first_name": _one_name,
    "last_name": _one_name,
    "contact_date": _date,
    "entry_date": _date,
    "exit_date": _date,
    "contact_time": _time,
    "_end_time": _end_time,
    "school": _school,
    "school_code": _code,
    "_from": _party,
    "_to": _party,
    "_recipients": _few_numbers,
    "_sender_type": _type_id,
    "_recipient_type": _type_id,
}
