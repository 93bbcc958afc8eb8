"""Lines of the audit log: who saw or took a list with students in it. No student is ever in a line.

A line is written before the list is shown or handed over: where it cannot be written, there is no list.
"""

from collections.abc import Callable
from time import time

import streamlit as st

from access.viewer import Viewer
from ui import sign_in

_LAST = "_last_lists_seen"


class NoLonger(Exception):
    """Somebody pressed a button of a page that was made before their access ended."""


def seen(viewer: Viewer, what: str, scope: str, rows: int):
    """A list was shown. The same list drawn again in one session, by a filter say, is one view."""
    last = st.session_state.setdefault(_LAST, {})
    view = (viewer.name, what, scope, rows)
    if last.get(what) != view:
        sign_in.directory().record(*view)
        last[what] = view


def taken(viewer: Viewer, what: str, scope: str, rows: int | None, make: Callable) -> Callable:
    """`make`, for a download button: the line is written when the file is asked for, before it is handed over.

    `rows` None counts what `make` gives. No page runs for a download, so the viewer's access is looked up once more.
    """
    people, since, signed_in = sign_in.directory(), time(), sign_in.configured()

    def make_and_record():
        if signed_in and not people.stands(viewer, since):
            raise NoLonger
        made = make()
        people.record(viewer.name, what, scope, len(made) if rows is None else rows)
        return made

    make_and_record.recorded = True
    return make_and_record
