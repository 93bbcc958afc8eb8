"""The address bar: filters are read from it when a session begins and written to it for sharing.

Written by hand, because a bound widget forgets its value when the menu's links drop the query. Between pages the
session keeps the values; a value that does not exist here is left out. A student's name or id never goes in.
"""

from collections.abc import Callable

import streamlit as st

_SEEN = "_from_address"


def seed_one(key: str, options, parse: Callable = str):
    """Set a widget's value from the address, once a session, if it is one of `options` (None: whatever parses)."""
    _hold(key)
    values = _first_time(key)
    if values:
        try:
            value = parse(values[0])
        except ValueError:
            return
        if options is None or value in options:
            st.session_state[key] = value


def seed_several(key: str, options):
    """Set a widget of several values from the address, once a session, as far as they are among `options`."""
    _hold(key)
    values = [value for value in _first_time(key) if value in options]
    if values:
        st.session_state[key] = values


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
