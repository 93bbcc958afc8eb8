"""The directory of people on a page: let in, change, end sign-ins, take out; and the audit log to read.

A change is checked again when it arrives, whatever the widgets allowed, and is itself a line of the log.
Nobody changes the own entry, and nobody gives a right that they do not have.
"""

import pandas as pd
import streamlit as st

from access.directory import NotPossible, Person
from access.viewer import ROLES, Viewer
from analytics.scope import visible_schools
from data.erase import record
from data.retention import past
from data.store import Store
from ui import export, show, sign_in, stores

SEES = {
    "district": "District: every school",
    "principal": "Principal: own schools, with students",
    "panel": "Panel: released tables only",
}
WHEN = "When (UTC)"
SINCE = "In the list since"
LOG = (WHEN, "Who", "What", "Of what", "Rows")


def headline() -> str:
    """How many people may come in."""
    count = len(sign_in.directory().people())
    return f"{count} {'person' if count == 1 else 'people'} may come in" if count else "Nobody is in the directory yet"


def stop_if_not_for_all(viewer: Viewer):
    """End the page for a viewer of some districts: whoever lets people in can let them see everything."""
    if viewer.districts is not None:
        st.info("People are let in by somebody who sees all districts. Ask them to change the list.")
        st.stop()


def draw():
    """Everybody in the directory."""
    found = sign_in.directory().people()
    if found:
        lines = export.safe(pd.DataFrame([_line(person) for person in found]))
        days = pd.to_datetime([person.added_at[:10] for person in found])
        column = {SINCE: st.column_config.DateColumn(format="D MMM YYYY")}  # sorts as a date
        about = "People, their roles, schools and districts"
        st.dataframe(lines.assign(**{SINCE: days}), hide_index=True, column_config=column, alt=about)


def districts(viewer: Viewer) -> list[str]:
    """The districts of the store."""
    return sorted({school.district for school in visible_schools(stores.current().store, viewer)})


def change(viewer: Viewer, schools, districts):
    """Let somebody in, or change what they see; `schools` and `districts` are the names to choose from."""
    with st.form("person", clear_on_submit=True, border=True):
        st.subheader("Let somebody in, or change what they see", anchor=False)
        email = st.text_input("E-mail address", key="person_email", max_chars=254)
        # None is chosen beforehand: whoever only types an address would give the right to every school.
        role = st.selectbox(
            "Role", ROLES, None, format_func=SEES.get, key="person_role", placeholder="Choose what they may see"
        )
        own = st.multiselect("Schools, for a principal", schools, key="person_schools")
        within = (
            st.multiselect("Districts; none chosen means all", districts, key="person_districts")
            if len(districts) > 1
            else None
        )
        students = st.checkbox(
            "A district user sees names of students", key="person_students", disabled=not viewer.students
        )
        if st.form_submit_button("Save", type="primary"):
            given = (role, own if role == "principal" else None, within, students and role == "district")
            _do(viewer, email, lambda people: _add(people, viewer, email, *given))


def leave(viewer: Viewer):
    """End somebody's sign-ins, or take them out."""
    others = [person.email for person in sign_in.directory().people() if person.email != viewer.name]
    if not others:
        return
    with st.container(border=True):
        st.subheader("End somebody's access", anchor=False)
        email = st.selectbox("Person", others, key="person_leaving")
        with st.container(horizontal=True):
            if st.button("End the sign-ins", help="They have to sign in again.", key="person_revoke"):
                _do(viewer, email, lambda people: people.revoke(email, by=viewer.name))
            if st.button("Take out of the list", help="They see nothing from now on.", key="person_remove"):
                _do(viewer, email, lambda people: people.remove(email, by=viewer.name))


def log():
    """The audit log, to read; nothing in the program can change a line of it."""
    rows = sign_in.directory().log()
    with st.container(border=True):
        st.subheader("Who saw or took lists of students, and who changed the list of people", anchor=False)
        if not rows:
            st.caption("No list of students has been shown yet.")
            return
        _with_times(pd.DataFrame(rows, columns=list(LOG)), "Audit log")


def retention():
    """What is past retention, how it is erased, and what was. Not the erasure itself: pages hold the store open."""
    store = stores.current().store
    if isinstance(store, Store):
        _past(store)


def _past(store):
    years, erased = past(store), record(store)
    if years:
        st.warning(
            f"Past retention: {', '.join(years)}. Close the program and say `python -m data retention --erase --yes`.",
            icon=":material/auto_delete:",
        )
    if erased:
        with st.container(border=True):
            st.subheader("What was erased", anchor=False)
            lines = [(line["at"], line["what"], line["rows"]) for line in reversed(erased)]
            _with_times(pd.DataFrame(lines, columns=[WHEN, "What", "Rows"]), "Erasures")


def _with_times(table: pd.DataFrame, alt: str):
    """A table whose times are printed as people read them, and sort as times; the log itself keeps the seconds."""
    times = pd.to_datetime(table[WHEN], utc=True).dt.tz_localize(None)
    column = st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm")
    shown = export.safe(table).assign(**{WHEN: times})
    st.dataframe(shown, hide_index=True, column_config={WHEN: column}, alt=alt)


def _add(people, viewer: Viewer, email: str, role: str, schools, within, students: bool):
    if role not in ROLES:
        raise NotPossible("Choose a role: it says what this person may see.")
    if students and not viewer.students:
        raise NotPossible("You may not see students yourself, so you cannot give that right.")
    if role == "principal" and not schools:
        raise NotPossible("Choose at least one school for a principal.")
    people.add(email, role, schools, within, students, by=viewer.name)


def _do(viewer: Viewer, email: str, change):
    """Make a change, which writes its line, and show the list anew; or say why not."""
    if email.strip().lower() == viewer.name:
        st.error("Your own entry is changed by somebody else, or on the command line.")
        return
    try:
        change(sign_in.directory())
    except NotPossible as refused:
        st.error(show.plain(str(refused)))
        return
    st.rerun()


def _line(person: Person) -> dict[str, str]:
    return {
        "E-mail address": person.email,
        "Role": person.role.capitalize(),
        "Sees": person.scope(),
        "Names of students": "yes" if person.students else "no",
        "Signed in before": "yes" if person.issuer else "no",
    }
