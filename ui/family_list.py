"""The list of families to reach: choose a school, narrow, show, take away. Shows students, so no list is cached.

The address never holds a student, and the file has no live formula.
"""

import streamlit as st

from access.viewer import Viewer
from analytics import families
from analytics.families import LATE
from analytics.figures import words
from ui import address, audit, cache, export, show, stores

SINCE = {"All students": 0, "the last 30 days": 30, "the last 60 days": 60, "the last 90 days": 90}
_FOLLOWED = "_schools_of_the_filter"
WIDTH, DAYS_WIDTH = 124, 85  # pixels, so that a phone shows the last contact and the days since it beside the name
ROW, TALLEST = 35, 562  # pixels: a line, and the list with its head
COUNTED = ("days_since_contact", "days_since_two_way", "attempts_since")
ON_SCREEN = ("student", "last_contact", *COUNTED, "grade", "home_language", "student_id")
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
    "days_enrolled": "Days since enrolled",
}


def choose_school(offered) -> str:
    """The school whose students are listed; one that the viewer may see."""
    address.seed_several("school", offered.schools)  # a link may name the school as those to the other pages do
    _follow_filter(offered)
    address.seed_one("list_school", offered.schools)
    with st.sidebar:
        chosen = st.selectbox("School", offered.schools, key="list_school", persist_state="session")
    chosen = chosen if chosen in offered.schools else offered.schools[0]
    address.write(list_school=chosen)
    return chosen


def _follow_filter(offered):
    """One school that was chosen in the filter of the other pages is the one to list, until another is chosen here; of
    several the first, where none was chosen yet."""
    chosen = st.session_state.get("school")
    chosen = tuple(chosen) if isinstance(chosen, list) else ()
    if chosen == st.session_state.get(_FOLLOWED, ()):
        return
    st.session_state[_FOLLOWED] = chosen
    there = [school for school in chosen if school in offered.schools]
    if len(there) == 1 or there and not st.session_state.get("list_school"):
        st.session_state["list_school"] = there[0]


def load(viewer: Viewer, school: str):
    """(table, as-of date) of `analytics.families`; the view is written to the audit log before it is shown."""
    found = families.to_reach(stores.current().store, viewer, school)
    audit.seen(viewer, "list of families shown", school, len(found[0]))
    return found


def logs(viewer: Viewer, school: str, as_of) -> bool:
    """Did the school log a contact itself in the days that the headline speaks of? Yes, where no lessons were held."""
    if as_of is None:
        return True
    weeks = cache.ask(viewer, families.own_log(as_of, (school,))).table
    return not (weeks["denominator"].any() and not weeks["numerator"].any())


def headline(table, school: str, as_of, logs: bool = True) -> str:
    """How many of the school's families were not reached for two months, or never if they enrolled later than that.

    Without `logs` of the school itself nobody knows whom it reached: only what others logged is said.
    """
    if table.empty:
        return f"No family at {school} is listed"
    if table["last_contact"].isna().all() and not table["attempts_since"].any():
        whom = "the only family" if len(table) == 1 else f"any of the {words.count(len(table))} families"
        return f"No contact with {whom} at {school} was logged"
    not_reached = families.not_reached(table, LATE)
    late, of = words.count(not_reached), words.count(len(table))
    since = f"in the {LATE} days up to {words.day(as_of)}"
    if not logs:
        reached = words.count(len(table) - not_reached) if not_reached < len(table) else "none"
        if len(table) == 1:
            reached = "none" if not_reached else "one"
            return f"{school} logged no contact {since}; other logs show {reached} with its only family"
        return f"{school} logged no contact {since}; other logs show {reached} of its {of} families reached"
    if families.new_and_not_reached(table, LATE):
        since += ", or since they enrolled if that is later"
    if len(table) == 1:
        return f"The only family at {school} was {'not ' if not_reached else ''}reached {since}"
    return f"{late} of {of} families at {school} were not reached {since}"


def in_words(as_of) -> str:
    """Which day the list speaks for."""
    if as_of is None:
        return ""
    return f"Students enrolled on {words.day(as_of)}, the date of the latest contact that is loaded."


