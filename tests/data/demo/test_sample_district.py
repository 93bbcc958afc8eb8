"""The sample district: sizes, determinism, what it refuses, and its traps."""

import json
from datetime import date

import pytest

from data import check, demo
from data.demo.make import Asked, make
from data.demo.tables import rosters
from data.errors import Refusal
from data.load import rebuild
from data.store import open_store
from tests.support.oracle import measure
from tests.support.stored import world_of

UNTIL = date(2026, 3, 20)
TABLES = ("upload", "roster_row", "contact_row", "enrollment", "span", "reply", "student_day", "student_month")


@pytest.fixture
def new_store(tmp_path):
    """Makes empty stores, and closes them after the test."""
    stores = []

    def make_store(name="sample.duckdb"):
        stores.append(open_store(tmp_path / name))
        return stores[-1]

    yield make_store
    for store in stores:
        store.close()


def test_has_what_was_asked_for(new_store):
    store = new_store()
    demo.create(store, students=150, schools=7, contacts=3_000, years=3, until=UNTIL)
    assert store.value("SELECT count(*) FROM contact") == 3_000
    assert store.value("SELECT count(*) FROM student") == 150
    assert store.value("SELECT count(*) FROM school") == 7
    assert store.rows("SELECT DISTINCT school_year FROM enrollment ORDER BY 1") == [
        ("2023-24",),
        ("2024-25",),
        ("2025-26",),
    ]
    assert store.value("SELECT max(contact_date) FROM contact") == UNTIL
    assert store.rows("SELECT DISTINCT loaded_by FROM upload") == [(demo.SAMPLE,)]
    assert store.value("SELECT bool_and(file_name LIKE 'Sample %') FROM upload")


def test_same_seed_same_district(new_store):
    first, second, other = (new_store(name) for name in ("a.duckdb", "b.duckdb", "c.duckdb"))
    truths = [
        demo.create(store, students=80, schools=4, contacts=900, seed=seed, until=UNTIL)
        for store, seed in ((first, 5), (second, 5), (other, 6))
    ]
    assert truths[0] == truths[1] != truths[2]
    for table in TABLES:
        rows = f"SELECT * FROM {table} ORDER BY ALL"
        assert first.query(rows).equals(second.query(rows)), table
    assert not first.query("SELECT * FROM contact_row ORDER BY ALL").equals(
        other.query("SELECT * FROM contact_row ORDER BY ALL")
    )


def test_replaces_a_sample_and_nothing_else(new_store):
    store = new_store()
    demo.create(store, students=30, schools=3, contacts=100, until=UNTIL)
    demo.create(store, students=20, schools=3, contacts=50, until=UNTIL)
    assert store.value("SELECT count(*) FROM contact_row") == 50
    assert demo.is_sample(store)
    with store.writing() as write:
        write.execute("UPDATE upload SET loaded_by = 'the office' WHERE upload_id = 1")
    assert not demo.is_sample(store)
    with pytest.raises(Refusal) as refused:
        demo.create(store, students=20, schools=3, contacts=60, until=UNTIL)
    assert refused.value.code == "store_in_use"
    assert store.value("SELECT count(*) FROM contact_row") == 50


@pytest.mark.parametrize("asked", [{"students": 0}, {"schools": 0}, {"contacts": -1}, {"years": 0}, {"seed": -1}])
def test_refuses_sizes_that_cannot_be(asked):
    with pytest.raises(Refusal):
        Asked(**asked)


@pytest.mark.parametrize(
    "asked",
    [
        {"students": 1, "schools": 1, "contacts": 1, "years": 1},
        {"students": 3, "schools": 2, "contacts": 0, "years": 1},
        {"students": 12, "schools": 60, "contacts": 40, "years": 5},
        {"students": 40, "schools": 4, "contacts": 300, "until": date(2025, 10, 1)},
    ],
)
def test_odd_sizes(new_store, asked):
    store = new_store()
    truth = demo.create(store, **{"until": UNTIL, **asked})
    assert store.value("SELECT count(*) FROM contact") == asked["contacts"] == truth["contacts"]
    json.dumps(truth, allow_nan=False)


def test_contacts_without_a_number_follow_the_planted_rates():
    made = make(Asked(students=300, schools=6, seed=2, until=UNTIL))
    days = made.stays.days.sum()
    assert 30 * len(made.rows) / days == pytest.approx(1.7, abs=0.4)
    assert made.truth["contact_rate"]["planted_by_band"]["elementary"] == pytest.approx(1.69, abs=0.1)


def test_holds_the_traps_of_real_districts():
    made = make(Asked(students=900, schools=12, seed=1, until=UNTIL))
    spans, rows, stays = made.spans, made.rows, made.stays
    in_a_year = list(zip(spans.student.tolist(), spans.year.tolist(), strict=True))
    assert len(set(in_a_year)) < len(in_a_year), "moves within a year"
    grades = {}
    for one, grade in zip(in_a_year, spans.grade.tolist(), strict=True):
        grades.setdefault(one, set()).add(grade)
    assert {5, 6} in grades.values(), "from 5 to 6 during a year"
    follows = (spans.student[1:] == spans.student[:-1]) & (spans.exit[:-1] == -1)
    assert follows.any(), "schools that leave old spans open"
    assert rows.outside.any() and rows.mass.any() and (rows.second == -1).any() and (rows.direction == 3).any()
    assert len(set(stays.student.tolist())) > len(set(stays.student[rows.stay].tolist())), "a student without contacts"
    assert min(made.schools.weight) * 2 < max(made.schools.weight), "uneven schools"
    for table in rosters(made, "Sample district").values():
        assert any(one.startswith("0") for one in table["local_id"].to_pylist()), "ids with leading zeros"


def test_the_store_is_sound_and_a_rebuild_changes_nothing(new_store):
    store = new_store()
    demo.create(store, students=100, schools=5, contacts=1_500, until=UNTIL)
    before = check.digests(store)
    assert check.findings(store) == []
    rebuild(store)
    assert check.digests(store) == before


def test_the_store_says_what_the_definitions_say(new_store):
    """The derived facts of a sample, against the definitions read by hand, for one measure with every part in it."""
    store = new_store()
    demo.create(store, students=60, schools=5, contacts=1_200, seed=3, until=UNTIL)
    by_hand = measure(world_of(store), "two_way_share")[()]
    two_way, known = store.rows("SELECT sum(two_way), sum(known) FROM student_day WHERE span_no > 0")[0]
    assert (two_way, known) == (by_hand.numerator, by_hand.denominator)
