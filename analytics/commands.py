"""The commands of `python -m analytics`: each takes a store, a viewer, options and a question, and returns text."""

from analytics import drop_off as drop_off_of
from analytics import transition as transition_of
from analytics.answer import Answer, ask
from analytics.measures import MEASURES
from analytics.printing import csv_text, json_text, table_text
from analytics.question import meant
from data.errors import Refusal

PRINTED = {"csv": lambda answer: csv_text(answer.table, answer.measure.name), "json": json_text, "table": table_text}

# Which commands an option belongs to; the other options belong to every question.
OPTIONS = {"measure": ("drop_off", "transition"), "channel": ("drop_off",), "grade": ("transition",)}


def add_options(parser) -> None:
    """The options that only some commands have."""
    parser.add_argument("--measure", metavar="MEASURE", help="drop_off, transition: of which measure (contact_rate)")
    parser.add_argument("--channel", metavar="CHANNEL", help="drop_off: contacts of one channel only")
    parser.add_argument("--grade", action="append", metavar="GRADE", help="transition: from this grade (5 and 8)")


def check_options(args) -> None:
    """Refuse options that the command does not have, and measures that do not exist."""
    for option, of in OPTIONS.items():
        if getattr(args, option) and args.what not in of:
            raise Refusal("usage", f"--{option} belongs to {' and '.join(of)}, not to {args.what}.")
    if args.what in OPTIONS["measure"]:
        args.measure = args.measure or "contact_rate"
        if args.measure not in MEASURES:
            raise Refusal("unknown_measure", f"There is no measure {args.measure!r}.{meant(args.measure, MEASURES)}")


def measure(store, viewer, args, question) -> str:
    """A measure, cut as asked."""
    return _printed(ask(store, viewer, question), args)


def drop_off(store, viewer, args, question) -> str:
    """The drop-off of a measure from elementary to middle and high school."""
    return _printed(drop_off_of.answer(store, viewer, question, args.channel), args)


def transition(store, viewer, args, question) -> str:
    """The same students from one grade to the next."""
    grades = tuple(args.grade or transition_of.DEFAULT_GRADES)
    return _printed(transition_of.answer(store, viewer, question, grades), args)


def _printed(answer: Answer, args) -> str:
    return PRINTED[args.format](answer)


COMMANDS = {"drop_off": drop_off, "transition": transition}
