"""The administration page: people are let in, changed and taken out; the audit log is there to read only."""

import json
import time
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data import retention
from data.store import open_store
from tests.support import signed_in


@pytest.fixture(autouse=True)
def boss(directory):
    """One administrator, who may see students."""
    directory.add("boss@x.org", "district", students=True)


def visit(email: str) -> AppTest:
    """The page, as somebody who signed in a minute ago opens it."""
    return signed_in.visit("administration", signed_in.claims(email))


def save(test: AppTest) -> AppTest:
    next(button for button in test.button if button.label == "Save").click().run()
    assert not test.exception
    return test


def test_a_principal_is_let_in_for_a_school_and_the_change_is_in_the_log(directory):
    test = visit("boss@x.org")
    school = test.multiselect(key="person_schools").options[0]
    test.text_input(key="person_email").input(" New@X.org ")
    test.selectbox(key="person_role").select("principal")
    test.multiselect(key="person_schools").select(school)
    save(test)
    person = directory.find("new@x.org")
    assert (person.role, person.schools, person.students) == ("principal", (school,), True)
    given = f"access given: principal, {school}, with names of students"
    assert directory.log()[0][1:] == ("boss@x.org", given, "new@x.org", 1)
    assert "new@x.org" in set(test.dataframe[0].value["E-mail address"])


@pytest.mark.parametrize("email", ["no address", "boss@x.org"])
def test_a_change_that_is_not_possible_is_a_sentence_and_changes_nothing(directory, email):
    before = directory.people()
    test = visit("boss@x.org")
    test.text_input(key="person_email").input(email)
    test.selectbox(key="person_role").select("panel")
    save(test)
    assert test.error and [(p.email, p.role, p.students) for p in before] == [
        (p.email, p.role, p.students) for p in directory.people()
    ]


def test_an_address_alone_lets_nobody_in_and_changes_no_role(directory):
    """The first role sees every school: it is not given by pressing Save too soon."""
    directory.add("board@x.org", "panel")
    test = visit("boss@x.org")
    for email in ("new@x.org", "board@x.org"):
        test.text_input(key="person_email").input(email)
        save(test)
        assert "Choose a role" in test.error[0].value
    assert directory.find("new@x.org") is None and directory.find("board@x.org").role == "panel"


def test_somebody_is_taken_out_or_has_to_sign_in_again(directory):
    directory.add("old@x.org", "panel")
    test = visit("boss@x.org")
    test.button(key="person_revoke").click().run()
    assert directory.find("old@x.org").revoked_before > time.time() - 60
    test.button(key="person_remove").click().run()
    assert directory.find("old@x.org") is None
    assert [line[2] for line in directory.log()] == ["access removed", "sign-ins ended"]


def test_nobody_gives_a_right_they_lack(directory):
    directory.add("half@x.org", "district")
    test = visit("half@x.org")
    assert test.checkbox(key="person_students").disabled
    test.session_state["person_students"] = True
    test.text_input(key="person_email").input("friend@x.org")
    save(test)
    assert directory.find("friend@x.org") is None or not directory.find("friend@x.org").students


def test_an_administrator_of_one_district_lets_nobody_in(directory):
    directory.add("one@x.org", "district", districts=["North"])
    test = visit("one@x.org")
    assert not test.text_input and not test.dataframe and "all districts" in test.info[0].value


def test_the_log_is_shown_and_has_no_button(directory):
    directory.record("p@x.org", "list of families shown", "Lincoln", 31)
    test = visit("boss@x.org")
    assert list(test.dataframe[-1].value["Rows"]) == [31]
    (when,) = test.dataframe[-1].value["When (UTC)"]
    assert when.isoformat() + "+00:00" == directory.log()[0][0], "a time, so that it sorts as one"
    column = json.loads(test.dataframe[-1].proto.columns)["When (UTC)"]["type_config"]
    assert column == {"type": "datetime", "format": "D MMM YYYY, HH:mm"}
    assert {button.label for button in test.button} <= {"Save", "Sign out", "End the sign-ins", "Take out of the list"}


def test_since_when_somebody_is_in_the_list_is_a_date_as_people_read_it():
    people = visit("boss@x.org").dataframe[0]
    (since,) = people.value["In the list since"]
    assert since.date() == date.today(), "a date, so that it sorts as one"
    assert json.loads(people.proto.columns)["In the list since"]["type_config"] == {
        "type": "date",
        "format": "D MMM YYYY",
    }


def test_what_is_past_retention_is_said_and_nothing_is_erased(directory, home):
    store = open_store(home / "sample.duckdb")
    before = store.value("SELECT count(*) FROM roster_row")
    assert not visit("boss@x.org").warning
    retention.keep(store, 1)
    try:
        (past,) = retention.past(store, date(2026, 3, 13))
        test = visit("boss@x.org")
        assert past in test.warning[0].value and "retention --erase" in test.warning[0].value
        assert store.value("SELECT count(*) FROM roster_row") == before
    finally:
        retention.keep(store, 0)
