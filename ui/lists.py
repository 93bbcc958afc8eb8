"""The sidebar's lists, from which filters are chosen. What is chosen in them is read by `ui/filters.py`.

A page asks for them and the router draws them once the page is done: charts come first, a page that ended early keeps
its filters, and a browser leaves the lists where they are while it goes from page to page, as they are of no page. A
list keeps its choice also where the page between has no filters.
"""

from functools import partial

import streamlit as st

from analytics.choices import Choices
from analytics.figures import words

OWN_DATES = "Chosen dates"
# What stands under a filter that a page does not apply.
COMPARED = {"year": "This page compares all school years.", "band": "This page compares all grade bands."}
_SEVERAL = ("district", "school", "band", "channel", "group")
_HELD = "_lists_of_this_run"


def years(offered: Choices) -> list[str]:
    """What is offered as school year: the years, the latest first, and dates of one's own."""
    return [*offered.years, OWN_DATES]


def latest(offered: Choices) -> str:
    """The school year that is shown where nobody has chosen one."""
    return years(offered)[0]


def hold():
    """Have lists that are asked for wait for `draw`."""
    st.session_state[_HELD] = []


def draw():
    """Draw the lists that were asked for since `hold`."""
    for asked in st.session_state.pop(_HELD, ()):
        asked()


def ask(offered: Choices, over_all: tuple[str, ...] = ()):
    """Have the lists drawn; under those of `over_all` it is said that the page does not apply them."""
    asked = partial(_draw, offered, over_all)
    held = st.session_state.get(_HELD)
    if held is None:  # a page that was requested directly, without the router
        asked()
    else:
        held.append(asked)


def _draw(offered: Choices, over_all: tuple[str, ...]):
    with st.sidebar:
        _period(offered)
        _said_under("year", over_all)
        _several("District", "district", offered.districts, "All districts")
        if len(offered.schools) > 1:
            _several("School", "school", offered.schools, "All schools")
        _several("Grade band", "band", offered.bands, "All bands", lambda band: words.label("band", band))
        if offered.bands:
            _said_under("band", over_all)
        _several("Channel", "channel", offered.channels, "All channels", lambda one: words.label("channel", one))
        _several("Student group", "group", tuple(offered.groups), "All students")
        icon = ":material/filter_alt_off:"
        st.button("Clear filters", on_click=_clear, args=(latest(offered),), type="tertiary", icon=icon)


def _said_under(name: str, over_all: tuple[str, ...]):
    if name in over_all:
        st.caption(COMPARED[name])


def _period(offered: Choices):
    chosen = st.selectbox("School year", years(offered), key="year", persist_state="session")
    if chosen == OWN_DATES:
        _day("From", "from", offered)
        _day("To", "to", offered)


def _day(label: str, key: str, offered: Choices):
    st.date_input(label, key=key, min_value=offered.first_day, max_value=offered.last_day, persist_state="session")


def _several(label, key, options, everything, shown=str):
    if options:
        st.multiselect(label, options, format_func=shown, placeholder=everything, key=key, persist_state="session")


def _clear(year: str):
    st.session_state["year"] = year
    for key in _SEVERAL:
        st.session_state[key] = []
