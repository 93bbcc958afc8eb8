"""The students of the roster by the words of their names, and the rule of what counts as the same name.

Two names are the same when their words are, in any order, or when first and last names are and the middle
names do not contradict each other. Several students who fit are told apart by school year and grade, where
that leaves one; else the name is ambiguous.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property

from data.roster import names
from data.roster.names import Name

AMBIGUOUS = "ambiguous"
UNKNOWN = "unknown"
SEVERAL = "several"


@dataclass
class Student:
    """A student of the roster with the spans that tell namesakes apart: (school_id, school_year, grade)."""

    student_id: int
    local_id: str
    first_name: str
    last_name: str
    name: Name
    places: set[tuple[int, str, str]] = field(default_factory=set)

    @property
    def schools(self) -> set[int]:
        """The schools at which the student has been enrolled."""
        return {school for school, _, _ in self.places}


class Index:
    """The students of one district, found by name."""

    def __init__(self, students: list[Student]):
        self.students = {student.student_id: student for student in students}
        self._whole: dict[str, list[Student]] = defaultdict(list)
        self._core: dict[str, list[Student]] = defaultdict(list)
        for student in students:
            if len(student.name.words) < 2:
                continue
            for key in _whole_keys(student.name):
                self._whole[key].append(student)
            if student.name.first and student.name.last:
                self._core[_core_key(student.name.first, student.name.last)].append(student)

    @cached_property
    def by_number(self) -> dict[str, list[Student]]:
        """The students by their numbers as `plain_number` has them."""
        found: dict[str, list[Student]] = {}
        for student in self.students.values():
            found.setdefault(plain_number(student.local_id), []).append(student)
        return found

    def find(self, given: Name, school: int | None, year: str | None = None, grade: str | None = None):
        """The one student whom a name means, at a school or (None) in the district: (student_id | None, reason).

        The reason is "" for a match, else 'ambiguous' or 'unknown'. A single word is never a match.
        """
        if len(given.words) < 2:
            return None, UNKNOWN
        found, rivals = self.candidates(given, school)
        if not found:
            return None, UNKNOWN
        chosen = _told_apart(found, given, school, year, grade)
        if len(chosen) == 1 and not rivals and not self._better_elsewhere(chosen[0], given, year, grade):
            return chosen[0].student_id, ""
        return None, AMBIGUOUS

    def same(self, given: Name, school: int | None = None) -> list[Student]:
        """The students whose name has these very words and no others, in any order."""
        whole = _here((s for key in _whole_keys(given) for s in self._whole.get(key, ())), school)
        return [s for s in whole if _suffixes_agree(given, s.name)]

    def _better_elsewhere(self, chosen: Student, given: Name, year: str | None, grade: str | None) -> bool:
        """Is the row's grade that of a namesake at another school, and not that of the one who was found here?"""
        if not grade or _at(chosen, None, year, grade):
            return False
        return any(_at(other, None, year, grade) for other in self.candidates(given)[0] if other is not chosen)

    def candidates(self, given: Name, school: int | None = None) -> tuple[list[Student], list[Student]]:
        """(students whose name is the same, students whom the text may mean as well), by school where one is given."""
        same = self.same(given, school)
        if same:
            # "Smith II" beside a Smith and a Smith Jr may be either: no suffix says which.
            said = not given.suffix or any(s.name.suffix == given.suffix for s in same)
            whole = [] if said else self.same(replace(given, suffix=""), school)
            return _in_order(same, given), [s for s in whole if s not in same]
        cores = (
            student
            for first, middle, last in _readings(given)
            for student in self._core.get(_core_key(first, last), ())
            if _middles_agree(middle, student.name.first[1:]) and _suffixes_agree(given, student.name)
        )
        found = _here(cores, school)
        if not found:
            return [], []
        keys = [*_shortened(given), *_of_siblings(given, found)]
        rivals = _here((s for key in keys for s in self._core.get(key, ())), school)
        return found, [student for student in rivals if student not in found]


