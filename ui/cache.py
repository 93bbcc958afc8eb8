"""Answers, kept. The only cache of the program.

A key is: which store (path), its version, who asks, and the question; small values only, so that two
viewers never share a result and a load makes all older answers unreachable. Lists with students in them
are never kept. Bounded, in memory only (`ui/memory.py`). What a page is going to ask can be worked out beside
each other (`ahead`): with the same keys, so that it changes when an answer is there and never which.
"""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import ContextVar

import streamlit as st

from access.viewer import Viewer
from analytics import answer, choices, drop_off, equity, funnel, quality, spread, survival, transition, trends
from analytics import left_out as left_out_of
from analytics import together as together_of
from analytics.partnership import page as partnership_page
from analytics.question import Question
from data.store import Store
from ui import stores
from ui.memory import Memory

MEMORY = Memory(2000)
_AHEAD = "_asked_ahead"
_WORKERS = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="bothways-answers")
_STORE_OF_WORKER: ContextVar[Store | None] = ContextVar("store_of_worker", default=None)  # a worker runs no page
_IN_BACKGROUND: ContextVar[bool] = ContextVar("in_background", default=False)
_last_asked = 0.0  # when a page asked anything, on the monotonic clock


def ask(viewer: Viewer, question: Question):
    """The `Answer` to a question."""
    return _kept(*_state(), viewer, "ask", question)


def ahead(viewer: Viewer, *asked: tuple):
    """Begin to work out what a page is going to ask, beside each other and in this order; who asks then waits for it.

    `asked` are a function of this module and what it is asked, each. What fails here is tried again, and said, where
    the page asks. What was asked ahead for this screen before and nobody has begun is given up: the screen shows
    something else by now.
    """
    for left in st.session_state.get(_AHEAD, ()):
        left.cancel()
    store = _store()
    st.session_state[_AHEAD] = [_WORKERS.submit(_on_worker, store, viewer, function, *of) for function, *of in asked]


def in_background(store: Store, viewer: Viewer, function, *asked):
    """Have an answer worked out that no screen waits for (`ui/next_pages.py`); what fails is said where it is asked."""
    nobody_waits = _IN_BACKGROUND.set(True)
    try:
        with suppress(Exception):
            _on_worker(store, viewer, function, *asked)
    finally:
        _IN_BACKGROUND.reset(nobody_waits)


def quiet_since() -> float:
    """Seconds since a page asked anything; 0 while an answer is being worked out."""
    return 0.0 if MEMORY.is_making() else time.monotonic() - _last_asked


def _on_worker(store: Store, viewer: Viewer, function, *asked):
    known = _STORE_OF_WORKER.set(store)
    try:
        function(viewer, *asked)
    finally:
        _STORE_OF_WORKER.reset(known)


def together(viewer: Viewer, *questions: Question):
    """Read what these questions need, those that differ in their measure alone in one SELECT; `ask` then finds it."""
    _kept(*_state(), viewer, "together", questions)


def contacts_per_family(viewer: Viewer, question: Question):
    """The answer of `analytics.spread`: shares of families with 0, 1, 2, 3-5, 6+ contacts, by band."""
    return _kept(*_state(), viewer, "spread", question)


def compare_bands(viewer: Viewer, question: Question):
    """The drop-off of a question's measure."""
    return _kept(*_state(), viewer, "drop_off", question)


def compare_channels(viewer: Viewer, question: Question):
    """The drop-off of a question's measure in each channel, as a table."""
    return _kept(*_state(), viewer, "drop_off_by_channel", question)


def by_grade(viewer: Viewer, question: Question):
    """A measure grade by grade, with intervals."""
    return _kept(*_state(), viewer, "by_grade", question)


def changes(viewer: Viewer, *questions: Question):
    """The changes of a page against the same days of last year, held together (`analytics.trends`)."""
    return _kept(*_state(), viewer, "changes", questions)


def until_reply(viewer: Viewer, question: Question):
    """The share of asks without an answer, day by day, in each band."""
    return _kept(*_state(), viewer, "until_reply", question)


def reply_medians(viewer: Viewer, question: Question):
    """The median days to a reply with its interval, and the share answered within two days."""
    return _kept(*_state(), viewer, "reply_medians", question)


def schools(viewer: Viewer, question: Question):
    """A measure by school with the limits of chance and usual spread; and what they say."""
    return _kept(*_state(), viewer, "schools", question)


def same_students(viewer: Viewer, question: Question):
    """A measure of the same students from one grade to the next."""
    return _kept(*_state(), viewer, "same_students", question)


def gaps(viewer: Viewer, question: Question, cut: str):
    """The gap between each group and the rest of the same schools and grades."""
    return _kept(*_state(), viewer, "gaps", question, cut)


def partnership(viewer: Viewer, question: Question):
    """The four practices of partnership."""
    return _kept(*_state(), viewer, "partnership", question)


def without_low_loggers(viewer: Viewer, question: Question):
    """The drop-off without the schools that hardly log, and their names."""
    return _kept(*_state(), viewer, "without_low_loggers", question)


def left_out(viewer: Viewer, question: Question):
    """What an answer to the question leaves out and why. One count serves all measures of a page."""
    if question.measure == "silent":
        return _kept(*_state(), viewer, "left_out", question)
    counts = _kept(*_state(), viewer, "left_out_counts", left_out_of.asked_of(question))
    return left_out_of.of(question.measure, counts)


def offered(viewer: Viewer):
    """What this viewer may choose from (`analytics.choices.Choices`)."""
    return _kept(*_state(), viewer, "choices")


def completeness(viewer: Viewer, question: Question):
    """What does not count, and why (`analytics.quality.Quality`)."""
    return _kept(*_state(), viewer, "checks", question)


def uploads(viewer: Viewer):
    """The files that were loaded, for this viewer's schools."""
    return _kept(*_state(), viewer, "uploads")


_MAKE = {
    "ask": answer.ask,
    "together": together_of.read,
    "spread": spread.by_band,
    "drop_off": drop_off.answer,
    "drop_off_by_channel": drop_off.by_channel,
    "by_grade": drop_off.by_grade,
    "changes": trends.answer,
    "until_reply": survival.curves,
    "reply_medians": survival.answer,
    "schools": funnel.answer,
    "gaps": equity.answer,
    "partnership": partnership_page,
    "same_students": transition.answer,
    "without_low_loggers": drop_off.without_low_loggers,
    "left_out": left_out_of.answer,
    "left_out_counts": left_out_of.counted,
    "choices": choices.offered,
    "checks": quality.checks,
    "uploads": quality.uploads,
}


def _store() -> Store:
    return _STORE_OF_WORKER.get() or stores.of_this_run().store


def _state() -> tuple[str, int]:
    worker = _STORE_OF_WORKER.get()
    store, version = (worker, worker.version) if worker else stores.asked_now()
    return str(store.path), version


def _kept(path: str, version: int, viewer: Viewer, what: str, *asked):
    global _last_asked  # noqa: PLW0603 - one moment for the whole program
    if not _IN_BACKGROUND.get():
        _last_asked = time.monotonic()
    key = (path, version, viewer, what, asked)
    return MEMORY.get(key, lambda: _MAKE[what](_store(), viewer, *asked))
