"""What a load would do, before it does it: counts, rows that wait with the fix, names to accept, first rows."""

import pandas as pd
import streamlit as st

from analytics.figures.words import count
from data.load import set_aside_workbook
from ui import audit, export, show, sign_in
from ui import upload_words as words
from ui.show import plain

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BEFORE = (
    "rows_read", "rows_new", "rows_duplicate", "rows_changed", "rows_set_aside", "rows_unmatched", "rows_not_family",
    "rows_left_out",
)  # fmt: skip
_MOST_OFFERS = 30
_SURE_FROM = 95
_NAMES = {"source_row": "Row in the file", "sheet": "Sheet", "local_id": "Student id"}


def counts(numbers: dict, names: tuple[str, ...]):
    """The counts of a file as tiles; those that are zero are left out, except the first two."""
    shown = [name for place, name in enumerate(names) if place < 2 or numbers.get(name)]
    with st.grid(6 if len(shown) > 4 else 4, min_column_width=135):
        for name in shown:
            label, about = words.COUNTS[name]
            st.metric(label, count(numbers[name]), help=about, border=True, height="stretch")


def waits(preview):
    """The problems by cause, those that set rows aside first; the rows themselves as a workbook to mend."""
    groups = preview.problem_groups
    if not groups:
        return
    with st.container(border=True):
        st.subheader("What waits, and how to mend it", anchor=False)
        _groups(groups)
        listed = preview.problems(200)
        with st.expander("The rows, one by one"):
            rows = pd.DataFrame(listed)[["sheet", "row", "field", "value", "message"]]
            show.grid(rows.assign(field=[words.field(name) for name in rows["field"]]), "Rows with something to mend")
        if preview.counts["rows_set_aside"]:
            mended("Workbook of the rows set aside", preview.set_aside, preview.file_name, f"aside-{preview.sha256}")


def _groups(groups):
    printed = pd.DataFrame(
        {
            "Rows": [count(group.count) for group in groups],
            "Waits": ["Set aside" if group.sets_aside else "Comes in" for group in groups],
            "What, and what to do": [words.sentence_of(group) for group in groups],
        }
    )
    printed.loc[[group.code in ("unknown_student", "ambiguous_student") for group in groups], "Waits"] = "Waits"
    st.table(printed.map(plain), border="horizontal", hide_index=True, alt="Problems of the file by cause")


def mended(label: str, rows, file_name: str, key: str):
    """The rows that wait as a workbook: mend it and load it again. `rows()` gives them when it is asked for."""
    if not getattr(rows, "recorded", False):
        rows = audit.taken(sign_in.viewer(), "rows set aside exported", key.replace("aside-", "file ")[:17], None, rows)
    st.download_button(
        label, lambda: set_aside_workbook(rows()), f"to mend - {file_name.rsplit('.', 1)[0]}.xlsx", XLSX,
        icon=":material/download:", type="tertiary", key=key, on_click="ignore",
        help="Every row with what to mend beside it. Mend the rows, save, and load that workbook: nothing is doubled.",
    )  # fmt: skip


def names(viewer, one):
    """Names that nearly fit a student of the roster, side by side, to accept or not. None is taken by itself."""
    offers = allowed_offers(viewer, one.preview.offers)
    if offers.empty:
        return
    with st.container(border=True):
        st.subheader("Names that nearly fit", anchor=False)
        st.caption("Left as the file has it, right the student of the roster. Accepted names join when you load.")
        choose(offers, one.accepted, one.key)


def allowed_offers(viewer, offers):
    """The offers that a viewer may see: names of students need the right, a principal's are of own schools.

    They are shown next, so this is a line of the audit log.
    """
    if offers.empty or not viewer.students:
        return offers.iloc[:0]
    allowed = offers if viewer.schools is None else offers[offers["school"].isin(viewer.schools)]
    if len(allowed):
        audit.seen(viewer, "near names shown", ", ".join(sorted(set(allowed["school"].dropna()))[:5]), len(allowed))
    return allowed


