"""Every page, full and empty, through the router and requested directly."""

import ast
import json
from datetime import datetime

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from access.viewer import LOCAL, Viewer
from analytics.answer import ask
from analytics.figures import once, words
from analytics.question import Question
from data.errors import Refusal
from data.home import PROJECT
from data.store import open_store
from tests.support import screens
from tests.support.screens import opened
from ui import blocks, cache, filters, foreseen, gate, lists, next_pages, tables

NUMBERS = tuple(page for page in screens.MEASURED if page != "definitions")


def direct(page: str) -> AppTest:
    """A page, requested without the router."""
    return AppTest.from_file(str(PROJECT / "pages" / f"{page}.py"), default_timeout=60).run()


def said(test: AppTest) -> str:
    """All the text of a page."""
    kinds = (test.title, test.subheader, test.markdown, test.caption, test.info, test.error)
    return "\n".join(read(element.value) for kind in kinds for element in kind)


def read(text: str) -> str:
    """Text of a page as it is read: without the signs that keep names from being markup and numbers on one line."""
    return text.replace("\\", "").replace("\u00a0", " ")


def sound(test: AppTest) -> AppTest:
    assert not test.exception
    assert not test.error
    return test


@pytest.mark.parametrize("page", screens.MEASURED)
@pytest.mark.parametrize("reach", [opened, direct])
def test_a_page_of_the_sample_is_whole(page, reach, at_sample):
    test = sound(reach(page))
    assert len(test.title) == 1 and len(test.title[0].value) > 10
    assert "Sample district" in said(test)
    charts = test.get("plotly_chart")
    assert len(charts) <= 5
    assert len(charts) >= {
        "families": 0,
        "definitions": 0,
        "moving_up": 1,
        "equity": 1,
        "overview": 2,
        "data_quality": 2,
        "schools": 3,
    }.get(page, 5)
    assert len(test.get("download_button")) >= len(charts), "what a click opens is filled in"
    for chart in charts:
        assert len(chart.proto.alt) > 20
        assert json.loads(chart.proto.spec)["data"]


@pytest.mark.parametrize("page", NUMBERS)
@pytest.mark.parametrize(
    ("make", "words_said"),
    [
        (screens.roster_only, "3 students are on the roster; no contact is loaded yet"),
        (screens.contacts_only, "2 contacts wait for a roster"),
        (screens.undone, "Nothing is loaded yet"),
    ],
)
def test_a_page_says_what_is_missing_and_what_to_do(page, make, words_said, own_home):
    make(own_home)
    test = sound(opened(page))
    assert words_said in said(test)
    assert "Upload" in said(test)
    assert not test.get("plotly_chart")
    assert "Sample district" not in said(test)


def test_families_of_a_new_school_year_are_not_said_to_wait_longer_than_enrolled(own_home):
    """Ben enrolled on 15 August, 20 days before the latest contact, and was never reached; Ana was on 3 September."""
    screens.both(own_home)
    test = sound(filtered("families", list_school="Lincoln ES"))
    assert test.title[0].value == (
        "1 of 2 families at Lincoln ES were not reached in the 60 days up to 4 September 2025, or since they "
        "enrolled if that is later"
    )
    assert list(test.dataframe[0].value["Last contact"]) == ["none in 20 days"], "the list is that of the headline"
    assert "1 of 2 students: not reached in the last 60 days." in said(test)
    sound(test.selectbox(key="list_since").set_value("All students").run())
    assert "\n2 students. " in said(test)
    shown = test.dataframe[0].value
    assert list(shown["Last contact"]) == ["none in 20 days", "3 Sep 2025"]
    wide = json.loads(test.dataframe[0].proto.columns)
    assert (wide["Last contact"]["width"], wide["Days since contact"]["width"]) == (124, 85), "both fit a phone"
    assert "“None in 20 days” means: not reached since the student enrolled 20 days ago." in said(test)
    assert "60 days or more" not in said(test) + str(test.selectbox(key="list_since").options)


