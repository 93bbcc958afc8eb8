"""What the values of a column say by themselves, whatever its header is.

P, E, IP and SMS are channels, "Oak Elementary" is a school, and texts that are dates make "Call placed" a date. Owns
how much such evidence is worth beside a header's; refuses where the header clearly names something else.
"""

import re

from data.mapping import codes, dates, evidence, headers, races, shapes, values
from data.mapping.model import Column
from data.mapping.words import concepts, plain

# The score that values alone can give a field, at best.
_WORTH = {
    "contacts": {
        "channel": 0.62,
        "direction": 0.56,
        "outcome": 0.52,
        "contact_date": 0.5,
        "tone": 0.5,
        "contact_time": 0.42,
        "contact_with": 0.46,
        "topic": 0.44,
        "language": 0.44,
        "grade": 0.4,
        "school": 0.46,
        "staff": 0.4,
    },
    "roster": {
        "english_learner": 0.5,
        "gender": 0.45,
        "race_ethnicity": 0.45,
        "low_income": 0.42,
        "home_language": 0.42,
        "grade": 0.42,
        "school": 0.46,
    },
}
# Sets of values that tell a field when its header does not: all texts of one set must be there.
_SIGNS = {
    "english_learner": [{"rfep"}, {"ifep"}, {"ell"}, {"lep"}, {"eo", "el"}],
    "gender": [{"m", "f"}, {"male", "female"}],
    "race_ethnicity": [{"white", "black"}, {"white", "hispanic"}, {"white", "asian"}, {"hispanic", "black"}],
    "low_income": [{"free", "paid"}, {"f", "r", "p"}, {"free", "reduced"}],
    "home_language": [{"english", "spanish"}, {"spanish", "arabic"}, {"espanol", "ingles"}],
    "language": [{"english", "spanish"}, {"spanish", "arabic"}, {"espanol", "ingles"}, {"spanish", "vietnamese"}],
}
# Fields of few words, and how many different meanings their column must show.
_MEANINGS = {"channel": 2, "direction": 2, "outcome": 2, "tone": 2, "contact_with": 1, "topic": 3}
_SPOKEN_GRADE = re.compile(r"^(pk|prek|tk|k|kinder(garten)?|kg|\d{1,2}(st|nd|rd|th)( grade)?|gr(ade)? ?\d{1,2})$")
_CONTACTS = frozenset({"CONTACT", "CALL", "MESSAGE", "SENT"})
_WHEN = {"DATE", "DATETIME"}


def strength(field: str, column: Column, kind: str, named: dict[str, float], never: float) -> float:
    """The score of a field from the column's values alone: 0 where they say nothing or the header says otherwise."""
    worth = _WORTH[kind].get(field, 0.0)
    if not worth or (never > 0.5 and field != "channel"):
        return 0.0
    fit = evidence.fit(field, column)
    least = 0.7 if field in ("school", "staff") else 0.6 if field == "channel" and _all_ways(column) else 0.85
    if fit is None or fit < least or not _tells(field, column, named):
        return 0.0
    return worth * min(1.0, fit + (0.2 if field == "school" else 0.0))


def _tells(field: str, column: Column, named: dict[str, float]) -> bool:
    texts = shapes.words_of(column) - {""}
    if field in ("contact_date", "contact_time"):
        return max(named.values(), default=0) <= 0.5
    if field in _SIGNS:
        # Codes that nothing else has; one or two plain letters must not name a column.
        return any(sign <= texts for sign in _SIGNS[field]) and not _claimed(field, column, named)
    if field in _MEANINGS:
        known = {found[0] for text in texts if (found := values.recognize(field, text))}
        if len(known - {"unknown", "other"}) < _MEANINGS[field] or texts <= evidence.YES_NO or _letters(field, texts):
            return False
        if field == "contact_with" and known == {"staff"}:
            return False  # "Teacher" and "Counselor" in every row are those who made the contacts
        return not _claimed(field, column, named)
    return _LOOKS[field](column, texts) and not _claimed(field, column, named)


def _all_ways(column: Column) -> bool:
    """Three ways of contact or more, and nothing that is none: "Home Visit", "Text Contact", "Office Visit"."""
    found = [values.recognize("channel", text) for text, _ in column.top]
    return all(found) and len({known[0] for known in found if known} - {"other"}) > 2


def _letters(field: str, texts: set[str]) -> bool:
    """Single letters say little: only channels are told by them."""
    return field != "channel" and all(len(text) < 3 for text in texts)


def _claimed(field: str, column: Column, named: dict[str, float]) -> bool:
    """Does the header name another field clearly, and do the values allow it?"""
    return any(
        score >= 0.8 and (evidence.fit(other, column) or 0) >= 0.3 for other, score in named.items() if other != field
    )


