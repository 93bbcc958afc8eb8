"""The sentence that a chart or a page opens with: the finding where there is one, else the question.

Numbers are rounded as a person would say them. Refuses to call a difference a finding where a known
interval includes zero, and to rank or grade a school or a family.
"""

import pandas as pd

from analytics.clustered import FEWEST_SCHOOLS, NOTHING_COUNTED, TOO_FEW
from analytics.equity import not_known
from analytics.figures import few
from analytics.figures.few import NAMES
from analytics.figures.words import GRADE_ORDER, MINUS, joined, label, percent, period, value
from analytics.funnel import few_outside
from analytics.transition import ONE_YEAR, unfinished

NOTHING = "nothing to count under these filters"
EVERY_CHANNEL = "This chart compares all channels, whichever are chosen in the filter."
FIRST_DAYS = "First days of lessons"
MOST_NAMED = 3  # schools in a headline
FEWEST_FOR_HALF = 8  # schools: half of fewer is no half


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
    at = int(table["value"].diff().abs().idxmax())
    return (
        f"From {said[0]} in {grades[0]} to {said[-1]} in {grades[-1]}; the largest step is from {grades[at - 1]} to "
        f"{grades[at]}, {said[at - 1]} to {said[at]}"
    )


def schools(answer) -> str:
    """How far the middle half of the schools lie apart, or all of a few; no school is named first or last."""
    known = with_value(answer.table)["value"]
    if len(known) < 4:
        return f"{answer.measure.label} of each school"
    unit, all_of_them = answer.measure.unit, len(known) < FEWEST_FOR_HALF
    low, high = (value(known.quantile(part), unit) for part in ((0, 1) if all_of_them else (0.25, 0.75)))
    if low == high:
        alike = sum(value(number, unit) == low for number in known)
        return f"{answer.measure.label}: {low} at {alike} of {len(known)} schools"
    if all_of_them:
        return f"{answer.measure.label}: from {low} to {high} at {len(known)} schools"
    return f"{answer.measure.label}: half of the schools lie between {low} and {high}"


def within_two_days(curves: pd.DataFrame) -> str:
    """The share of asks answered within two days, per band."""
    second = curves[curves["day"] == 2].dropna(subset=["survival"])
    shares = dict(zip(second["band"], 1 - second["survival"], strict=True))
    parts = [f"{NAMES[band]} {percent(shares[band])}" for band in NAMES if band in shares]
    return f"Answered within two days: {joined(parts)}" if parts else "How soon do families answer?"


def half_answered(answer) -> tuple[str, ...]:
    """By which day half of the asks are answered, per band, with the interval; () where nothing was asked."""
    rows = {row["band"]: row for row in answer.table.to_dict("records") if row["denominator"]}
    none = all(pd.isna(row["median_low"]) for row in rows.values())
    why = {row["note"] for row in rows.values()}
    same = why.pop() if none and len(why) == 1 else ""
    parts = [f"{NAMES[band]} {_half(rows[band], not same)}" for band in NAMES if band in rows]
    ending = f", without an interval: {same}" if same else "" if none else " (95 % intervals)"
    return (f"Half are answered by day: {joined(parts)}{ending}.",) if parts else ()


def _half(row, why: bool) -> str:
    low, high = (None if pd.isna(row[end]) else f"{row[end]:.0f}" for end in ("median_low", "median_high"))
    said = "not within 30 days" if pd.isna(row["value"]) else f"{row['value']:.0f}"
    if low is None:
        return f"{said}, without an interval: {row['note']}" if row["note"] and why else said
    return f"{said} ({low} to {high or 'more than 30'})"


def replies(families: dict, schools: dict) -> str:
    """Who answers whom less often, where both rates of every band lie on the same side; else the question."""
    gaps = [schools[b] - families[b] for b in NAMES if not (pd.isna(families.get(b)) or pd.isna(schools.get(b)))]
    more, less = ("schools", "families") if gaps and min(gaps) > 0.02 else ("families", "schools")
    if gaps and (min(gaps) > 0.02 or max(gaps) < -0.02):
        who = f"In every grade band {more}" if len(gaps) > 1 else more.capitalize()
        return f"{who} answer {less} more often than {less} answer {more}"
    return "How often do families and schools answer each other?"


def funnel(found, answer) -> str:
    """Which schools lie outside, by name, or that none does; and which logged nothing. Of those inside, nothing."""
    outside = list(found.outside()["school"])
    ending = "" if outside else few_outside(found)
    return _outside(found, answer, joined(outside), f"what chance and the usual spread of schools explain{ending}")