def choose(offers, accepted: dict, key: str):
    """Check boxes for each offer, and all above a score at once; fills `accepted` {text: offer}."""
    least, button = st.columns([3, 2], vertical_alignment="bottom")
    score = least.slider("Alike, out of 100", 78, 100, _SURE_FROM, key=f"score-{key}")
    button.button(f"Accept all from {score}", key=f"all-{key}", on_click=_accept_from, args=(offers, accepted, score))
    for place, offer in enumerate(offers.head(_MOST_OFFERS).to_dict("records")):
        text, now = _text(offer), accepted.get(_text(offer), {}).get("student_id") == offer["student_id"]
        st.checkbox(
            _offered(offer), now, key=f"accept-{key}-{place}-{now}", on_change=_toggle,
            args=(accepted, text, offer, now),
        )  # fmt: skip
    if len(offers) > _MOST_OFFERS:
        st.caption(f"{count(len(offers) - _MOST_OFFERS)} more can be settled on the page Uploads after the load.")


def _offered(offer: dict) -> str:
    given = " ".join(str(part) for part in (offer["given_name"], offer["given_id"]) if _said(part))
    grade = f", grade {offer['grade']}" if _said(offer["grade"]) else ""
    school = f", {offer['school']}" if _said(offer["school"]) else ""
    who = f"**{plain(offer['name'])}** {plain('(' + str(offer['local_id']) + grade + school + ')')}"
    about = plain(f"{words.rows(offer['rows'])}; {offer['reason']}, {offer['score']:.0f} of 100")
    return f"“{plain(given)}” is {who} :small[{about}]"


def _text(offer: dict) -> tuple:
    return tuple(offer[name] if _said(offer[name]) else None for name in ("given_id", "given_name", "given_school"))


def _said(part) -> bool:
    return part is not None and part == part


def _toggle(accepted: dict, text: tuple, offer: dict, was: bool):
    if was:
        accepted.pop(text, None)
    else:
        accepted[text] = offer


def _accept_from(offers, accepted: dict, score: float):
    """Accept the best offer of each text from a score on, where only one student has it."""
    for text, best in _best(offers).items():
        if best["score"] >= score:
            accepted.setdefault(text, best)


def _best(offers) -> dict:
    found: dict[tuple, list] = {}
    for offer in offers.to_dict("records"):
        found.setdefault(_text(offer), []).append(offer)
    return {
        text: rows[0]
        for text, rows in found.items()
        if len(rows) == 1 or rows[0]["score"] > rows[1]["score"]
    }  # fmt: skip


def first_rows(one):
    """The first rows as they will be stored, and what was noticed."""
    preview = one.preview
    with st.container(border=True):
        st.subheader("The first rows, as they will be stored", anchor=False)
        rows = preview.first_rows.drop(columns=["district", "changed", "dated"], errors="ignore")
        rows = rows.replace({"sheet": {"": None}}).dropna(axis=1, how="all")
        if rows.empty:
            st.caption("No row of this file can be stored as it is.")
        else:
            audit.seen(sign_in.viewer(), "rows of a file shown", f"file {preview.sha256[:12]}", len(rows))
            st.dataframe(export.safe(_printed(rows)), hide_index=True, alt="The first rows as they will be stored")
        for sentence in dict.fromkeys(notice.sentence for notice in preview.notices if notice.code != "dates"):
            st.caption(plain(sentence))


def _printed(rows):
    shown = rows.copy()
    if "contact_second" in shown:
        shown["contact_second"] = [
            "" if pd.isna(second) else f"{int(second) // 3600:02d}:{int(second) % 3600 // 60:02d}"
            for second in shown["contact_second"]
        ]
        shown = shown.rename(columns={"contact_second": "contact_time"})
    given = {"given_id": "student_id", "given_name": "student_name", "given_school": "school"}
    shown = shown.rename(columns=given)
    if "channel" in shown and "status" in shown:
        shown["status"] = shown["status"].map(words.STATUSES)
        shown = shown.rename(columns={"status": "Will be"})
    for name in [name for name in shown if str(name).endswith("_date")]:
        shown[name] = [None if pd.isna(day) else str(pd.Timestamp(day).date()) for day in shown[name]]
    return shown.rename(columns=lambda name: words.field(name) if name in words.FIELDS else _NAMES.get(name, name))
