"""Rows whose id is of one student and whose name is of another. The id counts (`exact`); the rows are told."""

from rapidfuzz import fuzz

from data.matching import index
from data.roster import names

# Below this share of common letters a name without a word in common is someone else's.
_OTHER_NAME = 60

_PAIRS = """
SELECT row.district, row.student_id, row.given_name, s.first_name, s.last_name, row.rows
FROM (SELECT district, student_id, given_id, given_name, count(*) AS rows FROM {table}
      WHERE student_id IS NOT NULL AND given_name IS NOT NULL GROUP BY ALL) AS row
JOIN student AS s ON s.student_id = row.student_id AND s.local_id = row.given_id
"""


def find(cursor, table: str) -> list[tuple[int, str, int]]:
    """(student, name beside the id, how many rows), compared once for each pair of names: a clearly different name,
    or the very name of another student, such as a sibling's."""
    found, students = [], {}
    for district, student, given, first, last, rows in cursor.execute(_PAIRS.format(table=table)).fetchall():
        if first and last and names.plainly_has(given, first) and names.plainly_has(given, last):
            continue
        said, known = names.parse(given), names.of_parts(first, last)
        if not said.words or not known.words or set(said.words) == set(known.words):
            continue
        if district not in students:
            students[district] = index.load(cursor, district)
        if _is_other(said, known) or _of_another(students[district], student, said):
            found.append((student, given, rows))
    return found


def _is_other(said: names.Name, known: names.Name) -> bool:
    shared = set(said.words) & set(known.words)
    return not shared and fuzz.token_sort_ratio(" ".join(said.words), " ".join(known.words)) < _OTHER_NAME


def _of_another(students: index.Index, student: int, said: names.Name) -> bool:
    its = {one.student_id for one in students.candidates(said)[0]}
    return student not in its and any(one.student_id != student for one in students.same(said))
