"""Our side of the benchmarks that load: each function is a step of `apart`, timed as a whole."""

from pathlib import Path

from benchmarks.apart import Clock
from data.load import commit, plan
from data.store import open_store


def prepare(store: str, roster: str) -> None:
    """A store with a roster."""
    _load(open_store(Path(store)), roster)


def load(store: str, file: str) -> tuple[Clock, dict]:
    """Read, map, check, commit and derive a file into a store that is open: seconds and counts."""
    opened = open_store(Path(store))
    clock = Clock()
    upload = _load(opened, file)
    opened.checkpoint()
    return clock.stop(), upload.counts


def _load(store, file: str):
    preview = plan(store, Path(file), Path(file).name, "benchmark")[0]
    try:
        return commit(store, preview, "benchmark", accept_hold=True)
    finally:
        preview.close()
