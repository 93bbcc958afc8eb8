"""Uploads: what was loaded, what waits and why, undo; what is remembered; a copy of the store, and its check."""

import streamlit as st

from ui import gate, show, stores, upload_history, upload_rights, upload_state

viewer = gate.enter("district", "principal")

store = upload_state.own_store()
history = upload_rights.visible(store, viewer)
sample = stores.current().sample
show.head("Uploads", upload_history.headline(history, sample))
if said := upload_history.what_next(store, history, sample):
    st.info(said, icon=":material/upload_file:")
if not history.empty:
    upload_history.table(history)
    upload_history.details(store, viewer, history)
    upload_history.waiting(store, viewer)
if viewer.role == "district":
    upload_history.remembered(store, viewer)
if viewer.role == "district" and viewer.students and viewer.districts is None:  # a copy holds every student
    upload_history.care(store, viewer)
