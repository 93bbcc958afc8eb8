"""National figures by grade band: what US parents and principals told surveys, as context.

Owns the curated figures of `benchmarks_data/`, each with its survey, year, question, kind and source, and
the sentences that keep them from being misread. It refuses to be a target: nothing here is subtracted from,
divided by or drawn as a line for a district's own numbers, because a survey answer about a whole year and a
logged contact are different things.

`kind` of a figure:
    published   printed by the National Center for Education Statistics (NCES)
    computed    from the weighted counts that NCES printed in a codebook
    quoted      an NCES figure as another publication printed it
    derived     estimated by others from public records; not a figure of NCES, and never called one
"""

from functools import cache
from pathlib import Path

import pandas as pd

FOLDER = Path(__file__).parent / "benchmarks_data"

# What the parent was asked of "any adult in the household, since the beginning of this school year".
ASKED = {
    "conference": "went to a scheduled meeting with the child's teacher (parent-teacher conference)",
    "meeting": "went to a general school meeting or a meeting of the parent-teacher organization",
    "event": "went to a school or class event, such as a play, a sports event or a science fair",
    "volunteer": "served as a volunteer in the school or on a committee",
    "any_of_four": "took part in a meeting, a conference, an event or as a volunteer",
    "notes": "received notes or e-mail from the school about their own child",
    "memos": "received newsletters, memos, e-mail or notices addressed to all parents",
    "phone": "were telephoned by the school about their own child",
}
# What a principal was asked: how many students had a parent who came to
SCHOOL_ASKED = {"open_house": "open house or back-to-school night", "conference": "parent-teacher conferences"}
LEVELS = ("primary", "middle", "high")

KINDS = {
    "published": "published by NCES",
    "computed": "computed from counts printed by NCES",
    "quoted": "an NCES figure, quoted by another publication",
    "derived": "derived: estimated by others from public records, not a figure of NCES",
}

SURVEYS = {
    "NHES PFI": "Parent and Family Involvement in Education, National Household Education Surveys",
    "SSOCS": "School Survey on Crime and Safety",
    "SASS": "Schools and Staffing Survey",
}

WHY_DIFFERENT = (
    "These are parents' answers about a whole school year: did it happen at least once? The district's own numbers "
    "count contacts that staff logged. So the levels cannot be compared; at most the shape over the grades can."
)
WHY_DIFFERENT_SCHOOLS = "These are principals' estimates for their school; they count schools, not families."
SUPPLY = (
    "Part of the fall is supply: federal law asks for conferences once a year in Title I elementary schools only, and "
    "more high schools than elementary schools offer none."
)
BREAK = (
    "From 2012 the survey came by mail instead of telephone; NCES warns against reading a change from 2007 to 2012 "
    "as a trend."
)
BREAK_AFTER = 2007
BREAK_BEFORE = 2012
WORDING = (
    "The source tables word the meeting in two ways: a general meeting up to 2003, a general school meeting or one of "
    "the parent-teacher organization from 2007. For 1996 sources differ by up to 1.4 points, and the figures of 2012 "
    "were weighted anew later, which moved most by one to two points."
)

# The survey question that is nearest to a channel of the log.
NEAREST = {"phone": "phone", "email": "notes", "letter": "notes", "conference": "conference", "event": "event"}


def by_band(item: str, year: int | None = None) -> pd.DataFrame:
    """Figures of one question by grades, of one year or of the latest year that has them.

    Columns survey, year, item, asked, grades, band, percent, kind, kind_words, table, source. Two rows may lie in
    one band (K-2 and 3-5): they stay apart, because nobody published them together. Raises KeyError on an unknown item.
    """
    here = _families()
    here = here[(here["item"] == _known(item)) & (here["band"] != "all")]
    if here.empty:
        return here
    return here[here["year"] == (year or here["year"].max())].reset_index(drop=True)


def over_time(item: str) -> pd.DataFrame:
    """The question's figure for all grades by year, with `part` 1 up to 2007 and 2 from 2012.

    A line is drawn within a part and never from one to the other (`BREAK` says why).
    """
    here = _families()
    here = here[(here["item"] == _known(item)) & (here["band"] == "all")]
    part = (here["year"] > BREAK_AFTER).astype(int) + 1
    return here.assign(part=part).sort_values("year").reset_index(drop=True)


def schools_reported(item: str) -> pd.DataFrame:
    """What principals reported about an item of `SCHOOL_ASKED`, by school level and year.

    `answer` is 'over_three_quarters_attended' or 'not_offered', `percent` the share of schools, `flag` the
    source's own caution.
    """
    here = _read("schools_reported.csv")
    return here[here["item"] == item].reset_index(drop=True)


def principals(item: str) -> str:
    """What principals reported about an item, from primary to high schools, in the latest year that asked them all."""
    figures = schools_reported(item).pivot_table("percent", ["survey", "year"], ["answer", "level"])
    offered, came = (
        [(answer, level) for level in LEVELS] for answer in ("not_offered", "over_three_quarters_attended")
    )
    (survey, year), row = list(figures.dropna(subset=[*offered, *came]).iterrows())[-1]
    none, most = ("{:.0f} %, {:.0f} % and {:.0f} %".format(*row[ones]) for ones in (offered, came))
    return (
        f"{SURVEYS[survey]}, {year}: of primary, middle and high schools, {none} offered no {SCHOOL_ASKED[item]}, "
        f"and in {most} more than three quarters of the students had a parent who came. {WHY_DIFFERENT_SCHOOLS}"
    )


def supply() -> str:
    """Why a part of the fall over the grades lies with what schools offer, with what principals said of it."""
    return f"{SUPPLY} {principals('conference')}"


def sentence(figures: pd.DataFrame) -> str:
    """Where figures come from, in one line under a chart; derived ones are called derived."""
    if figures.empty:
        return ""
    first = figures.iloc[0]
    kinds = "; ".join(KINDS[kind] for kind in KINDS if kind in set(figures["kind"]))
    survey = f"{SURVEYS[first['survey']]}, {first['year']}"
    return f"{survey}: per cent of students whose parents {first['asked']} ({kinds})."


def _known(item: str) -> str:
    if item not in ASKED:
        raise KeyError(f"{item!r} is not one of {', '.join(ASKED)}")
    return item


def _families() -> pd.DataFrame:
    figures = _read("families_reported.csv")
    return figures.assign(asked=figures["item"].map(ASKED), kind_words=figures["kind"].map(KINDS))


@cache
def _read(name: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / name, keep_default_na=False, dtype={"year": object if "schools" in name else int})
