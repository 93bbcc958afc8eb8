"""Lines of the audit log: who saw or took a list with students in it. No student is ever in a line.

A line is written before the list is shown or handed over: where it cannot be written, there is no list.
"""

from collections.abc import Callable

import streamlit as st

from access.viewer import Viewer
from ui import sign_in

_LAST = "_last_list_seen"


def seen(viewer: Viewer, what: str, scope: str, rows: int):
    """A list was shown. The same list drawn again in one session, by a filter say, is one view."""
    view = (viewer.name, what, scope, rows)
    if st.session_state.get(_LAST) != view:
        sign_in.directory().record(*view)
        st.session_state[_LAST] = view


def taken(viewer: Viewer, what: str, scope: str, rows: int, make: Callable) -> Callable:
    """`make`, for a download button: the line is written when the file is asked for, then the file is made."""
    record = sign_in.directory().record

    def make_and_record():
        record(viewer.name, what, scope, rows)
        return make()

    return make_and_record