def test_the_silent_tile_says_that_new_students_were_not_there_to_be_reached(own_home):
    screens.both(own_home)
    tile = next(metric for metric in sound(opened("overview")).metric if metric.label == "Silent families")
    assert "or since they enrolled if that is later" in tile.help


@pytest.mark.parametrize("page", screens.PAGES)
def test_three_students_and_two_contacts_make_whole_pages(page, own_home):
    screens.both(own_home)
    sound(opened(page))


def filtered(page: str, **chosen) -> AppTest:
    """A page whose address names filters."""
    test = AppTest.from_file(str(PROJECT / "pages" / f"{page}.py"), default_timeout=60)
    for key, value in chosen.items():
        test.query_params[key] = value
    return sound(test.run())


@pytest.mark.parametrize(
    ("page", "asked", "named"),
    [
        ("overview", {"school": "Nowhere School"}, "a school that"),
        ("overview", {"school": "Nowhere School", "year": "1999-00"}, "a school year and school that"),
        ("frequency", {"year": "Chosen dates", "from": "1999-01-01", "to": "1999-02-01"}, "a last day that"),
        ("frequency", {"year": "Chosen dates", "from": "soon"}, "a first day that"),
        ("schools", {"measure": "happiness"}, "a measure that"),
        ("families", {"list_school": "Nowhere School"}, "a school that"),
    ],
)
def test_a_link_that_names_what_is_not_here_says_so_until_something_else_is_chosen(page, asked, named, at_sample):
    test = filtered(page, **asked)
    assert f"The link that you opened names {named} cannot be shown here." in read(test.warning[0].value)
    assert [warning.value for warning in sound(test.run()).warning] == [test.warning[0].value], "and still after a run"
    if page == "families":
        test.selectbox(key="list_school").select_index(1).run()
    else:
        test.multiselect(key="band").select("high").run()
    assert not sound(test).warning


@pytest.mark.parametrize("page", ["overview", "families"])
def test_a_link_whose_filters_are_here_has_no_warning(page, at_sample, sample_home):
    school = open_store(sample_home / "sample.duckdb").value("SELECT min(name) FROM school")
    asked = {"list_school": school} if page == "families" else {"school": school, "channel": "phone"}
    assert not filtered(page, **asked).warning


@pytest.mark.parametrize("page", ["overview", "frequency", "two_way", "partnership", "equity", "schools"])
def test_filters_that_leave_no_student_are_a_sentence(page, at_sample, sample_home):
    store = open_store(sample_home / "sample.duckdb")
    high = store.value("SELECT min(name) FROM school WHERE name LIKE '%High%'")
    test = filtered(page, school=high, band="elementary")
    assert "Nothing is counted under these filters" in said(test)
    assert not test.get("plotly_chart")
    assert test.sidebar.multiselect(key="band").value == ["elementary"], "to be chosen otherwise"


@pytest.mark.parametrize("page", ["overview", "frequency", "two_way", "grade_bands"])
def test_filters_that_leave_no_contact_are_a_sentence(page, at_sample):
    day = screens.UNTIL.isoformat()
    test = filtered(page, year="Chosen dates", group="Gender: nonbinary", channel="video", **{"from": day, "to": day})
    assert "No contact" in test.title[0].value


@pytest.mark.parametrize("page", screens.PAGES)
def test_the_first_statement_of_a_page_is_its_gate(page):
    body = ast.parse((PROJECT / "pages" / f"{page}.py").read_text(encoding="utf-8")).body
    statements = [node for node in body[1:] if not isinstance(node, ast.Import | ast.ImportFrom)]
    assert ast.unparse(statements[0]).startswith("viewer = gate.enter(")


@pytest.mark.parametrize("page", screens.PAGES)
@pytest.mark.parametrize("reach", [opened, direct])
def test_a_public_address_without_sign_in_shows_a_sentence_and_nothing_else(page, reach, at_sample):
    before = config.get_option("server.address")
    config.set_option("server.address", "0.0.0.0")
    try:
        test = sound(reach(page))
    finally:
        config.set_option("server.address", before)
    assert not test.title and not test.get("plotly_chart") and not test.dataframe and not test.sidebar.multiselect
    assert "has no sign-in, so it shows nothing" in said(test)


