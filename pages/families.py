"""Families to reach: the students of one school by how long ago their family was last reached."""

import streamlit as st

from ui import cache, family_list, gate, show

viewer = gate.enter("district", "principal", students=True)

PAGE = "Families to reach"

offered = cache.offered(viewer)
show.stop_if_missing(PAGE, offered)
school = family_list.choose_school(offered)
table, as_of = family_list.load(viewer, school)
logs = family_list.logs(viewer, school, as_of)
show.head(PAGE, family_list.headline(table, school, as_of, logs), family_list.in_words(as_of))
show.left_out_of_link(school)
if table.empty:
    st.info("No student is enrolled in this school on that day. Choose another school.", icon=":material/info:")
    st.stop()
chosen, which = family_list.narrow(table)
family_list.draw(chosen, len(table), which)
family_list.download(viewer, chosen, school, as_of, len(table), which)
