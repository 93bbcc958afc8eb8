"""What a load would do, before it does it: counts, rows that wait with the fix, first rows."""

import pandas as pd
import streamlit as st

from analytics.figures.words import count
from data.load import set_aside_workbook
from data.mapping.labels import LABELS
from ui import audit, export, sign_in, tables
from ui import upload_words as words
from ui.show import plain

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BEFORE = (
    "rows_read", "rows_new", "rows_duplicate", "rows_changed", "rows_set_aside", "rows_unmatched", "rows_not_family",
    "rows_left_out",
)  # fmt: skip
_FATES = ("Set aside", "Waits", "Comes in")
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
            tables.grid(rows.assign(field=[words.field(name) for name in rows["field"]]), "Rows with something to mend")
        if preview.counts["rows_set_aside"]:
            mended("Workbook of the rows set aside", preview.set_aside, preview.file_name, f"aside-{preview.sha256}")


def _groups(groups):
    groups = sorted(groups, key=_rank)
    printed = pd.DataFrame(
        {
            "Rows": [count(group.count) for group in groups],
            "The row": [_FATES[_rank(group)] for group in groups],
            "What, and what to do": [words.sentence_of(group) for group in groups],
        }
    )
    st.table(printed.map(plain), border="horizontal", hide_index=True, alt="Problems of the file by cause")


def _rank(group) -> int:
    """How bad a problem is: the worst first, and the sort keeps the most frequent first within."""
    return 0 if group.sets_aside else 1 if group.code in ("unknown_student", "ambiguous_student") else 2


def mended(label: str, rows, file_name: str, key: str):
    """The rows that wait as a workbook: mend it and load it again. `rows()` gives them when it is asked for."""
    if not getattr(rows, "recorded", False):
        rows = audit.taken(sign_in.viewer(), "rows set aside exported", key.replace("aside-", "file ")[:17], None, rows)
    st.download_button(
        label, lambda: set_aside_workbook(rows()), f"to mend - {file_name.rsplit('.', 1)[0]}.xlsx", XLSX,
        icon=":material/download:", type="tertiary", key=key, on_click="ignore",
        help="Every row with what to mend beside it. Mend the rows, save, and load that workbook: nothing is doubled.",
    )  # fmt: skip


def first_rows(one):
    """The first rows as they will be stored, in the words that the pages use, and what was noticed."""
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
        said = {how.sentence for sheet in preview.sheets if sheet.mapping for how in sheet.mapping.derived.values()}
        said |= {notice.sentence for notice in preview.notices if notice.code in ("dates", "not_enrolled")}
        for sentence in dict.fromkeys(notice.sentence for notice in preview.notices):
            if sentence not in said:  # those stand beside the columns and the dates
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
    for name in [name for name in words.OF_A_VOCABULARY if name in shown]:
        shown[name] = [words.cell(said) for said in shown[name]]
    for name in [name for name in shown if str(name).endswith("_date")]:
        shown[name] = [None if pd.isna(day) else str(pd.Timestamp(day).date()) for day in shown[name]]
    return shown.rename(columns=lambda name: words.field(name) if name in LABELS else _NAMES.get(name, name))
