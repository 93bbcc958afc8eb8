"""A memory of results: bounded, in memory only, each worked out once however many ask for it at the same time.

A result is kept as bytes: everybody who asks gets a copy, and the garbage collector has nothing to look through.
What a key has to hold is up to whoever keeps (`ui/cache.py`, the only one that does).
"""

import pickle
import threading
from collections.abc import Callable, Hashable


class Memory:
    """At most so many results; the longest unused is given up first."""

    def __init__(self, most: int):
        self.most = most
        self._lock = threading.Lock()
        self._kept: dict[Hashable, bytes] = {}  # the longest unused first
        self._in_the_making: dict[Hashable, threading.Lock] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable, make: Callable):
        """A copy of what `make` gave for this key, now or before. Who comes while it is being made waits for it."""
        found = self._found(key)
        if found is None:
            with self._lock:
                turn = self._in_the_making.setdefault(key, threading.Lock())
            try:
                with turn:
                    found = self._found(key) or self._made(key, make)
            finally:  # also where it failed: the next one tries again
                with self._lock:
                    self._in_the_making.pop(key, None)
        return pickle.loads(found)  # noqa: S301 - written by this very process

    def is_making(self) -> bool:
        """Is a result being worked out right now?"""
        return bool(self._in_the_making)

    def forget(self):
        """Give up all."""
        with self._lock:
            self._kept.clear()

    def _found(self, key: Hashable) -> bytes | None:
        with self._lock:
            if key in self._kept:
                self._kept[key] = self._kept.pop(key)
            return self._kept.get(key)

    def _made(self, key: Hashable, make: Callable) -> bytes:
        made = pickle.dumps(make(), protocol=5)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self.most:
                del self._kept[next(iter(self._kept))]
        return made
