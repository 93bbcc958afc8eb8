"""Streamlit servers for the benchmarks that look from outside: ours with a store, and the bare page beside it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from data.home import DISTRICT_STORE, PROJECT

SECONDS_TO_START = 120
STILL_SECONDS, STILL_TICKS = 1.0, 5  # so long a server took no more than so many hundredths of a processor's second


def home(folder: Path, store: Path) -> Path:
    """A folder for the program's data in which `store` (not copied) is the district's own."""
    place = folder / "home"
    place.mkdir(mode=0o700)
    (place / DISTRICT_STORE).symlink_to(store.resolve())
    return place


@contextmanager
def serving(*command: str, **environment):
    """(address, process) of a server that is started by `python COMMAND... --server.port N`, until the block ends."""
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, *command, "--server.port", str(port), "--server.headless", "true"],
        cwd=PROJECT,
        env={**os.environ, **{name: str(value) for name, value in environment.items()}},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"127.0.0.1:{port}"
        _wait_for(f"http://{address}/_stcore/health", server)
        yield address, server
    finally:
        server.terminate()
        server.wait(timeout=30)


def rest(server):
    """Wait until a server does nothing: what it works out in the background is there, and disturbs nobody's clock.

    Where there is no /proc, a moment has to do.
    """
    before = None
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        now = _ticks(server.pid)
        if now is None or before is not None and now - before <= STILL_TICKS:
            return
        before = now
        time.sleep(STILL_SECONDS)
    raise RuntimeError("The server did not come to rest.")


def _ticks(pid: int) -> int | None:
    """Hundredths of a processor's second that a process has taken; None without /proc."""
    try:
        taken = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    except OSError:
        time.sleep(STILL_SECONDS)
        return None
    return int(taken[11]) + int(taken[12])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(address: str, server):
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError("The server ended before it could be asked.")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:  # no answer yet, of whichever kind
            time.sleep(0.2)
    raise RuntimeError("The server did not answer.")
