"""Which store a page reads, with progress on the first start; what pages will ask of it is added up beforehand."""

from contextlib import suppress

import streamlit as st

from analytics import usual
from data import ahead, scratch
from data.errors import Refusal
from data.store import Store
from data.which import InUse, in_use, sample_missing

_OF_THIS_RUN = "_store_of_this_run"
_FIRST_ASKED = "_version_of_this_run"
SAMPLE_WORDS = "Sample district: every student and contact here is made up."


def current() -> InUse:
    """The district's own store once it holds an upload, else the sample; a Refusal becomes a sentence above."""
    if not sample_missing():
        found = in_use()
        prepare(found.store)
        return found
    place = st.empty()
    with place.status("Making a sample district to look round in. This takes some seconds, once.", expanded=True):
        bar = st.progress(0.0)
        found = in_use(lambda step, share: bar.progress(min(max(share, 0.0), 1.0), text=step))
    place.empty()
    return found


def of_this_run() -> InUse:
    """As `current`, looked up once in a run of a page. Its `store.version` is always the newest."""
    if _OF_THIS_RUN not in st.session_state:
        st.session_state[_OF_THIS_RUN] = current()
    return st.session_state[_OF_THIS_RUN]


def at_rest(store: Store) -> bool:
    """Does nobody write, and are the sums that pages show first there?"""
    return not store.being_written and (store.ahead is None or not store.ahead.is_alive())


def prepare(store: Store):
    """Have the sums that pages show first made in the background, once for each version of the store."""
    ahead.begin(store, usual.selects)


def prepare_at_start():
    """As `prepare` when the server starts. What stands in the way is said to the first who opens a page."""
    with suppress(Refusal):
        scratch.sweep()
        if not sample_missing():
            prepare(in_use().store)


def forget_run():
    """A run begins: the store is looked up anew."""
    st.session_state.pop(_OF_THIS_RUN, None)
    st.session_state.pop(_FIRST_ASKED, None)


def asked_now() -> tuple[Store, int]:
    """The store of this run and its version, for a question of a page."""
    store = of_this_run().store
    version = store.version
    st.session_state.setdefault(_FIRST_ASKED, version)
    return store, version


def moved() -> bool:
    """Did the store change since the first question of this run? Its page may then show numbers of both states."""
    first = st.session_state.get(_FIRST_ASKED)
    return first is not None and of_this_run().store.version != first
