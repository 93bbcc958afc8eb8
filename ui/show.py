"""What a page shows: head, tiles, chart blocks, and the sentence where there is nothing (tables: `ui/tables.py`).

One function draws every chart block: title, measure and unit, the chart with its text alternative, notes,
and one row under it with the table, the CSV and the definition. So no chart can lack one of them.
"""

from functools import partial

import streamlit as st

from analytics.figures import headlines, school_findings, words
from analytics.figures.template import said
from analytics.measures import MEASURES
from data.priority import giving_way
from ui import address, asked, cache, empty, explain, frame, later, stores, tables
from ui.blocks import Block
from ui.explain import about
from ui.text import plain

CONFIG = {
    "displaylogo": False,
    "showSendToCloud": False,
    "scrollZoom": False,
    "modeBarButtons": [["toImage"]],
    "toImageButtonOptions": {"format": "png", "scale": 2},
}
COMPARED = (
    "Changes: against the same days of last year. A change is called one where its interval, which allows for how "
    "schools differ, leaves zero out."
)
NOT_TOLD = (
    "Changes: against the same days of last year. Whether they are more than chance cannot be told: that takes three "
    "schools."
)
LINES = "Lines: by month."
UNDER_HALF = "under half answered"
ARROWS = {"+": "up", words.MINUS: "down"}


def head(page: str, headline: str, in_force: str = "", rests_on: str = ""):
    """The top of a page: its name, the answer in one sentence, the filters in words, what the numbers rest on."""
    with st.container(gap="xsmall"):
        name = f":material/science: {stores.SAMPLE_WORDS}" if stores.of_this_run().sample else ""
        st.caption(" \u2003 ".join(part for part in (f"**{page}**", name) if part))
        st.title(plain(headline), anchor=False)
        if in_force:
            st.markdown(plain(in_force))
        if rests_on:
            st.caption(plain(rests_on))


def head_of(page: str, headline: str, now, rests_on: str = ""):
    """The top of a page with filters: its headline names the channels where not all are counted. `now`: the filters."""
    head(page, headlines.by_channel(headline, now.channels()), now.in_words(), rests_on)
    left_out_of_link(now)


def left_out_of_link(in_force):
    """Say that the link names what cannot be shown, so that no other school's number is taken for the one asked for."""
    if said := address.left_out(in_force):
        st.warning(plain(said), icon=":material/link_off:")


def rests_on(*answers, about: str = "", elsewhere: tuple[str, ...] = ()) -> str:
    """What the numbers rest on: the as-of date, students and schools, and every note of the answers.

    `elsewhere` are the notes that stand at a chart of the page, so that they are not said twice.
    """
    first = answers[0]
    parts = []
    if first.as_of:
        parts.append(f"Contacts loaded up to {words.day(first.as_of)}.")
    if about:
        parts.append(about)
    parts += dict.fromkeys(note for answer in answers for note in answer.notes if note not in elsewhere)
    return " ".join(parts)


def without_log(viewer, now) -> str:
    """How many schools logged nothing in these dates, for the line under the headline of a page of contacts."""
    return school_findings.without_log(cache.schools(viewer, now.question("contact_rate"))[1])


def few_left(viewer, now) -> str:
    """Which students silent families are counted among, where most had left before the last day."""
    return headlines.few_left(cache.ask(viewer, now.question("silent")), cache.ask(viewer, now.question("reach")))


def about_measure(viewer, now, measure: str) -> str:
    """The line under the headline of a page with a chosen measure: schools without a log, and `few_left`."""
    parts = (without_log(viewer, now), few_left(viewer, now) if measure == "silent" else "")
    return " ".join(part for part in parts if part)


def tiles(viewer, now, measures: tuple[str, ...]):
    """Six numbers at most: value, change against the same days of last year, a small line by month."""
    changes = headlines.changes_of(cache.changes(viewer, *asked.changes(now, measures)))
    lines = [words.numbers(cache.ask(viewer, now.question(name, "month")).table["value"]) for name in measures]
    told = not headlines.none_told(changes.values())
    with st.grid(3, min_column_width=150):
        for name, line in zip(measures, lines, strict=True):
            _tile(cache.ask(viewer, now.question(name)), changes.get(name), line, told)
    compared = COMPARED if told else NOT_TOLD
    notes = []
    if any(change["called"] != "no comparison" for change in changes.values()):
        notes = [compared, _without_log_then(viewer, now)] if "contact_rate" in measures else [compared]
    notes += [LINES] if any(len(line) > 1 for line in lines) else []
    notes += [few_left(viewer, now)] if "silent" in measures else []
    if any(notes):
        st.caption(" ".join(note for note in notes if note))


def _without_log_then(viewer, now) -> str:
    """How many schools logged nothing on the days of last year: from there, a rise is one of the log."""
    then = now.a_year_earlier().question("contact_rate")
    return school_findings.without_log_then(cache.schools(viewer, then)[1])


def _tile(answer, change, line: list[float], told: bool):
    """One number. No colour says good or bad."""
    measure = answer.measure
    said, shown = headlines.tile_change(change, measure.unit, told), words.single(answer)
    if shown == words.NOT_REACHED:  # too long for a tile on a phone, and no answer to "how many days"
        said, shown, line = UNDER_HALF, words.DASH, []
    st.metric(
        measure.label,
        shown,
        said or None,
        delta_color="green",
        delta_arrow=ARROWS.get(said[:1], "off"),
        chart_data=line if len(line) > 1 else None,
        border=True,
        height="stretch",
        help=explain.in_words(answer),
    )


