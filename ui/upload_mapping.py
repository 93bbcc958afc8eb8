"""What was understood of a file, and the corrections: columns, what the file lacks, dates, unknown words.

The file's own headers and words stand beside each field. Every correction is a choice of the person; the file is
planned anew with it, and nothing is stored here.
"""

from datetime import date

import streamlit as st

from data import mapping as meaning
from data import schoolyear
from data.errors import Refusal
from data.load import Choices, remembering
from data.load.fields import OF_KIND
from data.load.tables import find_tables
from ui import upload_words as words
from ui.show import plain

_MOST_WORDS = 12
_ABSENT = "Not in this file"
_NO_SCHOOL = "No school"
# Fields that a file may lack and a person may know for every row.
_CONSTANT = ("channel", "direction", "outcome", "audience", "contact_with")


def draw(store, viewer, one):
    """The whole editor of one planned file."""
    _about_the_file(store, viewer, one)
    for number, sheet in enumerate(_different(one.preview.sheets)):
        if sheet.samples:
            _columns(one, sheet, number)
    _dates(one)
    _unknown_words(one)
    _remembered(store, one)


def mend(store, viewer, one):
    """What a person can say about a file that was refused: which column it is, which school, or start again."""
    code = one.refusal.code
    if code.endswith("_column"):
        _say_columns(store, viewer, one)
    elif code == "unknown_school":
        _school(store, viewer, one, one.kind or "contacts")
    if one.choices.corrects or one.school:
        st.button("Take the corrections back", key=f"anew-{one.key}", on_click=_anew, args=(one,))


def _anew(one):
    one.choices, one.school, one.kind = Choices(), None, None


def _say_columns(store, viewer, one):
    """The headers of a file that lacks a column, so that a person can say which it is."""
    try:
        tables, _ = find_tables(one.workbook, one.choices)
    except Refusal:
        return
    table = tables[0]
    kind = one.kind or table.kind
    _kind(one, kind)
    _school(store, viewer, one, kind)
    samples = {column.header: tuple(column.sample[:5]) for column in table.columns}
    st.markdown("**Say which column it is**")
    needed = ("student_id", "student_name") + (("contact_date",) if kind == "contacts" else ("grade", "school"))
    for name in needed:
        _field(one, name, None, samples, f"mend-{kind}")


def _about_the_file(store, viewer, one):
    preview = one.preview
    with st.container(border=True):
        st.subheader("The file", anchor=False)
        left, middle, right = st.columns(3)
        with left:
            _kind(one, preview.kind)
        with middle:
            _school(store, viewer, one, preview.kind)
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


def _kind(one, kind: str):
    kinds = list(words.KINDS)
    key = f"kind-{one.key}-{kind}"
    st.selectbox("This is a", kinds, kinds.index(kind), words.KINDS.get, key=key, on_change=_set_kind, args=(one, key))


def _set_kind(one, key: str):
    one.kind = st.session_state[key]
    one.say(fields={}, values={})


def _school(store, viewer, one, kind: str):
    """The school of the rows that name none; a principal's own."""
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


def _different(sheets: list) -> list:
    """One sheet for each set of headers: a tab for every month is read like the first."""
    return list({sheet.mapping.signature: sheet for sheet in reversed(sheets) if sheet.mapping}.values())[::-1]


def _columns(one, sheet, number: int):
    """Each field with its column, the file's words and the reason; every one can be changed."""
    found = sheet.mapping.fields
    kind = one.preview.kind
    with st.container(border=True):
        name = f" of “{sheet.sheet}”" if sheet.sheet and number else ""
        st.subheader(plain(f"How the columns{name} are read"), anchor=False)
        names = [field for field in OF_KIND[kind] if field in found]
        for field in names:
            _field(one, field, found[field], sheet.samples, f"map-{number}", sheet.mapping)
        for how in sheet.mapping.derived.values():
            st.caption(plain(how.sentence))
        absent = [field for field in OF_KIND[kind] if field not in found and field not in sheet.mapping.derived]
        if absent:
            with st.expander(f"{len(absent)} fields that were not found in the file"):
                for field in absent:
                    _field(one, field, None, sheet.samples, f"map-{number}", sheet.mapping)
        if one.preview.not_stored:
            st.caption(plain("Not stored: " + ", ".join(one.preview.not_stored) + "."))


