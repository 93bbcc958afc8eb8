"""Matching the rows of a table against a store's roster: ids, accepted matches, names, offers."""

from datetime import date

import pytest

from data import matching
from tests.support.rosters import cells, fresh_store, load

OAK, ELM = "Oak Elementary", "Elm Middle"
PEOPLE = (
    ("00123", "José", "Núñez", OAK, "5"), ("00200", "Alejandra", "Ruiz", OAK, "4"),
    ("00201", "Alejandro", "Ruiz", OAK, "5"), ("00300", "William", "Ray", OAK, "3"),
    ("00400", "Ana", "Bo", OAK, "3"), ("00401", "Ana", "Bo", OAK, "5"),
    ("00500", "Ana", "Bo", ELM, "7"), ("00600", "Katherine", "García López", ELM, "8"),
    ("123", "Zed", "Last", ELM, "6"),
)  # fmt: skip


@pytest.fixture
def cursor(tmp_path):
    with fresh_store(tmp_path) as store:
        with store.writing() as write:
            load(write, cells(*PEOPLE), 1, day=date(2025, 9, 2))
        with store.scratch() as scratch:
            yield scratch


def rows(cursor, *said, extra=()):
    """A table `log` of (given_id, given_name, given_school[, extra columns])."""
    more = "".join(f", {name} {kind}" for name, kind in extra)
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE log (district VARCHAR, given_id VARCHAR, given_name VARCHAR, "
        f"given_school VARCHAR{more}, student_id BIGINT, status VARCHAR, place INTEGER)"
    )
    for place, row in enumerate(said):
        marks = ", ".join("?" * len(row))
        cursor.execute(f"INSERT INTO log VALUES ('D', {marks}, NULL, NULL, {place})", list(row))
    found = matching.match(cursor, "log")
    matched = cursor.execute(
        "SELECT s.local_id, log.status FROM log LEFT JOIN student AS s USING (student_id) ORDER BY place"
    ).fetchall()
    return found, matched


def test_ids_count_as_they_are_written(cursor):
    _, matched = rows(cursor, ("00123", None, None), ("123", None, None), ("0123", None, None), ("124", None, None))
    assert matched == [("00123", "matched"), ("123", "matched"), (None, "unknown"), (None, "unknown")]


def test_an_id_wins_over_the_name_beside_it_and_contradictions_are_counted(cursor):
    _, matched = rows(
        cursor, ("00123", "Jose N.", None), ("00123", "Nunez, Jose", None), ("00123", "Hannah Wolff", None)
    )
    assert [local for local, _ in matched] == ["00123"] * 3
    assert [(name, many) for _, name, many in matching.contradicted(cursor, "log")] == [("Hannah Wolff", 1)]


def test_an_unknown_id_is_not_replaced_by_the_name(cursor):
    _, matched = rows(cursor, ("99", "José Núñez", OAK))
    assert matched == [(None, "unknown")]


def test_names_count_inside_the_school_in_any_spelling_of_it(cursor):
    found, matched = rows(
        cursor,
        (None, "NUNEZ, JOSE", "Oak ES"),
        (None, "Ana Bo", ELM),
        (None, "Ana Bo", OAK),
        (None, "José Núñez", ELM),
        (None, "José Núñez", "Nowhere School"),
        (None, "José Núñez", None),
        (None, "Ana Bo", None),
        (None, "Alejandro", OAK),
    )
    assert matched == [
        ("00123", "matched"), ("00500", "matched"), (None, "ambiguous"), (None, "unknown"), (None, "unknown"),
        ("00123", "matched"), (None, "ambiguous"), (None, "unknown"),
    ]  # fmt: skip
    assert (found.rows, found.matched, found.ambiguous, found.unknown) == (8, 3, 2, 3)


def test_the_grade_of_the_row_tells_namesakes_apart(cursor):
    _, matched = rows(cursor, (None, "Ana Bo", OAK, "5"), (None, "Ana Bo", OAK, "6"), extra=(("grade", "VARCHAR"),))
    assert matched == [("00401", "matched"), (None, "ambiguous")]


def test_the_day_of_the_row_tells_who_was_there(tmp_path):
    with fresh_store(tmp_path / "two") as store:
        with store.writing() as write:
            load(write, cells(("1", "Ana", "Bo", OAK, "5"), school_year="2023-24"), 1)
            load(write, cells(("2", "Ana", "Bo", OAK, "5"), school_year="2025-26"), 2)
        with store.scratch() as cursor:
            _, matched = rows(
                cursor,
                (None, "Ana Bo", OAK, date(2023, 7, 1)),
                (None, "Ana Bo", OAK, date(2026, 6, 30)),
                (None, "Ana Bo", OAK, date(2024, 10, 1)),
                extra=(("contact_date", "DATE"),),
            )
    assert matched == [("1", "matched"), ("2", "matched"), (None, "ambiguous")]


def test_matching_again_after_the_roster_is_gone_matches_nobody(tmp_path):
    with fresh_store(tmp_path / "gone") as store, store.writing() as write:
        load(write, cells(*PEOPLE), 1)
        rows(write, ("00123", None, None), (None, "William Ray", OAK))
        write.execute("DELETE FROM student")
        assert matching.match(write, "log").matched == 0
        assert write.execute("SELECT count(student_id) FROM log").fetchall() == [(0,)]


def offered(cursor, *said) -> list[tuple]:
    rows(cursor, *said)
    found = matching.offers(cursor, "log")
    return list(found[["local_id", "reason"]].itertuples(index=False, name=None))