def _looks_like_grades(column: Column, texts: set[str]) -> bool:
    spoken = [text for text in texts if _SPOKEN_GRADE.match(text)]
    if "NUMBER" in concepts(column.header)[0]:
        return False  # "Notice #" counts them: 1st, 2nd
    known = [text for text in texts if codes.grade(text).problem is None]
    return len(texts) > 1 and len(known) == len(texts) and (len(spoken) >= 2 or len(texts) >= 5 and bool(spoken))


def _looks_like_schools(column: Column, texts: set[str]) -> bool:
    return column.distinct <= max(3, column.filled * 0.3) and shapes.weighted(column, _looks_like_a_school) > 0.7


def _looks_like_a_school(text: str) -> bool:
    said = bool(shapes.SCHOOL_WORD.search(plain(text))) and not shapes.has_title(text) and not shapes.is_date(text)
    # "Back to School Night" is an evening, not a school.
    return said and not _a_side(text) and (values.recognize("channel", text) or ("",))[0] != "event"


def _a_side(text: str) -> bool:
    """Words for who began it or with whom it was: "I did / school", "School staff"."""
    return any(values.recognize(field, text) for field in ("initiated_by", "contact_with"))


def _looks_like_staff(column: Column, texts: set[str]) -> bool:
    return shapes.weighted(column, shapes.has_title) > 0.7


_LOOKS = {"grade": _looks_like_grades, "school": _looks_like_schools, "staff": _looks_like_staff}


def implied(column: Column) -> tuple[tuple[str, str], ...]:
    """What the values make of words in the header, as rewrites of concepts: "Message time" over dates is a date,
    "Start" over times of day is a time, "Ethnicity" over yes and no asks who is Hispanic. ("", "DATE") adds what the
    header leaves out."""
    found = concepts(column.header)[0]
    if "RACE" in found and "HISPANIC" not in found and not races.of_header(column.header) and _asks_hispanic(column):
        return (("RACE", "HISPANIC"),)
    if {"STUDENT", "ID"} <= found and shapes.share(column, _numbered) > 0.5:
        return (("ID", "NAME"),)  # "Student (ID)" over "Lopez, Maria (00123)"
    if plain(column.header) == "id" and shapes.share(column, _padded) > 0.9:
        return (("", "STUDENT"),)  # what numbers the rows has no zeros in front, all of one length
    if plain(column.header) == "sid" and shapes.share(column, str.isdecimal) > 0.9:
        # Schools call the student's number so; diallers call so what tells their messages apart, by letters and digits.
        return (("", "STUDENT"),)
    if shapes.share(column, shapes.is_time) > 0.8:
        if found & _CONTACTS and not found & {"TIME", "MINUTES", "EXIT", *_WHEN}:
            return (("", "TIME"),)
        return (("DATE", "TIME"), ("DATETIME", "TIME"), ("ENROLL", "TIME")) if "TIME" not in found else ()
    if not found & _WHEN and shapes.share(column, _readable_date) > 0.8:
        return (("TIME", "DATE"),) if "TIME" in found else (("", "DATE"),)
    return ()


def _asks_hispanic(column: Column) -> bool:
    """Yes and no, or "Hispanic" and "Not Hispanic" beside each other: no race but hispanic is named."""
    words = shapes.words_of(column) - {""}
    if words <= {"y", "n", "yes", "no"}:
        return bool(words)
    if "ethn" in plain(column.header) and (words <= {"0", "1"} or "h" in words and words <= {"h", "n", "nh"}):
        return bool(words)  # state files and PowerSchool's federal ethnicity
    read = [codes.boolean("hispanic", text) for text in words if len(text) > 2]
    return any(one.value is False for one in read) and len(read) == len(words) and not any(one.problem for one in read)


def _padded(text: str) -> bool:
    return text.isdecimal() and text.startswith("0") and len(text) > 3


def _numbered(text: str) -> bool:
    bare = shapes.without_number(text)
    return bare != text and shapes.is_name(bare)


def _readable_date(text: str) -> bool:
    return shapes.is_date(text) and dates.parts_of(dates.body_of(text), "mdy", "2024-25") is not None


def scores(column: Column, kind: str, rewrite: tuple[tuple[str, str], ...]) -> dict[str, float]:
    """{field: score} of a header in the light of its values."""
    named = headers.scores(column.header, kind, rewrite)
    more = implied(column)
    if not more:
        return named
    lit = headers.scores(column.header, kind, rewrite + more)
    # What the header leaves out counts for less than what it says.
    worth = 0.8 if more[0][0] == "" else 0.95
    return {field: max(named.get(field, 0.0), worth * lit.get(field, 0.0)) for field in {*named, *lit}}
