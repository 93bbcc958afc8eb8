"""`python -m data demo`: its options and what it prints."""

import sys
from datetime import date

from data import home
from data.demo import files, truth
from data.demo.write import create
from data.store import open_store


def add_arguments(parser):
    """The options of `demo`, beside --store."""
    parser.add_argument("--students", type=int, default=1_600, metavar="N", help="students over all years (1600)")
    parser.add_argument("--schools", type=int, default=12, metavar="N", help="schools (12)")
    parser.add_argument("--contacts", type=int, metavar="N", help="contacts (default: what the planted rates give)")
    parser.add_argument("--years", type=int, default=2, metavar="N", help="school years, the current one included (2)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same number gives the same district (1)")
    parser.add_argument("--until", type=date.fromisoformat, metavar="DATE", help="the last day (default: yesterday)")
    parser.add_argument("--files", metavar="DIR", help="write sample spreadsheets into this folder, and no store")


def run(args) -> int:
    """Make the sample and say where it is. Raises Refusal."""
    asked = {name: getattr(args, name) for name in ("students", "schools", "contacts", "years", "seed", "until")}
    if args.files:
        for path in files.write(args.files, **asked):
            print(path)
        return 0
    store = open_store(args.store or home.sample_store())
    planted = create(store, progress=_say, **asked)
    _progress("")
    print(
        f"Sample district (synthetic): {planted['students']:,} students, {planted['schools']:,} schools, "
        f"{planted['contacts']:,} contacts up to {planted['as_of']}, in {store.path}."
    )
    print(f"What was planted, and how to check it: {truth.path_of(store.path)}")
    return 0


def _say(step: str, share: float):
    _progress(f"{step} {share:.0%}")


def _progress(words: str):
    if sys.stderr.isatty():
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)
