"""`python -m data uploads`: the history of loads, undone ones too."""

import json

from data.commands import add_store, store_of
from data.load import uploads

_SHOWN = (
    "upload_id",
    "kind",
    "file_name",
    "loaded_at",
    "loaded_by",
    "school",
    "rows_read",
    "rows_loaded",
    "rows_duplicate",
    "rows_set_aside",
    "rows_unmatched",
    "state",
)


def add(commands):
    """Add the parser of `uploads`."""
    parser = commands.add_parser("uploads", help="list what was loaded, when and by whom")
    add_store(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object per upload")
    parser.set_defaults(run=run)


def run(args) -> int:
    """Print the history."""
    history = uploads(store_of(args))
    if args.json:
        for record in json.loads(history.to_json(orient="records", date_format="iso")):
            print(json.dumps(record, ensure_ascii=False))
    elif history.empty:
        print("Nothing was loaded yet.")
    else:
        shown = history[list(_SHOWN)].assign(loaded_at=history["loaded_at"].dt.strftime("%Y-%m-%d %H:%M"))
        print(shown.to_string(index=False, na_rep=""))
    return 0