def narrow(table) -> tuple:
    """The rows left by the controls above the list, and what they are in words.

    The list begins with those whom the headline counts: who takes it away at once leaves with the families to reach.
    """
    since_at, grade_at, language_at = st.columns([4, 3, 3])
    grades = [g for g in words.GRADE_ORDER if g in set(table["grade"])]
    languages = sorted(table["home_language"].dropna().unique())
    since = since_at.selectbox("Not reached in", list(SINCE), index=list(SINCE.values()).index(LATE), key="list_since")
    grade = grade_at.multiselect("Grade", grades, placeholder="All grades", key="list_grade")
    language = language_at.multiselect(
        "Home language", languages, format_func=_language, placeholder="All languages", key="list_language"
    )
    days = SINCE.get(since, 0)
    said = [f"not reached in {since}"] if days else []
    said += [" or ".join(words.label("grade", one).lower() for one in grade)] if grade else []
    said += [" or ".join(_language(one) for one in language)] if language else []
    return families.narrowed(table, days, grade, language), "; ".join(said)


def _language(raw) -> str:
    return words.label("home_language", raw)


def draw(table, of: int, which: str):
    """The list; the longest without contact first, and sortable by every column. `of`: how many students there are."""
    if table.empty:
        st.info(f"No student of {words.count(of)} is left: {which}. Choose “All students” to see the others.",
                icon=":material/check:")  # fmt: skip
        return
    shown = printed(table.assign(last_contact=last_contact(table)))[[NAMES[name] for name in ON_SCREEN]]
    st.caption(show.plain(f"{_how_many(len(shown), of, which)}. {what_cells_mean(table)}"))
    st.dataframe(
        shown,
        hide_index=True,
        height=min(TALLEST, ROW * (len(shown) + 1) + 2),  # a short list has no empty lines to be taken for students
        placeholder="",
        column_config={
            **{NAMES[name]: st.column_config.NumberColumn(format="%d") for name in COUNTED},
            NAMES["days_since_contact"]: st.column_config.NumberColumn("Days ago", format="%d", width=DAYS_WIDTH),
            NAMES["student"]: st.column_config.TextColumn(pinned=True),
            NAMES["last_contact"]: st.column_config.TextColumn(width=WIDTH),  # its own would cut “none in 468 days”
        },
        alt="Students by days since the last delivered contact",
    )


def _how_many(number: int, of: int, which: str) -> str:
    """ "98 students", or "32 of 98 students: not reached in the last 60 days"."""
    return f"{words.count(number)} of {words.count(of)} students: {which}" if which else f"{words.count(of)} students"


def last_contact(table) -> list[str]:
    """When each family was last reached, in words; of one never reached, how long it has been there to be reached.

    Short, because a phone has room for no more beside the name: `what_cells_mean` says the rest above the list.
    """
    return [
        f"none in {words.days(enrolled)}" if words.missing(when) else words.short_day(when)
        for when, enrolled in zip(table["last_contact"], table["days_enrolled"], strict=True)
    ]


def what_cells_mean(table) -> str:
    """What stands for something that never happened."""
    empty = "An empty place means: not yet, as far as the log goes."
    never = table[table["last_contact"].isna()]
    if never.empty:
        return empty
    days = words.days(never["days_enrolled"].iloc[0])
    return f"{empty} “None in {days}” means: not reached since the student enrolled {days} ago."


def printed(table):
    """The list with printed column names and languages, every text cell safe for a spreadsheet."""
    shown = table.assign(home_language=[_language(raw) for raw in table["home_language"]])
    return export.safe(shown.rename(columns=NAMES))


def download(viewer: Viewer, table, school: str, as_of, of: int, which: str):
    """The same list, with all its dates, as a workbook that says which students it has; each one that is taken is in
    the audit log."""
    sample = stores.SAMPLE_WORDS if stores.current().sample else ""
    listed = _how_many(len(table), of, which)
    about = f"Families to reach, {school}, as of {words.day(as_of)}. {listed}. {sample}".strip()
    rows = printed(table)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Workbook",
            audit.taken(
                viewer,
                "list of families exported",
                school,
                len(rows),
                lambda: export.workbook(rows, "Families to reach", about),
            ),
            "families_to_reach.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            icon=":material/download:",
            on_click="ignore",
        )
        show.definition_of("silent", "two_way_share")
    st.caption("To print the list, take the workbook: a printed page would show only the lines in view.")
