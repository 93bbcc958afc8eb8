"""A small sample district and stores that lack something, for the tests of pages and of what stands behind them.

Each is made once in a process and copied to the homes that ask for it.
"""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache as once
from functools import wraps
from pathlib import Path

from streamlit.testing.v1 import AppTest

from data import demo
from data.home import PROJECT
from data.load import undo
from data.store import Store, open_store
from tests.support import loading
from ui import cache

PAGES = tuple(sorted(path.stem for path in (PROJECT / "pages").glob("*.py")))
# The pages that show measures of the store; the others load, release or administer.
MEASURED = (
    "overview",
    "frequency",
    "two_way",
    "grade_bands",
    "moving_up",
    "schools",
    "equity",
    "partnership",
    "families",
    "data_quality",
    "definitions",
)
UNTIL = date(2026, 3, 13)
LOG = [
    ["00123", "9/3/2025", "Phone", "Outbound", "Reached", "Ms. Rivera", "Academics"],
    ["00125", "9/4/2025", "Email", "Outbound", "Sent", "Mr. Chen", "Attendance"],
]


def copied(make: Callable[[Path], Store]) -> Callable[[Path], Store]:
    """`make`, which puts a store into a home; the second home gets a copy of the file of the first one."""

    @once
    def first() -> Path:
        home = _folder() / make.__name__
        home.mkdir()
        store = make(home)
        store.close()
        return store.path

    @wraps(make)
    def copy(home: Path) -> Store:
        here = home / first().name
        return make(home) if here.exists() else open_store(shutil.copy(first(), here))

    return copy


@once
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="bothways-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def at(home, monkeypatch):
    """Let the program begin in this home, without an answer from another."""
    monkeypatch.setenv("BOTHWAYS_HOME", str(home))
    cache.MEMORY.forget()


def opened(page: str = "overview") -> AppTest:
    """A page, reached through the router."""
    test = AppTest.from_file(str(PROJECT / "dashboard.py"), default_timeout=60)
    return (test if page == "overview" else test.switch_page(f"pages/{page}.py")).run()


@copied
def sample(home):
    """The sample district of a home, small and always the same."""
    path = home / "sample.duckdb"
    demo.create(str(path), students=400, schools=9, years=2, seed=3, until=UNTIL)
    return open_store(path)


@copied
def roster_only(home):
    """A district's own store with a roster and no contact."""
    store = open_store(home / "district.duckdb")
    loading.load(store, loading.roster())
    return store


@copied
def contacts_only(home):
    """A district's own store with contacts that wait for a roster."""
    store = open_store(home / "district.duckdb")
    loading.load(store, loading.log(LOG))
    return store


@copied
def both(home):
    """A district's own store with three students and two contacts."""
    store = roster_only(home)
    loading.load(store, loading.log(LOG))
    return store


@copied
def undone(home):
    """A district's own store in which the only upload was taken back."""
    store = open_store(home / "district.duckdb")
    upload = loading.load(store, loading.roster())
    undo(store, upload.upload_id, "Ms. Rivera")
    return store


def schools(home, students: dict[str, tuple[str, int]], logs=(), months=(9, 10)):
    """A district's own store: `students` has grade and number by school; all of each school in `logs` were called once.

    They were called on one of the first 28 days of one of `months` of 2025.
    """
    store = open_store(home / "district.duckdb")
    roster, log = [], []
    for school, (grade, number) in students.items():
        for n in range(number):
            student = f"{len(roster):05d}"
            roster.append([student, f"Ana{n}", f"Lopez{len(roster)}", school, grade, "8/15/2025"])
            if school in logs:
                day = f"{months[n % len(months)]}/{1 + n % 28}/2025"
                log.append([student, day, "Phone", "Outbound", "Reached", "Ms. Rivera", "Academics"])
    loading.load(store, loading.roster(roster))
    loading.load(store, loading.log(log))
    return store


@copied
def one_without_log(home):
    """Eight schools of 40 students, of which Pine, the last, logged nothing."""
    grades = {"Alder ES": "3", "Aspen ES": "3", "Birch ES": "4", "Cedar MS": "7", "Elm MS": "7", "Fir HS": "10",
              "Oak HS": "11", "Pine HS": "10"}  # fmt: skip
    return schools(home, {name: (grade, 40) for name, grade in grades.items()}, [*grades][:-1])
