"""The directory from the command line: who may come in, and as what.

python -m access add EMAIL --role district|principal|panel [--school NAME]... [--district NAME]... [--students]
python -m access list | remove EMAIL | revoke EMAIL
"""

import argparse
import sqlite3
import sys

from access.directory import Directory, NotPossible
from access.viewer import ROLES

COMMAND = "command line"  # who, in the audit log


def main(arguments: list[str] | None = None) -> int:
    """Exit status 0 done, 1 refused (the reason on standard error), 2 usage."""
    parser = argparse.ArgumentParser(prog="python -m access", description="Who may use Both Ways, and as what.")
    commands = parser.add_subparsers(dest="command", required=True)
    add = commands.add_parser("add", help="let somebody in, or change what they may see")
    add.add_argument("email")
    add.add_argument("--role", required=True, choices=ROLES)
    add.add_argument(
        "--school", action="append", metavar="NAME", help="a principal's school, as the page Schools spells it; repeat"
    )
    add.add_argument(
        "--district", action="append", metavar="NAME",
        help="a district user's or principal's district; repeat (default: all)",
    )  # fmt: skip
    add.add_argument(
        "--students", action="store_true", help="may see names and ids of students (principals always may)"
    )
    commands.add_parser("list", help="everybody in the directory")
    for name, words in (("remove", "take somebody out"), ("revoke", "end somebody's sign-ins")):
        commands.add_parser(name, help=words).add_argument("email")
    asked = parser.parse_args(arguments)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")  # a name that a terminal cannot show is no reason to stop
    try:
        print(_run(asked, Directory()))
    except NotPossible as refused:
        print(refused, file=sys.stderr)
        return 1
    except (OSError, sqlite3.Error):
        print("The directory of people cannot be opened. Check the folder that BOTHWAYS_HOME names.", file=sys.stderr)
        return 1
    return 0


def _run(asked, directory: Directory) -> str:
    if asked.command == "add":
        person = directory.add(asked.email, asked.role, asked.school, asked.district, asked.students, by=COMMAND)
        return _line(person)
    if asked.command == "list":
        return "\n".join(map(_line, directory.people())) or "The directory is empty."
    getattr(directory, asked.command)(asked.email, by=COMMAND)
    return f"{asked.email} was removed." if asked.command == "remove" else f"{asked.email} has to sign in again."


def _line(person) -> str:
    rights = "sees students" if person.students else "sees no students"
    return f"{person.email}  {person.role}  {person.scope()}  {rights}"


if __name__ == "__main__":
    sys.exit(main())
