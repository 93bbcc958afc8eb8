"""A state's store: its districts can be chosen on every page."""

from datetime import date, timedelta

import pytest

from analytics.measures import MEASURES
from data.derive import derive
from data.store import open_store
from tests.pages.test_pages import filtered, said, sound
from tests.support import districts
from tests.support.oracle_words import Contact, Span, World

START = date(2025, 8, 18)


def state(*names: str) -> World:
    """20 students in each district; all are reached in the first district, none in others."""
    spans, contacts = [], []
    for place, district in enumerate(names):
        for number in range(20):
            student = 100 * place + number
            spans.append(Span(student, district, f"{district} Elementary", "3", "2025-26", START, None))
            sent = "sent" if place == 0 else "no_answer"
            day = START + timedelta(20 + number)
            contacts.append(Contact((0, len(contacts)), student, district, day, direction="outbound", outcome=sent))
    return World(spans, contacts)


@pytest.fixture
def at_state(own_home):
    def load(*names):
        store = open_store(own_home / "district.duckdb")
        districts.write(store, state(*names))
        with store.writing() as cursor:
            derive(cursor)

    return load


def reached(test) -> str:
    return next(tile.value for tile in test.metric if tile.label == MEASURES["reach"].label)


def test_a_district_is_chosen_in_the_sidebar_and_stays_in_the_address(at_state):
    at_state("North", "South")
    test = filtered("overview")
    assert reached(test) == "50 %"
    sound(test.sidebar.multiselect(key="district").select("North").run())
    assert reached(test) == "100 %" and "all schools of North" in said(test)
    assert "North" in test.query_params["district"]
    sound(next(button for button in test.sidebar.button if "Clear" in button.label).click().run())
    assert reached(test) == "50 %"


@pytest.mark.parametrize("page", ["overview", "frequency", "two_way", "partnership", "equity", "schools", "grade_bands",
                                  "moving_up", "data_quality"])  # fmt: skip
def test_every_page_opens_with_one_of_two_districts(page, at_state):
    at_state("North", "South")
    assert "all schools of South" in said(filtered(page, district="South"))


def test_one_district_is_no_choice(at_state):
    at_state("North")
    assert "district" not in [one.key for one in filtered("overview").sidebar.multiselect]


def test_a_link_with_a_district_that_is_not_here_says_so(at_state):
    at_state("North", "South")
    assert "names a district that cannot be shown here" in filtered("overview", district="West").warning[0].value


@pytest.mark.parametrize("several", [True, False])
def test_the_list_of_uploads_says_the_district_where_there_are_several(several, at_state, own_home):
    at_state("North", "South")
    with open_store(own_home / "district.duckdb").writing() as cursor:
        cursor.execute("UPDATE upload SET district = if(upload_id = 2 AND ?, 'South', 'North')", [several])
    shown = filtered("uploads").dataframe[0].value
    assert ("District" in shown) is several
    if several:
        assert shown["District"].tolist() == ["South", "North"]
