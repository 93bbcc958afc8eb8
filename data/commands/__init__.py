"""The subcommands of `python -m data`, one module each.

A module has `add(commands)`, which adds its parser, and `run(args)`, which returns the exit status: 0 done,
1 refused. It prints results on standard output and everything else on standard error.
"""

from pathlib import Path

from data import home
from data.store import open_store


def add_store(parser):
    """The option that every command has."""
    parser.add_argument("--store", type=Path, metavar="PATH", help="the store's file (default: the district's own)")


def store_of(args):
    """The store that the command works on."""
    return open_store(args.store or home.default_store())


def who_asks() -> str:
    """The name under which the history records a command."""
    return "command line"