def funnel_short(found, answer) -> str:
    """The same as a headline, which a phone shows in a few lines; `usual_range` says at the chart what it means."""
    return _outside(found, answer, _few(list(found.outside()["school"])), "the usual range")


def usual_range(found) -> str:
    """What the headline calls the usual range, and how many lie near its end; "" without limits."""
    if found.note:
        return ""
    between = found.between()
    verb = "lies" if between == 1 else "lie"
    near = f"; {between} of these schools {verb} in it but outside the 95 % ones" if between else ""
    return f"The usual range is what lies inside the 99.8 % limits{near}."


def _outside(found, answer, who: str, what: str) -> str:
    silent = list(found.without_log()["school"])
    verb = "lie" if len(found.outside()) > 1 else "lies"
    said = f"{who or ('No other school' if silent else 'No school')} {verb} outside {what}"
    logging = with_value(found.schools)["school"].nunique() - len(silent)
    if found.note or (silent and logging < FEWEST_SCHOOLS):  # one or two that log have no others to be compared with
        said = _each_school(found, answer)
    logged = f"{_few(silent)} logged no personal contact" if silent else ""
    return ". ".join(part for part in (logged, said) if part)


def _each_school(found, answer) -> str:
    """What a measure is at schools that have no limits: few of them, or all alike. "" where none of them logged."""
    known = with_value(found.schools)
    if known.empty:
        return f"{answer.measure.label}: {NOTHING}"
    known = known[~known["school"].isin(found.without_log()["school"])]
    said = [value(number, answer.measure.unit) for number in known["value"]]
    if len(said) > 3:
        return f"{answer.measure.label}: {said[0]} at each of these schools"
    each = [f"{school} {number}" for school, number in zip(known["school"], said, strict=True)]
    return f"{answer.measure.label}, {answer.measure.unit_words}: {joined(each)}" if each else ""


def _few(schools: list[str]) -> str:
    """Schools by name; how many they are, where the names would fill a headline."""
    if len(schools) > MOST_NAMED:
        return f"{len(schools)} schools"
    return joined(school.removesuffix(" School") for school in schools)


def without_log(found) -> str:
    """How many schools logged nothing and what that does to the numbers; "" where all did. Of `analytics.funnel`."""
    silent, schools = len(found.without_log()), len(found.schools)
    if not silent:
        return ""
    ending = "logged no personal contact in these dates;"
    if schools == 1:
        return f"This school {ending} its students count as not contacted."
    all_of_them = f"All {schools} schools" if silent == schools else f"{silent} of {schools} schools"
    whose = "its" if silent == 1 else "their"
    return f"{all_of_them} {ending} {whose} students count as not contacted."


def same_students(answer) -> str:
    """What happens to the same students from one grade to the next, with intervals.

    While the second year is not over, the same days are compared: less what changed from the grade before.
    """
    for kind, less in (("difference_", ", less what changed from the grade before"), ("", "")):
        rows = answer.table.dropna(subset=[f"{kind}ratio"]).to_dict("records")
        if rows and (unfinished(answer) or not kind):
            said = joined(_step(row, kind) for row in rows)
            return f"{answer.measure.label} of the same students{less}: {said}{_by_chance(rows, kind)}"
    return question(answer)


def nobody_moved(answer) -> str:
    """Why the same students cannot be compared: one year, nobody who moved up, or nothing counted before."""
    if ONE_YEAR in answer.notes or answer.as_of is None:
        return "The same students cannot be compared yet: that needs two school years in a row"
    if answer.table["students"].any():
        return f"{answer.measure.label} of the same students: nothing was counted in the lower grade to compare with"
    grades = " or ".join(answer.table["grade"])
    return f"Nobody was in grade {grades} here in one school year and in the next grade the year after"


def why_nobody_moved(answer) -> str:
    """What the chart of the same students says where it is empty: the reason, and what to do."""
    if ONE_YEAR in answer.notes or answer.as_of is None or answer.table["students"].any():
        return why_empty(answer)
    return "Most students change schools on the way up: choose both schools, or clear the filters."


def _step(row: dict, kind: str) -> str:
    drop = {"drop_off": 1 - row[f"{kind}ratio"], "low": 1 - row[f"{kind}high"], "high": 1 - row[f"{kind}low"]}
    return _changed(drop, f"from grade {row['grade']} to {row['to_grade']}")


def _by_chance(rows: list[dict], kind: str = "") -> str:
    """What has to be said of differences of which none has an interval, because schools are too few."""
    rows = [row for row in rows if row[f"{kind}ratio"]]  # nothing at all is told of the logs, and no difference
    return ", which chance may explain" if rows and all(row[f"{kind}note"] == TOO_FEW for row in rows) else ""


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


