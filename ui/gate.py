"""The gate: every page's first statement. Who asks, and may they be on this page.

    viewer = gate.enter("district", "principal")

It works the same when a page is requested directly, without the router. Without sign-in the program
serves this machine only, as the district's own user; a public address without sign-in is refused here,
on every page, before anything is read.
"""

import ipaddress

import streamlit as st

from access.viewer import LOCAL, Viewer
from ui import frame, router

_ASKED = "_asked_for_router"


def enter(*roles: str) -> Viewer:
    """The viewer, if one of `roles`; else a sentence, and the page ends here."""
    _announce_pages()
    if not sign_in_configured() and not serves_this_machine_only():
        _stop(
            "This server can be reached from other machines and has no sign-in, so it shows nothing. "
            "Start it with server.address = 127.0.0.1, or set up the sign-in."
        )
    viewer = _viewer()
    if viewer is None:
        _stop("You are not signed in, or nobody has given you a role here yet. Ask your district's administrator.")
    if viewer.role not in roles:
        _stop("This page is not for your role. The pages that you can open are in the menu.")
    return viewer


def sign_in_configured() -> bool:
    """Is a sign-in provider set up (a section `auth` in Streamlit's secrets)?"""
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


def serves_this_machine_only() -> bool:
    """Does the server listen on this machine's own address only? No address means all of them."""
    address = st.get_option("server.address") or "0.0.0.0"  # noqa: S104 - what Streamlit does without one
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _viewer() -> Viewer | None:
    return None if sign_in_configured() else LOCAL


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
