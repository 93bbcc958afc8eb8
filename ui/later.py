"""Charts come first: what a click opens is filled in once they are there.

Owns what is left to fill in on this run, and which chart stood where on the run before. `gate.enter` begins a run, a
page's last statement ends it.

A browser shows a chart in two steps: it draws it, measures its place, and makes it visible with the next thing that it
renders. Whatever comes in between is rendered first, so that charts get a moment for themselves.
"""

import time
from collections.abc import Callable

import streamlit as st

MOMENT = 0.03  # seconds: a browser has shown what it drew, and the eye does not notice what comes after

_LEFT = "_behind_clicks"
_SENT = "_last_chart_sent"
_CHARTS = "_charts_by_place"


def begin():
    """A run of a page begins: what a run before it left undone is not filled in."""
    st.session_state[_LEFT] = []
    st.session_state[_SENT] = None


def fill_in(fill: Callable[[], None]):
    """Have something filled in by `finish`: what a click opens under the chart that was just sent."""
    st.session_state[_LEFT].append(fill)
    st.session_state[_SENT] = time.monotonic()


def place(figure) -> tuple[str, bool]:
    """Where the next chart of this page stands, as a name; and whether its turn is odd or even.

    The turn changes with each other figure that stands there, and stays while the figure is the same.
    """
    name = f"{len(st.session_state[_LEFT]) + 1}"
    before, turn = st.session_state.setdefault(_CHARTS, {}).get(name, (None, False))
    turn = turn if before is figure else not turn
    st.session_state[_CHARTS][name] = figure, turn
    return name, turn


def let_charts_show():
    """Wait until a browser has shown the last chart, where that was sent just now: before what takes long to render."""
    sent = st.session_state[_SENT]
    if sent is not None:
        time.sleep(max(0.0, sent + MOMENT - time.monotonic()))


def finish():
    """Fill in what is left, in its order. The last statement of every page with a chart."""
    let_charts_show()
    left, st.session_state[_LEFT] = st.session_state[_LEFT], []
    for fill in left:
        fill()