@pytest.mark.parametrize("page", NUMBERS)
def test_a_panel_sees_no_page_over_rows(page, at_sample, monkeypatch):
    monkeypatch.setattr(gate, "_viewer", lambda: Viewer("panel"))
    test = sound(direct(page))
    assert not test.title and not test.get("plotly_chart") and not test.dataframe
    assert "not for your role" in said(test)


def test_a_number_on_the_page_is_the_answers(at_sample, sample_home):
    test = opened("overview")
    store = open_store(sample_home / "sample.duckdb")
    rate = ask(store, LOCAL, Question("contact_rate", start=first_day(test), end=screens.UNTIL))
    shown = {metric.label: metric.value for metric in test.metric}
    assert shown["Contact rate"] == words.single(rate)
    assert shown["Families reached"] == words.single(ask(store, LOCAL, Question("reach", start=rate.start)))


def first_day(test: AppTest):
    """The first day that the page says it counts."""
    line = next(m.value for m in test.markdown if m.value.startswith("School year"))
    return datetime.strptime(line.split(", ")[1].split(" to ")[0], "%d %B %Y").date()


def test_filters_stay_from_page_to_page(at_sample):
    test = opened("overview")
    school = test.multiselect(key="school").options[0]
    test.multiselect(key="school").select(school).run()
    test.switch_page("pages/frequency.py").run()
    assert test.multiselect(key="school").value == [school]
    assert school in said(test)


def test_the_list_is_of_the_one_school_that_was_chosen_until_another_is_chosen_there(at_sample):
    test = opened("overview")
    first, second, third = test.multiselect(key="school").options[:3]
    test.multiselect(key="school").select(second).run()
    sound(test.switch_page("pages/families.py").run())
    assert f"families at {second} were" in test.title[0].value
    sound(test.selectbox(key="list_school").select(third).run())
    test.switch_page("pages/overview.py").run()
    sound(test.switch_page("pages/families.py").run())
    assert f"families at {third} were" in test.title[0].value
    test.switch_page("pages/overview.py").run()
    test.multiselect(key="school").select(first).run()
    sound(test.switch_page("pages/families.py").run())
    assert f"families at {third} were" in test.title[0].value, "of two schools none is the one to list"


@pytest.mark.parametrize(("page", "compares"), [("grade_bands", {"band"}), ("moving_up", {"year", "band"})])
def test_a_filter_that_a_page_does_not_apply_says_so(page, compares, at_sample):
    """And what the page says is in force is what it said without that filter."""
    before, after = filtered(page), filtered(page, band="high", year="Chosen dates")
    for test in (before, after):
        below = {caption.value for caption in test.sidebar.caption}
        assert below == {lists.COMPARED[name] for name in compares}
    assert after.multiselect(key="band").value == ["high"]
    if "year" in compares:
        assert after.title[0].value == before.title[0].value
    assert not any("High" in line.value for line in after.markdown if "all schools" in line.value)
    assert not filtered("overview").sidebar.caption


def test_the_first_table_of_data_quality_has_two_columns_that_a_phone_can_show(at_sample):
    shown = sound(opened("data_quality")).table[0].value
    assert list(shown.columns) == ["Number", "What, and what it does to which measures"]
    assert shown.iloc[0, 1].startswith("**Weeks of lessons in which a school logged no contact.** ")


@pytest.mark.parametrize(
    ("page", "file"), [("data_quality", "data_quality.csv"), ("moving_up", "contact_rate_same_students.csv")]
)
def test_the_file_of_a_table_is_named_after_what_it_holds(page, file, at_sample, monkeypatch):
    offered = []
    monkeypatch.setattr(tables, "csv", lambda data, name, key: offered.append((name, data())))
    sound(direct(page))
    made = dict(offered)
    assert file in made and b"all schools" in made[file], "the file says what it counts, as the page does"


