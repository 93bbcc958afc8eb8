"""What may be opened next, worked out and drawn while somebody reads: its first time is as quick as later ones.

Owns when that work runs and when it is given up. It asks what the pages themselves ask (`ui/foreseen.py`), through the
same functions, for the same viewer under the filters that the screen offers: an answer is there earlier, never another.
It is bounded: one answer at a time in the whole program, each begun only in a quiet moment (nobody's question since
a while, no write, no sums being made); a screen's next click gives up what was not begun for it, and so does a load.
"""

import atexit
import os
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from queue import SimpleQueue

import streamlit as st

from access.viewer import Viewer
from data.store import Store
from ui import cache, filters, foreseen, frame, stores

QUIET_SECONDS = 0.3  # so long nobody asked anything, before the next answer is begun
LOOK_SECONDS = 0.05  # how often it looks whether that is so
LONGEST_SECONDS = 60.0  # after which a screen's work is given up, however little of it found a quiet moment

_OF_THIS_SCREEN = "_next_pages"


@dataclass(eq=False)
class Work:
    """What one screen may need next; its next click sets `given_up`."""

    store: Store
    version: int
    viewer: Viewer
    entries: Iterable[tuple]
    until: float = field(default_factory=lambda: time.monotonic() + LONGEST_SECONDS)
    given_up: threading.Event = field(default_factory=threading.Event)

    def run(self):
        """Ask one after the other, each in a quiet moment."""
        for function, *of in self.entries:
            if not self._may_go_on():
                return
            cache.in_background(self.store, self.viewer, function, *of)

    def _may_go_on(self) -> bool:
        """Wait for a quiet moment. False: this screen shows something else by now, or the store holds it."""
        while not self._over():
            if cache.quiet_since() > QUIET_SECONDS and stores.at_rest(self.store):
                return True
            self.given_up.wait(LOOK_SECONDS)
        return False

    def _over(self) -> bool:
        moved_on = self.given_up.is_set() or self.store.version != self.version
        return moved_on or time.monotonic() > self.until or _worker.ended.is_set()


class _Worker(threading.Thread):
    """The one thread of the program that does this work; begun with the first of it."""

    def __init__(self):
        super().__init__(name="bothways-next-pages", daemon=True)
        self.waiting: SimpleQueue[Work] = SimpleQueue()
        self.ended = threading.Event()
        self._beginning = threading.Lock()

    def put(self, work: Work):
        with self._beginning:
            if not self.is_alive():
                self.start()
        self.waiting.put(work)

    def run(self):
        while not self.ended.is_set():
            work = self.waiting.get()
            try:
                work.run()
            except Exception:  # noqa: BLE001, S112 - a store that was closed: nobody waits for this
                continue

    def end(self):
        """The process ends: leave no thread behind that is still reading."""
        self.ended.set()
        if self.is_alive():
            self.waiting.put(_NONE)
            self.join()


def begin(page: str):
    """Work out what may be opened from the screen that this run drew; nothing where the page has no filters.

    Nor where whoever started the program wants its processor for other things (`BOTHWAYS_FORESEE=no`).
    """
    drawn = filters.drawn()
    if drawn is not None and os.environ.get("BOTHWAYS_FORESEE") != "no":
        store = stores.of_this_run().store
        screen = foreseen.Screen(page, drawn, *filters.own_choices(), frame.mode())
        work = Work(store, store.version, drawn.viewer, foreseen.entries(screen))
        st.session_state[_OF_THIS_SCREEN] = work
        _worker.put(work)


def give_up():
    """A screen was clicked: what was not begun for it is not wanted any more."""
    work = st.session_state.pop(_OF_THIS_SCREEN, None)
    if work is not None:
        work.given_up.set()


_NONE = Work(None, 0, None, ())
_worker = _Worker()
atexit.register(_worker.end)
