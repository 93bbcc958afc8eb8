"""Whose a row is, for an erasure: which rows and texts of the store are of one student, and which are another's.

A row that is matched to another student, or has another's id, is that one's, unless its name is of the first and not
of the other. A row that nobody can tell to be another's is the first's: what is kept by mistake stays for good.
"""

import json
import re

import pyarrow as pa

from data.matching import index
from data.roster import names, schools

ERASED = "(erased)"
_WHO = ("student_id", "student_name", "first_name", "last_name")


class Whose:
    """One student of a district, by the id of the roster and by every name that a roster gave."""

    def __init__(self, write, district: str, local_id: str):
        self.write, self.district, self.local_id = write, district, local_id
        named = write.execute(
            "SELECT DISTINCT first_name, last_name FROM roster_row WHERE district = ? AND local_id = ?",
            [district, local_id],
        ).fetchall()
        self.names = [name for name in (names.of_parts(*parts) for parts in named) if len(name.words) > 1]
        self.own = _index_of(local_id, self.names)
        self.all = index.load(write, district)
        self.others = {one.local_id: one for one in self.all.students.values() if one.local_id != local_id}
        self.number = next((n for n, one in self.all.students.items() if one.local_id == local_id), None)

    def contact_rows(self) -> list[int]:
        """The places (rowid) of the contact rows that are the student's."""
        named = self.write.execute(
            "SELECT DISTINCT given_name FROM contact_row WHERE district = ? AND given_name IS NOT NULL", [self.district]
        ).fetchall()
        meant = [text for (text,) in named if self._means(text)]
        found = self.write.execute(
            "SELECT rowid, given_id, given_name, given_school, student_id FROM contact_row WHERE district = $district "
            "AND (given_id = $id OR student_id = $number OR given_name IN (SELECT unnest($meant::VARCHAR[])))",
            {"district": self.district, "id": self.local_id, "number": self.number, "meant": meant},
        ).fetchall()
        resolved = schools.resolve(self.write, self.district, sorted({row[3] for row in found if row[3]}))
        return [place for place, *said in found if self._is_contact(*said, resolved)]

    def _is_contact(self, given_id, given_name, given_school, student_id, resolved) -> bool:
        if given_id == self.local_id or (student_id is not None and student_id == self.number):
            return True
        if student_id is not None:
            # By the name alone it was matched to the other one, or somebody said so.
            return given_id is not None and not _fits(self.all.students.get(student_id), given_name)
        return not self._of_others(given_name, resolved.get(given_school))

    def _of_others(self, name: str, school: int | None = None) -> bool:
        """Does a name mean students of the roster, and this one cannot be among them?"""
        found, rivals = self.all.candidates(names.parse(name), school)
        return bool(found) and all(one.student_id != self.number for one in (*found, *rivals))

    def rows_that_wait(self) -> list[int]:
        """The places (rowid) of the rows set aside that are the student's."""
        headers = self._headers()
        found = self.write.execute(
            "SELECT set_aside_row.rowid, upload_id, sheet, cells FROM set_aside_row JOIN upload USING (upload_id) "
            "WHERE upload.district = ?",
            [self.district],
        ).fetchall()
        return [place for place, upload, *row in found if self._is_waiting(*row, *headers[upload])]

    def _is_waiting(self, sheet: str, text: str, id_headers: set, who_headers: set) -> bool:
        cells = {header: value.strip() for header, value in json.loads(text).items() if value}
        ids = {value for header, value in cells.items() if header in id_headers or not who_headers}
        if any(self._is_id(value) for value in ids):
            return True
        who = ", ".join(value for header, value in cells.items() if header in who_headers or not who_headers)
        mine = self._in_words(who) or any(self.mentions(value) for value in (*cells.values(), sheet))
        said = set(names.words_of(who))
        others = [self.others[value] for value in ids if value in self.others]
        return mine and not self._of_others(who) and not any(said >= set(other.name.words) for other in others)

    def _is_id(self, text: str) -> bool:
        """The student's id, also as 1234.0, and without its zeros where no other student has that."""
        text = re.sub(r"(?<=\d)\.0+$", "", text)
        bare = text.lstrip("0")
        return text == self.local_id or (bare != "" and bare == self.local_id.lstrip("0") and text not in self.others)

    def _headers(self) -> dict[int, tuple[set, set]]:
        """upload_id -> the headers of its ids, and of all that says who a row is about; none where that is not kept
        (OneRoster has columns of its own), so that any may."""
        made = {}
        for upload, mapping in self.write.execute("SELECT upload_id, mapping FROM upload").fetchall():
            fields = [one.get("fields", {}) for one in json.loads(mapping)]
            headers = {name: {one[name]["header"] or name for one in fields if name in one} for name in _WHO}
            known = set().union(*headers.values())
            made[upload] = headers["student_id"], {*_WHO, *known} if known else known
        return made

    def mentions(self, text: str | None) -> bool:
        """Does a text hold the student's whole name, its words side by side?"""
        said = f" {' '.join(names.words_of(text))} "
        return any(
            f" {' '.join(order)} " in said
            for name in self.names
            for order in ((*name.first, *name.last), (*name.last, *name.first))
        )

    def _in_words(self, text: str) -> bool:
        said = set(names.words_of(text))
        return any(said >= {*name.first[:1], *name.last} for name in self.names)

    def _means(self, given_name: str) -> bool:
        if names.several(given_name):
            return self._in_words(given_name)
        return bool(self.own.candidates(names.parse(given_name))[0])

    def blanked(self, said):
        """What was written down as JSON about a file, without the student: tabs and titles can be names."""
        if isinstance(said, dict):
            return {self.blanked(key): self.blanked(value) for key, value in said.items()}
        if isinstance(said, list):
            return [self.blanked(one) for one in said]
        return ERASED if isinstance(said, str) and self.mentions(said) else said


def places(write, table: str, found: list[int]):
    """The temporary table `table` of the places (rowid) of rows."""
    write.register("found_places", pa.table({"place": pa.array(found, pa.int64())}))
    write.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * FROM found_places")
    write.unregister("found_places")


def _index_of(local_id: str, known: list[names.Name]) -> index.Index:
    return index.Index([index.Student(n, local_id, "", "", name) for n, name in enumerate(known)])


def _fits(student: index.Student | None, text: str) -> bool:
    return student is not None and bool(_index_of(student.local_id, [student.name]).candidates(names.parse(text))[0])
