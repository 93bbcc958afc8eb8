"""The naive other way, whole: a Streamlit page over pandas that reads the log and groups it on each rerun.

    BOTHWAYS_NAIVE=DIR streamlit run benchmarks/naive_page.py

DIR holds contacts.csv (student_id, date, channel, direction, outcome) and enrollment.csv (student_id, grade, entry,
exit), as `benchmarks.naive` writes them. Six numbers and two charts, no intervals, no comparison with last year.
"""

import os
from pathlib import Path

import pandas as pd
import plotly.express as px
import streamlit as st

folder = Path(os.environ["BOTHWAYS_NAIVE"])
log = pd.read_csv(folder / "contacts.csv", parse_dates=["date"])
roster = pd.read_csv(folder / "enrollment.csv", parse_dates=["entry", "exit"], dtype={"grade": str})

band = {**dict.fromkeys(["TK", "K", "1", "2", "3", "4", "5"], "elementary"), **dict.fromkeys("678", "middle")}
roster["band"] = roster["grade"].map(band).fillna("high")
bands = st.sidebar.multiselect("Grade band", ["elementary", "middle", "high"])
if bands:
    roster = roster[roster["band"].isin(bands)]

log = log[~log["outcome"].isin(["no_answer", "not_delivered"])]
rows = log.merge(roster, on="student_id")
rows = rows[(rows["date"] >= rows["entry"]) & (rows["date"] <= rows["exit"])]
roster["days"] = (roster["exit"].clip(upper=log["date"].max()) - roster["entry"]).dt.days + 1

asks = rows[rows["direction"] == "outbound"].sort_values("date")
answers = log[log["direction"] != "outbound"][["student_id", "date"]].sort_values("date")
answers["answered"] = answers["date"]
found = pd.merge_asof(
    asks, answers, on="date", by="student_id", direction="forward", tolerance=pd.Timedelta(days=7)
)  # fmt: skip

st.title("Contacts")
for column, (label, value) in zip(
    st.columns(6),
    {
        "Contacts": len(rows),
        "Per 30 days": 30 * len(rows) / roster["days"].sum(),
        "Reached": rows["student_id"].nunique() / roster["student_id"].nunique(),
        "Two-way": (rows["direction"] == "two_way").mean(),
        "Answered": found["answered"].notna().mean(),
        "Students": roster["student_id"].nunique(),
    }.items(),
    strict=True,
):
    column.metric(label, f"{value:,.2f}")
month = rows["date"].dt.to_period("M").astype(str)
by_month = rows.groupby([month, "band"]).size().reset_index(name="contacts")
st.plotly_chart(px.line(by_month, x="date", y="contacts", color="band"))
st.plotly_chart(px.bar(rows.groupby("channel").size().reset_index(name="contacts"), x="channel", y="contacts"))
