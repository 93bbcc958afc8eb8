"""`python -m data rebuild`: derive everything anew from what was loaded."""

from data.commands import add_store, store_of
from data.load import rebuild


def add(commands):
    """Add the parser of `rebuild`."""
    parser = commands.add_parser("rebuild", help="derive students, spans, statuses and facts anew from the loaded rows")
    add_store(parser)
    parser.set_defaults(run=run)


def run(args) -> int:
    """Rebuild the store."""
    rebuild(store_of(args))
    print("Everything was derived anew.")
    return 0
