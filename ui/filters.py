"""The filters in force: kept between pages, in the address for sharing, checked again on the server.

An address can name a school year, dates, districts, schools, bands, channels and student groups; never a student.
What comes back from the browser is not trusted: a school that the viewer may not see, or a value that
does not exist, is dropped here, and the scope in `analytics` would refuse it again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from access.viewer import Viewer
from analytics.choices import Choices
from analytics.equity import CUTS
from analytics.figures import words
from analytics.measures import MEASURES
from analytics.question import Question
from analytics.student_sums import COUNTED
from analytics.trends import year_before
from ui import address, lists

RATIOS = tuple(name for name, measure in MEASURES.items() if measure.ratio)
_DRAWN = "_filters_drawn"
MOST_NAMED = 3  # schools, in the line under a headline


@dataclass(frozen=True)
class Filters:
    """What is in force. Hashable; makes the questions of a page."""

    start: date
    end: date
    year: str | None = None
    schools: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    everywhere: str = "all schools"  # what it is called when no school is chosen

    def question(self, measure: str, *by: str) -> Question:
        """The question about a measure under these filters."""
        return Question(measure, tuple(by), self.start, self.end, self.schools, self.where)

    def a_year_earlier(self) -> "Filters":
        """The same filters on the same days of the year before."""
        return replace(self, start=year_before(self.start), end=year_before(self.end))

    def over_all_years(self, offered: Choices) -> "Filters":
        """The same filters over everything that is loaded: for what needs two years."""
        return replace(self, start=offered.first_day, end=offered.last_day, year=None)

    def without(self, cut: str) -> "Filters":
        """The same filters, one cut left open: for a page that compares its values."""
        return replace(self, where=tuple(pair for pair in self.where if pair[0] != cut))

    def channels(self) -> tuple[str, ...]:
        """The channels that alone are counted; () where all are."""
        return tuple(value for cut, value in self.where if cut == "channel")

    def in_words(self) -> str:
        """What is in force, for the line under the headline."""
        days = words.period(self.start, self.end)
        return f"{f'School year {self.year}, ' if self.year else ''}{days} · {self.of_whom()}"

    def of_whom(self) -> str:
        """Which schools, bands, channels and groups are counted: what a file has to say of itself beside its days."""
        chosen: dict[str, list[str]] = {}
        for cut, value in self.where:
            chosen.setdefault(cut, []).append(words.label(cut, value))
        districts = words.joined(chosen.pop("district", []))
        everywhere = f"all schools of {districts}" if districts else self.everywhere
        parts = [words.joined(self.schools) if self.schools else everywhere]
        return " · ".join([*parts, *(" or ".join(values) for values in chosen.values())])


def of_whom(question: Question, offered: Choices) -> str:
    """`Filters.of_whom` of a question that was asked."""
    named = Filters(offered.first_day, offered.last_day, schools=question.schools, where=question.where)
    return replace(named, everywhere=_everywhere(offered)).of_whom()


@dataclass(frozen=True)
class Chosen:
    """What is chosen in each list; none in a list stands for all."""

    year: str | None
    school: tuple[str, ...] = ()
    band: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    district: tuple[str, ...] = ()

    def filters(self, offered: Choices, days: tuple[date, date]) -> Filters:
        """These choices as filters; `days` count where no school year is chosen."""
        start, end = offered.years.get(self.year, days)
        where = [("district", district) for district in self.district]
        where += [("band", band) for band in self.band] + [("channel", channel) for channel in self.channel]
        where += [offered.groups[name] for name in self.group]
        return Filters(start, end, self.year, self.school, tuple(where), _everywhere(offered))

    def one_click_away(self, offered: Choices) -> Iterator["Chosen"]:
        """What may be chosen next, the likeliest first: another school year, or one more or one less of a list."""
        yield from (replace(self, year=year) for year in offered.years if year != self.year)
        lists = {"band": offered.bands, "group": tuple(offered.groups), "channel": offered.channels}
        for name, options in {**lists, "district": offered.districts, "school": offered.schools}.items():
            for one in options:
                now = {one} ^ set(getattr(self, name))
                yield replace(self, **{name: tuple(option for option in options if option in now)})


def _everywhere(offered: Choices) -> str:
    """All schools, or those of a viewer who sees no others: a principal's number is not the district's."""
    if not offered.named:
        return "all schools"
    few = len(offered.schools) <= MOST_NAMED
    return words.joined(offered.schools) if few else f"your {len(offered.schools)} schools"


@dataclass(frozen=True)
class Drawn:
    """What a run of a page drew its filters for, and what is in force."""

    viewer: Viewer
    offered: Choices
    chosen: Chosen
    filters: Filters

    def one_click_away(self) -> Iterator[Filters]:
        """The filters after one more click, the likeliest first."""
        days = self.filters.start, self.filters.end
        return (chosen.filters(self.offered, days) for chosen in self.chosen.one_click_away(self.offered))


def sidebar(viewer: Viewer, offered: Choices, also: tuple[str, ...] = (), over_all: tuple[str, ...] = ()) -> Filters:
    """Return what is in force in the sidebar's lists, which are drawn once the page is done (`ui/lists.py`).

    `also` names the page's own choices that stay in the address; `over_all` those of `lists.COMPARED` that the page
    does not apply: they stay in their places, because other pages do, and the page says so.
    """
    start, end, year = _period(offered)
    schools = _several("school", offered.schools)
    chosen = Chosen(
        year,
        schools if len(offered.schools) > 1 else (),  # nothing to choose where there is one
        _several("band", offered.bands),
        _several("channel", offered.channels),
        _several("group", tuple(offered.groups)),
        _several("district", offered.districts),
    )
    in_force = chosen.filters(offered, (start, end))
    _write_address(offered, in_force, chosen, also)
    st.session_state[_DRAWN] = Drawn(viewer, offered, chosen, in_force)
    lists.ask(offered, over_all)
    return in_force


def _write_address(offered: Choices, now: Filters, chosen: Chosen, also: tuple[str, ...]):
    shown = lists.OWN_DATES if now.year is None else "" if now.year == lists.latest(offered) else now.year
    dates = {} if now.year else {"from": now.start.isoformat(), "to": now.end.isoformat()}
    own = {key: st.session_state.get(key) or st.query_params.get(key) for key in also}
    address.write(
        year=shown, **dates, district=chosen.district, school=chosen.school, band=chosen.band, channel=chosen.channel,
        group=chosen.group, **own,
    )  # fmt: skip


def drawn() -> Drawn | None:
    """What this run has drawn; None where the page has no filters. Told once."""
    return st.session_state.pop(_DRAWN, None)


def ratio_measure() -> str:
    """A measure that is a ratio of sums, so that bands and schools can be compared by it."""
    return _measure(RATIOS)


def group_cut() -> str:
    """The student group whose values are compared."""
    address.seed_one("cut", CUTS)
    chosen = st.selectbox("Group", CUTS, format_func=words.CUTS.get, key="cut", persist_state="session", width=320)
    return _one_of(CUTS, chosen)


def student_measure() -> str:
    """A measure that is counted for one student, so that the same students can be compared."""
    return _measure(tuple(COUNTED))


def own_choices() -> tuple[str, str, str]:
    """What `ratio_measure`, `student_measure` and `group_cut` will say on the pages that have them."""
    measure, cut = st.session_state.get("measure"), st.session_state.get("cut")
    return _one_of(RATIOS, measure), _one_of(tuple(COUNTED), measure), _one_of(CUTS, cut)


def _one_of(names: tuple[str, ...], chosen) -> str:
    return chosen if chosen in names else names[0]


def _measure(names: tuple[str, ...]) -> str:
    address.seed_one("measure", names)
    chosen = st.selectbox(
        "Measure",
        names,
        format_func=lambda name: MEASURES[name].label,
        key="measure",
        persist_state="session",
        width=320,
    )
    return _one_of(names, chosen)


def _period(offered: Choices) -> tuple[date, date, str | None]:
    options = lists.years(offered)
    address.seed_one("year", options)
    chosen = _one_of(options, st.session_state.get("year"))
    if chosen in offered.years:
        start, end = offered.years[chosen]
        return start, end, chosen
    first, last = offered.first_day, offered.last_day
    start, end = _day("from", first, first, last), _day("to", last, first, last)
    return (start, end, None) if start <= end else (end, start, None)


def _day(key: str, default: date, first: date, last: date) -> date:
    address.seed_one(key, None, date.fromisoformat)
    wanted = st.session_state.get(key)
    if wanted and (wanted > last if key == "from" else wanted < first):
        address.leave_out(key)
    st.session_state[key] = min(max(wanted or default, first), last)
    return st.session_state[key]


def _several(key: str, options: tuple[str, ...]) -> tuple[str, ...]:
    address.seed_several(key, options)
    chosen = st.session_state.get(key) or ()
    return tuple(option for option in options if option in chosen)
