"""One signed-in program for the hostile tests of a process: a sample district, its people, a real provider."""

import random
import re
import uuid
from dataclasses import dataclass

import pytest

from access.directory import Directory
from tests.support import provider, screens, socket

PEOPLE = ("a@x.org", "panel@x.org", "leader@x.org", "leaver@x.org", "stranger@x.org", "panel_too@x.org", "goer@x.org")
# Ids of groups as a provider makes them: the cookie packs its text, so ids that look alike would be a small cookie.
GROUPS = [str(uuid.UUID(bytes=random.Random(n).randbytes(16))) for n in range(150)]

HASH = re.compile(rb"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")


@dataclass
class Two:
    """School A (the principal's own) and school B; what of B nobody but B's own and the district may read."""

    own: str
    other: str
    students: list[tuple[str, str]]  # (id, full name) of students who were at B and never at A

    def read_in(self, raw: bytes) -> list[str]:
        """What of B is in these bytes. The hashes that name Streamlit's elements say nothing, whatever their digits."""
        said = HASH.sub(b"", raw)
        secrets = [self.other, *(text for student in self.students for text in student)]
        return [secret for secret in secrets if secret.encode() in said]


@pytest.fixture(scope="session")
def people_home(tmp_path_factory):
    """(a home with the sample district and a directory of people, its schools A and B)."""
    if not provider.installed():
        pytest.skip(provider.WHY)
    home = tmp_path_factory.mktemp("hostile_home")
    store = screens.sample(home)
    own, other = (name for (name,) in store.rows("SELECT name FROM school ORDER BY 1 LIMIT 2"))
    students = store.rows(
        "SELECT DISTINCT local_id, first_name || ' ' || last_name FROM roster_row AS b WHERE school = ? AND NOT EXISTS "
        "(SELECT 1 FROM roster_row AS a WHERE a.school = ? AND (a.local_id = b.local_id "
        "OR (a.first_name = b.first_name AND a.last_name = b.last_name)))",
        [other, own],
    )
    store.close()
    people = Directory(home / "access.sqlite")
    people.add("a@x.org", "principal", [own])
    people.add("leader@x.org", "district", students=True)
    people.add("leaver@x.org", "district", students=True)
    people.add("goer@x.org", "district", students=True)
    people.add("groups@x.org", "district")
    people.add("panel@x.org", "panel")
    people.add("panel_too@x.org", "panel")
    return home, Two(own, other, students)


@pytest.fixture(scope="session")
def schools(people_home) -> Two:
    """School A and school B."""
    assert people_home[1].students
    return people_home[1]


@pytest.fixture(scope="session")
def directory(people_home) -> Directory:
    """Who may come in."""
    return Directory(people_home[0] / "access.sqlite")


@pytest.fixture(scope="session")
def program(people_home):
    """(the program's address, what each page said to a stranger as the first request of the fresh server)."""
    with provider.provider() as port:
        for email in PEOPLE:
            provider.knows(port, email, roles=["district"], groups=["district"])
        provider.knows(port, "groups@x.org", groups=GROUPS)
        with provider.signed_in_program(people_home[0], port) as address:
            yield address, first_look(address)


@pytest.fixture(scope="session")
def address(program) -> str:
    """The program's address."""
    return program[0]


@pytest.fixture(scope="session")
def visitors(address):
    """email -> somebody who is signed in, once for all tests."""
    known = {}

    def of(email: str) -> socket.Visitor:
        if email not in known:
            known[email] = socket.Visitor(address).sign_in(email)
        return known[email]

    return of


def first_look(address: str) -> dict[str, tuple[bytes, socket.Run]]:
    """{page: (the body of a raw request, what the page sent)}, logged out, each page but the first before "/"."""
    seen, stranger = {}, socket.Visitor(address)
    for page in screens.PAGES:
        with stranger.session() as session:
            seen[page] = stranger.get(f"/{page}")[2], session.run(page)
    return seen
