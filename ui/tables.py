"""Tables as people read them, and the button of the CSV that has every digit."""

from functools import partial

import streamlit as st

from analytics.figures import printed, words
from ui import explain, export
from ui.text import plain


def grid(table, alt: str, unit: str = ""):
    """A table with printed names for cuts and values in their unit; every digit stays in the CSV."""
    shown = table.copy()
    for cut in [c for c in shown.columns if c in words.CUTS]:
        shown[cut] = [words.label(cut, raw) for raw in shown[cut]]
    config = {name: st.column_config.NumberColumn(_column(name), format=_format(name, unit))
              for name in shown.select_dtypes("number").columns}  # fmt: skip
    config |= {name: _column(name) for name in shown.columns if name not in config}
    st.dataframe(export.safe(shown), hide_index=True, column_config=config, width="content", alt=alt)


def table(title: str, rows, shown, alt: str, file: str, answer=None, now=None, lead: str = "", under: str = ""):
    """A table under a heading that wraps its words, with its CSV; `shown` is `rows` as people read them.

    `answer`: the one that the rows come from, whose definition and what it left out the CSV then carries. `now`: where
    there is none, the filters that the CSV names.
    `lead`: a column that begins the last one, in bold, so that a phone has room for the words. `under`: what is said
    once under the heading, instead of in each row.
    """
    if now is not None:
        rows = rows.assign(first_day=now.start, last_day=now.end, filters=now.of_whom())
    data = partial(export.csv, rows) if answer is None else explain.csv(answer)
    with st.container(border=True, gap="small"):
        st.subheader(plain(title), anchor=False)
        if under:
            st.caption(plain(under))
        cells = shown.map(lambda cell: plain(str(cell)))
        if lead:
            last = cells.columns[-1]
            cells = cells.assign(**{last: "**" + cells[lead] + ".** " + cells[last]}).drop(columns=lead)
        st.table(cells, border="horizontal", hide_index=True, alt=alt)
        csv(data, f"{file}.csv", file)


def files(table):
    """The files that were loaded; scrolls sideways on a phone."""
    with st.container(border=True, gap="small"):
        st.subheader("Files that were loaded", anchor=False)
        st.dataframe(printed.files(table), hide_index=True, alt="Loaded files with their counts")


def csv(data, file: str, name: str):
    """The button that takes a CSV; `data` makes it when somebody asks."""
    st.download_button(
        "CSV", data, file, "text/csv", icon=":material/download:", type="tertiary", key=f"csv-{name}", on_click="ignore"
    )


def _column(name: str) -> str:
    return words.CUTS.get(name, name.replace("_", " ").capitalize())


def _format(name: str, unit: str) -> str | None:
    if name in ("share_at_zero", "drop_off") or (name in ("value", "low", "high") and unit == "share"):
        return "percent"
    return "%.2f" if name in ("value", "low", "high", "ratio") else "localized"
