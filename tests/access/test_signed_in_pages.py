"""Pages under a sign-in: logged out there is the sign-in and nothing else, on each page, requested either way."""

import time

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from access.directory import Directory
from access.sign_in import ENDED, EXPIRED, UNKNOWN, UNVERIFIED
from data.home import PROJECT
from data.store import open_store
from tests.support import loading, screens
from tests.support.signed_in import claims, visit
from ui import router, sign_in


def nothing_but(test: AppTest, sentence: str, button: str | None):
    """The page holds one sentence and at most one button."""
    assert not test.exception
    assert [element.value for element in test.info] == [sentence]
    assert [element.label for element in test.button] == ([button] if button else [])
    shown = [element.type for element in (*test.main, *test.sidebar)]
    assert set(shown) <= {"main", "sidebar", "button", "info"}, shown


@pytest.mark.parametrize("page", screens.PAGES)
@pytest.mark.parametrize("direct", [True, False])
def test_logged_out_there_is_the_sign_in_and_nothing_else(page, direct, directory):
    nothing_but(visit(page, None, direct), sign_in.SIGNED_OUT.sentence, "Sign in")


@pytest.mark.parametrize(
    ("user", "denied"),
    [
        (claims("nobody@x.org"), UNKNOWN),
        (claims("d@x.org", email_verified=False), UNVERIFIED),
        (claims("d@x.org", iat=time.time() - 13 * 3600), EXPIRED),
        (claims("d@x.org", iat=None), ENDED),
        (claims("d@x.org", is_logged_in="true"), sign_in.SIGNED_OUT),
    ],
)
def test_who_is_not_let_in_reads_why(user, denied, directory):
    directory.add("d@x.org", "district")
    button = "Sign in" if denied is sign_in.SIGNED_OUT else "Sign in again" if denied.again else "Sign out"
    nothing_but(visit("overview", user), denied.sentence, button)


def test_a_role_is_read_on_every_run(directory):
    directory.add("d@x.org", "district")
    test = visit("definitions", claims("d@x.org"))
    assert test.title
    directory.add("d@x.org", "panel")
    assert "Overview" not in str(test.run().main)
    directory.remove("d@x.org")
    nothing_but(test.run(), UNKNOWN.sentence, "Sign out")


def test_a_replayed_sign_in_is_over_once_it_was_revoked(directory):
    directory.add("d@x.org", "district")
    user = claims("d@x.org")
    assert visit("definitions", user).title
    directory.revoke("d@x.org")
    nothing_but(visit("definitions", user), ENDED.sentence, "Sign in again")


@pytest.mark.parametrize("page", screens.PAGES)
def test_a_page_is_denied_to_every_role_that_its_gate_does_not_name(page, directory):
    directory.add("panel@x.org", "panel")
    directory.add("d@x.org", "district", students=True)
    for role, user in (("panel", claims("panel@x.org")), ("district", claims("d@x.org"))):
        if role not in router._roles(page):
            test = visit(page, user)
            assert not test.title and not test.dataframe and not test.get("plotly_chart")
            assert "not for your role" in test.info[0].value


def test_a_district_user_without_the_right_sees_no_student(directory, home):
    directory.add("d@x.org", "district")
    test = visit("families", claims("d@x.org"))
    assert not test.dataframe and not test.selectbox
    assert "names of students" in test.info[0].value
    assert directory.log() == []


def test_what_was_wrong_with_a_file_quotes_no_cell_to_who_may_not_see_students(directory, tmp_path, monkeypatch):
    """A name stands in the column of dates: its sentence quotes it, as it does for who sees students."""
    screens.at(tmp_path, monkeypatch)
    store = open_store(tmp_path / "district.duckdb")
    loading.load(store, loading.roster())
    days = ["9/3/2025", "9/4/2025", "9/5/2025", "9/8/2025", "Ana Lopezdemura"]
    loading.load(store, loading.log([["00123", day, "Phone", "Outbound", "Reached", "Ms. Lee", ""] for day in days]))
    people = Directory(tmp_path / "access.sqlite")
    people.add("d@x.org", "district")
    people.add("s@x.org", "district", students=True)
    told = {who: str(visit("uploads", claims(who)).table[0].value) for who in ("d@x.org", "s@x.org")}
    store.close()
    assert "Lopezdemura" in told["s@x.org"]
    assert "Lopezdemura" not in told["d@x.org"] and "is not a date that can be read" in told["d@x.org"]


def test_each_view_of_a_list_of_students_is_in_the_log_without_a_student(directory, home):
    schools = [name for (name,) in open_store(home / "sample.duckdb").rows("SELECT name FROM school ORDER BY 1")]
    directory.add("p@x.org", "principal", schools[:2])
    test = visit("families", claims("p@x.org"))
    test.selectbox(key="list_since").set_value("All students").run()
    rows = len(test.dataframe[0].value)
    assert [line[1:] for line in directory.log()] == [("p@x.org", "list of families shown", schools[0], rows)]
    test.run()
    assert len(directory.log()) == 1
    test.selectbox(key="list_school").select(schools[1]).run()
    assert [line[3] for line in directory.log()] == [schools[1], schools[0]]


def test_without_sign_in_a_request_under_another_name_is_refused(monkeypatch, directory):
    for headers in ({"Host": "bothways.district.org"}, {"Host": "localhost:8501", "X-Forwarded-For": "10.0.0.9"}):
        monkeypatch.setattr(type(st.context), "headers", headers)
        test = AppTest.from_file(str(PROJECT / "pages" / "overview.py"), default_timeout=60).run()
        nothing_but(test, sign_in.OUTSIDE.sentence, None)


def test_secrets_that_cannot_be_read_open_nothing(monkeypatch, directory, tmp_path):
    broken = tmp_path / "secrets.toml"
    broken.write_text("[auth\n")
    monkeypatch.setattr(sign_in, "secrets_unreadable", lambda: broken.exists())
    test = AppTest.from_file(str(PROJECT / "pages" / "overview.py"), default_timeout=60).run()
    nothing_but(test, sign_in.BROKEN.sentence, None)


def test_a_principal_reads_whose_numbers_these_are(directory, home):
    schools = [name for (name,) in open_store(home / "sample.duckdb").rows("SELECT name FROM school ORDER BY 1")]
    directory.add("one@x.org", "principal", schools[:1])
    directory.add("four@x.org", "principal", schools[:4])
    for email, said in (("one@x.org", f"· {schools[0]}"), ("four@x.org", "· your 4 schools")):
        told = " ".join(element.value for element in visit("overview", claims(email)).markdown)
        assert said in told and "all schools" not in told


def test_a_principal_whose_school_is_spelled_otherwise_is_not_told_that_nothing_is_loaded(directory, home):
    directory.add("p@x.org", "principal", ["Lincon Elementry"])
    test = visit("overview", claims("p@x.org"))
    assert [title.value for title in test.title] == ["No roster names Lincon Elementry"]
    assert "ask your district's administrator" in test.info[0].value
