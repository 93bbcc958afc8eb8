"""Where Both Ways keeps its files: outside the checkout, readable by this user only. And how a command begins."""

import os
import sys
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from data.errors import Refusal

PROJECT = Path(__file__).resolve().parent.parent

DISTRICT_STORE = "district.duckdb"
SAMPLE_STORE = "sample.duckdb"

PRIVATE = 0o077


@contextmanager
def umask(mask: int = PRIVATE):
    """What this process makes meanwhile is for its user alone (by `mask`), in all threads; yields the mask of before.

    A program holds it from its start: the database makes the log beside a store with a write, not when it opens.
    """
    before = os.umask(mask)
    try:
        yield before
    finally:
        os.umask(before)


def home() -> Path:
    """The folder for stores, scratch files and settings (mode 0700), made when it is missing.

    `BOTHWAYS_HOME` names it; without that it is the user's own data directory. A folder inside the
    checkout is refused, so that student data can never be committed by accident.
    """
    folder = Path(os.environ.get("BOTHWAYS_HOME") or platformdirs.user_data_dir("bothways", False))
    folder = folder.expanduser().resolve()
    if folder == PROJECT or PROJECT in folder.parents:
        raise Refusal(
            "home_in_checkout",
            f"BOTHWAYS_HOME points into the program's own folder ({folder}). Student data must not "
            "live there: name a folder outside it.",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
    except OSError as error:
        raise Refusal(
            "home_unusable",
            f"The folder {folder} cannot be used for the data ({error.strerror}). "
            "Set BOTHWAYS_HOME to a folder that you may write to.",
        ) from None
    return folder


def default_store() -> Path:
    """The district's own store; the sample district lives in a file of its own beside it."""
    return home() / DISTRICT_STORE


def release_folder() -> Path:
    """The folder of the releases that panels see."""
    return home() / "releases"


def sample_store() -> Path:
    """The store of the synthetic sample district, never mixed with the district's own."""
    return home() / SAMPLE_STORE


def take_all_scripts():
    """Have standard output take every text: a name that it cannot print had ended a load after the first file.

    Into a file or another program it is UTF-8, unless the environment names another encoding. What a terminal cannot
    show is printed as its code.
    """
    out = sys.stdout
    if not hasattr(out, "reconfigure"):
        return
    if out.isatty() or os.environ.get("PYTHONIOENCODING"):
        out.reconfigure(errors="backslashreplace")
    else:
        out.reconfigure(encoding="utf-8")
