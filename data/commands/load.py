"""`python -m data load`: plan each file, then commit it. One file that is refused does not stop the others."""

import argparse
import difflib
import json
import shutil
import sys
from contextlib import closing
from pathlib import Path

from data import home, readers, scratch
from data.commands import add_store, store_of, who_asks
from data.errors import Refusal
from data.load import Choices, commit, hold, plan_workbooks, together
from data.load.fields import FIELDS
from data.load.uploads import COUNTS
from data.store import open_store


def add(commands):
    """Add the parser of `load`."""
    parser = commands.add_parser(
        "load",
        help="load contact logs and rosters",
        description="Load contact logs and rosters. A file that is there already changes nothing; every load can be "
        "taken back with `undo`. Exit status 0: all files are loaded; 1: one was refused, with the reason.",
        epilog="Load the roster first, then the logs. Files of one OneRoster export, or a list of schools and one of "
        "students, are given together.",
    )
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a spreadsheet, a text file, a zip of them, or a OneRoster folder"
    )
    add_store(parser)
    parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
    parser.add_argument("--json", action="store_true", help="print one JSON object per file")
    what = parser.add_argument_group("what the files are, where they do not say it or are read wrongly")
    what.add_argument("--kind", choices=("contacts", "roster"), help="a contact log, or a roster")
    what.add_argument("--district", metavar="NAME", help="the district of the rows (default: the one of the rosters)")
    what.add_argument("--school", metavar="NAME", help="the school of every row that names none")
    what.add_argument(
        "--map",
        action="append",
        default=[],
        type=_pair,
        metavar="FIELD=HEADER",
        help='the column of a field, such as contact_date="Day of call"; may be given again for another field',
    )
    what.add_argument(
        "--add-only", action="store_true", help="a roster names some students of its schools: nobody's enrollment ends"
    )
    what.add_argument(
        "--date-order",
        choices=("mdy", "dmy", "ymd"),
        help="how dates such as 3/4/2026 are written: month first (mdy), day first (dmy) or year first (ymd)",
    )
    what.add_argument(
        "--id-digits",
        type=int,
        choices=range(31),
        metavar="NUMBER",
        help="student ids lost their leading zeros: read them with so many digits (0: without leading zeros)",
    )
    what.add_argument(
        "--yes", action="store_true", help="load a file that is held with a question: the answer is that it is right"
    )
    parser.set_defaults(run=run)


def run(args) -> int:
    """Load every file; 1 where at least one was refused."""
    if not args.dry_run or (args.store or home.default_store()).expanduser().exists():
        return _load_all(store_of(args, make=True), args)
    # What would happen in a store that is not there yet is tried in one that goes away again.
    folder = scratch.folder("dry-run-")
    try:
        with closing(open_store(folder / "store.duckdb")) as store:
            return _load_all(store, args)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _load_all(store, args) -> int:
    choices = Choices(
        fields=dict(args.map),
        date_order=args.date_order,
        full_roster=False if args.add_only else None,
        id_digits=args.id_digits,
    )
    status = 0
    groups = together.paths(args.files)
    lists = together.school_lists(groups)
    for names in groups:
        try:
            if names[0] in lists.files:
                print(
                    f"{Path(names[0]).name} is a list of schools: it names those of the other files.", file=sys.stderr
                )
            else:
                _load(store, [Path(name) for name in names], args, choices, lists.names)
        except Refusal as refusal:
            _progress("")
            where = f"{Path(names[0]).name}: " if len(groups) > 1 else ""
            print(where + refusal.sentence, file=sys.stderr)
            status = 1
    return status


def _load(store, paths: list[Path], args, choices: Choices, school_names: dict[str, str]):
    """One file, or the files of one export; `school_names` of codes come from a list of schools beside it."""
    previews = plan_workbooks(
        store,
        [book for path in paths for book in readers.read(path, path.name, _reading)],
        kind=args.kind,
        district=args.district,
        school=args.school,
        choices=choices,
        school_names=school_names,
        progress=_say,
    )
    refused = None
    for preview in previews:
        try:
            print(_words(args, preview, _commit(store, preview, args)), flush=True)
        except Refusal as refusal:
            refused = refused or refusal
            if args.json and refusal.code == "held":
                # What was understood is worth reading, above all where it is asked about. Nothing was loaded.
                would = _report(preview, None)
                print(json.dumps(would | {"rows_loaded": 0, "rows_held": would["rows_loaded"]}, ensure_ascii=False))
        finally:
            preview.close()
    if refused:
        raise refused


