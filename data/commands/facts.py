"""`python -m data facts --engine sc://HOST:PORT --lake URI`: derive the facts of a lake on a Spark cluster."""

import sys

from data.errors import Refusal
from data.home import umask
from data.lake.facts import derive
from data.lake.layout import Lake


def add(commands):
    """Add the parser of `facts`."""
    parser = commands.add_parser("facts", help="derive the facts of a lake on a Spark cluster")
    parser.add_argument("--engine", required=True, metavar="sc://HOST:PORT", help="the Spark Connect server")
    parser.add_argument("--lake", required=True, metavar="URI", help="the lake, on storage that the cluster sees too")
    parser.set_defaults(run=run)


def run(args) -> int:
    """Derive what is new and put it in force."""
    if not args.engine.startswith("sc://"):
        raise Refusal("engine_name", f"{args.engine} does not name a Spark Connect server; write sc://HOST:PORT.")
    tell = (lambda share, words: print(f"{share:4.0%}  {words}", file=sys.stderr)) if sys.stderr.isatty() else None
    with umask(args.umask):  # the cluster may be another user, as in `lake`
        about = derive(Lake(args.lake), args.engine, tell)
    print(f"The facts are in force: {about['made']} parts were derived, {about['kept']} were there already.")
    return 0
