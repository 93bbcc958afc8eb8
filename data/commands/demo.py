"""`python -m data demo`: a synthetic district, into a store of its own."""

from data.commands import add_store
from data.demo import command


def add(commands):
    """Add the parser of `demo`."""
    parser = commands.add_parser("demo", help="make a synthetic sample district with planted truths")
    add_store(parser)
    command.add_arguments(parser)
    parser.set_defaults(run=command.run)
