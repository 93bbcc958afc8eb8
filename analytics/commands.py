"""The commands of `python -m analytics`: each takes a store, a viewer, options and a question, and returns text."""

import argparse
import sys
from pathlib import Path

from analytics import drop_off as drop_off_of
from analytics import transition as transition_of
from analytics.answer import Answer, ask
from analytics.disclosure import listed
from analytics.disclosure.draft import draft
from analytics.disclosure.release import publish
from analytics.measures import MEASURES
from analytics.printing import csv_text, json_text, object_text, table_text
from analytics.question import meant
from data.errors import Refusal
from data.home import release_folder

PRINTED = {"csv": lambda answer: csv_text(answer.table, answer.measure.name), "json": json_text, "table": table_text}

# Which commands an option belongs to; the other options belong to every question.
OPTIONS = {
    "measure": ("drop_off", "transition"),
    "channel": ("drop_off",),
    "grade": ("transition",),
    "out": ("release",),
    "year": ("release",),
    "unfinished": ("release",),
    "look": ("release",),
    "measures": ("release_settings",),
    "groups": ("release_settings",),
    "widths": ("release_settings",),
}


def add_options(parser) -> None:
    """The options that only some commands have."""
    parser.add_argument("--measure", metavar="MEASURE", help="drop_off, transition: of which measure (contact_rate)")
    parser.add_argument("--channel", metavar="CHANNEL", help="drop_off: contacts of one channel only")
    parser.add_argument("--grade", action="append", metavar="GRADE", help="transition: from this grade (5 and 8)")
    parser.add_argument("--out", type=_folder, metavar="DIR", help="release: the folder to write, which must be empty")
    parser.add_argument(
        "--year", action="append", metavar="YEAR", help="release: this school year (those that are over)"
    )
    parser.add_argument("--unfinished", action="store_true", help="release: also a school year that is not over yet")
    parser.add_argument(
        "--look", action="store_true", help="release: prove it and say what would be hidden and why; publish nothing"
    )
    parser.add_argument("--measures", type=_names, metavar="NAMES", help="release_settings: release these measures")
    parser.add_argument("--groups", type=_names, metavar="NAMES", help="release_settings: and by these groups")
    parser.add_argument(
        "--widths", type=_widths, metavar="N:WIDTH,...",
        help="release_settings: how wide a share is shown from N students, such as 100:10,10:25; coarser only",
    )  # fmt: skip


def _folder(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("name the folder to write")
    return Path(text)


def check_options(args) -> None:
    """Refuse options that the command does not have, and measures that do not exist."""
    for option, of in OPTIONS.items():
        if getattr(args, option) not in (None, False) and args.what not in of:
            raise Refusal("usage", f"--{option} belongs to {' and '.join(of)}, not to {args.what}.")
    cut = args.by or args.school or args.where or args.start or args.end
    if args.what in ("release", "release_settings") and cut:
        raise Refusal("usage", "A release is a fixed cube: it takes no cuts, dates, schools or filters.")
    if args.what in ("release", "release_settings") and args.format == "csv":
        raise Refusal("usage", f"{args.what} prints no table: leave --format away, or use --format json.")
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


def release(store, viewer, args, question) -> str:
    """A panel release, proved before it is written, with its proof kept in the store."""
    made = draft(store, viewer, args.year, early=args.unfinished, progress=_tell)
    hidden = made.hidden()
    said = {
        "years": [year.name for year in made.years],
        "published": not args.look,
        "cells": made.places(),
        "hidden": len(hidden),
        "why": {reason: int(count) for reason, count in hidden["why"].value_counts().items()},
    }
    if not args.look:
        made_in = publish(store, viewer, made, args.out or release_folder() / said["years"][-1])
        said |= {"folder": str(made_in.folder), "tables": sorted(made_in.tables)}
    return _said(said, _release_in_words, args)


def _release_in_words(said: dict) -> str:
    years = ", ".join(said["years"])
    done = f"{years}, not published: "
    if said["published"]:
        done = f"Released {years}: {len(said['tables'])} tables in {said['folder']}. "
    why = "".join(f"  {count:,}: {reason}\n" for reason, count in said["why"].items())
    return (
        f"{done}{said['hidden']:,} of {said['cells']:,} cells are hidden, the same in every measure, and the proof "
        f"passed.\n{why}"
    )


def release_settings(store, viewer, args, question) -> str:
    """What releases list from now on; without options, what they list now."""
    listed.keep(store, measures=args.measures, groups=args.groups, widths=args.widths)
    now = listed.of(store.settings())
    said = {"measures": now.measures, "groups": now.groups, "n_min": now.n_min, "share_widths": now.widths}
    return _said(said, _settings_in_words, args)


def _settings_in_words(said: dict) -> str:
    return (
        f"Measures: {', '.join(said['measures'])}\nBy grade band and: {', '.join(said['groups']) or 'nothing else'}\n"
        f"Widths of shares, in per cent: {listed.widths_in_words(said['share_widths'])}\n"
        f"Hidden: groups of fewer than {said['n_min']} students, and what would give them away\n"
    )


def _said(said: dict, in_words, args) -> str:
    """What a command did as one object, or in words; it is no table, so there is no CSV of it."""
    return object_text(said) if args.format == "json" else in_words(said)


def _tell(share: float, words: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{share:4.0%} {words}", end="" if share < 1 else "\n", file=sys.stderr, flush=True)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _widths(text: str) -> list[list[int]]:
    try:
        return [[int(number) for number in step.split(":")] for step in text.split(",")]
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a list of steps such as 100:10,10:25") from None


def _printed(answer: Answer, args) -> str:
    return PRINTED[args.format](answer)


COMMANDS = {"drop_off": drop_off, "transition": transition, "release": release,
            "release_settings": release_settings}  # fmt: skip
