"""A person's corrections, kept for the next file with the same headers; shown, and forgotten on request."""

from datetime import datetime

from data.load.choices import Choices
from data.load.set_aside import OWN_HEADERS
from data.mapping import header_signature


def recall(cursor, signature: str, kind: str, district: str) -> Choices:
    """The choices that are remembered for these headers; none: empty choices."""
    found = cursor.execute(
        "SELECT choices FROM remembered_mapping WHERE header_signature = ? AND kind = ? AND district = ?",
        [signature, kind, district],
    ).fetchall()
    return Choices.from_json(found[0][0]) if found else Choices()


def remember(write, preview, viewer_name: str):
    """Keep the preview's choices for its headers, and for the workbook of its rows that wait."""
    signatures = {preview.signature}
    for plan in preview.sheets:
        mapped = [choice.header for choice in plan.mapping.fields.values() if choice.header]
        signatures |= {plan.mapping.signature, header_signature([*mapped, *OWN_HEADERS])}
    for signature in sorted(signatures):
        write.execute(
            "INSERT OR REPLACE INTO remembered_mapping VALUES (?, ?, ?, ?, ?, ?)",
            [signature, preview.kind, preview.district, preview.choices.to_json(), datetime.now(), viewer_name],
        )


def remembered(store):
    """What is remembered, as a data frame: header_signature, kind, district, choices (JSON), saved_at, saved_by."""
    return store.query("SELECT * FROM remembered_mapping ORDER BY saved_at DESC, header_signature, kind, district")


def forget(store, signature: str, kind: str, district: str):
    """Forget the corrections for these headers."""
    with store.writing() as write:
        write.execute(
            "DELETE FROM remembered_mapping WHERE header_signature = ? AND kind = ? AND district = ?",
            [signature, kind, district],
        )


def forget_for(store, preview):
    """Forget what is remembered for a previewed file, under all headers under which it was kept."""
    signatures = [preview.signature, *(plan.mapping.signature for plan in preview.sheets)]
    with store.writing() as write:
        write.execute(
            "DELETE FROM remembered_mapping WHERE kind = ? AND district = ? AND choices IN (SELECT choices FROM "
            "remembered_mapping WHERE kind = ? AND district = ? AND header_signature IN (SELECT unnest(?::VARCHAR[])))",
            [preview.kind, preview.district, preview.kind, preview.district, signatures],
        )
