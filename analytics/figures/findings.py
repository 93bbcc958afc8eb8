"""The sentence that a chart opens with: the finding where there is one, else the question.

Numbers are rounded as a person would say them. Refuses to call a difference a finding where a known
interval includes zero, and to rank or grade a school or a family.
"""

import pandas as pd

from analytics.clustered import CAUTION, TOO_FEW
from analytics.equity import not_known
from analytics.figures.few import NAMES
from analytics.figures.words import GRADE_ORDER, joined, label, percent, period, value
from analytics.survival import LONGEST

NOTHING = "nothing to count under these filters"
EVERY_CHANNEL = "This chart compares all channels, whichever are chosen in the filter."
ENDS_SOON = "The log ends before the asks could be watched for longer."
FIRST_DAYS = "First days of lessons"


def subtitle(answer) -> str:
    """The measure and its unit, as the line under a chart's title."""
    return f"{answer.measure.label}, {answer.measure.unit_words.replace('share of', 'per cent of')}"


def question(answer) -> str:
    """The measure's question, for a chart without a finding."""
    return answer.measure.question


def why_empty(answer) -> str:
    """Why an answer has nothing to draw, in its own words where it has some."""
    return (
        " ".join(answer.notes) or "There is nothing to show for these filters. Choose a longer period or more schools."
    )


def bands(answer) -> str:
    """The bands of an answer by band, the highest first: "Contact rate: elementary 2.1, middle school 1.2 and …"."""
    known = with_value(answer.table)
    known = known[known["band"].isin(list(NAMES))].sort_values("value", ascending=False)
    if known.empty:
        return question(answer)
    said = [value(v, answer.measure.unit) for v in known["value"]]
    if len(set(said)) == 1 and len(said) > 1:
        return f"{answer.measure.label}: {said[0]} in every grade band"
    parts = [f"{NAMES[band]} {text}" for band, text in zip(known["band"], said, strict=True)]
    return f"{answer.measure.label}: {joined(parts)}"


def curve(answer) -> str:
    """From kindergarten to grade 12, and the largest step between neighbouring grades."""
    table = by_place(answer.table)
    table = table[table["place"].between(GRADE_ORDER.index("K"), GRADE_ORDER.index("12"))].reset_index(drop=True)
    if len(table) < 3:
        return question(answer)
    said = [value(number, answer.measure.unit) for number in table["value"]]
    grades = [grade(name) for name in table["grade"]]
    if len(set(said)) == 1:
        return f"{answer.measure.label}: {said[0]} in every grade from {grades[0]} to {grades[-1]}"
    ends = f"From {said[0]} in {grades[0]} to {said[-1]} in {grades[-1]}"
    at = int(table["value"].diff().abs().idxmax())
    if said[at - 1] == said[at]:  # a step that rounding hides is none to speak of
        return ends
    return f"{ends}; the largest step is from {grades[at - 1]} to {grades[at]}, {said[at - 1]} to {said[at]}"


def within_two_days(curves: pd.DataFrame) -> str:
    """The share of asks answered within two days, per band."""
    second = curves[curves["day"] == 2].dropna(subset=["survival"])
    shares = dict(zip(second["band"], 1 - second["survival"], strict=True))
    parts = [f"{NAMES[band]} {percent(shares[band])}" for band in NAMES if band in shares]
    return f"Answered within two days: {joined(parts)}" if parts else "How soon do families answer?"


def half_answered(answer) -> tuple[str, ...]:
    """By which day half of the asks are answered, per band, with the interval; () where nothing was asked.

    Where the log ends before an ask could be watched for 30 days, that is said: later answers are not known yet.
    """
    rows = {row["band"]: row for row in answer.table.to_dict("records") if row["denominator"]}
    none = all(pd.isna(row["median_low"]) for row in rows.values())
    why = {row["note"] for row in rows.values()}
    same = why.pop() if none and len(why) == 1 and _has_none(next(iter(rows.values()))) else ""
    parts = [f"{NAMES[band]} {_half(rows[band], not same)}" for band in NAMES if band in rows]
    ending = f", without an interval: {same}" if same else "" if none else " (95 % intervals)"
    soon = any(_watched(row) < LONGEST for row in rows.values())
    more = (ENDS_SOON,) if soon and parts else ()
    return (f"Half are answered by day: {joined(parts)}{ending}.", *more) if parts else ()


def _half(row, why: bool) -> str:
    low, high = (None if pd.isna(row[end]) else f"{row[end]:.0f}" for end in ("median_low", "median_high"))
    said = f"not within {_watched(row)} days" if pd.isna(row["value"]) else f"{row['value']:.0f}"
    if low is None:
        return f"{said}, without an interval: {row['note']}" if why and _has_none(row) else said
    return f"{said} ({low} to {high or f'more than {_watched(row)}'})"


