"""`python -m data erase`: a student or a school year, complete, out of the file itself."""

from data import erase
from data.commands import add_store, store_of


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
        erase.school_year(store, args.year)
    else:
        erase.student(store, args.student, args.district)
    print("Erased from the store. Backups and files that were taken away are not: erase those by hand.")
    return 0
