"""The bare other way, whole: a Streamlit app whose pages are a filter and some Plotly charts of made-up numbers.

    streamlit run benchmarks/bare_page.py

No store, no question, no words: what is left is what Streamlit and Plotly take for so many charts. The charts are
small (three lines of twelve months), and a filter changes each of them.
"""

import plotly.graph_objects as go
import streamlit as st

MOST_CHARTS = 12
MONTHS = [f"2025-{month:02d}" for month in range(1, 13)]
GROUPS = [f"Group {number}" for number in range(12)]


def charts(how_many: int):
    """A page of so many charts."""
    chosen = st.sidebar.multiselect("Student group", GROUPS, key=f"group-{how_many}")
    st.sidebar.button("Clear filters", on_click=lambda: st.session_state.update({f"group-{how_many}": []}))
    st.title(f"{how_many} charts")
    moved = sum(GROUPS.index(group) + 1 for group in chosen)
    for number in range(how_many):
        lines = [
            go.Scatter(x=MONTHS, y=[(number + line * month + moved) % 17 for month in range(12)], name=f"Line {line}")
            for line in (1, 2, 3)
        ]
        st.plotly_chart(go.Figure(lines), key=f"chart-{how_many}-{number}")


def _page(how_many: int) -> st.Page:
    def show():
        charts(how_many)

    return st.Page(show, title=f"{how_many} charts", url_path=f"charts{how_many}", default=how_many == 0)


st.set_page_config(layout="wide")
st.navigation([_page(how_many) for how_many in range(MOST_CHARTS + 1)], expanded=True).run()
