"""The subcommands of `python -m data`, one module each.

A module has `add(commands)`, which adds its parser, and `run(args)`, which returns the exit status: 0 done,
1 refused. It prints results on standard output and everything else on standard error.
"""

from pathlib import Path

from data import home
from data.errors import Refusal
from data.store import open_store


def add_store(parser):
    """The option that every command has."""
    parser.add_argument("--store", type=Path, metavar="PATH", help="the store's file (default: the district's own)")


def store_of(args, *, make: bool = False):
    """The store that the command works on. Raises Refusal `no_store` where there is none, unless it may be made.

    A copy of a store that was made for a slip in its name holds nothing, and nobody looks into a copy before it is
    needed.
    """
    path = args.store or home.default_store()
    if not make and not path.expanduser().exists():
        raise Refusal("no_store", f"There is no store at {path}. Check the name, or load a roster into it first.")
    return open_store(path)


def who_asks() -> str:
    """The name under which the history records a command."""
    return "command line"