def test_nicknames_and_spellings_are_offered_not_taken(cursor):
    assert offered(cursor, (None, "Bill Ray", OAK)) == [("00300", "nickname")]
    assert set(offered(cursor, (None, "Alex Ruiz", OAK))) == {("00200", "nickname"), ("00201", "nickname")}
    assert offered(cursor, (None, "Jose Nunes", OAK))[0] == ("00123", "spelling")
    assert offered(cursor, (None, "Garcia, Kathy", ELM)) == [("00600", "nickname")]
    assert offered(cursor, (None, "Garcia, Katherine", ELM)) == [("00600", "part of the name")]


def test_namesakes_first_names_and_numbers_are_offered(cursor):
    assert set(offered(cursor, (None, "Ana Bo", OAK))) == {("00400", "namesake"), ("00401", "namesake")}
    assert offered(cursor, (None, "William", OAK)) == [("00300", "first name only")]
    assert offered(cursor, ("0200", None, None)) == [("00200", "number written otherwise")]
    assert offered(cursor, ("0200", "William Ray", OAK))[0] == ("00300", "same name, another number")
    assert offered(cursor, ("S-9", "José Núñez", OAK)) == [("00123", "same name, another number")]


def test_initials_are_offered_where_they_fit_and_never_taken(cursor):
    assert offered(cursor, (None, "W. Ray", OAK)) == [("00300", "initial")]
    assert offered(cursor, (None, "William R.", OAK)) == [("00300", "initial")]
    assert offered(cursor, (None, "Ray, W.", OAK)) == [("00300", "initial")]
    assert offered(cursor, (None, "García López, K.", ELM)) == [("00600", "initial")]
    assert offered(cursor, (None, "Katherine G. L.", ELM)) == [("00600", "initial")]
    assert offered(cursor, (None, "R. Ray", OAK)) == offered(cursor, (None, "Ray, R.", OAK)) == []
    assert rows(cursor, (None, "W. Ray", OAK))[1] == [(None, "unknown")]


def test_an_initial_that_several_fit_is_for_a_person_to_choose_and_of_too_many_not_offered(tmp_path):
    with fresh_store(tmp_path / "initials") as store, store.writing() as write:
        load(write, cells(*((str(n), first, "Smith", OAK, "4") for n, first in enumerate(("Rosa", "Raj", "Ben")))), 1)
        assert set(offered(write, (None, "R. Smith", OAK))) == {("0", "initial"), ("1", "initial")}
        load(write, cells(*((str(n), first, "Smith", OAK, "4") for n, first in ((5, "Rae"), (6, "Ron")))), 2)
        assert offered(write, (None, "R. Smith", OAK)) == []


def test_the_child_of_a_relative_is_offered(cursor):
    for text in ("William Ray's mom", "Parent of William Ray", "William Ray - father", "Mamá de Ray, William"):
        assert offered(cursor, (None, text, OAK))[0] == ("00300", "without the word for a relative"), text
        assert rows(cursor, (None, text, OAK))[1] == [(None, "unknown")]
    assert offered(cursor, (None, "Bill Ray’s mother", OAK)) == [("00300", "nickname, without the word for a relative")]
    assert {local for local, _ in offered(cursor, (None, "Ana Bo's dad", OAK))} == {"00400", "00401"}


def test_another_school_is_offered_where_the_own_one_has_nobody(cursor):
    assert offered(cursor, (None, "José Núñez", ELM)) == [("00123", "same name, at another school")]


def test_offers_show_both_sides_and_come_in_order_of_rows(cursor):
    rows(cursor, (None, "Bill Ray", OAK), (None, "Jose Nunes", OAK), (None, "Jose Nunes", OAK))
    found = matching.offers(cursor, "log")
    assert found["rows"].tolist() == [2, 1]
    first = found.iloc[0]
    assert first[["given_name", "name", "school", "grade"]].tolist() == ["Jose Nunes", "José Núñez", OAK, "5"]
    assert 78 <= first["score"] < 97
    assert rows(cursor, (None, "Bill Ray", OAK))[1] == [(None, "unknown")]


def test_nothing_to_offer_is_an_empty_table(cursor):
    rows(cursor, ("00123", None, None), (None, None, None))
    found = matching.offers(cursor, "log")
    assert len(found) == 0 and "score" in found.columns


def test_an_accepted_match_is_remembered_for_the_school_and_can_be_forgotten(tmp_path):
    with fresh_store(tmp_path / "kept") as store, store.writing() as write:
        load(write, cells(*PEOPLE), 1)
        said = (None, "Bill  RAY", "Oak ES"), (None, "bill ray", OAK), (None, "Bill Ray", ELM), ("0200", None, OAK)
        rows(write, *said)
        offer = matching.offers(write, "log").query("local_id == '00300'").iloc[0]
        matching.remember(write, "D", offer["given_school"], offer["given_name"], int(offer["student_id"]), "test")
        number = write.execute("SELECT student_id FROM student WHERE local_id = '00200'").fetchall()[0][0]
        matching.remember(write, "D", OAK, None, number, "test", given_id="0200")
        assert [local for local, _ in rows(write, *said)[1]] == ["00300", "00300", None, "00200"]
        matching.forget(write, "D", OAK, "Ray, Bill")
        matching.forget(write, "D", OAK, "BILL RAY")
        assert [local for local, _ in rows(write, *said)[1]] == [None, None, None, "00200"]
