"""Commit a preview: one transaction, all or nothing. Owns what is written and in which order.

The plan may be minutes old, so everything that depends on the store is looked at again inside the
transaction: whether the same bytes came in meanwhile, which students are known, which rows are there.
"""

import json
from datetime import datetime

import duckdb

from data.errors import Refusal
from data.load import place, refresh, remembering
from data.load.preview import Preview, Upload
from data.load.uploads import counts_of, earlier_upload, loaded_before
from data.touched import touch_upload


class _AlreadyThere(Exception):
    def __init__(self, upload: Upload):
        super().__init__()
        self.upload = upload


def commit(store, preview: Preview, viewer_name: str, *, accept_hold: bool = False, progress=None) -> Upload:
    """Store what the preview shows, and say what became of it. The same bytes again change nothing.

    Raises Refusal: `held` where a question of `preview.hold` is open and `accept_hold` is not given;
    `not_committed` where the machine failed and the store is as before.
    """
    if preview.already:
        return preview.already
    if preview.hold and not accept_hold:
        raise Refusal("held", " ".join(question.sentence for question in preview.hold))
    say = progress or (lambda step, share: None)
    try:
        with store.writing(preview.cursor) as write:
            upload_id = _write(write, preview, viewer_name, say)
            counts = counts_of(write, upload_id)
        say("Done", 1.0)
        return Upload(upload_id, counts)
    except _AlreadyThere as there:
        return there.upload
    except duckdb.Error as error:
        return _look(store, preview, error)


def _write(write, preview: Preview, viewer_name: str, say) -> int:
    earlier = earlier_upload(write, preview.sha256)
    if earlier:
        raise _AlreadyThere(loaded_before(earlier))
    upload_id = write.execute("SELECT coalesce(max(upload_id), 0) + 1 FROM upload").fetchall()[0][0]
    _write_upload(write, preview, upload_id, viewer_name)
    if preview.choices.corrects:
        remembering.remember(write, preview, viewer_name)
    if preview.kind == "roster":
        say("Updating the roster", 0.3)
        write.execute(
            "INSERT INTO roster_row BY NAME SELECT * REPLACE (? AS upload_id) FROM planned_roster", [upload_id]
        )
        refresh.after_roster(write)
    else:
        say("Storing the contacts", 0.3)
        if write.execute("SELECT version FROM store_version").fetchall()[0][0] != preview.store_version:
            place.place(write)
        write.execute("INSERT INTO contact_row BY NAME SELECT * REPLACE (? AS upload_id) FROM planned", [upload_id])
        touch_upload(write, upload_id)
        words = "Working out replies and months"
        say(words, 0.6)
        refresh.after_new_rows(write, upload_id, lambda share: say(words, 0.6 + 0.35 * share))
    return upload_id


def _write_upload(write, preview: Preview, upload_id: int, viewer_name: str):
    counts = preview.counts
    write.execute(
        """
        INSERT INTO upload BY NAME
        SELECT ? AS upload_id, ? AS kind, ? AS file_name, ? AS sha256, ? AS loaded_at, ? AS loaded_by, ? AS district,
               ? AS school, ? AS rows_read, 0 AS rows_loaded, 0 AS rows_duplicate, 0 AS rows_changed,
               ? AS rows_set_aside, 0 AS rows_unmatched, ? AS rows_not_family, ? AS rows_left_out,
               ? AS header_signature, ? AS mapping, ? AS full_roster, ? AS roster_date, 'loaded' AS state
        """,
        [
            upload_id,
            preview.kind,
            preview.file_name,
            preview.sha256,
            datetime.now(),
            viewer_name,
            preview.district,
            preview.school,
            counts["rows_read"],
            counts["rows_set_aside"],
            counts["rows_not_family"],
            counts["rows_left_out"],
            preview.signature,
            json.dumps(preview.mappings),
            preview.full_roster,
            preview.roster_date,
        ],
    )
    write.execute("INSERT INTO active_file VALUES (?, ?)", [preview.sha256, upload_id])
    write.execute(
        'INSERT INTO problem SELECT ?, code, field, value, sheet, "row", message FROM all_problems '
        "WHERE code NOT IN ('unknown_student', 'ambiguous_student')",
        [upload_id],
    )
    write.execute('INSERT INTO set_aside_row SELECT ?, sheet, "row", cells FROM set_aside', [upload_id])


def _look(store, preview: Preview, error: duckdb.Error) -> Upload:
    """After a failure: look whether the upload is there before telling anyone what happened.

    A failure at COMMIT does not mean that nothing was stored: on a full disk the change can be durable
    though the call raised. After a fatal error the connection is dead, so the file is opened anew.
    """
    if isinstance(error, duckdb.FatalException | duckdb.ConnectionException):
        preview.close()
        store.reopen()
    with store.scratch() as cursor:
        found = earlier_upload(cursor, preview.sha256)
        if found:
            return Upload(found["upload_id"], counts_of(cursor, found["upload_id"]))
    raise Refusal(
        "not_committed",
        "The file could not be stored, and nothing was changed: this machine ran out of room on its disk or in its "
        "memory. Free some space and load the file again.",
    ) from error
