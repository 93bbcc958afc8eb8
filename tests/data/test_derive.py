"""Facts: what a rebuild makes is what piecewise derivation makes, whatever was touched in between."""

import random

import pytest

from data.derive import FACTS, derive
from data.store import open_store
from data.touched import touch
from tests.support.districts import small, write


def facts(store) -> dict[str, list[tuple]]:
    """Every fact as sorted rows."""
    return {fact: sorted(store.rows(f"SELECT * FROM {fact}"), key=repr) for fact in FACTS}


@pytest.fixture
def store(tmp_path):
    store = open_store(tmp_path / "s.duckdb")
    write(store, small(seed=5))
    with store.writing() as write_to:
        write_to.execute("UPDATE contact_row SET staff = 'Staff ' || contact_id % 5")
    yield store
    store.close()


def rebuild(store):
    with store.writing() as write_to:
        derive(write_to)
    return facts(store)


def test_every_fact_has_rows(store):
    assert all(rows for rows in rebuild(store).values())


def test_students_one_after_the_other_make_the_same_facts(store):
    whole = rebuild(store)
    with store.writing() as write_to:
        for fact in FACTS:
            write_to.execute(f"DELETE FROM {fact}")
        for (student,) in write_to.execute("SELECT student_id FROM student").fetchall():
            derive(write_to, [student])
    assert facts(store) == whole


@pytest.mark.parametrize("seed", range(6))
def test_only_the_days_that_contacts_touched(store, seed):
    """Rows come and go by day; deriving those days alone equals a rebuild."""
    rebuild(store)
    dice = random.Random(seed)
    ids = [row[0] for row in store.rows("SELECT contact_id FROM contact ORDER BY 1")]
    for _ in range(3):
        some = dice.sample(ids, dice.choice((1, 12, 120)))
        with store.writing() as write_to:
            write_to.execute(
                "UPDATE contact_row SET status = CASE status WHEN 'loaded' THEN 'duplicate' ELSE 'loaded' END "
                "WHERE contact_id IN (SELECT unnest(?::BIGINT[]))",
                [some],
            )
            named = ", ".join(map(str, some))
            touch(write_to, f"SELECT student_id, contact_day AS day FROM contact_row WHERE contact_id IN ({named})")
            derive(write_to, "touched")
        piecewise = facts(store)
        assert rebuild(store) == piecewise


def test_a_student_who_is_gone_leaves_no_fact(store):
    rebuild(store)
    student = store.value("SELECT student_id FROM student_day LIMIT 1")
    with store.writing() as write_to:
        for table in ("enrollment", "contact_row", "student"):
            write_to.execute(f"DELETE FROM {table} WHERE student_id = ?", [student])
        derive(write_to, [student])
    assert all(store.value(f"SELECT count(*) FROM {fact} WHERE student_id = ?", [student]) == 0 for fact in FACTS)
