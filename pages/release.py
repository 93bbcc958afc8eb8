"""Release for panels: choose school years, prove them, look at what will be hidden and seen, then publish."""

import streamlit as st

from ui import gate, later, release_made, release_shown, stores

viewer = gate.enter("district")

PAGE = "Release for panels"

if viewer.schools is not None or viewer.districts is not None:
    release_shown.head(PAGE, "A release counts all schools")
    st.info("Only a district leader who sees all schools can make one.", icon=":material/lock:")
    st.stop()

now = stores.current()
rests_on = "Choose the school years, let the proof run, look at what a panel will see, and publish."
release_shown.head(PAGE, "What panels see is released here, once a school year", rests_on, now.sample)

release_made.done()
release_made.lists(now.store)
years = release_made.choose_years(now.store)
if release_made.prove(now.store, viewer, years):
    st.rerun()

draft = release_made.draft_of(now.store)
if draft is not None:
    release_made.hidden(draft)
    release_made.preview(draft, now.sample)
    release_made.publish(now.store, viewer, draft)
release_made.earlier()
later.finish()
