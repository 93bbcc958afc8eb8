"""Who may come in: our own directory of people. The identity provider says who somebody is; this says what.

One SQLite file beside the stores, so that a panel's pages never open a store. Roles are read on every run
of a page; a token, a widget, an address or a header never carries one.
"""

import json
import os
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import platformdirs

from access.viewer import ROLES, Viewer

SCHEMA = """
CREATE TABLE IF NOT EXISTS person (
    email TEXT PRIMARY KEY, role TEXT NOT NULL, schools TEXT, districts TEXT, students INTEGER NOT NULL,
    issuer TEXT, subject TEXT, revoked_before REAL NOT NULL DEFAULT 0, added_at TEXT NOT NULL,
    UNIQUE (issuer, subject)
);
-- Who was taken out, and when: a sign-in of before does not count again for somebody who is let in anew.
CREATE TABLE IF NOT EXISTS removed (email TEXT PRIMARY KEY, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS audit (
    at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, scope TEXT NOT NULL, row_count INTEGER NOT NULL
);
-- The log can only grow, whatever the program does.
CREATE TRIGGER IF NOT EXISTS audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the log is kept'); END;
CREATE TRIGGER IF NOT EXISTS audit_stands BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the log is kept'); END;
"""


class NotPossible(Exception):
    """A change of the directory that was turned down, in words for the person who asked."""


@dataclass(frozen=True)
class Person:
    """An entry of the directory. `schools` and `districts`: names, or None for all."""

    email: str
    role: str
    schools: tuple[str, ...] | None
    districts: tuple[str, ...] | None
    students: bool
    issuer: str | None = None
    subject: str | None = None
    revoked_before: float = 0.0
    added_at: str = ""

    def scope(self) -> str:
        """What this person sees, in words: released tables, named schools and districts, or all schools."""
        if self.role == "panel":
            return "released tables only"
        return ", ".join((*(self.schools or ()), *(self.districts or ()))) or "all schools"

    def right(self) -> str:
        """What this person is given, for the audit log: "principal, Oak Elementary, with names of students"."""
        names = ("with names of students",) if self.students else ()
        return ", ".join((self.role, *((self.scope(),) if self.role != "panel" else ()), *names))

    def viewer(self) -> Viewer:
        """The viewer that goes with this person's questions."""
        return Viewer(self.role, self.email, self.schools, self.districts, self.students)


def default_path() -> Path:
    """`access.sqlite` in the folder that BOTHWAYS_HOME names, else in the user's data directory."""
    folder = Path(os.environ.get("BOTHWAYS_HOME") or platformdirs.user_data_dir("bothways", False))
    return folder.expanduser().resolve() / "access.sqlite"


