"""`python -m data check`: is the store sound, and what is in it, as digests that can be compared."""

import sys

from data import check
from data.commands import add_store, store_of


def add(commands):
    """Add the parser of `check`."""
    parser = commands.add_parser("check", help="verify the store and print digests of its contents")
    add_store(parser)
    parser.set_defaults(run=run)


def run(args) -> int:
    """Print the digests; 1 with a sentence for each thing that is wrong."""
    store = store_of(args)
    for table, rows, digest in check.digests(store):
        print(f"{table:<14} {rows:>10} {digest}")
    wrong = check.findings(store)
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    if not wrong:
        print("The store is sound.")
    return 1 if wrong else 0