def _field(one, field: str, choice, samples: dict, place: str, mapping=None):
    """One field: the choice of its column, and beside it what stands in the file."""
    options = [None, *(("column", header) for header in samples)]
    if field in _CONSTANT and one.preview is not None and one.preview.kind == "contacts":
        options += [("same", said) for said in meaning.allowed_values(field) or []]
    now = _now(field, choice, mapping)
    options += [now] if now not in options else []
    key = f"{place}-{one.key}-{field}-{options.index(now)}"
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    left.selectbox(
        words.field(field), options, options.index(now), _option, key=key, on_change=_set_field,
        args=(one, field, key),
    )  # fmt: skip
    if choice is not None:
        texts = " · ".join(samples.get(choice.header, ())[:4])
        right.markdown(f"**{words.sure(choice)}** {plain(choice.reason)}")
        if texts:
            right.caption(plain(f"In the file: {texts}"))


def _now(field: str, choice, mapping):
    if choice is None:
        return None
    if choice.column is not None:
        return ("column", choice.header)
    return ("same", mapping.constants.get(field, "")) if choice.source == "constant" else ("tab", choice.reason)


def _option(option) -> str:
    if option is None:
        return _ABSENT
    how, said = option
    return {"column": f"“{said}”", "same": f"Every row: {words.value(said)}", "tab": "The name of the tab"}[how]


def _set_field(one, field: str, key: str):
    option = st.session_state[key]
    constants = {name: value for name, value in one.choices.constants.items() if name != field}
    if option and option[0] == "same":
        constants[field] = option[1]
    header = option[1] if option and option[0] == "column" else None
    fields = {name: said for name, said in one.choices.fields.items() if said != header or said is None}
    one.say(fields={**fields, field: header}, constants=constants)


def _dates(one):
    """How dates are read, with the evidence; the order can be changed."""
    order = next((sheet.mapping.date for sheet in one.preview.sheets if sheet.mapping and sheet.mapping.date), None)
    if order is None:
        return
    with st.container(border=True):
        st.subheader("Dates", anchor=False)
        options = list(words.ORDERS)
        key = f"order-{one.key}-{order.order}"
        left, right = st.columns([2, 3], vertical_alignment="bottom")
        left.selectbox(
            "Order of dates", options, options.index(order.order), words.ORDERS.get, key=key,
            on_change=lambda: one.say(date_order=st.session_state[key]),
        )  # fmt: skip
        right.markdown(plain(order.sentence))


def _unknown_words(one):
    """Words that no vocabulary has, each with a choice of what it means."""
    asked = _asked(one)
    questions = [one for one in one.preview.questions if one.code != "ask_date_order"]
    if not asked and not questions:
        return
    with st.container(border=True):
        st.subheader("Words and questions", anchor=False)
        for question in questions:
            st.markdown(plain(question.sentence))
            if question.code == "ask_grade":
                _grade_scale(one, question)
        for field, text, count, offer in asked:
            _word(one, field, text, count, offer)


def _asked(one) -> list[tuple]:
    found = {}
    for sheet in one.preview.sheets:
        for field, texts in sheet.unknown.items():
            for text, count, offer in texts[:_MOST_WORDS]:
                found.setdefault((field, text), (field, text, count, offer))
    for field, texts in one.choices.values.items():
        for text in texts:
            found.setdefault((field, text), (field, text, 0, None))
    return list(found.values())


def _word(one, field: str, text: str, count: int, offer):
    options = [None, *(meaning.allowed_values(field) or [])]
    now = one.choices.values.get(field, {}).get(text)
    key = f"word-{one.key}-{field}-{text}-{now}"
    number = f" ({words.rows(count)})" if count else ""
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    left.selectbox(
        plain(f"{words.field(field)}: “{text}”{number}"), options, options.index(now), words.value, key=key,
        on_change=lambda: _set_word(one, field, text, st.session_state[key]),
    )  # fmt: skip
    if offer is not None and now is None:
        right.button(
            plain(f"“{text}” means {words.value(offer)}"), key=f"offer-{key}", on_click=_set_word,
            args=(one, field, text, offer),
        )  # fmt: skip


def _set_word(one, field: str, text: str, value):
    said = {**one.choices.values.get(field, {}), text: value}
    one.say(values={**one.choices.values, field: said})


def _grade_scale(one, question):
    options = [None, *question.options]
    key = f"scale-{one.key}-{one.choices.grade_scale}"
    st.selectbox(
        "Your answer", options, options.index(one.choices.grade_scale), lambda said: said or "Not answered yet",
        key=key, on_change=lambda: one.say(grade_scale=st.session_state[key]),
    )  # fmt: skip


def _remembered(store, one):
    """Corrections of an earlier file with these headers, and the way to forget them."""
    preview = one.preview
    if not any(choice.source == "remembered" for sheet in preview.sheets for choice in sheet.mapping.fields.values()):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Some choices are remembered from an earlier file with these headers.")
        if st.button("Forget them", key=f"forget-{one.key}", type="tertiary"):
            remembering.forget(store, preview.signature, preview.kind, preview.district)
            one.planned_with = None
            st.rerun()
