"""Numbers and names as a person says them. Rounds for sentences and labels only; tables keep every digit."""

from datetime import date

import pandas as pd

from analytics import measures

BANDS = {"elementary": "Elementary", "middle": "Middle", "high": "High", "other": "Other grades"}
BAND_ORDER = list(BANDS)
GRADE_ORDER = ["PK", "TK", "K", *[str(n) for n in range(1, 14)]]
CUTS = {cut.name: cut.label for cut in measures.CUTS.values()}
CHANNELS = {
    "phone": "Phone",
    "email": "E-mail",
    "text": "Text",
    "app_message": "App message",
    "letter": "Letter or note",
    "in_person": "In person",
    "video": "Video",
    "home_visit": "Home visit",
    "conference": "Conference",
    "event": "Event",
    "other": "Other",
}
WAYS = {
    "phone": "by phone",
    "email": "by e-mail",
    "text": "by text",
    "app_message": "by app message",
    "letter": "by letter or note",
    "in_person": "in person",
    "video": "by video",
    "home_visit": "at home visits",
    "conference": "at conferences",
    "event": "at events",
    "other": "in other ways",
}
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
NOT_REACHED = "not reached"  # a median: fewer than half are answered in the days that are looked at


def missing(value) -> bool:
    """Is there no value (None, NaN, NaT, NA)?"""
    return value is None or bool(pd.isna(value))


def value(number, unit: str) -> str:
    """A value in its unit: shares as whole per cent, days whole, everything else with one decimal."""
    if missing(number):
        return DASH
    if unit == "share":
        return f"{number * 100:.0f} %"
    if unit == "days":
        return f"{number:.0f}"
    if number == 0 or abs(number) >= 0.095:
        return f"{number:.1f}"
    return f"{number:.2f}" if abs(number) >= 0.005 else "< 0.01"


def single(answer) -> str:
    """The value of an answer without cuts, as a tile prints it; a median that is not reached says so."""
    if answer.table.empty:
        return DASH
    row = answer.table.iloc[0]
    if missing(row["value"]) and answer.measure.name == "days_to_reply" and row["denominator"]:
        return NOT_REACHED
    return value(row["value"], answer.measure.unit)


def axis_format(unit: str) -> str:
    """The d3 format of an axis in this unit."""
    return ".0%" if unit == "share" else "~g"


def published(band: str) -> str:
    """A band of a release ("89% to under 90%") as all of a panel's page says it: "89–90 %"."""
    text = band.replace(" to under ", DASH).replace("% to 100%", f"{DASH}100%")
    return text.replace(f"%{DASH}", DASH).replace("%", " %")


def signed(number, unit: str) -> str:
    """A change with its sign: percentage points for shares, else in the unit."""
    if missing(number):
        return ""
    points = round(abs(number) * 100)
    body = f"{points} point{'' if points == 1 else 's'}" if unit == "share" else f"{abs(number):.2f}"
    if float(body.split()[0]) == 0:
        return "no change"
    return f"{'+' if number > 0 else MINUS}{body}"


def percent(share) -> str:
    """A share of one as whole per cent."""
    return value(share, "share")


def count(number) -> str:
    """A count with thousands separated."""
    return DASH if missing(number) else f"{number:,.0f}"


def counted(number, one: str) -> str:
    """ "1,204 contacts", "1 contact" of `one` thing that takes an s."""
    return f"{count(number)} {one}{'' if number == 1 else 's'}"


def month(day) -> str:
    """ "Sep 2025" of any day of the month."""
    return pd.Timestamp(day).strftime("%b %Y")


def short_month(day) -> str:
    """ "Sep" of any day of the month."""
    return pd.Timestamp(day).strftime("%b")


def day(when) -> str:
    """ "4 September 2025"."""
    when = pd.Timestamp(when)
    return f"{when.day} {when.strftime('%B %Y')}"


def short_day(when) -> str:
    """ "4 Sep 2025", for a table."""
    when = pd.Timestamp(when)
    return f"{when.day} {when.strftime('%b %Y')}"


def days(number) -> str:
    """ "29 days", "1 day"."""
    return counted(number, "day")


def period(start: date, end: date) -> str:
    """A period in words, both ends included."""
    return day(start) if start == end else f"{day(start)} to {day(end)}"


def label(cut: str, raw) -> str:
    """The printed name of one value of a cut."""
    if missing(raw) or raw == "unknown":
        return "Not known"
    if cut == "band":
        return BANDS.get(raw, str(raw).capitalize())
    if cut == "grade":
        return {"K": "Kindergarten", "PK": "Pre-K", "TK": "Transitional K"}.get(raw, f"Grade {raw}")
    if cut == "channel":
        return CHANNELS.get(raw, spoken(raw))
    if cut == "month":
        return month(raw)
    if cut == "week":
        return day(raw)
    if cut in ("iep", "english_learner", "low_income"):
        return f"{CUTS[cut]}: {raw}"
    if cut == "home_language":
        return " ".join(capital(word) for word in str(raw).replace("_", " ").split())  # a name: "Haitian Creole"
    if cut in ("topic", "race_ethnicity", "gender"):
        return "IEP" if raw == "iep" else spoken(raw)
    return str(raw)


def spoken(raw) -> str:
    """ "two_or_more" as "Two or more"."""
    return str(raw).replace("_", " ").capitalize()


def capital(text: str) -> str:
    """The text with a capital, as it begins a sentence."""
    return f"{text[:1].upper()}{text[1:]}"


def joined(parts) -> str:
    """ "a, b and c"."""
    parts = [str(part) for part in parts]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def matching(known, wanted: str) -> list:
    """The measures whose name, label, question or words contain what is wanted."""
    wanted = (wanted or "").strip().lower()
    return [
        measure
        for measure in known
        if wanted
        in " ".join((measure.name, measure.label, measure.question, measure.numerator, measure.denominator)).lower()
    ]


def numbers(values) -> list[float]:
    """The numbers of a column, words such as "not reached" and empty places left out."""
    return pd.to_numeric(pd.Series(values), errors="coerce").dropna().tolist()


def wrapped_label(text: str, width: int = 20) -> str:
    """A long name in lines that leave room for the chart on a phone."""
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "<br>".join([*lines, line])
