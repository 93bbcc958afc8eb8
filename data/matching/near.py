"""Near matches for rows without a student: shown side by side, accepted by a person, never taken by themselves.

Reasons, as they are shown: 'namesake' (several students have this name), 'nickname', 'spelling', 'part of the
name', 'first name only', 'initial', 'same name, another number', 'number written otherwise', each perhaps with
'at another school' and 'without the word for a relative' ("Ana Lopez's mom").
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

import pandas as pd
from rapidfuzz import fuzz, process

from data.matching import index, nicknames
from data.matching.index import Index, Student, plain_number
from data.roster import names, schools
from data.roster.names import Name

COLUMNS = (
    "district", "given_id", "given_name", "given_school", "rows", "student_id", "name", "local_id", "school", "grade",
    "score", "reason",
)  # fmt: skip
_MAY_LACK = ("given_id", "given_name", "given_school", "school", "grade")
# Offers for one text, texts in one call (the most frequent first), and the lowest score that is worth a look.
BEST = 3
MOST = 1000
LOWEST = 78
ELSEWHERE = 8
_ALIKE = 5
# What "Parent of Ana Lopez" costs: it is not accepted with the names that are as good as certain.
_OF_RELATIVE = 3
_RELATIVE = "without the word for a relative"

_UNMATCHED = """
SELECT district, given_id, given_name, given_school, count(*) AS rows
FROM {table} WHERE student_id IS NULL AND coalesce(given_id, given_name) IS NOT NULL
GROUP BY 1, 2, 3, 4 ORDER BY rows DESC, given_name, given_id, given_school LIMIT {most}
"""


@dataclass(frozen=True)
class _Scored:
    student: Student
    score: float
    reason: str


def offers(cursor, table: str) -> pd.DataFrame:
    """Students whom the unmatched rows of `table` may mean: `COLUMNS`, the best three of each text.

    `score` runs from 0 to 100; `rows` counts the rows with that text. Call it after `match`. The order is by
    rows, then by score, so accepting from the top settles most. It writes nothing.
    """
    rows = cursor.execute(_UNMATCHED.format(table=table, most=MOST)).fetchall()
    found = []
    for district in dict.fromkeys(row[0] for row in rows):
        here = [row for row in rows if row[0] == district]
        found += _of_district(cursor, district, here)
    frame = pd.DataFrame(found, columns=list(COLUMNS))
    frame = frame.sort_values(["rows", "given_name", "given_id", "score"], ascending=[False, True, True, False],
                              kind="stable", ignore_index=True)  # fmt: skip
    for name in _MAY_LACK:  # pandas makes NaN of None beside texts, and NaN is no text to remember a match under
        frame[name] = frame[name].astype(object).where(frame[name].notna(), None)
    return frame


def _of_district(cursor, district: str, rows: list[tuple]) -> list[tuple]:
    students = index.load(cursor, district)
    titles = dict(cursor.execute("SELECT school_id, name FROM school WHERE district = ?", [district]).fetchall())
    ids = schools.resolve(cursor, district, sorted({row[3] for row in rows if row[3]}))
    numbers = students.by_number
    pools: dict[int | None, _Pool] = {}
    found = []
    for _, given_id, given_name, given_school, count in rows:
        school = ids.get(given_school)
        scored = _by_number(numbers, given_id, given_name)
        if given_name:
            scored += _named(students, pools, given_name, school, bool(given_id))
        for offer in _best(scored):
            place = max(offer.student.places, key=lambda place: (place[1], place), default=(None, None, None))
            shown = f"{offer.student.first_name} {offer.student.last_name}".strip()
            found.append((district, given_id, given_name, given_school, count, offer.student.student_id, shown,
                          offer.student.local_id, titles.get(place[0]), place[2], round(offer.score, 1),
                          offer.reason))  # fmt: skip
    return found


def _named(students: Index, pools: dict, text: str, school: int | None, has_id: bool) -> list[_Scored]:
    found = _by_name(students, pools, names.parse(text), school, has_id)
    child = names.of_relative(text)
    if child is None:
        return found
    # "Tia De Leon" is a name as well, so both readings are offered.
    return found + [
        _Scored(one.student, one.score - _OF_RELATIVE, f"{one.reason}, {_RELATIVE}".removeprefix("same name, "))
        for one in _by_name(students, pools, names.parse(child), school, has_id)
    ]


class _Pool:
    """The students of a school, or of the district (None), with their names in one comparable form."""

    def __init__(self, students: Index, school: int | None):
        self.students = [s for s in students.students.values() if school is None or school in s.schools]
        self.texts = [" ".join(sorted(s.name.words)) for s in self.students]
        self.by_word: dict[str, list[Student]] = defaultdict(list)
        for student in self.students:
            for word in set(student.name.words):
                self.by_word[word].append(student)

    def near(self, given: Name) -> list[_Scored]:
        """Students whose whole name is spelled nearly so, or has the given words among others."""
        text = " ".join(sorted(given.words))
        close = process.extract(text, self.texts, scorer=fuzz.ratio, score_cutoff=LOWEST, limit=_ALIKE)
        found = [_Scored(self.students[at], score, "spelling") for _, score, at in close]
        found += [_Scored(student, 88.0, "part of the name") for student in self._sharing(given)]
        for form in _in_other_forms(given):
            found += [_Scored(student, 82.0, "nickname") for student in self._sharing(form)]
        return found

    def _sharing(self, given: Name) -> list[Student]:
        """Students whose name has all the given words, or all of whose words are given; two at least."""
        words = set(given.words)
        shared = Counter(student.student_id for word in words for student in self.by_word.get(word, ()))
        known = {s.student_id: s for word in words for s in self.by_word.get(word, ())}
        return [
            known[number]
            for number, count in shared.items()
            if count > 1 and count in (len(words), len(set(known[number].name.words)))
        ]

    def with_initial(self, given: Name) -> list[Student]:
        """Students whom "Chen L.", "R. Smith" or "de la Cruz, M." may mean: every whole word is theirs, every single
        letter begins another of their words, and both the first and the last name are touched."""
        whole = {word for word in given.words if len(word) > 1}
        if not whole or len(whole) == len(given.words):
            return []
        shared = min((self.by_word.get(word, []) for word in whole), key=len)
        return [student for student in shared if _initials_fit(given, whole, student.name)]

    def with_word(self, word: str) -> list[_Scored]:
        """Students with this first or last name, where they are few."""
        found = [s for s in self.by_word.get(word, ()) if word in (s.name.first[:1] + s.name.last)]
        return [_Scored(s, 80.0 if len(found) == 1 else 70.0, "first name only") for s in found[:_ALIKE]]


def _by_name(students: Index, pools: dict, given: Name, school: int | None, has_id: bool) -> list[_Scored]:
    if not given.words:
        return []
    found = _in_pool(students, _pool(pools, students, school), given, school, has_id)
    if school is None or any(offer.score >= LOWEST for offer in found):
        return found
    elsewhere = _in_pool(students, _pool(pools, students, None), given, None, has_id)
    found += [
        _Scored(offer.student, offer.score - ELSEWHERE, f"{offer.reason}, at another school")
        for offer in elsewhere
        if school not in offer.student.schools
    ]
    return found


def _in_pool(students: Index, pool: _Pool, given: Name, school: int | None, has_id: bool) -> list[_Scored]:
    if len(given.words) == 1:
        return pool.with_word(given.words[0])
    same, rivals = students.candidates(given, school)
    same += rivals
    reason = "same name, another number" if has_id else "namesake" if len(same) > 1 else "same name"
    found = [_Scored(student, 97.0, reason) for student in same]
    for form in _in_other_forms(given):
        found += [_Scored(student, 92.0, "nickname") for student in students.candidates(form, school)[0]]
    if found:
        return found
    fitting = pool.with_initial(given)
    if not fitting:
        return pool.near(given)
    # Of more than are shown, a person might take the nearest for want of the right one.
    return [_Scored(s, 80.0 if len(fitting) == 1 else 70.0, "initial") for s in fitting] if len(fitting) <= BEST else []


def _initials_fit(given: Name, whole: set[str], known: Name) -> bool:
    parts = [(given.first, known.first), (given.last, known.last)] if given.first else [(given.words, known.words)]
    touched = set()
    for said, there in parts:
        if not whole & set(said) <= set(there or ()):
            return False
        left = [word for word in there or () if word not in whole]
        touched |= whole & set(said)
        for letter in (word for word in said if len(word) == 1):
            begun = next((word for word in left if word[0] == letter), None)
            if begun is None:
                return False
            left.remove(begun)
            touched.add(begun)
    return bool(touched & set((known.first or ())[:1]) and touched & set(known.last or ()))


def _in_other_forms(given: Name) -> list[Name]:
    """The name with a short form in place of the first name, or the other way round."""
    if given.first is not None:
        return [
            Name((form, *given.first[1:], *given.last), (form, *given.first[1:]), given.last, given.suffix)
            for form in nicknames.other_forms(given.first[0])
        ]
    words = given.words
    return [Name((form, *words[1:]), suffix=given.suffix) for form in nicknames.other_forms(words[0])] + [
        Name((*words[:-1], form), suffix=given.suffix) for form in nicknames.other_forms(words[-1])
    ]


def _by_number(numbers: dict[str, list[Student]], given_id: str | None, given_name: str | None) -> list[_Scored]:
    """Students whose number is the given one but for leading zeros, case and punctuation."""
    if not given_id:
        return []
    found = numbers.get(plain_number(given_id), [])
    said = set(names.parse(given_name).words) if given_name else None
    return [
        _Scored(student, 95.0 if said is None else 99.0, "number written otherwise")
        for student in found
        if said is None or said & set(student.name.words)
    ]


def _pool(pools: dict, students: Index, school: int | None) -> _Pool:
    if school not in pools:
        pools[school] = _Pool(students, school)
    return pools[school]


def _best(scored: list[_Scored]) -> list[_Scored]:
    """The best offer of each student, and of those the best few."""
    best: dict[int, _Scored] = {}
    for offer in sorted(scored, key=lambda offer: (-offer.score, offer.student.local_id)):
        best.setdefault(offer.student.student_id, offer)
    return list(best.values())[:BEST]
