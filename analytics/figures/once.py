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

import plotly.graph_objects as go

MOST = 500  # some 20 kB each

_drawn: dict[tuple, go.Figure] = {}  # the longest unused first
_lock = threading.Lock()


def once(draw: Callable[..., go.Figure]) -> Callable[..., go.Figure]:
    """`draw`, whose figure is the one drawn before from the same arguments. Do not change it; copy it."""

    @wraps(draw)
    def found_or_drawn(*args, **named) -> go.Figure:
        key = (draw.__module__, draw.__name__, _told(args, named))
        with _lock:
            if key in _drawn:
                _drawn[key] = _drawn.pop(key)
                return _drawn[key]
        figure = draw(*args, **named)
        with _lock:
            _drawn[key] = figure
            while len(_drawn) > MOST:
                del _drawn[next(iter(_drawn))]
        return figure

    return found_or_drawn


def _told(args: tuple, named: dict) -> bytes:
    return hashlib.sha256(pickle.dumps((args, sorted(named.items())), protocol=5)).digest()