class Directory:
    """The directory in one file. Each call opens and closes it: calls come from many threads.

    Where a change says by whom it is (`by`), its line of the audit log is written with it, both or none.
    """

    def __init__(self, path: Path | None = None):
        self.path = Path(path or default_path())

    def add(
        self,
        email: str,
        role: str,
        schools=None,
        districts=None,
        students: bool | None = None,
        *,
        by: str | None = None,
    ) -> Person:
        """Let somebody in, or change what they may see. Raises NotPossible.

        `students` is the right to see names and ids: principals have it, district users with it only.
        """
        email, schools, districts = _email(email), _named(schools, "school"), _named(districts, "district")
        if role not in ROLES:
            raise NotPossible(f"{role!r} is not a role. Roles are: {', '.join(ROLES)}.")
        if role == "principal" and not schools:
            raise NotPossible("A principal needs at least one school: --school NAME.")
        if role != "principal" and schools:
            raise NotPossible("Schools are for principals: a district user sees districts, a panel released tables.")
        if role == "panel" and students:
            raise NotPossible("A panel never sees students.")
        if role == "panel" and districts:
            raise NotPossible("Districts are for district users and principals: a panel sees all released tables.")
        with self._open() as file:
            file.execute(
                "INSERT INTO person (email, role, schools, districts, students, added_at, revoked_before) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, coalesce((SELECT at FROM removed WHERE email = ?1), 0)) "
                "ON CONFLICT (email) DO UPDATE SET role = excluded.role, schools = excluded.schools, "
                "districts = excluded.districts, students = excluded.students",
                [email, role, _names(schools), _names(districts), role == "principal" or bool(students), _now()],
            )
            added = _person(file.execute("SELECT * FROM person WHERE email = ?", [email]).fetchone())
            _line(file, by, f"access given: {added.right()}", email, 1)
        return added

    def find(self, email: str) -> Person | None:
        """The entry of this address, or None."""
        return next((person for person in self.people() if person.email == email.strip().lower()), None)

    def of_identity(self, issuer: str, subject: str) -> Person | None:
        """The entry that this identity was bound to at its first sign-in, or None."""
        known = (person for person in self.people() if (person.issuer, person.subject) == (issuer, subject))
        return next(known, None)

    def people(self) -> list[Person]:
        """Everybody in the directory, by address."""
        if not self.path.exists():
            return []
        with self._open() as file:
            return [_person(row) for row in file.execute("SELECT * FROM person ORDER BY email")]

    def bind(self, email: str, issuer: str, subject: str):
        """Remember the identity of a first sign-in, so that a later change of address changes nothing."""
        with self._open() as file:
            file.execute(
                "UPDATE person SET issuer = ?, subject = ? WHERE email = ? AND issuer IS NULL", [issuer, subject, email]
            )

    def remove(self, email: str, *, by: str | None = None):
        """Take somebody out; the next page they ask for is denied, and these sign-ins stay ended."""
        with self._open() as file:
            known = email.strip().lower()
            if not file.execute("DELETE FROM person WHERE email = ?", [known]).rowcount:
                raise NotPossible(f"{email} is not in the directory. List it to see who is.")
            file.execute("INSERT OR REPLACE INTO removed VALUES (?, ?)", [known, datetime.now(UTC).timestamp()])
            _line(file, by, "access removed", known, 1)

    def revoke(self, email: str, *, by: str | None = None):
        """End every sign-in of this person that began before now; they may sign in again."""
        with self._open() as file:
            now, known = datetime.now(UTC).timestamp(), email.strip().lower()
            if not file.execute("UPDATE person SET revoked_before = ? WHERE email = ?", [now, known]).rowcount:
                raise NotPossible(f"{email} is not in the directory. List it to see who is.")
            _line(file, by, "sign-ins ended", known, 1)

    def stands(self, viewer: Viewer, since: float) -> bool:
        """Is this still what the person may see, and were their sign-ins not ended since then (a time)?"""
        person = self.find(viewer.name)
        return person is not None and person.viewer() == viewer and person.revoked_before <= since

    def record(self, who: str, what: str, scope: str, row_count: int):
        """Add one line to the audit log: who saw or exported what, for which schools, how many rows."""
        with self._open() as file:
            _line(file, who, what, scope, row_count)

    def log(self, newest: int = 500) -> list[tuple[str, str, str, str, int]]:
        """The newest lines of the audit log: (at, who, what, scope, rows)."""
        if not self.path.exists():
            return []
        with self._open() as file:
            return [tuple(row) for row in file.execute("SELECT * FROM audit ORDER BY rowid DESC LIMIT ?", [newest])]

    @contextmanager
    def _open(self):
        before = os.umask(0o077)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = sqlite3.connect(self.path, timeout=10)
        finally:
            os.umask(before)
        with closing(file), file:
            file.row_factory = sqlite3.Row
            file.executescript(SCHEMA)
            yield file


def _line(file, who: str | None, what: str, scope: str, row_count: int):
    if who is not None:
        file.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?)", [_now(), who, what, scope, int(row_count)])


def _person(row: sqlite3.Row) -> Person:
    values = dict(row)
    for name in ("schools", "districts"):
        values[name] = tuple(json.loads(values[name])) if values[name] else None
    return Person(**{**values, "students": bool(values["students"])})


def _named(names, what: str) -> list[str]:
    """The names as they are compared. One that says nothing is refused: it would be a right to nothing, or to all."""
    told = [str(name).strip() for name in names or ()]
    if not all(told):
        raise NotPossible(f"A {what} without a name cannot be found. Write it as the pages spell it.")
    return told


def _names(names) -> str | None:
    return json.dumps(sorted(set(names))) if names else None


def _email(text: str) -> str:
    text = text.strip().lower()
    name, at, host = text.partition("@")
    if not (name and at and "." in host) or any(c.isspace() for c in text):
        raise NotPossible(f"{text!r} is not an e-mail address.")
    return text


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
