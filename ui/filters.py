"""The sidebar's filters: kept between pages, in the address for sharing, checked again on the server.

An address can name a school year, dates, schools, bands, channels and student groups; never a student.
What comes back from the browser is not trusted: a school that the viewer may not see, or a value that
does not exist, is dropped here, and the scope in `analytics` would refuse it again.
"""

from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from access.viewer import Viewer
from analytics.choices import Choices
from analytics.figures import words
from analytics.measures import MEASURES
from analytics.question import Question
from analytics.trends import year_before

OWN_DATES = "Chosen dates"


@dataclass(frozen=True)
class Filters:
    """What is in force. Hashable; makes the questions of a page."""

    start: date
    end: date
    year: str | None = None
    schools: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()

    def question(self, measure: str, *by: str) -> Question:
        """The question about a measure under these filters."""
        return Question(measure, tuple(by), self.start, self.end, self.schools, self.where)

    def a_year_earlier(self) -> "Filters":
        """The same filters on the same days of the year before."""
        return replace(self, start=year_before(self.start), end=year_before(self.end))

    def without(self, cut: str) -> "Filters":
        """The same filters, one cut left open: for a page that compares its values."""
        return replace(self, where=tuple(pair for pair in self.where if pair[0] != cut))

    def in_words(self) -> str:
        """What is in force, for the line under the headline."""
        parts = [f"School year {self.year}, {words.period(self.start, self.end)}" if self.year
                 else words.period(self.start, self.end).capitalize()]  # fmt: skip
        parts.append(words.joined(self.schools) if self.schools else "all schools")
        for cut in dict.fromkeys(cut for cut, _ in self.where):
            parts.append(" or ".join(words.label(cut, value) for name, value in self.where if name == cut))
        return " · ".join(parts)


def sidebar(viewer: Viewer, offered: Choices) -> Filters:
    """Draw the filters and return what is in force."""
    with st.sidebar:
        start, end, year = _period(offered)
        schools = _several("School", "school", offered.schools, "All schools") if len(offered.schools) > 1 else ()
        bands = _several("Grade band", "band", offered.bands, "All bands", lambda b: words.label("band", b))
        channels = _several("Channel", "channel", offered.channels, "All channels", lambda c: words.label("channel", c))
        groups = _several("Student group", "group", tuple(offered.groups), "All students")
        st.button("Clear filters", on_click=_clear, type="tertiary", icon=":material/filter_alt_off:")
    where = [("band", band) for band in bands] + [("channel", channel) for channel in channels]
    where += [offered.groups[name] for name in groups]
    return Filters(start, end, year, schools, tuple(where))


def ratio_measure() -> str:
    """The measure whose bands are compared: any that is a ratio of sums."""
    names = [name for name, measure in MEASURES.items() if measure.ratio]
    chosen = st.selectbox(
        "Measure", names, format_func=lambda name: MEASURES[name].label, key="measure", bind="query-params", width=320
    )
    return chosen if chosen in names else names[0]


def _period(offered: Choices) -> tuple[date, date, str | None]:
    options = [*offered.years, OWN_DATES]
    chosen = st.selectbox("School year", options, key="year", bind="query-params")
    if chosen in offered.years:
        start, end = offered.years[chosen]
        return start, end, chosen
    first, last = offered.first_day, offered.last_day
    start = st.date_input("From", first, min_value=first, max_value=last, key="from", bind="query-params")
    end = st.date_input("To", last, min_value=first, max_value=last, key="to", bind="query-params")
    start, end = max(start or first, first), min(end or last, last)
    return (start, end, None) if start <= end else (end, start, None)


def _several(label, key, options, everything, shown=str) -> tuple[str, ...]:
    if not options:
        return ()
    chosen = st.multiselect(label, options, format_func=shown, placeholder=everything, key=key, bind="query-params")
    return tuple(option for option in options if option in chosen)


def _clear():
    for key in ("year", "from", "to", "school", "band", "channel", "group"):
        st.session_state.pop(key, None)
