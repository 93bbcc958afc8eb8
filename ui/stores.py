"""Which store a page reads, with progress on the first start."""

import streamlit as st

from data.which import InUse, in_use, sample_missing

_OF_THIS_RUN = "_store_of_this_run"
SAMPLE_WORDS = "Sample district: every student and contact here is made up."


def current() -> InUse:
    """The district's own store once it holds an upload, else the sample; a Refusal becomes a sentence above."""
    if not sample_missing():
        return in_use()
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


def forget_run():
    """A run begins: the store is looked up anew."""
    st.session_state.pop(_OF_THIS_RUN, None)
