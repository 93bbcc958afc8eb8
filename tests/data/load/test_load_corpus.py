"""Every file of a corpus of odd spreadsheets goes through the command line: loaded or refused in a sentence, no more.

`BOTHWAYS_CORPUS` names its folder (without that it is looked for beside the project). All of them take minutes, as each
is read by a process of its own: so one of every kind in every folder is loaded, and all with `BOTHWAYS_CORPUS_ALL=1`.
"""

import os
import time
from pathlib import Path

import pytest

from data.__main__ import main
from data.home import PROJECT
from data.store import open_store

CORPUS = Path(os.environ.get("BOTHWAYS_CORPUS") or PROJECT.parent / "shared" / "corpus")
FILES = sorted(path for path in CORPUS.rglob("*") if path.is_file() and path.name != "manifest.csv")
EACH = None if os.environ.get("BOTHWAYS_CORPUS_ALL") else 1
SECONDS = 10


def sample(files: list[Path], each: int | None) -> list[Path]:
    """The first `each` files of every kind (its ending) in every folder of the corpus; all, where that is None."""
    groups: dict[tuple, list[Path]] = {}
    for path in files:
        groups.setdefault((path.relative_to(CORPUS).parts[0], path.suffix.lower()), []).append(path)
    return [path for group in groups.values() for path in group[:each]]


def one_sentence(err: str) -> bool:
    """Is this what a person can read: one line that ends as a sentence does?"""
    return err.count("\n") == 1 and err.strip().endswith((".", ".)"))


@pytest.mark.skipif(not FILES, reason="no corpus: set BOTHWAYS_CORPUS to a folder of odd spreadsheets")
def test_every_file_ends_with_status_0_or_1_and_a_sentence(tmp_path, capfd):
    store = str(tmp_path / "store.duckdb")
    ends = []
    for path in sample(FILES, EACH):
        start = time.monotonic()
        status = main(["load", str(path), "--store", store, "--yes"])
        seconds = time.monotonic() - start
        out, err = capfd.readouterr()
        about = f"{path.relative_to(CORPUS)}: status {status}, {seconds:.1f} s, {err}"
        assert status in (0, 1) and seconds < SECONDS, about
        assert not any(words in out + err for words in ("Traceback", "fault in the program")), about
        assert (err == "" and out.strip()) if status == 0 else one_sentence(err), about
        ends.append(status)
    opened = open_store(tmp_path / "store.duckdb")
    assert ends.count(0) == opened.value("SELECT count(*) FROM upload WHERE state = 'loaded'")
    opened.close()
    # Most of the corpus is neither a log nor a roster.
    assert 0 < ends.count(1) <= len(ends)
