"""Definitions: every measure in the words of the registry, which are printed everywhere else too."""

import streamlit as st

from analytics.figures import words
from analytics.measures import MEASURES
from ui import gate, release_shown, show

viewer = gate.enter("district", "principal", "panel")

# A panel's pages open no store, not even to ask whether it is the sample.
head = release_shown.head if viewer.role == "panel" else show.head
head("Definitions", "What every number means", "The same words stand under each chart and in each export.")

wanted = st.text_input("Search", type="search", placeholder="Search: reply, silent, language", key="define")
shown = words.matching(MEASURES.values(), wanted)
with st.grid(2, min_column_width=320):
    for measure in shown:
        show.measure(measure)
if not shown:
    st.info("No measure has these words. Clear the search to see all of them.", icon=":material/search_off:")
