"""`python -m data backup FILE`: a copy of the store that opens."""

from pathlib import Path

from data.backup import backup
from data.commands import add_store, store_of


def add(commands):
    """Add the parser of `backup`."""
    parser = commands.add_parser("backup", help="copy the store to a new file")
    parser.add_argument("file", type=Path, metavar="FILE", help="the copy; it must not exist yet")
    add_store(parser)
    parser.set_defaults(run=run)


def run(args) -> int:
    """Write the copy and say so."""
    copy = backup(store_of(args), args.file)
    print(f"The store was copied to {copy}. The copy was opened and compared.")
    return 0
