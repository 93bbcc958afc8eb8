"""Take an upload back. The store is then as if it had never been loaded, whatever came before or after it."""

from datetime import datetime

from data.errors import Refusal
from data.load import refresh
from data.touched import touch_upload


def undo(store, upload_id: int, viewer_name: str, *, own_only: bool = False) -> dict:
    """Remove an upload's rows; what other uploads also hold comes back from them.

    `own_only`: refuse the uploads of others, as for a principal.
    Returns {"upload_id", "file_name", "kind"}. The upload stays in the history as undone.
    Raises Refusal: `no_such_upload`, `not_your_upload`, `already_undone`.
    """
    with store.writing() as write:
        found = write.execute(
            "SELECT file_name, kind, state, loaded_by FROM upload WHERE upload_id = ?", [upload_id]
        ).fetchall()
        if not found:
            raise Refusal("no_such_upload", f"There is no upload {upload_id}. See the list of uploads for the numbers.")
        file_name, kind, state, loaded_by = found[0]
        if own_only and loaded_by != viewer_name:
            raise Refusal(
                "not_your_upload", "Somebody else loaded this file. They can take it back, or the district's office."
            )
        if state == "undone":
            raise Refusal("already_undone", f"Upload {upload_id} ({file_name}) was taken back already.")
        _remove(write, upload_id, kind)
        write.execute(
            "UPDATE upload SET state = 'undone', undone_at = ?, undone_by = ? WHERE upload_id = ?",
            [datetime.now(), viewer_name, upload_id],
        )
    return {"upload_id": upload_id, "file_name": file_name, "kind": kind}


def _remove(write, upload_id: int, kind: str):
    touch_upload(write, upload_id)
    for table in ("active_file", "problem", "set_aside_row", "contact_row", "roster_row"):
        write.execute(f"DELETE FROM {table} WHERE upload_id = ?", [upload_id])
    if kind == "roster":
        refresh.after_roster(write)
    else:
        refresh.after_rows(write)
