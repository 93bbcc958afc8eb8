"""Who is signed in: Streamlit's sign-in says who, our directory says what. Asked again on every run.

Owns the claims of a session, the button that signs in and the one that signs out. Nothing here reads a
role from a token, a widget, an address or a header; headers can only make the program refuse.
"""

import ipaddress
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from websockets import http11

from access.directory import Directory, NotPossible
from access.sign_in import Denied, viewer_of
from access.viewer import LOCAL, Viewer
from data.home import home

# A sign-in with some hundred groups makes a cookie that the server would refuse without a word (8 KB a line).
# The environment counts for a server that starts; the name, for one that already runs.
LONGEST_HEADER = 65536
os.environ.setdefault("WEBSOCKETS_MAX_LINE_LENGTH", str(LONGEST_HEADER))
http11.MAX_LINE_LENGTH = max(http11.MAX_LINE_LENGTH, LONGEST_HEADER)

OUTSIDE = Denied(
    "This server can be reached from other machines and has no sign-in, so it shows nothing. "
    "Start it with server.address = 127.0.0.1, or set up the sign-in.",
    False,
)
BROKEN = Denied("The sign-in is not set up correctly, so nothing is shown. Ask your district's IT office.", False)
SIGNED_OUT = Denied("Both Ways shows how families are reached. Please sign in.", True)


def viewer() -> Viewer | Denied:
    """Who asks, or the sentence that denies. Without sign-in: the district's own user, on this machine only."""
    if secrets_unreadable():
        return BROKEN
    if not configured():
        return LOCAL if serves_this_machine_only() and not came_from_elsewhere() else OUTSIDE
    claims = st.user.to_dict()
    if claims.get("is_logged_in") is not True:
        return SIGNED_OUT
    return viewer_of(claims, directory())


def directory() -> Directory:
    """The directory of people and the audit log of this home."""
    return Directory(home() / "access.sqlite")


def configured() -> bool:
    """Is a sign-in provider set up (a section `auth` in Streamlit's secrets)?"""
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


def secrets_unreadable() -> bool:
    """Is there a secrets file that cannot be read? Then nobody knows whether a sign-in was meant."""
    try:
        len(st.secrets)
    except FileNotFoundError:  # what Streamlit raises for a missing file and for a broken one
        return any(Path(place).exists() for place in st.get_option("secrets.files") or ())
    return False


def serves_this_machine_only() -> bool:
    """Does the server listen on this machine's own address only? No address means all of them."""
    return _is_loopback(st.get_option("server.address") or "0.0.0.0")  # noqa: S104 - Streamlit's own default


def came_from_elsewhere() -> bool:
    """Was this page asked for under another name than this machine's, or through a proxy?"""
    return is_from_elsewhere(st.context.headers)


def is_from_elsewhere(headers: Mapping[str, str]) -> bool:
    """Do a request's headers name another host than this machine, or a proxy?

    A server that listens on 127.0.0.1 behind a reverse proxy is open to whoever reaches the proxy.
    """
    if any(headers.get(name) for name in ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-IP")):
        return True
    return bool(headers.get("Host")) and not _is_loopback(urlsplit(f"//{headers['Host']}").hostname or "")


def ask(denied: Denied):
    """The sentence, the button where a fresh sign-in may help, and nothing else."""
    st.info(denied.sentence, icon=":material/lock:")
    if denied is SIGNED_OUT:
        st.button("Sign in", type="primary", icon=":material/login:", on_click=st.login)
    elif configured() and denied is not BROKEN:
        st.button("Sign in again" if denied.again else "Sign out", icon=":material/logout:", on_click=st.logout)


def sign_out(who: Viewer):
    """The way out, at the foot of the menu; only where there is a sign-in."""
    if configured():
        with st.sidebar:
            st.caption(f"Signed in as {_plain(who.name)}")
            st.button(
                "Sign out", icon=":material/logout:", on_click=_leave, args=(who,), type="tertiary", key="_sign_out",
                help="Ends your sign-ins on other machines too.",
            )  # fmt: skip


def _leave(who: Viewer):
    """The cookie outlives a sign-out by weeks, so the sign-ins that it could be played again for end too."""
    with suppress(NotPossible):
        directory().revoke(who.name)
    st.logout()


def _is_loopback(address: str) -> bool:
    if address.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _plain(text: str) -> str:
    return "".join(f"\\{sign}" if not sign.isalnum() else sign for sign in text)
