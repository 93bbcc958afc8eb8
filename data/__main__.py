"""The command line of the data room: load, uploads, undo, rebuild, check, backup, erase, retention, demo.

Exit status 0 done, 1 refused (the reason on standard error, one sentence), 2 usage. No traceback reaches a person.
"""

import argparse
import os
import sys

import duckdb

from data.commands import backup, check, demo, erase, facts, lake, load, rebuild, retention, undo, uploads
from data.errors import Refusal
from data.home import take_all_scripts, umask

COMMANDS = (load, uploads, undo, rebuild, check, backup, erase, retention, demo, lake, facts)


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    main_parser = argparse.ArgumentParser(
        prog="python -m data", description="Load spreadsheets, and look after the store."
    )
    commands = main_parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    return main_parser


def main(words: list[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    args = parser().parse_args(words)
    take_all_scripts()
    with umask() as args.umask:
        return _run(args)


def _run(args) -> int:
    try:
        return args.run(args)
    except Refusal as refusal:
        print(refusal.sentence, file=sys.stderr)
    except BrokenPipeError:
        # The reader of our output has gone (| head): nothing is left to say, to it or at the interpreter's end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        print(
            "Stopped. A file is loaded as a whole or not at all: `python -m data uploads` lists what is loaded.",
            file=sys.stderr,
        )
    except Exception as error:  # the last resort: a person never sees a traceback
        return _failed(error)
    return 1


def _failed(error: Exception) -> int:
    """Say that the machine has no room, or that the program is at fault."""
    full = "no space left" in str(error).lower() or isinstance(error, duckdb.OutOfMemoryException)
    why = (
        "this machine ran out of room on its disk or in its memory. Free some space and run the command again. "
        if full
        else f"of a fault in the program ({type(error).__name__}): please report it. "
    )
    print(
        f"This did not work because {why}A file is loaded as a whole or not at all: `python -m data uploads` lists "
        "what is loaded.",
        file=sys.stderr,
    )
    if os.environ.get("BOTHWAYS_DEBUG"):
        raise error
    return 1


if __name__ == "__main__":
    sys.exit(main())
