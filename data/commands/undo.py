"""`python -m data undo UPLOAD_ID`: take a load back."""

from data.commands import add_store, store_of, who_asks
from data.load import undo


def add(commands):
    """Add the parser of `undo`."""
    parser = commands.add_parser("undo", help="take an upload back")
    parser.add_argument("upload_id", type=int, metavar="UPLOAD_ID", help="its number in the list of uploads")
    add_store(parser)
    parser.set_defaults(run=run)


def run(args) -> int:
    """Undo one upload."""
    undone = undo(store_of(args), args.upload_id, who_asks())
    print(f"Upload {undone['upload_id']} ({undone['file_name']}) was taken back.")
    return 0
