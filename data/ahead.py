"""Sums that pages will ask for, made ahead: in one thread in the background, once for each version of a store.

Owns when that work runs and when it stops. It gives way to whoever asks a question or writes; it ends with the store,
and without a word where the store moved on or could not be read: then the page that needs a sum makes it. A process
that only loads never begins it. It refuses to know which sums are usual: the caller says.
"""

import atexit
import threading
import time
import weakref
from collections.abc import Callable, Iterable

from data.store import Store

QUIET_SECONDS = 0.3  # so long nobody asked anything, before the next sum is made
LOOK_SECONDS = 0.05  # how often it looks whether that is so

_lock = threading.Lock()
_working: "weakref.WeakSet[Ahead]" = weakref.WeakSet()


def begin(store: Store, usual: Callable[[Store], Iterable[str]]) -> None:
    """Make the kept tables of the SELECTs that `usual` names, unless that was begun for this version of the store."""
    with _lock:
        before = store.ahead
        if before is None or before.version != store.version:
            store.ahead = Ahead(store, usual, before)
            store.ahead.start()


class Ahead(threading.Thread):
    """The work for one version of a store; begins when that for the version before has ended."""

    def __init__(self, store: Store, usual: Callable[[Store], Iterable[str]], before: "Ahead | None" = None):
        super().__init__(name="bothways-ahead", daemon=True)
        self.version = store.version
        self._store, self._usual, self._before = store, usual, before
        self._ended = threading.Event()
        _working.add(self)

    def run(self):
        """Make one table after the other, each in a moment in which nobody asks or writes."""
        if self._before is not None:
            self._before.join()
            self._before = None
        try:
            for select in self._usual(self._store):
                if not self._may_go_on():
                    return
                self._store.kept.table(select, self.version)
        except Exception:  # noqa: BLE001 - nobody waits for this; the page that needs the sum says what is wrong
            return

    def stop(self):
        """End the work, the table that is being made included, and wait for that."""
        self._ended.set()
        while self.is_alive():
            self._store.kept.interrupt()  # again and again: one that comes before a SELECT begins is lost
            self.join(LOOK_SECONDS)

    def _may_go_on(self) -> bool:
        """Wait for a quiet moment. False: the store is closed, or holds something else by now."""
        while not self._ended.is_set() and self._store.version == self.version:
            if time.monotonic() - self._store.kept.asked > QUIET_SECONDS and not self._store.being_written:
                return True
            self._ended.wait(LOOK_SECONDS)
        return False


@atexit.register
def _stop_all():
    """The process ends: leave no thread behind that is still reading."""
    for work in list(_working):
        work.stop()
