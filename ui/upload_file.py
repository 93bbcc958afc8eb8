"""The box about a dropped file: what it is, whose rows it has, of which year, and where its headers are.

Every answer is a choice of the person; the file is planned anew with it, and nothing is stored here.
"""

from datetime import date

import streamlit as st

from data import schoolyear
from data.load import schools
from ui import upload_words as words
from ui.show import plain

_NO_SCHOOL = "No school"


def draw(store, viewer, one):
    """The whole box of one planned file."""
    preview = one.preview
    with st.container(border=True):
        st.subheader("The file", anchor=False)
        left, middle, right = st.columns(3)
        with left:
            kind_of(one, preview.kind)
        with middle:
            school_of(store, viewer, one, preview.kind)
        with right:
            _year(one)
        if preview.kind == "roster":
            _full_roster(one)
        if len(preview.sheets) == 1 and preview.sheets[0].samples:
            _header_row(one, preview.sheets[0])
        where = ", ".join(
            f"{f'“{sheet.sheet}”: ' if sheet.sheet else ''}headers in row {sheet.header_row}, "
            f"{words.rows(sheet.rows_read)}"
            for sheet in preview.sheets[:6]
        )
        st.caption(plain(where))


def kind_of(one, kind: str):
    """Is it a log or a roster?"""
    kinds = list(words.KINDS)
    key = f"kind-{one.key}-{kind}"
    st.selectbox("This is a", kinds, kinds.index(kind), words.KINDS.get, key=key, on_change=_set_kind, args=(one, key))


def _set_kind(one, key: str):
    one.kind = st.session_state[key]
    one.say(fields={}, values={})


def school_of(store, viewer, one, kind: str, titled: str | None = None):
    """The school of the rows that name none; a principal's own. `titled`: the one that stands above a roster."""
    label = "School, where a row names none"
    key = f"school-{one.key}-{one.school}"
    if viewer.schools:
        options = list(viewer.schools)
        at = options.index(one.school) if one.school in options else 0
        st.selectbox(label, options, at, key=key, on_change=_set_school, args=(one, key))
        return
    known = store.query("SELECT name FROM school ORDER BY name")["name"].tolist()
    options = list(dict.fromkeys([_NO_SCHOOL, *known, *([one.school] if one.school else [])]))
    st.selectbox(
        label, options, options.index(one.school or _NO_SCHOOL), key=key, on_change=_set_school, args=(one, key),
        accept_new_options=kind == "roster" or not known,
    )  # fmt: skip
    named = None if one.school else _named(one, known) if kind == "contacts" else titled
    if named:
        st.button(plain(f"The file says {named}: use it"), key=f"named-{one.key}", on_click=_use, args=(one, named))


def _named(one, known: list) -> str | None:
    """The school that the file names outside its table, where no column does."""
    sheets = one.preview.sheets if one.preview is not None else []
    if any("school" in sheet.headers for sheet in sheets):
        return None
    return schools.named_above(one.workbook, {sheet.sheet: sheet.header_row for sheet in sheets}, known)


def _use(one, school: str):
    one.school = school


def _set_school(one, key: str):
    said = st.session_state[key]
    one.school = None if said in (None, _NO_SCHOOL) else str(said).strip() or None


def _year(one):
    """The school year, where the file does not say it."""
    preview = one.preview
    order = next((sheet.mapping.date for sheet in preview.sheets if sheet.mapping), None)
    given = one.choices.constants.get("school_year")
    if not (preview.kind == "roster" or (order and order.no_year)):
        return
    start = schoolyear.start_year(schoolyear.name_of(date.today()))
    years = [schoolyear.named(year) for year in range(start + 1, start - 9, -1)]
    options = list(dict.fromkeys(["As in the file", *years, *([given] if given else [])]))
    key = f"year-{one.key}-{given}"
    st.selectbox(
        "School year", options, options.index(given or "As in the file"), key=key, on_change=_set_year, args=(one, key)
    )


def _set_year(one, key: str):
    said = st.session_state[key]
    constants = {name: value for name, value in one.choices.constants.items() if name != "school_year"}
    one.say(constants=constants if said == "As in the file" else {**constants, "school_year": said})


def _full_roster(one):
    said = {None: "Decide by the number of students", True: "Yes: who is not in it has left", False: "No: add only"}
    options = list(said)
    key = f"full-{one.key}-{one.choices.full_roster}"
    st.selectbox(
        "Does it name every student of its schools?", options, options.index(one.choices.full_roster), said.get,
        key=key, on_change=lambda: one.say(full_roster=st.session_state[key]),
    )  # fmt: skip


def _header_row(one, sheet):
    """The row of the headers, where the guess is wrong."""
    key = f"headers-{one.key}-{sheet.header_row}"
    st.number_input(
        "The headers are in row", 1, value=sheet.header_row, width=200, key=key,
        on_change=lambda: one.say(header_rows={sheet.sheet: st.session_state[key]}),
    )  # fmt: skip
