"""The dropped files of one session: read once, planned anew after each correction, let go when they are replaced.

A file's bytes lie in a private scratch folder under a random name while they are read, then they are deleted.
What is kept is the cells that the reader handed over, the choices of the person, and one open preview.
"""

from dataclasses import dataclass, field, replace

import streamlit as st

from data import readers, scratch
from data.errors import Refusal
from data.home import default_store
from data.load import Choices, plan_workbooks, together
from data.roster import formats
from data.store import Store, open_store
from data.which import uploads_off
from ui import show

_KEPT = "upload_files"
_JOINED = "upload_joined"


@dataclass
class Dropped:
    """One workbook of a dropped file, and what the person said about it."""

    key: str
    name: str
    workbook: object = None
    kind: str | None = None
    school: str | None = None
    choices: Choices = field(default_factory=Choices)
    preview: object = None
    refusal: Refusal | None = None
    planned_with: tuple | None = None
    accepted: dict = field(default_factory=dict)
    upload: object = None
    joined: int = 0
    school_list: bool = False

    def say(self, **choices):
        """Change the choices; the next look plans anew."""
        self.choices = replace(self.choices, **choices)

    def let_go(self):
        """Close the preview, if one is open."""
        if self.preview is not None:
            self.preview.close()
        self.preview = self.planned_with = None


def own_store() -> Store:
    """The district's own store: uploads never go into the sample. Refusal where a lake is shown instead."""
    if why := uploads_off():
        raise Refusal("uploads_off", why)
    return open_store(default_store())


def files(uploaded: list) -> list[Dropped]:
    """The workbooks of the uploaded files, each read once; what was taken out is let go."""
    kept: dict[str, list[Dropped]] = st.session_state.setdefault(_KEPT, {})
    for gone in set(kept) - {file.file_id for file in uploaded}:
        for one in kept.pop(gone):
            one.let_go()
    for file in uploaded:
        if file.file_id not in kept:
            kept[file.file_id] = _read(file)
    found = _joined([one for file in uploaded for one in kept[file.file_id]])
    _, rest = formats.take_school_lists([one.workbook for one in found if one.workbook])
    for one in found:
        one.school_list = one.workbook is not None and not _among(one.workbook, rest)
    return found


def _joined(found: list[Dropped]) -> list[Dropped]:
    """The dropped files with those of one OneRoster export as one; it keeps what the person said about it."""
    books = [one.workbook for one in found if one.workbook]
    after = together.join(books)
    wholes = {book.sha256: book for book in after if not _among(book, books)}
    kept: dict[str, Dropped] = st.session_state.setdefault(_JOINED, {})
    for gone in set(kept) - set(wholes):
        kept.pop(gone).let_go()
    for key, book in wholes.items():
        kept.setdefault(key, Dropped(key, book.file_name, book))
    return [*kept.values(), *(one for one in found if one.workbook is None or _among(one.workbook, after))]


def _among(book, books: list) -> bool:
    return any(book is other for other in books)


def plan(store: Store, viewer, one: Dropped, others: list[Dropped]):
    """Plan a file, where nothing was planned yet or something was said or loaded since."""
    if viewer.schools and one.school not in viewer.schools:
        one.school = viewer.schools[0]
    asked = (one.choices, one.kind, one.school, store.version, viewer)
    if one.planned_with == asked or one.workbook is None or one.upload:
        return
    one.let_go()
    names, _ = formats.take_school_lists([other.workbook for other in others if other.workbook])
    place = st.empty()
    with place.status(f"Checking {show.plain(one.name)}", expanded=True) as status:
        try:
            one.preview = show.behind_bar(
                lambda tell: plan_workbooks(
                    store, [one.workbook], kind=one.kind, school=one.school, choices=one.choices,
                    allowed_schools=viewer.schools, school_names=names, progress=tell,
                )
            )[0]  # fmt: skip
            one.refusal = None
        except Refusal as refusal:
            one.refusal = refusal
        status.update(state="complete")
    place.empty()
    one.planned_with = asked


def _read(file) -> list[Dropped]:
    """The workbooks of one uploaded file; a refusal is kept beside its name."""
    path = scratch.file()
    place = st.empty()
    try:
        with place.status(f"Reading {show.plain(file.name)}", expanded=True):
            path.touch(mode=0o600)
            path.write_bytes(file.getbuffer())
            books = show.behind_bar(lambda tell: readers.read(path, file.name, tell))
        return [Dropped(f"{file.file_id}-{number}", book.file_name, book) for number, book in enumerate(books)]
    except Refusal as refusal:
        return [Dropped(f"{file.file_id}-0", file.name, refusal=refusal)]
    except OSError:
        sentence = f"{file.name} could not be kept while it is read: this machine's disk is full. Free some space."
        return [Dropped(f"{file.file_id}-0", file.name, refusal=Refusal("disk_full", sentence))]
    finally:
        path.unlink(missing_ok=True)
        place.empty()
