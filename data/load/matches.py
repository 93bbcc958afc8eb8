"""Accepted matches: a person says which student a text of the log means. Rows that wait then join by themselves.

A match is kept for the school and used for every later file; it can be taken back. Nothing is accepted here that
a person did not accept.
"""

from data import matching
from data.load import refresh
from data.touched import touch


def waiting(store, district: str | None = None):
    """Near matches for the rows in the store that no student of the roster fits; see `data.matching.offers`."""
    with store.scratch() as cursor:
        cursor.execute(
            "CREATE OR REPLACE TEMP TABLE waiting AS SELECT * FROM contact_row "
            "WHERE status = 'unmatched' AND (? IS NULL OR district = ?)",
            [district, district],
        )
        return matching.offers(cursor, "waiting")


def accept(store, offers: list[dict], viewer_name: str) -> int:
    """Accept near matches (district, given_school, given_name, given_id, student_id, as offered) and let the rows
    that wait for them join. Returns how many rows joined."""
    with store.writing() as write:
        before = _waiting(write)
        for offer in offers:
            matching.remember(write, offer["district"], offer["given_school"], offer["given_name"],
                              int(offer["student_id"]), viewer_name, given_id=offer.get("given_id"))  # fmt: skip
        _match_again(write)
        return before - _waiting(write)


def forget(store, offers: list[dict]) -> int:
    """Take accepted matches back; their rows wait again. Returns how many do."""
    with store.writing() as write:
        before = _waiting(write)
        for offer in offers:
            matching.forget(write, offer["district"], offer["given_school"], offer["given_name"],
                            given_id=offer.get("given_id"))  # fmt: skip
        _match_again(write)
        return _waiting(write) - before


def _match_again(write):
    touch(write, "SELECT NULL::BIGINT AS student_id, NULL AS day")
    refresh.after_match(write)


def _waiting(write) -> int:
    return write.execute("SELECT count(*) FROM contact_row WHERE status = 'unmatched'").fetchall()[0][0]
