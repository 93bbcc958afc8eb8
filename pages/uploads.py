"""Uploads: what was loaded, what waits and why, undo; what is remembered; a copy of the store, and its check."""

import streamlit as st

from ui import gate, show, upload_history, upload_state

viewer = gate.enter("district", "principal")

store = upload_state.own_store()
history = upload_history.history(store, viewer)
show.head("Uploads", upload_history.headline(history))
if history.empty:
    st.info("Open Upload in the menu and drop a roster or a contact log in.", icon=":material/upload_file:")
else:
    upload_history.table(history)
    upload_history.details(store, viewer, history)
    upload_history.waiting(store, viewer)
if viewer.role == "district":
    upload_history.remembered(store)
if viewer.role == "district" and viewer.students and viewer.districts is None:  # a copy holds every student
    upload_history.care(store, viewer)
