"""Names of a log that nearly fit students of the roster, side by side, to accept or not. None is taken by itself."""

import streamlit as st

from analytics import file_rights
from analytics.figures.words import count
from ui import audit
from ui import upload_words as words
from ui.show import plain

_MOST_NAMES = 30
_SURE_FROM = 95
_LEAST = 78
_OTHER_NUMBER = "number written otherwise"


def names(viewer, one):
    """Names that nearly fit a student of the roster, side by side, to accept or not. None is taken by itself."""
    offers = allowed_offers(viewer, _without_numbers(one.preview))
    if offers.empty:
        return
    with st.container(border=True):
        st.subheader("Names that nearly fit, or fit several students", anchor=False)
        st.caption("In quotes as the file has it, then who it may be in the roster. Accepted names join when you load.")
        choose(offers, one.accepted, one.key, "{number} more can be settled on the page Uploads after the load.")


def _without_numbers(preview):
    """The offers without those that one answer settles for the whole column: ids that lost their zeros."""
    if preview.offers.empty or not any(asked.code == "lost_zeros" for asked in preview.questions):
        return preview.offers
    return preview.offers[~preview.offers["reason"].str.startswith(_OTHER_NUMBER)]


def allowed_offers(viewer, offers):
    """The offers that a viewer may see: names of students need the right, a principal's are of own schools.

    They are shown next, so this is a line of the audit log.
    """
    if offers.empty or not viewer.students:
        return offers.iloc[:0]
    allowed = file_rights.of_districts(viewer, offers)
    allowed = allowed if viewer.schools is None else allowed[allowed["school"].isin(viewer.schools)]
    if len(allowed):
        audit.seen(viewer, "near names shown", ", ".join(sorted(set(allowed["school"].dropna()))[:5]), len(allowed))
    return allowed


def choose(offers, accepted: dict, key: str, more: str):
    """A box to tick for each name with one student, a choice for each with several, and all above a score at once;
    fills `accepted` {text: offer}. `more` says where the names are settled that have no room here."""
    found = _by_text(offers)
    if _best(found, _LEAST):  # else each is to be chosen, and the two controls would do nothing
        _all_at_once(found, accepted, key)
    for place, (text, several) in enumerate(list(found.items())[:_MOST_NAMES]):
        draw = _one if len(several) == 1 else _several
        draw(text, several, accepted, f"accept-{key}-{place}")
    if len(found) > _MOST_NAMES:
        st.caption(more.format(number=count(len(found) - _MOST_NAMES)))


def _all_at_once(found: dict, accepted: dict, key: str):
    least, button = st.columns([3, 2], vertical_alignment="bottom")
    score = least.slider("Alike, out of 100", _LEAST, 100, _SURE_FROM, key=f"score-{key}")
    button.button(
        f"Accept all from {score}", key=f"all-{key}", on_click=_accept_from, args=(found, accepted, score),
        help="Names that two students fit equally well are left for you to choose.",
    )  # fmt: skip


def _one(text: tuple, several: list, accepted: dict, key: str):
    offer, now = several[0], text in accepted
    label = (
        f"“{plain(_given(offer))}” is **{plain(offer['name'])}** {plain(_about(offer))} :small[{plain(_why(offer))}]"
    )
    st.checkbox(label, now, key=f"{key}-{now}", on_change=_set, args=(accepted, text, None if now else offer))


def _several(text: tuple, several: list, accepted: dict, key: str):
    """Which of the students is it? Nobody, until it is said."""
    ids = [offer["student_id"] for offer in several]
    now = accepted[text]["student_id"] if text in accepted else None
    at = ids.index(now) if now in ids else None
    key = f"{key}-{at}"
    st.selectbox(
        plain(f"“{_given(several[0])}” may be one of {len(several)} students ({words.rows(several[0]['rows'])})"),
        range(len(several)), at, lambda place: f"{several[place]['name']} {_about(several[place])}", key=key,
        placeholder="Not settled: the rows wait",
        on_change=lambda: _set(accepted, text, _at(several, st.session_state[key])),
    )  # fmt: skip


def _at(several: list, place: int | None):
    return None if place is None else several[place]


def _given(offer: dict) -> str:
    return " ".join(str(part) for part in (offer["given_name"], offer["given_id"]) if _said(part))


def _about(offer: dict) -> str:
    """The student's id, grade and school."""
    grade = f", grade {offer['grade']}" if _said(offer["grade"]) else ""
    school = f", {offer['school']}" if _said(offer["school"]) else ""
    return f"({offer['local_id']}{grade}{school})"


def _why(offer: dict) -> str:
    return f"{words.rows(offer['rows'])}; {offer['reason']}, {offer['score']:.0f} of 100"


def _text(offer: dict) -> tuple:
    return tuple(offer[name] if _said(offer[name]) else None for name in ("given_id", "given_name", "given_school"))


def _said(part) -> bool:
    return part is not None and part == part


def _set(accepted: dict, text: tuple, offer: dict | None):
    if offer is None:
        accepted.pop(text, None)
    else:
        accepted[text] = offer


def _accept_from(found: dict, accepted: dict, score: float):
    """Accept the best offer of each text from a score on, where only one student has it."""
    for text, offer in _best(found, score).items():
        accepted.setdefault(text, offer)


def _best(found: dict, score: float) -> dict[tuple, dict]:
    """The best offer of each text from a score on, where only one student has it."""
    return {
        text: several[0]
        for text, several in found.items()
        if several[0]["score"] >= score and (len(several) == 1 or several[0]["score"] > several[1]["score"])
    }


def _by_text(offers) -> dict[tuple, list[dict]]:
    """The offers of each text of the log, in their order: the best first."""
    found: dict[tuple, list] = {}
    for offer in offers.to_dict("records"):
        found.setdefault(_text(offer), []).append(offer)
    return found
