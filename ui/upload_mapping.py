"""How the columns of a file are read, and the corrections: which column a field is in, or that every row has it.

The file's own headers and words stand beside each field. Every correction is a choice of the person; the file is
planned anew with it, and nothing is stored here.
"""

import streamlit as st

from data import mapping as meaning
from data.errors import Refusal
from data.load import Choices
from data.load.fields import OF_KIND
from data.load.mapped import first_table
from ui import upload_file, upload_meanings
from ui import upload_words as words
from ui.show import plain

_ABSENT = "Not in this file"
# Fields that a file may lack and a person may know for every row.
_CONSTANT = ("channel", "direction", "outcome", "audience", "contact_with")


def draw(store, viewer, one):
    """The whole editor of one planned file."""
    upload_file.draw(store, viewer, one)
    upload_meanings.ids(one)
    for number, sheet in enumerate(_different(one.preview.sheets)):
        if sheet.samples:
            _columns(one, sheet, number)
    upload_meanings.dates(one)
    upload_meanings.unknown_words(one)
    upload_meanings.remembered(store, one)


def mend(store, viewer, one):
    """What a person can say about a file that was refused: which column it is, which school, or start again."""
    code = one.refusal.code
    if code.endswith("_column"):
        _say_columns(store, viewer, one)
    elif code == "unknown_school":
        upload_file.school_of(store, viewer, one, one.kind or "contacts")
    if one.choices.corrects or one.school:
        st.button("Take the corrections back", key=f"anew-{one.key}", on_click=_anew, args=(one,))


def _anew(one):
    one.choices, one.school, one.kind = Choices(), None, None


def _say_columns(store, viewer, one):
    """The headers of a file that lacks a column, so that a person can say which it is."""
    try:
        table = first_table(one.workbook, one.choices, one.kind)
    except Refusal:
        return
    kind, found = table.kind, table.mapping.fields
    upload_file.kind_of(one, kind)
    upload_file.school_of(store, viewer, one, kind, table.titled_school)
    samples = {column.header: tuple(column.sample[:5]) for column in table.columns}
    st.markdown("**Say which column it is**")
    student = ("student_id",) if found.keys() & {"first_name", "last_name"} else ("student_id", "student_name")
    needed = (*student, *(("contact_date",) if kind == "contacts" else ("grade", "school")))
    for name in sorted(needed, key=lambda name: name in found):  # what is missing comes first
        _field(one, name, found.get(name), samples, f"mend-{kind}", table.mapping)


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
