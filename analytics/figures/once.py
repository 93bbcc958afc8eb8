"""Figures that were drawn are kept: the same numbers are not drawn twice.

Owns the memory of drawn figures. A figure is a pure function of what it is drawn from, so all of that, byte by byte, is
its key: who is shown a kept figure brought the very same table, and no number of another viewer or an older
load can come with it. Bounded, in memory only. Refuses to keep what has no bytes to compare.
"""

import hashlib
import pickle
import threading
from collections.abc import Callable
from functools import wraps
from weakref import WeakValueDictionary

import plotly.graph_objects as go

from analytics.figures.draft import figure_of

MOST = 3000  # some 10 kB each

# As bytes, in which the garbage collector has nothing to look through; the longest unused first.
_drawn: dict[tuple, bytes] = {}
_shown: WeakValueDictionary[tuple, go.Figure] = WeakValueDictionary()  # what somebody still holds stays the same object
_lock = threading.Lock()


def once(draw: Callable[..., go.Figure]) -> Callable[..., go.Figure]:
    """`draw`, whose figure is the one drawn before from the same arguments. Do not change it; copy it."""

    @wraps(draw)
    def found_or_drawn(*args, **named) -> go.Figure:
        key = (draw.__module__, draw.__name__, _told(args, named))
        found = _found(key)
        return _kept(key, draw(*args, **named)) if found is None else found

    return found_or_drawn


def _found(key: tuple) -> go.Figure | None:
    with _lock:
        if key not in _drawn:
            return None
        _drawn[key] = _drawn.pop(key)
        figure = _shown.get(key)
        if figure is None:
            figure = _shown[key] = figure_of(pickle.loads(_drawn[key]))  # noqa: S301 - written below
        return figure


def _kept(key: tuple, figure: go.Figure) -> go.Figure:
    with _lock:
        _drawn[key], _shown[key] = pickle.dumps(figure.to_dict(), protocol=5), figure
        while len(_drawn) > MOST:
            del _drawn[next(iter(_drawn))]
    return figure


def _told(args: tuple, named: dict) -> bytes:
    return hashlib.sha256(pickle.dumps((args, sorted(named.items())), protocol=5)).digest()
