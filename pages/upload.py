"""Upload: drop files, see what was understood, correct it, load it. Nothing is final before the button."""

import streamlit as st

from ui import gate, show, upload_load, upload_mapping, upload_names, upload_preview, upload_state

viewer = gate.enter("district", "principal")

store = upload_state.own_store()
top = st.container()
uploaded = st.file_uploader(
    "Spreadsheets, text files, web tables saved as .xls, OneRoster exports, or a zip of them",
    accept_multiple_files=True, key="upload_drop",
    help="The file is read on this machine and deleted afterwards. It goes into your district's own store.",
)  # fmt: skip
with st.container():  # bars of progress come and go in it, and nothing below them changes its place
    files = upload_state.files(uploaded)
    for file in files:
        if not file.school_list:
            upload_state.plan(store, viewer, file, files)
one = upload_load.choose(files)
upload_load.head(one, top)
if one is None:
    st.info(
        "Begin with a roster: student ids, schools and grades. Then drop the contact logs, as many files as you like. "
        "Each is shown as it was understood, and you can correct it. Notes are never stored.",
        icon=":material/lightbulb:",
    )
    st.stop()
if one.upload:
    upload_load.done(store, viewer, one, files)
elif one.refusal:
    st.warning(show.plain(one.refusal.sentence), icon=":material/info:")
    if one.workbook is not None:
        upload_mapping.mend(store, viewer, one)
elif one.school_list:
    st.info("This is a list of schools: its names are used for the codes in the other files.", icon=":material/check:")
else:
    upload_preview.counts(one.preview.counts, upload_preview.BEFORE)
    if not one.preview.already:
        upload_mapping.draw(store, viewer, one)
        upload_preview.waits(one.preview)
        upload_names.names(viewer, one)
        upload_preview.first_rows(one)
    upload_load.offer(store, viewer, one)
