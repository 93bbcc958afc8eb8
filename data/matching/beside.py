"""A student's number beside the name in one cell ("Lopez, Ana (001001)"): the two are compared, and have to agree."""

import re

from data.matching.index import Index, Student, plain_number
from data.roster import names

_NUMBER = re.compile(r"(?<![\w.])(?<!\d-)([A-Za-z]{0,3}\d{3,})(?![-./]?\w)")
# What stands before a number that is not the student's.
_OF_ELSE = re.compile(r"\b(room|rm|class|grade|gr|period|per|apt|unit|ext|x|tel|ph|phone|born|dob|year)\W*$", re.I)


def numbered(students: Index, text: str) -> list[Student]:
    """The students whose numbers stand in the text of a name; one that no student has may be a room's or a date's."""
    found = {}
    for told in _NUMBER.finditer(text):
        if not _OF_ELSE.search(text[: told.start()]):
            alike = students.by_number.get(plain_number(told[1]), [])
            # 00123 and 123 may be two students: the one whose number is written so counts.
            for student in [s for s in alike if s.local_id == told[1]] or alike:
                found[student.student_id] = student
    return list(found.values())


def has_name(students: Index, student: Student, text: str) -> bool:
    """Is the text, without its number, a name of this student? The number alone, as it is written, is an id."""
    if not names.words_of(text):
        return text.strip() == student.local_id
    found, _ = students.candidates(names.parse(text))
    return student in found
