"""Fill in the students of a table of log rows: by id, by an accepted match, by exact name. Never by a guess.

The table (temporary or not) has district, given_id, given_name, given_school, student_id, status, and may
have grade and school_year (or contact_date), which tell namesakes apart.
"""

from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from data.matching import beside, index, memory
from data.roster import names, schools

MATCHED = "matched"

_SCHOOL_YEAR = (
    "(year(contact_date) - (month(contact_date) < 7)::INTEGER)::VARCHAR || '-' || "
    "right((year(contact_date) + (month(contact_date) >= 7)::INTEGER)::VARCHAR, 2)"
)
_BY_ID = """
UPDATE {table} AS row SET student_id = s.student_id, status = 'matched'
FROM student AS s
WHERE s.district = row.district AND s.local_id = row.given_id
"""


@dataclass(frozen=True)
class Matched:
    """How many rows were matched and how."""

    rows: int
    matched: int
    ambiguous: int
    unknown: int


def match(cursor, table: str) -> Matched:
    """Set `student_id` and `status` ('matched', 'ambiguous', 'several', 'unknown') of every row of `table`.

    An id that the roster has counts as it is written (00123 is not 123), whatever the name beside it. Else an
    accepted match counts, as long as no student has come since whose very name it is; and for rows without an id the
    exact name within the row's school; within the district, where the row names no school. A row that matches nobody
    has no student_id.
    """
    cursor.execute(f"UPDATE {table} SET student_id = NULL, status = 'unknown'")
    cursor.execute(_BY_ID.format(table=table))
    keys = _keys(cursor, table)
    columns = ", ".join(f"{expression} AS {key}" for key, expression in keys.items())
    rows = cursor.execute(f"SELECT DISTINCT {columns} FROM {table} WHERE student_id IS NULL").fetchall()
    _write(cursor, table, keys, [row for row in _find(cursor, rows, list(keys)) if row[-1] != index.UNKNOWN])
    return _report(cursor, table)


def _keys(cursor, table: str) -> dict[str, str]:
    """What tells the rows apart for matching: column -> its SQL expression."""
    there = {name for name, *_ in cursor.execute(f"DESCRIBE {table}").fetchall()}
    keys = {name: name for name in ("district", "given_id", "given_name", "given_school")}
    if "grade" in there:
        keys["grade"] = "grade"
    if "school_year" in there:
        keys["school_year"] = "school_year"
    elif "contact_date" in there:
        keys["school_year"] = _SCHOOL_YEAR
    return keys


def _find(cursor, rows: list[tuple], keys: list[str]) -> list[tuple]:
    """Each distinct row with its student and its state."""
    texts: dict[str, set[str]] = {}
    for row in rows:
        texts.setdefault(row[0], set()).update({row[3]} - {None})
    finders = {district: _Finder(cursor, district, found) for district, found in texts.items()}
    return [(*row, *finders[row[0]].find(dict(zip(keys, row, strict=True)))) for row in rows]


class _Finder:
    def __init__(self, cursor, district: str, texts: set[str]):
        self.cursor, self.district = cursor, district
        self.index = index.load(cursor, district)
        self.accepted = memory.remembered(cursor, district)
        self.schools = schools.resolve(cursor, district, sorted(texts))
        self.known: dict[tuple, tuple] = {}
        self.parsed: dict[str, names.Name] = {}

    def find(self, said: dict) -> tuple[int | None, str]:
        by_name = not said["given_id"] and bool(said["given_name"]) and not names.several(said["given_name"])
        numbered = beside.numbered(self.index, said["given_name"]) if by_name else []
        agreed = [one for one in numbered if beside.has_name(self.index, one, said["given_name"])]
        if len(numbered) == 1 and agreed:
            return agreed[0].student_id, MATCHED
        accepted = self._accepted(said) if self.accepted else None
        if accepted is not None:
            return (None, index.AMBIGUOUS) if self._overtaken(said, *accepted) else (accepted[0], MATCHED)
        if numbered and names.words_of(said["given_name"]):
            return None, index.AMBIGUOUS
        return self._by_name(said) if by_name else (None, index.UNKNOWN)

    def _accepted(self, said: dict) -> tuple[int, datetime] | None:
        """What a person said that the text means. Of namesakes only where what stands beside the name is the same, and
        where the row's grade is not that of another one of them."""
        school, given = memory.school_key(said["given_school"]), (said["given_id"], said["given_name"])
        key, bare = memory.key_of(*given), memory.bare_key(*given)
        accepted = self.accepted.get((school, key))
        if accepted is None and key != bare and len(self.index.candidates(names.parse(said["given_name"]))[0]) < 2:
            accepted = self.accepted.get((school, bare))
        if accepted is None or not said.get("grade") or not said["given_name"] or said["given_id"]:
            return accepted
        told, _ = self._by_name(said)
        return accepted if told in (None, accepted[0]) else None

    def _by_name(self, said: dict) -> tuple[int | None, str]:
        school = self.schools[said["given_school"]] if said["given_school"] else None
        if said["given_school"] and school is None:
            return None, index.UNKNOWN
        ask = (said["given_name"], school, said.get("school_year"), said.get("grade"))
        if ask not in self.known:
            name = self.parsed.setdefault(said["given_name"], names.parse(said["given_name"]))
            if names.maybe_several(said["given_name"]) and not self.index.same(name, school):
                self.known[ask] = (None, index.SEVERAL)
            else:
                number, reason = self.index.find(name, *ask[1:])
                self.known[ask] = (number, reason or MATCHED)
        return self.known[ask]

    def _overtaken(self, said: dict, accepted: int, since: datetime) -> bool:
        """Has a student come since whose very name a text is that was accepted for another one? Whom it means now,
        a person has to say anew."""
        if not said["given_name"] or names.several(said["given_name"]):
            return False
        school = self.schools[said["given_school"]] if said["given_school"] else None
        found, rivals = self.index.candidates(names.parse(said["given_name"]), school)
        if not found or any(student.student_id == accepted for student in (*found, *rivals)):
            return False
        return memory.came_after(self.cursor, self.district, [student.local_id for student in found], since)


def _write(cursor, table: str, keys: dict[str, str], found: list[tuple]):
    if not found:
        return
    # Typed columns: one that is empty throughout would else be taken for numbers.
    columns = [pa.array(values, pa.string()) for values in zip(*(row[:-2] for row in found), strict=True)]
    columns += [pa.array([row[-2] for row in found], pa.int64()), pa.array([row[-1] for row in found], pa.string())]
    cursor.register("found_names", pa.table(columns, names=[*keys, "found", "state"]))
    row_keys = {key: expression.replace("contact_date", "row.contact_date") for key, expression in keys.items()}
    same = " AND ".join(
        f"{expression if expression != key else 'row.' + key} IS NOT DISTINCT FROM f.{key}"
        for key, expression in row_keys.items()
    )
    cursor.execute(
        f"UPDATE {table} AS row SET student_id = f.found, status = f.state FROM found_names AS f "
        f"WHERE row.student_id IS NULL AND {same}"
    )
    cursor.unregister("found_names")


def _report(cursor, table: str) -> Matched:
    counts = dict(cursor.execute(f"SELECT status, count(*) FROM {table} GROUP BY status").fetchall())
    unknown = counts.get(index.UNKNOWN, 0) + counts.get(index.SEVERAL, 0)
    return Matched(sum(counts.values()), counts.get(MATCHED, 0), counts.get(index.AMBIGUOUS, 0), unknown)
