"""The process that parses one file: `python -m data.readers.child`, a job on standard input.

The job is one line of JSON {path, name, folder}. Progress and the result are lines of JSON on standard
output; tables go through files in `folder`. Whatever happens here, the parent goes on.
"""

import errno
import json
import os
import sys
from pathlib import Path

from data.errors import Refusal
from data.readers import limits
from data.readers.refusals import refusal

NO_SPACE = (errno.EFBIG, errno.ENOSPC, getattr(errno, "EDQUOT", None))


class _WithoutPandas:
    """Arrow would load pandas, at a tenth of a second a file, to ask whether a list is one of its columns."""

    @staticmethod
    def find_spec(name: str, path=None, target=None):
        """Called for each import: there is no pandas here."""
        if name == "pandas":
            raise ModuleNotFoundError("pandas is not loaded in this process")


def main() -> int:
    """Read the job, hold this process to its limits, parse, answer."""
    job = json.loads(sys.stdin.readline())
    _keep_answers_apart()
    sys.meta_path.insert(0, _WithoutPandas)
    limits.hold_this_process(job["seconds"])
    _say(answer(job, lambda stage, fraction: _say({"progress": [stage, round(fraction, 4)]})))
    return 0


def answer(job: dict, tell) -> dict:
    """The answer to a job: {"workbooks": entries} or {"refusal": [code, sentence]}."""
    from data.readers.archive import read_any

    try:
        return {"workbooks": read_any(Path(job["path"]), job["name"], Path(job["folder"]), tell)}
    except Refusal as refused:
        return _refused(refused)
    except MemoryError:
        return _refused(refusal("reader_failed", job["name"]))
    except OSError as error:
        code = "disk_full" if error.errno in NO_SPACE else "unreadable_file"
        return _refused(refusal(code, job["name"]))


def _refused(reason: Refusal) -> dict:
    return {"refusal": [reason.code, reason.sentence]}


def _keep_answers_apart() -> None:
    """Answers go to the parent; what a library may print goes nowhere."""
    sys.stdout = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _say(words: dict) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
