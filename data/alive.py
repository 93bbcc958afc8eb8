"""Which processes that share the home folder still live: each holds a lock on a file of its own while it runs.

The system lets go of the lock when a process ends, however it ends. A number of a process would not do: it is given
out again, and Windows has no harmless way to ask for it.
"""

import atexit
import os
import threading
import time
import uuid
from contextlib import suppress
from pathlib import Path

from data.home import home

if os.name == "nt":  # pragma: no cover
    import msvcrt
else:
    import fcntl

STALE_SECONDS = 86_400
_mine: tuple[int, Path, int] | None = None  # process, lock file, its open number
_turn = threading.Lock()


def token() -> str:
    """What stands for this process in the names of its files; while it runs, `lives` says so of it."""
    global _mine
    folder = home() / "running"
    with _turn:
        # A forked process shares the lock of the one it came from, so it takes one of its own.
        if _mine is None or (_mine[0], _mine[1].parent) != (os.getpid(), folder) or not _mine[1].exists():
            _let_go()
            _mine = os.getpid(), *_locked(folder)
        return _mine[1].name


def _locked(folder: Path) -> tuple[Path, int]:
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / uuid.uuid4().hex[:16]
    opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with suppress(OSError):  # a disk that knows no locks: nobody can ask for it there either, so it counts as running
        _lock(opened, wait=True)  # somebody may just be asking whether it lives
    return path, opened


def lives(name: str) -> bool:
    """Does the process still run whose token this is? One whose lock cannot be asked for counts as running."""
    path = home() / "running" / name
    try:
        opened = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    try:
        _lock(opened)
        return False
    except OSError:
        return True
    finally:
        os.close(opened)


def sweep():
    """Take away the lock files of killed processes: those a day old, so that none goes that is just being made."""
    with suppress(OSError):
        for path in (home() / "running").iterdir():
            if time.time() - path.stat().st_mtime >= STALE_SECONDS and not lives(path.name):
                path.unlink(missing_ok=True)


def _lock(opened: int, wait: bool = False):
    """Lock the file for this process; OSError where another holds it."""
    if os.name == "nt":  # pragma: no cover
        msvcrt.locking(opened, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(opened, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)


@atexit.register
def _let_go():
    global _mine
    if _mine is not None:
        pid, path, opened = _mine
        _mine = None
        with suppress(OSError):
            os.close(opened)
            if pid == os.getpid():
                path.unlink(missing_ok=True)
