"""The command line of the analytics room: any measure, the drop-off, the same students, a panel release.

Exit status 0 done, 1 refused (the reason on standard error, one sentence), 2 usage. No traceback reaches a person.
"""

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from access.viewer import LOCAL
from analytics import commands
from analytics.measures import CUTS, MEASURES
from analytics.question import Question, meant
from data.errors import Refusal
from data.home import default_store, take_all_scripts, umask
from data.store import Store, open_store

# Refusals of a question that is written wrongly, rather than one that this store cannot answer.
USAGE = {"unknown_measure", "unknown_cut", "bad_cuts", "bad_dates", "usage"}


def parser() -> argparse.ArgumentParser:
    """The parser: one positional, what to ask; the options of every question; those of the commands."""
    made = argparse.ArgumentParser(
        prog="python -m analytics",
        description="Answer a question from the loaded contacts.",
        epilog=f"Measures: {', '.join(MEASURES)}. Cuts: {', '.join(CUTS)}.",
    )
    made.add_argument("what", metavar="MEASURE", help=f"a measure, or one of {', '.join(commands.COMMANDS)}")
    made.add_argument("--store", type=Path, metavar="PATH", help="the store's file (default: the district's own)")
    made.add_argument("--by", type=_names, default=(), metavar="CUT[,CUT]", help="one or two cuts")
    made.add_argument("--from", dest="start", type=_day, metavar="DATE", help="first day, such as 2025-09-01")
    made.add_argument("--to", dest="end", type=_day, metavar="DATE", help="last day, included")
    made.add_argument("--school", action="append", default=[], metavar="NAME", help="only this school; repeat")
    made.add_argument("--where", action="append", type=_pair, default=[], metavar="CUT=VALUE", help="only this value")
    made.add_argument("--format", choices=("table", "csv", "json"), default="table", help="how to print")
    commands.add_options(made)
    return made


def question_of(args, measure: str) -> Question:
    """The question that the options ask of a measure."""
    return Question(measure, args.by, args.start, args.end, tuple(args.school), tuple(args.where))


def store_of(args) -> Store:
    """The store that is asked. Raises Refusal where there is none: a question never makes one."""
    path = args.store or default_store()
    if not Path(path).expanduser().exists():
        raise Refusal("no_store", f"There is no store at {path}. Load a roster and a contact log first.")
    return open_store(path)


def main(words: list[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    args = parser().parse_args(words)
    take_all_scripts()
    with umask():
        return _answered(args)


def _answered(args) -> int:
    try:
        return _run(args)
    except Refusal as refusal:
        print(refusal.sentence, file=sys.stderr)
        return 2 if refusal.code in USAGE else 1
    except BrokenPipeError:
        # The reader of our output has gone (| head): nothing is left to say, to it or at the interpreter's end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
    except Exception as error:  # the last resort: a person never sees a traceback
        print(f"This did not work because of a fault in the program ({type(error).__name__}). Please report what you "
              "did.", file=sys.stderr)  # fmt: skip
        if os.environ.get("BOTHWAYS_DEBUG"):
            raise
    return 1


def _run(args) -> int:
    if args.what not in commands.COMMANDS and args.what not in MEASURES:
        names = [*MEASURES, *commands.COMMANDS]
        raise Refusal("unknown_measure", f"There is no measure {args.what!r}.{meant(args.what, names)}")
    commands.check_options(args)
    store = store_of(args)
    try:
        run = commands.COMMANDS.get(args.what, commands.measure)
        sys.stdout.write(run(store, LOCAL, args, question_of(args, getattr(args, "measure", None) or args.what)))
        sys.stdout.flush()
    finally:
        store.close()
    return 0


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2025-09-01") from None


def _pair(text: str) -> tuple[str, str]:
    cut, equals, value = text.partition("=")
    if not equals or not cut.strip() or not value.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form CUT=VALUE, such as channel=phone")
    return cut.strip(), value.strip()


if __name__ == "__main__":
    sys.exit(main())