def _has_none(row) -> bool:
    """No interval, and a reason; not one that lies wholly after the days that could be watched."""
    return bool(row["note"]) and row["note"] != CAUTION


def _watched(row) -> int:
    days = row.get("watched", LONGEST)
    return LONGEST if pd.isna(days) else int(days)


def replies(families: dict, schools: dict) -> str:
    """Who answers whom less often, where both rates of every band lie on the same side; else the question."""
    gaps = [schools[b] - families[b] for b in NAMES if not (pd.isna(families.get(b)) or pd.isna(schools.get(b)))]
    more, less = ("schools", "families") if gaps and min(gaps) > 0.02 else ("families", "schools")
    if gaps and (min(gaps) > 0.02 or max(gaps) < -0.02):
        who = f"In every grade band {more}" if len(gaps) > 1 else more.capitalize()
        return f"{who} answer {less} more often than {less} answer {more}"
    return "How often do families and schools answer each other?"


def gaps(answer, cut: str) -> str:
    """The groups whose difference from the rest of the same schools is called one; else that none is."""
    rows = answer.table.to_dict("records")
    if any(note.startswith(not_known(cut)) for note in answer.notes):
        return not_known(cut)
    if with_value(answer.table).empty:
        return f"{answer.measure.label}: {NOTHING}"
    clear = [row for row in rows if row["called"] in ("higher", "lower")]
    if rows and all(row["note"] == TOO_FEW for row in rows):
        return f"{answer.measure.label}: too few schools to tell a difference between groups from chance"
    if not clear:
        return f"{answer.measure.label}: no clear difference between groups of the same schools and grades"
    unit = answer.measure.unit
    parts = [
        f"{label(cut, row['group'])} {value(row['value'], unit)} against {value(row['rest'], unit)}" for row in clear
    ]
    return f"{answer.measure.label}, beside others of the same schools and grades: {joined(parts)}"


def practice(one) -> str:
    """A practice's title with its first figure."""
    whole = one.figures[(one.figures["band"] == "all") & one.figures["value"].notna()]
    whole = whole[whole["unit"].str.startswith("share")]
    if whole.empty:
        return one.label
    first = whole.iloc[0]
    return f"{one.label}: {first['label'][0].lower()}{first['label'][1:]} {percent(first['value'])}"


def changes(one) -> list[str]:
    """What changed against the same days of last year, where it can be said, and figures that are counts."""
    said = [
        f"{label_of(one, row['measure'])} {row['called']} against last year."
        for row in one.changes.to_dict("records")
        if row["called"] in ("rose", "fell")
    ]
    reached = one.figures[(one.figures["figure"] == "reach") & one.figures["first_day"].notna()]
    said += [f"{FIRST_DAYS}: {period(first, last)}, whatever dates are chosen in this school year."
             for first, last in reached[["first_day", "last_day"]].head(1).to_numpy()]  # fmt: skip
    people = one.figures[(one.figures["unit"] == "people") & (one.figures["band"] == "all")]
    said += [f"{row['label']}: {row['value']:.0f}." for row in people.to_dict("records")]
    unclear = (one.changes["called"] == "no clear change") & (one.changes["note"] != TOO_FEW)
    if not any("against last year" in words for words in said) and unclear.any():
        said.append("No clear change against the same days of last year.")
    return said


def label_of(one, figure: str) -> str:
    """The printed name of one figure of a practice."""
    return one.figures.loc[one.figures["figure"] == figure, "label"].iloc[0]


def channels(table: pd.DataFrame) -> str:
    """Which channels fall in high school, where that is called so among all of them; else the question."""
    high = table[table["band"] == "high"]
    fall = high[high["called"] == "lower"].sort_values("drop_off", ascending=False)["channel"]
    flat = high[high["called"] == "no clear difference"]["channel"]
    if len(fall):
        said = joined(label("channel", channel).lower() for channel in fall)
        return f"Clearly less in high school: {said}" + ("; the others may not differ" if len(flat) else "")
    return "Which channels fall with grade?"


def by_place(table: pd.DataFrame) -> pd.DataFrame:
    """The rows with a value in the order of the grades, with their place in it."""
    table = with_value(table)
    place = table["grade"].map({g: n for n, g in enumerate(GRADE_ORDER)})
    return table.assign(place=place).dropna(subset=["place"]).sort_values("place")


def with_value(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that have a value."""
    return table[table["value"].notna()]


def grade(name: str) -> str:
    """A grade inside a sentence."""
    return label("grade", name).replace("Grade", "grade").replace("Kindergarten", "kindergarten")