def chart(block: Block):
    """A chart block. What a click opens under it is filled in later (`ui/later.py`).

    A figure that needs more width than a phone has is scrolled, not squeezed.
    """
    meta = said(block.figure)
    notes = [note for note in (*meta["notes"], block.beside) if note]
    name, row = _drawn(block.figure, notes, height="stretch")
    later.fill_in(partial(_behind_chart, row, name, meta["title"], block))


def context(figure, rows, notes, file: str, now=None, height: str = "content"):
    """A chart that is no single measure: what it is and rests on stands where a chart has its definition.

    `now` are the filters in force, where `rows` hold figures of the district (`analytics.partnership`).
    """
    meta = said(figure)
    name, row = _drawn(figure, meta["notes"] if notes else (), height)
    later.fill_in(partial(_behind_context, row, name, meta, rows, notes, f"{file}.csv", now))


def national(parts):
    """National figures (`analytics.figures.national.PARTS`), as context only; a phone shows them below one another."""
    for side, part in zip(st.columns(len(parts)), parts, strict=True):
        with side:
            context(part.draw(mode()), part.table(), part.about(), part.name, height="stretch")


def _drawn(figure, notes, height: str = "content"):
    """Title, measure and unit, the chart, its notes; returns its name and the row under it, for what a click opens."""
    meta = said(figure)
    name, turn = later.place(figure)
    with st.container(border=True, gap="small", height=height):
        with st.container(gap=None):
            st.subheader(plain(meta["title"]), anchor=False)
            st.caption(plain(meta["subtitle"]))
        # Streamlit shows a chart that was replaced below the new one until the page is done. It does not where the kind
        # of what holds them changes, and a grid of one column looks as a container does.
        holder = st.grid(1) if turn else st.container()
        with holder.grid(1, wrap=False, min_column_width=meta["width"]) if meta["width"] else holder:
            st.plotly_chart(figure, theme=None, config=CONFIG, alt=meta["alt"], key=f"chart-{name}")
        if notes:
            st.caption(plain(" ".join(notes)))
        return name, st.container(horizontal=True, gap="small")


def _behind_chart(row, name: str, title: str, block: Block):
    answer, also, table = block.answer, block.also, block.table
    with row:
        with st.popover("Table", icon=":material/table:", type="tertiary"):
            tables.grid(answer.table if table is None else table, title, answer.measure.unit)
            if also is not None:
                st.markdown(f"**{plain(also.measure.label)}**")
                tables.grid(also.table, also.measure.label, also.measure.unit)
        tables.csv(explain.csv(answer, also, table), f"{block.file or answer.measure.name}.csv", name)
        with st.popover("Definition", icon=":material/menu_book:", type="tertiary"):
            st.markdown(explain.in_words(answer))
            if also is not None and also.measure != answer.measure:
                st.markdown(explain.in_words(also))


def _behind_context(row, name: str, meta: dict, rows, notes, file: str, now):
    with row:
        with st.popover("Table", icon=":material/table:", type="tertiary"):
            tables.grid(rows, meta["title"])
        tables.csv(explain.figures_csv(rows, notes, now), file, name)
        with st.popover("What this is", icon=":material/menu_book:", type="tertiary"):
            for note in notes or meta["notes"]:
                st.markdown(plain(note))
            if now is not None:
                for part in explain.figures(rows, now):
                    st.markdown(part)


def stop_if_missing(page: str, offered):
    """End the page with what is missing and what to do, where there is no roster or no contact."""
    found = empty.missing(offered)
    if found:
        head(page, found.headline)
        st.info(plain(found.what_to_do), icon=":material/upload_file:")
        st.stop()


def stop_if_empty(answer):
    """End the page with a sentence, where the filters leave nothing to count."""
    if answer.empty:
        st.info(plain(empty.filtered(answer)), icon=":material/filter_alt:")
        st.stop()


def definition_of(*names: str):
    """The definitions of measures that a page rests on, one click away."""
    with st.popover("Definition", icon=":material/menu_book:", type="tertiary"):
        for name in names:
            st.markdown(f"**{MEASURES[name].label}** (`{name}`)\n\n{about(MEASURES[name])}")


def measure(one, shown=MEASURES):
    """One measure of the registry, for a page that explains words; `shown`: the names that stand on it."""
    with st.container(border=True, gap="xsmall", height="stretch"):
        st.subheader(one.label, anchor=one.name)
        st.markdown(f"*{one.question}*")
        factor = f"{one.factor:g} \u00d7 " if one.factor != 1 else ""
        st.markdown(f"{factor}{one.numerator} **divided by** {one.denominator}")
        beside = f" Always shown with: {MEASURES[one.beside].label.lower()}." if one.beside in shown else ""
        st.caption(f"{one.caveat}{beside}")
        st.caption(f"Unit: {one.unit_words}. In exports: `{one.name}`")
        st.caption(f"Leaves out {explain.leaves_out(one)}.")


def behind_bar(work):
    """What `work(tell)` gives, with a bar that shows the steps and shares it tells; it gives way to who reads pages."""
    bar = st.progress(0.0)
    return giving_way(work, lambda step, share: bar.progress(min(share, 1.0), text=step))


def mode() -> str:
    """Light or dark, for the figures of a page."""
    return frame.mode()
