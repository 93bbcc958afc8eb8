"""The process that parses one file: `python -m data.readers.child`, a job on standard input.

The job is one line of JSON {path, name, folder}. Progress and the result are lines of JSON on standard
output; tables go through files in `folder`. Whatever happens here, the parent goes on.
"""

import json
import os
import sys
from pathlib import Path

from data.errors import Refusal
from data.readers import limits
from data.readers.refusals import refusal


def main() -> int:
    """Read the job, hold this process to its limits, parse, answer."""
    job = json.loads(sys.stdin.readline())
    _keep_answers_apart()
    limits.hold_this_process(job["seconds"])
    path, name, folder = Path(job["path"]), job["name"], Path(job["folder"])
    try:
        from data.readers.archive import read_any

        _answer({"workbooks": read_any(path, name, folder, _tell)})
    except Refusal as refused:
        _answer({"refusal": [refused.code, refused.sentence]})
    except MemoryError:
        _refuse("reader_failed", name)
    except OSError as error:
        _refuse("disk_full" if error.errno in (27, 28, 122) else "unreadable_file", name)
    return 0


def _refuse(code: str, name: str) -> None:
    refused = refusal(code, name)
    _answer({"refusal": [refused.code, refused.sentence]})


def _tell(stage: str, fraction: float) -> None:
    _answer({"progress": [stage, round(fraction, 4)]})


def _keep_answers_apart() -> None:
    """Answers go to the parent; what a library may print goes nowhere."""
    sys.stdout = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _answer(words: dict) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
