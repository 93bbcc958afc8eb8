"""The last step and what follows: the questions that hold a file, the button, and what came of it."""

import streamlit as st

from analytics.figures.words import joined
from data.errors import Refusal
from data.load import commit, matches, set_aside_rows, undo
from data.load.uploads import COUNTS, not_enrolled
from data.priority import giving_way
from ui import show, stores, upload_preview, upload_rights
from ui import upload_words as words
from ui.show import plain

AFTER = COUNTS[1:]


def ready(preview) -> bool:
    """Would a commit of this preview change anything?"""
    return not preview.already and (preview.kind == "roster" or words.to_load(preview) > 0)


def offer(store, viewer, one):
    """The questions to answer, and the button. Nothing is stored before it is pressed."""
    preview = one.preview
    ticks = [_answered(one, question) for question in (preview.hold if ready(preview) else [])]
    if preview.already:
        st.info(plain(preview.already.already), icon=":material/check:")
        st.page_link("pages/uploads.py", label="See all uploads", icon=":material/history:")
        return
    pressed = st.button(
        words.button(preview), type="primary", key=f"load-{one.key}", disabled=not (ready(preview) and all(ticks)),
        icon=":material/upload:",
    )  # fmt: skip
    st.caption("Nothing is stored before you press this. Afterwards you can take it back at any time with Undo.")
    if pressed:
        _load(store, viewer, one)


def _answered(one, question) -> bool:
    """A question that holds the file, with a tick for yes; a roster of some students can be told to add only."""
    with st.container(border=True):
        tick = st.checkbox(plain(question.sentence), key=f"hold-{one.key}-{question.code}")
        if question.code == "many_leave":
            st.button(
                "It names only some students: add them, end nothing", key=f"add-only-{one.key}",
                on_click=one.say, kwargs={"full_roster": False},
            )  # fmt: skip
    return tick


def _load(store, viewer, one):
    place = st.empty()
    with place.status("Loading", expanded=True):
        try:
            show.behind_bar(lambda tell: _store_it(store, viewer, one, tell))
            stores.prepare(store)
        except Refusal:
            one.let_go()
            raise
        finally:
            place.empty()
    one.kind = one.preview.kind
    one.let_go()
    st.rerun()


def _store_it(store, viewer, one, tell):
    one.upload = commit(store, one.preview, viewer.name, accept_hold=True, progress=tell)
    if one.accepted:
        one.joined = matches.accept(store, list(one.accepted.values()), viewer.name)


def done(store, viewer, one, files: list):
    """What came in, what waits and why, Undo, and where the new rows can be seen, or which of `files` comes next."""
    upload = one.upload
    if upload.already:
        st.info(plain(upload.already), icon=":material/check:")
        return
    numbers = store.query("SELECT * FROM upload WHERE upload_id = ?", [upload.upload_id]).iloc[0]
    if numbers["state"] == "undone":
        st.info(
            "This upload was taken back: the store is as if it had never been loaded. To load the file again, take it "
            "out of the list above and drop it once more.",
            icon=":material/undo:",
        )
        return
    if upload.upload_id not in set(upload_rights.visible(store, viewer)["upload_id"]):
        st.info("This file is of a school or district that you no longer have.", icon=":material/lock:")
        return
    upload_preview.counts(numbers.to_dict(), AFTER)
    outside = not_enrolled(store, upload.upload_id)
    for sentence in _sentences(numbers, one.joined, outside):
        st.markdown(plain(sentence))
    with st.container(horizontal=True, vertical_alignment="center"):
        if left := [show.plain(other.name) for other in files if _open(other) and other.preview]:
            st.markdown(f"Not loaded yet: {joined(left)}. Choose {'it' if len(left) == 1 else 'them'} above.")
        elif one.kind != "contacts" or numbers["rows_loaded"] > outside:  # else no page would show one
            _see(store, one.kind)
        if numbers["rows_set_aside"]:
            upload_preview.mended(
                "Rows set aside", lambda: set_aside_rows(store, upload.upload_id), one.name, f"aside-{one.key}"
            )
        take_back(store, viewer, upload.upload_id, one.name, one.key)


