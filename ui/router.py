"""Which pages there are, for which roles, in which order. The only list of them.

A page that a viewer may not open is not listed, but listing protects nothing: a page's first statement
is its gate, because a page can be requested without the router. The roles of a page are read from there.
"""

import ast
import logging
from functools import cache

import streamlit as st

from access.sign_in import Denied
from data.errors import Refusal
from data.home import PROJECT
from ui import lists, next_pages, sign_in, stores

ROUTED = "_by_router"  # in the session state while a page runs through this router

# file name, title, icon, what it is for; the roles stand in the page's own gate.
SECTIONS = {
    "See": [
        ("overview", "Overview", "home", "What changed against last year, in one sentence and six numbers."),
        ("frequency", "Contact frequency", "bar_chart", "How often families are contacted: months, schools, channels."),
        ("two_way", "Two-way", "swap_horiz", "Whether the conversation goes both ways, and who answers whom."),
        ("grade_bands", "Grade bands", "stairs", "How much is lost in middle and high school."),
        ("moving_up", "Moving up", "trending_down", "The same students from grade 5 to 6 and from 8 to 9."),
        ("schools", "Schools", "school", "Schools compared fairly: with what chance explains."),
        ("equity", "Equity", "diversity_3", "Groups of students beside others of the same schools and grades."),
        ("partnership", "Partnership", "handshake", "The four practices of family partnership, and what each can say."),
    ],
    "Act": [
        ("families", "Families to reach", "group", "The students of a school by days since their family was reached."),
    ],
    "Load": [
        ("upload", "Upload", "upload_file", "Drop a roster or a contact log; see and correct what was understood."),
        ("uploads", "Uploads", "history", "What was loaded, what waits and why, undo, backup."),
    ],
    "Release": [
        ("panel", "Panel", "groups", "What a panel sees: grade bands over the years, from released tables only."),
        ("release", "Release for panels", "verified_user", "Prove and publish tables that give no family away."),
    ],
    "Trust": [
        ("data_quality", "Data quality", "fact_check", "What was loaded, and how complete the logs are."),
        ("definitions", "Definitions", "menu_book", "Every measure in the words that are printed everywhere."),
        ("administration", "Administration", "manage_accounts", "Who may come in, and who saw lists of students."),
    ],
}
_NAMES = {title: name for entries in SECTIONS.values() for name, title, *_ in entries}


def navigation() -> st.Page:
    """Announce the pages and return the one that was asked for. Comes before any `st.stop()`.

    Pages for other roles are announced without being listed, so that their gate can say why; somebody who
    is not signed in sees no menu at all.
    """
    who = sign_in.viewer()
    role = None if isinstance(who, Denied) else who.role
    names = [name for entries in SECTIONS.values() for name, *_ in entries]
    first = next((name for name in names if role in _roles(name)), names[0])
    sections = {
        section: [_page(*entry, role=role, first=first) for entry in entries] for section, entries in SECTIONS.items()
    }
    return st.navigation(sections, position="sidebar" if role else "hidden", expanded=True)


def run():
    """Run the page that was asked for; whatever goes wrong becomes a sentence."""
    page = navigation()
    st.session_state[ROUTED] = True
    try:
        lists.hold()
        try:
            page.run()
        finally:
            lists.draw()  # also where the page ended with a sentence, so that something else can be chosen
        if stores.moved():  # somebody loaded a file meanwhile: all of a page is of one state of the store
            st.rerun()
        next_pages.begin(_NAMES[page.title])
    except Refusal as refusal:
        st.error(refusal.sentence, icon=":material/info:")
    except Exception as error:  # noqa: BLE001 - the last door before a stranger's screen
        # The type and the place only: a message may hold a student's name.
        logging.getLogger("bothways").error("%s in page %s", type(error).__name__, page.url_path or "overview")
        st.error("This page could not be made. Your data is unchanged. Reload the page; if it happens again, "
                 "`python -m data check` says whether the store is sound.", icon=":material/error:")  # fmt: skip
    finally:
        st.session_state.pop(ROUTED, None)


def _page(name: str, title: str, icon: str, purpose: str, *, role: str | None, first: str) -> st.Page:
    return st.Page(
        PROJECT / "pages" / f"{name}.py",
        title=title,
        icon=f":material/{icon}:",
        help=purpose,
        default=name == first,
        url_path=None if name == first else name,
        visibility="visible" if role in _roles(name) else "hidden",
    )


@cache
def _roles(name: str) -> frozenset[str]:
    """The roles that a page's gate lets in, read from the page itself."""
    tree = ast.parse((PROJECT / "pages" / f"{name}.py").read_text(encoding="utf-8"))
    gates = (
        call
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and ast.unparse(call.func) == "gate.enter"
    )
    return frozenset(argument.value for call in gates for argument in call.args if isinstance(argument, ast.Constant))