def test_a_school_of_others_cannot_be_had_by_the_address(at_sample, sample_home, monkeypatch):
    schools = [name for (name,) in open_store(sample_home / "sample.duckdb").rows("SELECT name FROM school ORDER BY 1")]
    own, other = schools[:2]
    monkeypatch.setattr(gate, "_viewer", lambda: Viewer("principal", schools=(own,), students=True))
    test = filtered("frequency", school=other)
    assert other not in said(test) and "a school that cannot be shown" in test.warning[0].value
    listed = filtered("families", list_school=other)
    assert own in said(listed) and other not in said(listed)


def test_a_refusal_becomes_a_sentence(at_sample, monkeypatch):
    def refuse(*_):
        raise Refusal("store_busy", "The store is open in another window.")

    monkeypatch.setattr(cache, "offered", refuse)
    test = opened("overview")
    assert [error.value for error in test.error] == ["The store is open in another window."]


@pytest.mark.parametrize("error", [Refusal("store_busy", "The store is open in another window."), ValueError()])
def test_a_page_that_ends_in_the_middle_keeps_its_filters(error, at_sample, monkeypatch):
    def fail(*_):
        raise error

    monkeypatch.setattr(blocks, "by_month", fail)
    test = opened("overview")
    assert len(test.error) == 1
    assert test.sidebar.selectbox(key="year").value and len(test.sidebar.multiselect) == 4


def test_no_error_shows_where_it_comes_from(at_sample, monkeypatch, caplog):
    def fail(*_):
        raise ValueError("Maria Lopez 00123")

    monkeypatch.setattr(cache, "offered", fail)
    test = opened("overview")
    assert "This page could not be made" in test.error[0].value
    assert "Maria" not in said(test) + caplog.text


def test_a_page_finds_what_was_worked_out_while_another_was_read(at_sample, monkeypatch):
    """What a page's charts, headline and tiles ask is among what the page before it had worked out."""
    monkeypatch.setattr(filters.Drawn, "one_click_away", lambda drawn: ())  # a test of its own, below
    monkeypatch.setattr(next_pages, "QUIET_SECONDS", 0)
    monkeypatch.setattr(next_pages._worker, "put", lambda work: work.run())
    test, asked = opened("overview"), []
    for what, make in cache._MAKE.items():
        monkeypatch.setitem(cache._MAKE, what, lambda *of, _what=what, _make=make: asked.append(_what) or _make(*of))
    for page in NUMBERS:
        if page not in ("families", "data_quality"):
            sound(test.switch_page(f"pages/{page}.py").run())
            # What a definition says beside its number is asked once the charts are there.
            assert not set(asked) - {"left_out", "left_out_counts", "ask"}, page
            asked.clear()


@pytest.mark.parametrize("page", foreseen.PAGES)
def test_a_page_finds_what_was_worked_out_for_the_next_choice_of_a_filter(page, at_sample, monkeypatch):
    """Every chart seen after one more click was asked and drawn before it; what is above them is asked after."""
    monkeypatch.setattr(foreseen, "MOST_CHOICES", 3)  # the other school year and two bands, so that it takes a moment
    monkeypatch.setattr(foreseen, "PAGES", {page: foreseen.PAGES[page]})
    monkeypatch.setattr(next_pages, "QUIET_SECONDS", 0)
    monkeypatch.setattr(next_pages._worker, "put", lambda work: work.run())
    test, asked, drawn = opened(page), [], []
    monkeypatch.setattr(next_pages._worker, "put", lambda work: None)
    for what, make in cache._MAKE.items():
        monkeypatch.setitem(cache._MAKE, what, lambda *of, _what=what, _make=make: asked.append(_what) or _make(*of))
    monkeypatch.setattr(once, "_kept", lambda key, figure: drawn.append(key[:2]) or figure)
    sound(test.multiselect(key="band").select("middle").run())
    assert not drawn
    if page not in ("overview", "two_way"):
        assert not set(asked) - {"left_out", "left_out_counts", "ask"}
