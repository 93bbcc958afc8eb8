"""What a click opens on a page is worked out once all that is seen is there: charts come first, tables behind them.

Owns the list of what is left to fill in on this run. `gate.enter` begins it, a page's last statement ends it.
"""

from collections.abc import Callable

import streamlit as st

_LEFT = "_behind_clicks"


def begin():
    """A run of a page begins: what a run before it left undone is not filled in."""
    st.session_state[_LEFT] = []


def fill_in(fill: Callable[[], None]):
    """Have something filled in by `finish`."""
    st.session_state[_LEFT].append(fill)


def finish():
    """Fill in what is left, in its order. The last statement of every page with a chart."""
    left, st.session_state[_LEFT] = st.session_state[_LEFT], []
    for fill in left:
        fill()
