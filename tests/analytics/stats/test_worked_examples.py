"""The examples of the documentation, loaded as they are printed: the program gives what the pencil gives."""

from datetime import date

import pytest

from access.viewer import LOCAL
from analytics.answer import ask
from analytics.question import Question
from analytics.worked import FIRST_DAY, LAST_DAY, LOG, SCHOOL, SCHOOL_YEAR, STUDENTS, WORKED
from data.derive import derive
from data.store import open_store
from tests.support.districts import write
from tests.support.oracle_words import Contact, Span, World

IDS = {name: int(local_id) for local_id, name, _, _ in STUDENTS}
KNOWN = {"": None, "yes": True, "no": False}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    first, last = date.fromisoformat(FIRST_DAY), date.fromisoformat(LAST_DAY)
    spans = [
        Span(int(local_id), "North", SCHOOL, grade, SCHOOL_YEAR, first, last, order, home_language=language)
        for order, (local_id, _, grade, language) in enumerate(STUDENTS)
    ]
    store = open_store(tmp_path_factory.mktemp("worked") / "worked.duckdb")
    write(store, World(spans, [contact(row) for row in LOG]))
    with store.writing() as cursor:
        derive(cursor)
    yield store
    store.close()


def contact(row):
    hour, _, minute = row.time.partition(":")
    return Contact(
        row=(1, row.number),
        student=IDS[row.student],
        district="North",
        day=date.fromisoformat(row.date),
        second=int(hour) * 3600 + int(minute) * 60 if row.time else None,
        channel=row.channel,
        direction=row.direction,
        outcome=row.outcome,
        audience=row.audience,
        tone=row.tone or "unknown",
        language=row.language or None,
        interpreter=KNOWN[row.interpreter],
        student_present=KNOWN[row.student_present],
        school=SCHOOL,
    )


@pytest.mark.parametrize("name", WORKED)
def test_the_program_gives_what_the_pencil_gives(store, name):
    worked, row = WORKED[name], ask(store, LOCAL, Question(name)).table.iloc[0]
    assert (row["numerator"], row["denominator"]) == (worked.numerator, worked.denominator)
    assert row["value"] == pytest.approx(worked.value, rel=1e-12)
    for extra, value in worked.extras:
        assert row[extra] == pytest.approx(value, rel=1e-12)
