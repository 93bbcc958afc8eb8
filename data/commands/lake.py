"""`python -m data lake export DIR`: the clean tables as Parquet, for a Spark cluster."""

import sys
from pathlib import Path

from data.commands import add_store, store_of
from data.home import umask
from data.lake.export import export


def add(commands):
    """Add the parser of `lake`."""
    parser = commands.add_parser("lake", help="write the clean tables as Parquet for a cluster")
    parser.add_argument("action", choices=("export",))
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="the lake; an earlier export there is brought up to date"
    )
    add_store(parser)
    parser.set_defaults(run=run)


def run(args) -> int:
    """Write the lake and say how many months it holds."""
    tell = (lambda share, words: print(f"{share:4.0%}  {words}", file=sys.stderr)) if sys.stderr.isatty() else None
    store = store_of(args)
    with umask(args.umask):  # the cluster may be another user: who reads a lake is up to its folder and who exports
        lake = export(store, args.folder, tell)
    print(f"{len(lake.months())} months of contacts were written to {lake.root}.")
    return 0