def _commit(store, preview, args):
    if args.dry_run:
        _progress("")
        return preview.already
    stops = hold.at_command_line(preview)
    if stops and not (args.yes or preview.already):
        asked = " ".join(question.sentence for question in stops)
        or_else = ", or --add-only" if any(question.code == "many_leave" for question in stops) else ""
        lost = next((question for question in preview.questions if question.code == "lost_zeros"), None)
        or_else += f", or --id-digits {lost.options[0]} to read its ids so" if lost else ""
        raise Refusal("held", f"{preview.file_name} was not loaded. {asked} (Add --yes to load it{or_else}.)")
    upload = commit(store, preview, who_asks(), accept_hold=True, progress=_say)
    _progress("")
    return upload


def _words(args, preview, upload) -> str:
    report = _report(preview, upload)
    if args.json:
        return json.dumps(report, ensure_ascii=False, default=str)
    lines = _lines(report, args.dry_run, upload)
    if preview.hold and upload and not upload.already and not args.yes:
        # The question above is put as before a load, and a small file was not held for it.
        lines.append(
            f"  It is loaded, because it is about fewer than {hold.FEWEST_ROWS} rows or students. If that was wrong: "
            f"python -m data undo {upload.upload_id}"
        )
    return "\n".join(lines)


def _report(preview, upload) -> dict:
    if upload:
        counts = upload.counts
    else:
        counts = {**preview.counts, "rows_loaded": preview.counts["rows_new"]}
    first = preview.sheets[0]
    return {
        "file": preview.file_name,
        "kind": preview.kind,
        "sheet": first.sheet,
        "header_row": first.header_row,
        "mapping": first.headers,
        **{name: counts[name] for name in COUNTS},
        "problems": preview.problems(),
        "upload_id": upload.upload_id if upload else None,
        "already": upload.already if upload else None,
        "sheets": [
            {"sheet": plan.sheet, "header_row": plan.header_row, "mapping": plan.headers, "rows_read": plan.rows_read}
            for plan in preview.sheets
        ],
        "notices": [notice.sentence for notice in preview.notices],
        "questions": [_asked(question) for question in (*preview.hold, *preview.questions)],
        "not_stored": preview.not_stored,
    }


def _asked(question) -> str:
    how = ""
    if question.code == "lost_zeros":
        how = f" Add --id-digits {question.options[0]} to match them so."
    if question.code == "ask_date_order":
        how = " (--date-order mdy: the month comes first, dmy: the day.)"
    return question.sentence + how


_COUNTED = (
    ("rows_loaded", "loaded"),
    ("rows_duplicate", "already there"),
    ("rows_set_aside", "set aside"),
    ("rows_unmatched", "waiting for a roster that names the student"),
    ("rows_not_family", "not with the family"),
    ("rows_left_out", "left out"),
)


def _lines(report: dict, dry_run: bool, upload) -> list[str]:
    what = "would be loaded" if dry_run else "loaded"
    counted = [
        f"{report[name]:,} {what if name == 'rows_loaded' else words}"
        for name, words in _COUNTED
        if report[name] or name == "rows_loaded"
    ]
    head = f"{report['file']} ({report['kind']}): {report['rows_read']:,} rows read, {', '.join(counted)}."
    lines = [report["already"] or head]
    if upload and not report["already"]:
        lines[0] += f" Upload {report['upload_id']}."
    lines += [f"  {field} <- {header}" for field, header in report["mapping"].items()]
    if report["not_stored"]:
        lines.append(f"  Not stored: {', '.join(report['not_stored'])}")
    # A question begins with what it asks about: that is not told a second time.
    notices = [told for told in report["notices"] if not any(asked.startswith(told) for asked in report["questions"])]
    lines += [f"  {sentence}" for sentence in (*notices, *report["questions"])]
    shown = report["problems"][:20]
    lines += [f"  {_place(problem)}: {problem['message']}" for problem in shown]
    if len(report["problems"]) > len(shown):
        lines.append(f"  ... and {len(report['problems']) - len(shown):,} more; --json lists them all.")
    return lines


def _place(problem: dict) -> str:
    return f"{problem['sheet']} row {problem['row']}" if problem["sheet"] else f"row {problem['row']}"


def _pair(text: str) -> tuple[str, str]:
    field, sign, header = text.partition("=")
    field = field.strip()
    if not sign or not header.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is not FIELD=HEADER, for example contact_date=Date")
    if field not in FIELDS:
        near = difflib.get_close_matches(field, FIELDS, 1)
        hint = f" Did you mean {near[0]}?" if near else f" The fields are {', '.join(FIELDS)}."
        raise argparse.ArgumentTypeError(f"there is no field {field!r}.{hint}")
    return field, header.strip()


def _reading(step: str, share: float):
    _say("Reading", share / 2)


def _say(step: str, share: float):
    _progress(f"{step} {share:.0%}")


def _progress(words: str):
    # One line that is written over; nothing at all where standard error is not a terminal.
    if sys.stderr.isatty():
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)
