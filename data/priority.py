"""Who goes first where processors are scarce: what loads and what adds up comes after the threads that answer people.

A page's SELECT runs on the thread that asks it, and DuckDB's own threads help. While a file loads, or several people
click, they kept the threads that draw pages from a processor; at a lower priority they take what is left over. So does
the work that somebody watches behind a bar of progress: a file that is read, checked or stored. Owns how a thread gets
such a priority: it inherits it from the one that starts it, and so does a process. Only Linux has priorities of
threads; elsewhere nothing changes.
"""

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue

LOWER_BY = 10  # of the 20 steps down that there are: a tenth of the time of a thread beside it that wants all
LOWEST = 19


def giving_way(work: Callable, say: Callable = lambda *_: None):
    """What `work(tell)` gives, worked out on a thread of a lower priority, as are all threads that the work starts.

    What it tells is said (`say(...)`) on the caller's thread. What `say` raises ends the work where it next tells
    something, and is raised here once the work has ended; so is what the work raises.
    """
    told, given_up = SimpleQueue(), threading.Event()

    def tell(*words):
        if given_up.is_set():
            raise _GivenUp
        told.put(words)

    with ThreadPoolExecutor(1, initializer=_step_back) as aside:
        working = aside.submit(work, tell)
        working.add_done_callback(lambda _: told.put(None))
        try:
            for words in iter(told.get, None):
                say(*words)
        except BaseException:
            given_up.set()
            raise
        return working.result()


class _GivenUp(BaseException):
    """Ends work whose result nobody takes: whoever rolls back after any error rolls back after this."""


def _step_back():
    if sys.platform == "linux":
        mine = threading.get_native_id()
        with suppress(OSError):  # some systems forbid it; then all stay as they are
            os.setpriority(os.PRIO_PROCESS, mine, min(LOWEST, os.getpriority(os.PRIO_PROCESS, mine) + LOWER_BY))
