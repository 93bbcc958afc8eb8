"""`python -m data erase`: a student or a school year, complete, out of the file itself."""

from data import erase
from data.commands import add_store, store_of

# It is not kept who was erased, so nobody can say whether it was the one that is asked for now.
FINISHED = "An erasure that had been interrupted is finished: what it erased is out of the store's file."
BY_HAND = "Backups and files that were taken away are not erased: erase those by hand."


def add(commands):
    """Add the parser of `erase`."""
    parser = commands.add_parser("erase", help="erase a student or a school year for good; there is no undo")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--student", metavar="ID", help="the student's id in the roster")
    what.add_argument("--year", metavar="YEAR", help="a school year, such as 2019-20")
    parser.add_argument("--district", metavar="NAME", help="the student's district (default: the store's)")
    parser.add_argument("--yes", action="store_true", required=True, help="yes, for good")
    add_store(parser)
    parser.set_defaults(run=run)


def run(args) -> int:
    """Erase, and say what is out of reach."""
    store = store_of(args)
    if args.year is not None:
        what, other, erased = f"the school year {args.year}", "school year", erase.school_year(store, args.year)
    else:
        district = args.district or store.own_district()
        what, other = f"a student {args.student} of {district}", "student"
        erased = erase.student(store, args.student, district)
    if not erased:
        print(f"{FINISHED} Nothing of {what} is in the store now. If you meant another {other}, run this again.")
    print(f"{'Erased from the store. ' if erased else ''}{BY_HAND}")
    return 0
