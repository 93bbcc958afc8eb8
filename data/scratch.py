"""The folder for what is needed for minutes: files while they are read, copies of the store while they are handed out.

All of it is student data, notes that are never stored among it. Who makes something here takes it away again; what a
process leaves behind that was killed is swept. Each name begins with the token of its process (`data.alive`), so that
nothing goes that another one is using.
"""

import shutil
import tempfile
import time
import uuid
from contextlib import suppress
from pathlib import Path

from data import alive
from data.home import home

STALE_SECONDS = 86_400


def place() -> Path:
    """The folder (mode 0700), made when it is missing."""
    scratch = home() / "scratch"
    scratch.mkdir(mode=0o700, exist_ok=True)
    return scratch


def file(ending: str = "") -> Path:
    """A path for a new file."""
    return place() / f"{alive.token()}-{uuid.uuid4().hex}{ending}"


def folder(prefix: str) -> Path:
    """A new folder (mode 0700)."""
    return Path(tempfile.mkdtemp(prefix=f"{alive.token()}-{prefix}", dir=place()))


def sweep():
    """Take away what processes left that no longer run, and what is a day old: nobody reads that long."""
    for left in place().iterdir():
        with suppress(OSError):  # another process swept it first, or has it open
            if time.time() - left.stat().st_mtime >= STALE_SECONDS or not alive.lives(left.name.partition("-")[0]):
                shutil.rmtree(left) if left.is_dir() else left.unlink()
    alive.sweep()
