"""The history of uploads: the list, one upload's details and undo, rows that wait, what is remembered, the copy.

Whose uploads they are: `ui.upload_rights`. Names of students, and of files, which can be students', need the right to
see them.
"""

from pathlib import Path

import pandas as pd
import streamlit as st

from analytics import file_rights
from analytics.figures.words import count, joined, short_day
from data import check, scratch
from data.backup import backup
from data.errors import Refusal
from data.load import Choices, matches, remembering, set_aside_rows
from data.load.problems import sentence
from data.priority import giving_way
from ui import audit, empty, export, upload_load, upload_names, upload_preview
from ui import upload_words as words
from ui.show import plain

_COLUMNS = ("rows_read", "rows_loaded", "rows_duplicate", "rows_set_aside", "rows_unmatched", "rows_not_family")
_MOST_IN_MEMORY = 200 << 20


def headline(found, sample: bool) -> str:
    """How much is loaded, and how much waits. `sample`: the pages show the sample district."""
    active = found[found["state"] == "loaded"]
    if found.empty:
        return "What you see is the sample district" if sample else "You have loaded no file yet"
    if active.empty:
        return "Every file that you loaded was taken back"
    files = f"{count(len(active))} file{' is' if len(active) == 1 else 's are'} loaded"
    waits, aside = (int(active[name].sum()) for name in ("rows_unmatched", "rows_set_aside"))
    said = [words.rows_that(waits, "waits for its student", "wait for their student")] if waits else []
    said += [words.rows_that(aside, "is set aside", "are set aside")] if aside else []
    return f"{files}; {joined(said) or 'nothing waits'}"


def what_next(store, found, sample: bool) -> str:
    """What to do where the viewer has no file in the store, and what the pages show until then; else nothing."""
    if (found["state"] == "loaded").any():
        return ""
    drop = "Open Upload in the menu and drop a roster or a contact log in."
    if sample:
        return f"{drop} Your first file replaces the sample district on every page."
    if store.value("SELECT count(*) FROM upload WHERE state = 'loaded'"):
        return drop
    return f"The pages are empty until a file is loaded. {drop} {empty.NO_SAMPLE}"


def table(found):
    """Who loaded what and when, with the counts."""
    shown = pd.DataFrame(
        {
            "No.": found["upload_id"],
            "File": found["file_name"],
            "Kind": [words.KINDS.get(kind, kind) for kind in found["kind"]],
            **({"District": found["district"]} if found["district"].nunique() > 1 else {}),
            "Loaded": found["loaded_at"],
            "By": found["loaded_by"],
            "State": ["Taken back" if state == "undone" else "Loaded" for state in found["state"]],
            **{words.COUNTS[name][0]: found[name] for name in _COLUMNS},
        }
    )
    columns = {words.COUNTS[name][0]: st.column_config.NumberColumn(format="localized") for name in _COLUMNS}
    columns["Loaded"] = st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm")
    st.dataframe(export.safe(shown), hide_index=True, column_config=columns, alt="The uploads with their counts")
    if (found["file_name"] == file_rights.UNNAMED).any():
        st.caption("A file's name can be a student's, so the names of files that others loaded are not shown to you.")


def details(store, viewer, found):
    """One upload: its counts, what was wrong, the rows to mend, and undo."""
    names = {row.upload_id: f"{row.upload_id}: {row.file_name}" for row in found.itertuples()}
    with st.container(border=True):
        st.subheader("One upload", anchor=False)
        chosen = st.selectbox("Upload", list(names), format_func=names.get, key="uploads_one")
        one = found[found["upload_id"] == chosen].iloc[0] if chosen in names else found.iloc[0]
        upload_id = int(one["upload_id"])
        if one["state"] == "undone":
            st.caption(plain(f"Taken back by {one['undone_by']} on {short_day(one['undone_at'])}."))
            return
        upload_preview.counts(one.to_dict(), ("rows_read", *upload_load.AFTER))
        _problems(store, upload_id, quoted=viewer.students)
        with st.container(horizontal=True):
            if one["rows_set_aside"] and viewer.students:
                rows = audit.taken(
                    viewer, "rows set aside exported", f"upload {upload_id}", int(one["rows_set_aside"]),
                    lambda: set_aside_rows(store, upload_id),
                )  # fmt: skip
                upload_preview.mended("Rows set aside", rows, one["file_name"], f"aside-{upload_id}")
            upload_load.take_back(store, viewer, upload_id, one["file_name"], f"history-{upload_id}")


