"""The list of families to reach: choose a school, narrow, show, take away. Shows students, so nothing is cached.

The address never holds a student, and the file has no live formula.
"""

import streamlit as st

from access.viewer import Viewer
from analytics import families
from analytics.figures import words
from ui import export, show, stores

SINCE = {"All students": 0, "30 days or more": 30, "60 days or more": 60, "90 days or more": 90}
NAMES = {
    "student": "Student",
    "student_id": "Student id",
    "grade": "Grade",
    "home_language": "Home language",
    "days_since_contact": "Days since contact",
    "last_contact": "Last contact",
    "days_since_two_way": "Days since two-way",
    "last_two_way": "Last two-way",
    "attempts_since": "Attempts since",
    "last_attempt": "Last attempt",
}


def choose_school(offered) -> str:
    """The school whose students are listed; one that the viewer may see."""
    with st.sidebar:
        chosen = st.selectbox("School", offered.schools, key="list_school", bind="query-params")
    return chosen if chosen in offered.schools else offered.schools[0]


def load(viewer: Viewer, school: str):
    """(table, as-of date) of `analytics.families`."""
    return families.to_reach(stores.current().store, viewer, school)


def headline(table, school: str) -> str:
    """How many of the school's families were not reached for two months."""
    late = families.not_reached(table, 60)
    of = words.count(len(table))
    return f"{words.count(late)} of {of} families at {school} have not been reached for 60 days or more"


def in_words(as_of) -> str:
    """Which day the list speaks for."""
    if as_of is None:
        return ""
    return f"Students enrolled on {words.day(as_of)}, the date of the latest contact that is loaded."


def narrow(table):
    """The rows left by the controls above the list."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        since = st.segmented_control("Not reached for", list(SINCE), default="All students", key="list_since")
        grades = [g for g in words.GRADE_ORDER if g in set(table["grade"])]
        grade = st.multiselect("Grade", grades, placeholder="All grades", key="list_grade", width=200)
        languages = sorted(table["home_language"].dropna().unique())
        language = st.multiselect(
            "Home language", languages, format_func=words.spoken, placeholder="All languages", key="list_language",
            width=240,
        )  # fmt: skip
    return families.narrowed(table, SINCE.get(since, 0), grade, language)


def draw(table):
    """The list; the longest without contact first, and sortable by every column."""
    shown = table.rename(columns=NAMES)
    for name in ("Home language",):
        shown[name] = [words.label("home_language", raw) for raw in shown[name]]
    days = {
        name: st.column_config.NumberColumn(name, help="Empty: not yet, as far as the log goes.", format="%d")
        for name in (NAMES["days_since_contact"], NAMES["days_since_two_way"])
    }
    dates = {
        NAMES[n]: st.column_config.DateColumn(format="D MMM YYYY")
        for n in ("last_contact", "last_two_way", "last_attempt")
    }
    st.caption(f"{words.count(len(shown))} students. An empty number means: not yet, as far as the log goes.")
    st.dataframe(
        export.safe(shown),
        hide_index=True,
        height=560,
        column_config={**days, **dates},
        alt="Students by days since the last delivered contact",
    )


def download(table, viewer: Viewer, school: str, as_of):
    """The same list as a workbook."""
    sample = stores.SAMPLE_WORDS if stores.current().sample else ""
    about = f"Families to reach, {school}, as of {words.day(as_of)}. {sample}"
    st.download_button(
        "Download workbook",
        lambda: export.workbook(table.rename(columns=NAMES), "Families to reach", about.strip()),
        "families_to_reach.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        icon=":material/download:",
        on_click="ignore",
    )
    show.definition_of("silent", "two_way_share")