def _sentences(numbers, joined: int, outside: int) -> list[str]:
    said = []
    if joined:
        said.append(f"{words.rows(joined)} joined by the names that you accepted.")
    if numbers["rows_unmatched"]:
        said.append(
            f"{words.rows_that(numbers['rows_unmatched'], 'waits', 'wait')}. {words.WAITING[:-1]} on the page Uploads."
        )
    if outside:
        said.append(
            f"{words.rows_that(outside, 'is', 'are')} of a day on which the student was not enrolled, and counted in "
            "no measure. If dates were read in the wrong order, take the file back and load it in the other; if the "
            "roster of that school year is missing, load it."
        )
    if numbers["rows_set_aside"]:
        said.append(
            f"{words.rows_that(numbers['rows_set_aside'], 'is', 'are')} set aside. Take the workbook, mend what "
            "stands beside each row, and load it: the mended rows join and nothing is doubled."
        )
    return said


def _see(store, kind: str):
    if kind == "contacts":
        st.page_link("pages/overview.py", label="See the new contacts", icon=":material/insights:")
    elif store.value("SELECT count(*) FROM contact"):
        st.page_link("pages/grade_bands.py", label="See the grades of the roster", icon=":material/insights:")
    else:
        st.caption("Next: drop a contact log above, and its rows find their students.")


def take_back(store, viewer, upload_id: int, file_name: str, key: str):
    """Undo, asked for twice. A principal takes back own uploads only."""
    with st.popover("Undo", icon=":material/undo:"):
        st.markdown(plain(f"Take {file_name} back? The store is then as if it had never been loaded."))
        if st.button("Yes, take it back", key=f"undo-{key}", type="primary"):
            giving_way(lambda _: undo(store, upload_id, viewer.name, own_only=viewer.role != "district"))
            stores.prepare(store)
            st.rerun()


def choose(files: list):
    """The file that is looked at: the first that is not loaded yet, or the one that the person picks."""
    if len(files) < 2:
        return files[0] if files else None
    names = {one.key: show.plain(one.name) for one in files}
    first = next((one.key for one in files if _open(one)), files[0].key)
    picked = st.segmented_control(
        "File", list(names), default=first, format_func=names.get, required=True, key=f"file-{'-'.join(names)}"
    )
    return next((one for one in files if one.key == picked), files[0])


def _open(one) -> bool:
    """Is this file still to be loaded, or to be looked at?"""
    return not one.upload and not (one.preview and one.preview.already)


def _came_in(one) -> str:
    if one.upload.already:
        return f"{one.name} was loaded before"
    # What waits is said too, so that the numbers add up to what the button promised.
    came_in, waits = one.upload.counts["rows_loaded"] + one.joined, one.upload.counts["rows_unmatched"] - one.joined
    return words.came_in(one.name, one.kind, came_in, waits)


def head(one, place):
    """The top of the page: where the person stands, in one sentence."""
    if one is None:
        step, sentence = 0, "Drop a roster or a contact log to see what is in it"
    elif one.upload:
        step, sentence = 3, _came_in(one)
    elif one.refusal:
        step, sentence = 0, f"{one.name} cannot be loaded as it is"
    elif one.preview is None:
        step, sentence = 1, f"{one.name} names the schools of the other files"
    else:
        step, sentence = 1, words.headline(one.preview)
    named = [f"{at} {name}" for at, name in enumerate(words.STEPS, start=1)]
    with place:
        show.head("Upload", sentence)
        if stores.current().sample:
            st.caption(
                "What you load is your own data: it goes into your district's own store, apart from the sample, and "
                "replaces the sample on every page."
            )
        st.markdown(" → ".join(f"**{name}**" if at == step else name for at, name in enumerate(named)))
