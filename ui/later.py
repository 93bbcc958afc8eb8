"""What a click opens on a page is worked out once all that is seen is there: charts come first, tables behind them.

Owns what is left to fill in on this run, and which chart stood where on the run before. `gate.enter` begins a run, a
page's last statement ends it.
"""

from collections.abc import Callable

import streamlit as st

_LEFT = "_behind_clicks"
_CHARTS = "_charts_by_place"


def begin():
    """A run of a page begins: what a run before it left undone is not filled in."""
    st.session_state[_LEFT] = []


def fill_in(fill: Callable[[], None]):
    """Have something filled in by `finish`."""
    st.session_state[_LEFT].append(fill)


def place(figure) -> tuple[str, bool]:
    """Where the next chart of this page stands, as a name; and whether its turn is odd or even.

    The turn changes with each other figure that stands there, and stays while the figure is the same.
    """
    name = f"{len(st.session_state[_LEFT]) + 1}"
    before, turn = st.session_state.setdefault(_CHARTS, {}).get(name, (None, False))
    turn = turn if before is figure else not turn
    st.session_state[_CHARTS][name] = figure, turn
    return name, turn


def finish():
    """Fill in what is left, in its order. The last statement of every page with a chart."""
    left, st.session_state[_LEFT] = st.session_state[_LEFT], []
    for fill in left:
        fill()