def load(cursor, district: str) -> Index:
    """The index of a district's roster, as the store has it now."""
    places = defaultdict(set)
    for student, school, year, grade in cursor.execute(
        "SELECT e.student_id, e.school_id, e.school_year, e.grade FROM enrollment AS e "
        "JOIN student AS s ON s.student_id = e.student_id WHERE s.district = ?",
        [district],
    ).fetchall():
        places[student].add((school, year, grade))
    rows = cursor.execute(
        "SELECT student_id, local_id, first_name, last_name FROM student WHERE district = ? ORDER BY student_id",
        [district],
    ).fetchall()
    return Index(
        [
            Student(number, local, first or "", last or "", names.of_parts(first, last), places[number])
            for number, local, first, last in rows
        ]
    )


def _whole_keys(name: Name) -> set[str]:
    """The words in any order; and run together, so that O Brien is O'Brien and Mc Donald is McDonald."""
    keys = {" ".join(sorted(name.words)), "".join(name.words)}
    if name.first is not None:
        keys.add("".join((*name.last, *name.first)))
    return keys


def _core_key(first: tuple[str, ...], last: tuple[str, ...]) -> str:
    return f"{first[0]}|{''.join(last)}"


def _readings(given: Name) -> list[tuple[tuple, tuple, tuple]]:
    """(first, middle, last) in every way in which the text can be read."""
    if given.first is not None:
        return [(given.first[:1], given.first[1:], given.last)]
    words = given.words
    ahead = [(words[:1], words[1:cut], words[cut:]) for cut in range(1, len(words))]
    behind = [(words[cut : cut + 1], words[cut + 1 :], words[:cut]) for cut in range(1, len(words))]
    return ahead + behind


def _shortened(given: Name) -> list[str]:
    """Readings that take the last words for a second surname: "Ana García López" may be Ana García as well."""
    if given.first is not None:
        return []
    words = given.words
    return [
        _core_key(words[:1], words[start:end])
        for start in range(1, len(words) - 1)
        for end in range(start + 1, len(words))
        if len(words[end - 1]) > 1
    ]


def _of_siblings(given: Name, found: list[Student]) -> list[str]:
    """Words beside a name that may be the first names of siblings: "Lopez, Ana, Luis", "Ana Lopez Luis Lopez"."""
    return [
        _core_key((word,), student.name.last)
        for student in found
        for word in set(given.words) - set(student.name.words)
        if len(word) > 1
    ]


def plain_number(text: str) -> str:
    """A student's number without case, marks and leading zeros: "S-0012" and "s12" are one."""
    return "".join(c for c in text.casefold().removesuffix(".0") if c.isalnum()).lstrip("0")


def _middles_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Equal as far as both go; an initial stands for any name that begins with it."""
    return all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in zip(one, other, strict=False))


def _suffixes_agree(one: Name, other: Name) -> bool:
    return not one.suffix or not other.suffix or one.suffix == other.suffix


def _in_order(found: list[Student], given: Name) -> list[Student]:
    """Of Thomas James and James Thomas the one that "James, Thomas" says, where the comma tells."""
    if given.first is None or len(found) == 1:
        return found
    exact = [s for s in found if s.name.first == given.first and s.name.last == given.last]
    return exact or found


def _told_apart(found: list[Student], given: Name, school: int | None, year: str | None, grade: str | None):
    if given.suffix and len(found) > 1:
        found = [s for s in found if s.name.suffix == given.suffix] or found
    if year and len(found) > 1:
        found = [s for s in found if _at(s, school, year, None)] or found
    if grade and len(found) > 1:
        found = [s for s in found if _at(s, school, year, grade)] or found
    return found


def _at(student: Student, school: int | None, year: str | None, grade: str | None) -> bool:
    return any(
        (school is None or place == school) and (year is None or when == year) and (grade is None or level == grade)
        for place, when, level in student.places
    )


def _here(students, school: int | None) -> list[Student]:
    """The different ones of them, of the school where one is given."""
    return list({s.student_id: s for s in students if school is None or school in s.schools}.values())
