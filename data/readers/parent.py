"""`read`: hands a file to a child process and takes over its tables. Parses nothing itself."""

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from data import scratch
from data.errors import Refusal
from data.home import PROJECT
from data.readers import limits
from data.readers.handover import open_sheet
from data.readers.refusals import printable, refusal
from data.readers.workbook import Notice, Sheet, Workbook

PREFIX = "reading-"
# Wall time beside processor time: a busy machine is not a hostile file.
WALL_FACTOR = 4

# Few arenas and no pool of mathematics threads: they reserve address space that the memory limit counts. The memory of
# a window of text is used again for the next one: giving it back and taking it anew cost a third of the time.
ENVIRONMENT = {
    "MALLOC_ARENA_MAX": "2",
    "OPENBLAS_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_MMAP_THRESHOLD_": str(64 * limits.MB),
    "MALLOC_TRIM_THRESHOLD_": str(256 * limits.MB),
}

# So many readings at once, others wait: each may take as much memory as its limit allows.
turns = threading.BoundedSemaphore(3)


def read(path: Path, display_name: str, progress: Callable[[str, float], None] | None = None) -> list[Workbook]:
    """The workbooks of a file, a zip of files, or a OneRoster zip or folder.

    `progress(stage, fraction)` is called from this thread while it runs. Raises Refusal, and nothing
    else, for whatever cannot be read (codes: `data.readers.refusals.SENTENCES`).
    """
    path, display_name = Path(path).absolute(), printable(display_name)
    size = _size(path, display_name)
    folder = _private_folder(display_name)
    try:
        with turns:
            answer = _ask_child(path, display_name, folder, limits.seconds_allowed(size), progress)
        return [_workbook(entry, folder) for entry in answer["workbooks"]]
    finally:
        # The mapped tables keep their contents after the names are gone; Windows sweeps a day later.
        shutil.rmtree(folder, ignore_errors=True)


def _size(path: Path, name: str) -> int:
    try:
        if path.is_dir():
            return sum(file.stat().st_size for file in path.iterdir() if file.is_file())
        if not path.is_file() and path.exists():
            raise refusal("unreadable_file", name)  # a pipe or a device
        return path.stat().st_size
    except FileNotFoundError:
        raise refusal("missing_file", name) from None
    except (OSError, ValueError):
        raise refusal("unreadable_file", name) from None


def _private_folder(name: str) -> Path:
    try:
        scratch.sweep()
        return scratch.folder(PREFIX)
    except OSError:
        raise refusal("disk_full", name) from None


def _ask_child(path: Path, name: str, folder: Path, seconds: int, progress) -> dict:
    job = {"path": str(path), "name": name, "folder": str(folder), "seconds": seconds}
    child = subprocess.Popen(
        [sys.executable, "-m", "data.readers.child"],
        cwd=PROJECT,
        env={**os.environ, **ENVIRONMENT},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a panic's message may quote cells
        text=True,
        encoding="utf-8",
    )
    try:
        lines: queue.Queue = queue.Queue()
        threading.Thread(target=_listen, args=(child.stdout, lines), daemon=True).start()
        child.stdin.write(json.dumps(job) + "\n")
        child.stdin.close()
        answer = _hear(lines, name, time.monotonic() + seconds * WALL_FACTOR, progress)
    except BrokenPipeError:
        answer = None
    finally:
        # After an answer it ends by itself; without one it is stuck, or nobody waits for it any more.
        child.kill()
        code = child.wait()
        child.stdout.close()
    if answer is None:
        raise refusal("too_slow" if -code == getattr(signal, "SIGXCPU", None) else "reader_failed", name)
    if "refusal" in answer:
        raise Refusal(*answer["refusal"])
    return answer


def _listen(stdout, lines: queue.Queue) -> None:
    try:
        for line in stdout:
            lines.put(line)
    except (OSError, ValueError):
        pass  # The parent closed the pipe: it has its answer or has given up.
    lines.put(None)


def _hear(lines: queue.Queue, name: str, deadline: float, progress) -> dict | None:
    """The child's answer, or None where it died without one; Refusal where it takes too long."""
    while True:
        try:
            line = lines.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise refusal("too_slow", name) from None
        words = json.loads(line) if line and line.endswith("\n") else None  # half a line: it died while speaking
        if words is None or "progress" not in words:
            return words
        if progress:
            progress(*words["progress"])


def _workbook(entry: dict, folder: Path) -> Workbook:
    sheets = [
        Sheet(
            name=sheet["name"],
            table=open_sheet(folder, sheet),
            typed_dates=set(sheet.get("typed_dates", ())),
            merged=None if sheet.get("merged") is None else [tuple(area) for area in sheet["merged"]],
        )
        for sheet in entry["sheets"]
    ]
    notices = [Notice(code, sentence) for code, sentence in entry["notices"]]
    folders = tuple(entry.get("folders", ()))
    return Workbook(entry["file_name"], entry["kind"], entry["sha256"], sheets, notices, folders)