def _problems(store, upload_id: int, *, quoted: bool):
    """What was wrong, by cause. `quoted`: with a cell of the file, which may say a student's name or id."""
    found = store.query(
        """
        SELECT code, field, count(*) AS rows, any_value(message) AS message FROM problem
        WHERE upload_id = ? GROUP BY code, field ORDER BY rows DESC, code, field
        """,
        [upload_id],
    )
    if found.empty:
        st.caption("Nothing had to be mended.")
        return
    printed = pd.DataFrame(
        {
            "Rows": [count(number) for number in found["rows"]],
            "Field": [words.field(name) for name in found["field"]],
            "For example": [row.message if quoted else _unquoted(row.code, row.field) for row in found.itertuples()],
        }
    )
    st.table(printed.map(plain), border="horizontal", hide_index=True, alt="Problems of the upload by cause")


def _unquoted(code: str, field: str) -> str:
    try:
        return sentence(code, field).replace("{value}", "…")
    except KeyError:  # of an earlier version
        return ""


def waiting(store, viewer):
    """Rows whose student no roster names, or several fit, with the names to choose from."""
    if joined := st.session_state.pop("uploads_joined", None):
        st.success(f"{words.rows(joined)} joined.", icon=":material/check:")
    waits = "SELECT district, count(*) AS rows FROM contact_row WHERE status = 'unmatched' GROUP BY district"
    number = int(file_rights.of_districts(viewer, store.query(waits))["rows"].sum())
    if not number or not viewer.students:
        return
    with st.container(border=True):
        st.subheader("Rows that wait for a student", anchor=False)
        if viewer.role == "district":
            st.markdown(f"{words.rows_that(number, 'waits', 'wait')}. {words.WAITING}")
        offers = upload_names.allowed_offers(viewer, matches.waiting(store))
        if offers.empty:
            st.caption("No student of the roster has a name that is nearly the same.")
            return
        accepted = st.session_state.setdefault("uploads_accepted", {})
        upload_names.choose(offers, accepted, "history", "{number} more are listed when these have joined.")
        if st.button("Let them join", type="primary", disabled=not accepted, key="uploads_accept"):
            chosen = list(accepted.values())
            st.session_state["uploads_joined"] = giving_way(lambda _: matches.accept(store, chosen, viewer.name))
            accepted.clear()
            st.rerun()


def remembered(store, viewer):
    """Corrections that are used again for files with the same headers, and the way to forget them."""
    found = file_rights.of_districts(viewer, remembering.remembered(store))
    if found.empty:
        return
    with st.container(border=True):
        st.subheader("Remembered corrections", anchor=False)
        for row in found.drop_duplicates(["kind", "district", "choices"]).itertuples():
            left, right = st.columns([4, 1], vertical_alignment="center")
            said = words.choices(Choices.from_json(row.choices))
            left.markdown(plain(f"{words.KINDS.get(row.kind, row.kind)}: {said}"))
            left.caption(plain(f"{row.saved_by}, {short_day(row.saved_at)}"))
            key = f"forget-{row.header_signature}-{row.kind}-{row.district}"
            if right.button("Forget", key=key):  # no callback: that would run before the gate
                _forget(store, found, row)
                st.rerun()


def _forget(store, found, row):
    same = found[(found["kind"] == row.kind) & (found["district"] == row.district) & (found["choices"] == row.choices)]
    for signature in same["header_signature"]:
        remembering.forget(store, signature, row.kind, row.district)


def care(store, viewer):
    """A copy of the store, and whether it is sound."""
    with st.container(border=True):
        st.subheader("Backup and check", anchor=False)
        if store.path.stat().st_size <= _MOST_IN_MEMORY:
            taken = audit.taken(viewer, "copy of the store exported", "all", _students(store), lambda: _copy(store))
            st.download_button(
                "Download a copy", taken, "bothways-backup.duckdb", "application/octet-stream",
                icon=":material/download:", on_click="ignore",
            )  # fmt: skip
        with st.form("backup", border=False):
            target = st.text_input("Or write a copy to a new file on this machine", placeholder="/backups/2026.duckdb")
            if st.form_submit_button("Write the copy"):
                _write(store, viewer, target)
        if st.button("Check the store", icon=":material/fact_check:"):
            with st.spinner("Everything is read and worked out anew"):
                wrong = giving_way(lambda _: check.findings(store))
            for sentence in wrong:
                st.warning(plain(sentence), icon=":material/info:")
            if not wrong:
                st.success("The store is sound.", icon=":material/check:")


def _students(store) -> int:
    return store.value("SELECT count(*) FROM student")


def _copy(store) -> bytes:
    path = scratch.file(".duckdb")
    try:
        return backup(store, path).read_bytes()
    finally:
        path.unlink(missing_ok=True)


def _write(store, viewer, target: str):
    if not target.strip():
        st.warning("Name the file for the copy first.", icon=":material/info:")
        return
    try:
        audit.seen(viewer, "copy of the store written", "all", _students(store))
        st.success(plain(f"The store was copied to {backup(store, Path(target.strip()))}."), icon=":material/check:")
    except Refusal as refusal:
        st.warning(plain(refusal.sentence), icon=":material/info:")
