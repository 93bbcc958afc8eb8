"""The gate: every page's first statement. Who asks, and may they be on this page.

    viewer = gate.enter("district", "principal")

It works the same when a page is requested directly, without the router, and it asks anew on every run.
Without sign-in the program serves this machine only, as the district's own user; a public address without
sign-in is refused here, on every page, before anything is read.
"""

import streamlit as st

from access.sign_in import Denied
from access.viewer import Viewer
from ui import frame, later, next_pages, router, sign_in, stores
from ui.sign_in import serves_this_machine_only

__all__ = ["enter", "entered", "serves_this_machine_only"]

_ASKED = "_asked_for_router"
_ENTERED = "_entered"


def enter(*roles: str, students: bool = False) -> Viewer:
    """The viewer, if one of `roles`; else a sentence, and the page ends here.

    `students`: the page shows students, so the viewer also needs the right to see their names and ids.
    """
    _announce_pages()
    next_pages.give_up()
    stores.forget_run()
    later.begin()
    viewer = _viewer()
    if isinstance(viewer, Denied):
        sign_in.ask(viewer)
        st.stop()
    sign_in.sign_out(viewer)
    if viewer.role not in roles:
        _stop("This page is not for your role. The pages that you can open are in the menu.")
    if students and not viewer.students:
        _stop("You may not see names of students. Ask your district's administrator for that right.")
    st.session_state[_ENTERED] = viewer
    return viewer


def entered() -> Viewer:
    """Whom `enter` let in on this run, for what the screens share; set anew by every page's first statement."""
    return st.session_state[_ENTERED]


def _viewer() -> Viewer | Denied:
    return sign_in.viewer()


def _announce_pages():
    """On a direct request the router has not run: announce the pages once, then come again through it."""
    if st.session_state.get(router.ROUTED) or st.session_state.get(_ASKED):
        return
    st.session_state[_ASKED] = True
    frame.configure()
    router.navigation()
    st.rerun()


def _stop(sentence: str):
    st.info(sentence, icon=":material/lock:")
    st.stop()
