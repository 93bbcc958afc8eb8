"""Our side of the benchmarks that load: each function is a step of `apart`, timed as a whole."""

import time
from itertools import pairwise
from pathlib import Path

from benchmarks.apart import Clock
from data.load import commit, plan
from data.store import open_store


def prepare(store: str, roster: str) -> None:
    """A store with a roster."""
    _load(open_store(Path(store)), roster)


def load(store: str, file: str) -> tuple[Clock, dict]:
    """Read, map, check, commit and derive a file into a store that is open: seconds and counts.

    Beside the counts: how often progress was reported, and the longest time in seconds without a report.
    """
    opened, times = open_store(Path(store)), [time.perf_counter()]
    clock = Clock()
    upload = _load(opened, file, lambda step, share: times.append(time.perf_counter()))
    opened.checkpoint()
    clock.stop()
    return clock, {
        **upload.counts, "reports": len(times) - 1, "silence": max(b - a for a, b in pairwise(times)),
    }  # fmt: skip


def _load(store, file: str, progress=None):
    preview = plan(store, Path(file), Path(file).name, "benchmark", progress=progress)[0]
    try:
        return commit(store, preview, "benchmark", accept_hold=True, progress=progress)
    finally:
        preview.close()
