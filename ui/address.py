"""The address bar: filters are read from it when a session begins and written to it for sharing.

Written by hand, because a bound widget forgets its value when the menu's links drop the query. Between pages the
session keeps the values; a value that does not exist here is left out, and the page says so. A student's name or id
never goes in.
"""

from collections.abc import Callable

import streamlit as st

from analytics.figures.words import joined

_SEEN = "_from_address"
_LEFT_OUT = "_not_in_the_lists"
_UNDER = "_left_out_under"
NAMES = {
    "year": "school year", "from": "first day", "to": "last day", "district": "district", "school": "school",
    "list_school": "school", "band": "grade band", "channel": "channel", "group": "student group",
    "measure": "measure", "cut": "group",
}  # fmt: skip


def seed_one(key: str, options, parse: Callable = str):
    """Set a widget's value from the address, once a session, if it is one of `options` (None: whatever parses)."""
    _hold(key)
    values = _first_time(key)
    if values:
        try:
            value = parse(values[0])
        except ValueError:
            value = None
        if value is None or (options is not None and value not in options):
            leave_out(key)
        else:
            st.session_state[key] = value


def seed_several(key: str, options):
    """Set a widget of several values from the address, once a session, as far as they are among `options`."""
    _hold(key)
    asked = _first_time(key)
    values = [value for value in asked if value in options]
    if len(values) < len(asked):
        leave_out(key)
    if values:
        st.session_state[key] = values


def leave_out(key: str):
    """Remember that the address names a value that is not here, or not for this viewer; no word tells which."""
    st.session_state.setdefault(_LEFT_OUT, {})[NAMES[key]] = True


def left_out(in_force) -> str:
    """What to say of what the address names and is not here; "" once something else is `in_force`."""
    names = st.session_state.get(_LEFT_OUT)
    if not names or st.session_state.setdefault(_UNDER, in_force) != in_force:
        return ""
    return (
        f"The link that you opened names a {joined(names)} that cannot be shown here. The numbers are those of what "
        "is said above."
    )


def write(**values):
    """Make the address say this page's filters and nothing else; empty values are left out."""
    said = {key: value for key, value in values.items() if value}
    if st.query_params.to_dict() != said:
        st.query_params.from_dict(said)


def _hold(key: str):
    """Keep a widget's value over a change of page: a value that the script sets is not replaced by the default."""
    if key in st.session_state:
        st.session_state[key] = st.session_state[key]


def _first_time(key: str) -> list[str]:
    seen = st.session_state.setdefault(_SEEN, set())
    if key in seen:
        return []
    seen.add(key)
    return st.query_params.get_all(key)
