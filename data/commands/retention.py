"""`python -m data retention`: what is past retention, and its erasure."""

import argparse

from data import erase, retention
from data.commands import add_store, store_of
from data.commands.erase import FINISHED
from data.errors import Refusal


def add(commands):
    """Add the parser of `retention`."""
    parser = commands.add_parser("retention", help="say which school years are past retention, and erase them")
    parser.add_argument("--keep", type=_years, metavar="YEARS", help="keep this many school years from now on; 0: all")
    parser.add_argument("--erase", action="store_true", help="erase what is past retention; there is no undo")
    parser.add_argument("--yes", action="store_true", help="yes, for good")
    add_store(parser)
    parser.set_defaults(run=run)


def run(args) -> int:
    """Say what is past; erase it where that was asked for."""
    store = store_of(args)
    if args.keep is not None:
        retention.keep(store, args.keep)
    if args.erase and args.yes and erase.finish(store):  # of a year that is not in the store any more, too
        print(FINISHED)
    years = retention.past(store)
    kept = store.settings()["retention_years"]
    if not years:
        print(f"{f'{kept} school years are kept' if kept else 'Every school year is kept'}; nothing is past retention.")
    elif not args.erase:
        print(f"Past retention: {', '.join(years)}. Add --erase --yes to erase them for good.")
    elif not args.yes:
        raise Refusal("not_confirmed", f"{', '.join(years)} would be erased for good. Add --yes to do it.")
    else:
        retention.enforce(store)
        print(f"Erased: {', '.join(years)}. Backups, releases and files taken away are not: do that by hand.")
    return 0


def _years(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of school years")
    return int(text)
