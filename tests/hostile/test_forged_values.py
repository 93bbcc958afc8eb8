"""A principal of school A who forges what a browser sends gets no row of school B; nothing shows names in an error."""

import inspect
import tomllib

import pytest
from streamlit.testing.v1 import AppTest

from access.directory import Directory
from access.viewer import Viewer
from data.home import PROJECT
from data.store import open_store
from tests.support import screens, signed_in
from ui import cache, router

FOR_PRINCIPALS = [page for page in screens.PAGES if "principal" in router._roles(page)]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with the small sample district."""
    home = tmp_path_factory.mktemp("forged_home")
    screens.sample(home)
    return home


@pytest.fixture
def schools(home, monkeypatch) -> tuple[str, str]:
    """School A, whose principal is a@x.org, and school B."""
    screens.at(home, monkeypatch)
    own, other = (n for (n,) in open_store(home / "sample.duckdb").rows("SELECT name FROM school ORDER BY 1 LIMIT 2"))
    Directory(home / "access.sqlite").add("a@x.org", "principal", [own])
    return own, other


def visit(page: str, query: dict | None = None, state: dict | None = None, direct: bool = True) -> AppTest:
    """A page as the principal opens it, whose token claims another role."""
    user = signed_in.claims("a@x.org", role="district", schools=None)
    return signed_in.visit(page, user, direct, query, state)


def everything(test: AppTest) -> str:
    """All that is sent to the browser: every element's whole message."""
    return "\n".join(str(element.proto) for element in (*test.main, *test.sidebar) if hasattr(element, "proto")) + (
        "\n".join(frame.value.to_csv() for frame in (*test.dataframe, *test.table))
    )


FORGED = ("school", "list_school", "viewer", "role", "schools", "_viewer", "person_schools", "upload_school")


@pytest.mark.parametrize("page", FOR_PRINCIPALS)
def test_an_address_that_names_another_school_shows_nothing_of_it(page, schools):
    _, other = schools
    test = visit(page, query=dict.fromkeys(FORGED, other))
    assert not test.exception
    assert other not in everything(test)


@pytest.mark.parametrize("page", FOR_PRINCIPALS)
def test_session_keys_that_name_another_school_show_nothing_of_it(page, schools):
    _, other = schools
    state = {**dict.fromkeys(FORGED, other), "school": [other], "schools": [other]}
    test = visit(page, state=state)
    assert other not in everything(test)
    assert all(other not in str(frame.value) for frame in test.dataframe)


def test_the_own_school_is_shown_so_that_these_tests_can_fail(schools):
    own, _ = schools
    assert own in everything(visit("frequency", query={"school": own}))


@pytest.mark.parametrize("make", [name for name, _ in inspect.getmembers(cache, inspect.isfunction)])
def test_no_kept_answer_lacks_the_viewer(make):
    made = getattr(cache, make)
    keeps_nothing = make in ("_state", "_store", "quiet_since")  # which store, and since when nobody asked
    if inspect.getmodule(inspect.unwrap(made)) is not cache or keeps_nothing:
        return
    viewers = [p for p in inspect.signature(made).parameters.values() if p.name == "viewer"]
    assert viewers and viewers[0].annotation is Viewer


def test_nothing_else_is_kept_between_viewers():
    for room in ("pages", "ui", "analytics"):
        for path in (PROJECT / room).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert "cache_data" not in text and "cache_resource" not in text, path
            assert path == PROJECT / "ui" / "cache.py" or "from ui.memory" not in text, path
            assert "unsafe_allow_html" not in text, path
            assert "st.context.headers" not in text or path == PROJECT / "ui" / "sign_in.py", path


@pytest.mark.parametrize("page", FOR_PRINCIPALS)
def test_a_fault_shows_no_path_no_sql_and_no_name(page, schools, monkeypatch, caplog):
    def fail(*_):
        raise ValueError("SELECT first_name FROM student -- Maria Lopez /srv/secret/store.duckdb")

    monkeypatch.setattr(cache, "_kept", fail)
    monkeypatch.setattr("ui.family_list.families.to_reach", fail)
    test = visit(page, direct=False)
    assert not test.exception
    for leaked in ("Maria", "SELECT", "/srv", "Traceback"):
        assert leaked not in everything(test) + caplog.text


def test_the_program_ships_closed():
    shipped = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert shipped["client"]["disableDataExport"] is True
    assert shipped["client"]["showErrorDetails"] == "none"
    assert shipped["client"]["showErrorLinks"] is False
    assert shipped["browser"]["gatherUsageStats"] is False
    assert shipped["server"]["address"] == "127.0.0.1"
    dangerous = {"enableAgentApi", "trustedUserHeaders", "enableStaticServing", "enableCORS", "enableXsrfProtection"}
    assert not dangerous & set(shipped["server"])
