"""Who goes first where processors are scarce: the threads that add up for DuckDB come after those that answer people.

A page's SELECT runs on the thread that asks it, and DuckDB's own threads help. While a file loads, or several people
click, they kept the threads that draw pages from a processor; at a lower priority they take what is left over. Owns how
a thread gets such a priority: it inherits it from the one that starts it. Only Linux has priorities of threads;
elsewhere nothing changes.
"""

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

LOWER_BY = 10  # of the 20 steps down that there are: a tenth of the time of a thread beside it that wants all
LOWEST = 19


def with_yielding_threads(make: Callable):
    """What `make` gives, called on a thread whose priority is lower, and so is that of all threads that it starts."""
    with ThreadPoolExecutor(1, initializer=_step_back) as aside:
        return aside.submit(make).result()


def _step_back():
    if sys.platform == "linux":
        mine = threading.get_native_id()
        with suppress(OSError):  # some systems forbid it; then all stay as they are
            os.setpriority(os.PRIO_PROCESS, mine, min(LOWEST, os.getpriority(os.PRIO_PROCESS, mine) + LOWER_BY))