def without(table: pd.DataFrame, schools) -> str:
    """The drop-off without schools that hardly log: whether the finding is one of logging."""
    if not schools:
        return "Every school logged contacts in at least half of its weeks."
    rows = table.set_index("band")["drop_off"].dropna()
    parts = [f"{NAMES[band]} {_lower(rows[band])}" for band in ("middle", "high") if band in rows.index]
    logged = f"{joined(schools)}, which logged in under half of {'its' if len(schools) == 1 else 'their'} weeks"
    return f"Without {logged}: {joined(parts)}." if parts else f"Without {logged}, nothing is left to compare."


def drop_off(compared) -> str:
    """How much less than in elementary, per band, with the interval where there is one."""
    rows = compared.table.set_index("band")
    known = [b for b in few.comparable(compared) if b in rows.index and not pd.isna(rows.loc[b, "drop_off"])]
    said = joined(_dropped(rows.loc[b], b) for b in known) + _by_chance([rows.loc[b] for b in known])
    small = few.counted(compared)
    if small:
        counts = f"{compared.measure.label}: {small}"
        return f"{counts}; against elementary {said}" if known else counts
    return f"{compared.measure.label} against elementary: {said}" if known else _not_compared(compared)


def why_no_drop_off(compared) -> str:
    """What the chart of the drop-off says where no band has a ratio: no elementary grades, or the estimate's words."""
    notes = dict.fromkeys(note for note in compared.table["note"] if note)
    if set(notes) == {NOTHING_COUNTED}:
        return "There are no elementary grades under these filters to compare with."
    said = ". ".join(note[0].upper() + note[1:] for note in notes)
    return f"{said}." if said else why_empty(compared)


def _not_compared(compared) -> str:
    """What each band has, and that there is nothing to compare it with."""
    known = with_value(compared.table).set_index("band")["value"]
    if known.empty:
        return question(compared)
    said = joined(f"{NAMES[band]} {value(number, compared.measure.unit)}" for band, number in known.items())
    if "elementary" not in known:
        return f"{compared.measure.label}: {said}, without elementary grades to compare with"
    if len(known) == 1:
        return f"{compared.measure.label}: {said}, without later grades to compare with"
    return f"{compared.measure.label}: {said}; nothing can be compared with elementary"


def channels(table: pd.DataFrame) -> str:
    """Which channels fall in high school, where that is called so among all of them; else the question."""
    high = table[table["band"] == "high"]
    fall = high[high["called"] == "lower"].sort_values("drop_off", ascending=False)["channel"]
    flat = high[high["called"] == "no clear difference"]["channel"]
    if len(fall):
        said = joined(label("channel", channel).lower() for channel in fall)
        return f"Clearly less in high school: {said}" + ("; the others may not differ" if len(flat) else "")
    return "Which channels fall with grade?"


def _dropped(row, band: str) -> str:
    return _changed(row, f"in {NAMES[band]}")


def _lower(drop_off: float) -> str:
    size = percent(abs(drop_off))
    return "the same" if size == percent(0) else f"{size} {'lower' if drop_off > 0 else 'higher'}"


def _changed(row, where: str) -> str:
    if row["drop_off"] == 1:
        return f"none counted {where}"
    text = f"{_lower(row['drop_off'])} {where}"
    if pd.isna(row["low"]):
        return text
    low, high = row["low"], row["high"]
    if low <= 0 <= high:
        return f"{text} ({_sign(-high)} to {_sign(-low)} %)"
    return f"{text} ({span(*sorted((abs(low), abs(high))))})"


def _sign(share: float) -> str:
    """A change in whole per cent with its sign, "+10"; none at 0."""
    size = f"{abs(share) * 100:.0f}"
    return size if size == "0" else f"{'+' if share > 0 else MINUS}{size}"


def span(low: float, high: float) -> str:
    """ "7 to 73 %" of two shares."""
    return f"{low * 100:.0f} to {percent(high)}"


def change(now, before, unit: str) -> str:
    """A change in words: "8 % lower", "3 points higher", "the same as"; empty where it cannot be said."""
    if pd.isna(now) or pd.isna(before) or (unit != "share" and not before):
        return ""
    size = round((now - before) * 100) if unit == "share" else round((now / before - 1) * 100)
    if not size:
        return "the same as"
    ending = ("point" if abs(size) == 1 else "points") if unit == "share" else "%"
    return f"{abs(size)} {ending} {'higher than' if size > 0 else 'lower than'}"


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
