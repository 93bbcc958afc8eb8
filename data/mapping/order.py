"""The order of a date column (month first or day first), decided once for the whole column and said in a sentence.

US order is the default where no value tells; the choice is then marked ambiguous.
"""

import re
from collections import Counter
from datetime import date

from data.mapping.dates import DAY_MONTH, EIGHT, HOUR, MONTH_DAY, PAIR, SERIAL, TIME, TRIPLE, body_of, parts_of
from data.mapping.model import Column, DateChoice
from data.schoolyear import name_of, named, start_year

# Days above 12 are three of five in a log of whole months: told by less than one date of six, the order is asked about.
_THIN = 6
# So many of either kind are no chance.
_FEWEST = 2
_COUNTED = ("first", "second", "numeric", "year_first", "early", "named", "no_year", "serial")


def decide(column: Column, context: dict) -> DateChoice:
    """The order of a date column, from all its distinct texts, with the evidence in a sentence."""
    texts = column.date_texts or [(text, 1) for text in column.sample]
    rows = dict.fromkeys(_COUNTED, 0) | {"shown": ""}
    for text, count in texts:
        _count(text, count, rows)
    choice = DateChoice()
    choice.has_time = any(TIME.search(text) or HOUR.search(text) for text in column.sample)
    choice.no_year = rows["no_year"] > 0
    choice.swapped = _swapped(texts, rows)
    _set_order(choice, rows)
    _set_zone(choice, column, context)
    choice.formats = _formats(choice, column)
    if choice.no_year:
        choice.school_year = (
            context.get("school_year") or _year_of_most(texts, choice, context) or _latest_year(texts, choice, context)
        )
        choice.sentence += f" Dates without a year are read in the school year {choice.school_year}."
    return choice


def _year_of_most(texts: list[tuple[str, int]], choice: DateChoice, context: dict) -> str | None:
    """The school year of the column's dates with a year, where those are as many as the others and all of one."""
    rows, bare, now = Counter(), 0, name_of(context.get("today") or date.today())
    for text, count in texts:
        body = body_of(text)
        parts = parts_of(body, choice.order, now)
        if parts and not _has_year(body):
            bare += count
        elif parts and 1 <= parts[1] <= 12 and 2000 <= parts[0] <= start_year(now) + 1:
            # A year far ahead, or long ago, is a slip.
            rows[name_of(date(*parts[:2], 1))] += count
    return next(iter(rows)) if len(rows) == 1 and rows.total() >= bare else None


def _latest_year(texts: list[tuple[str, int]], choice: DateChoice, context: dict) -> str:
    """The latest school year in which no date without a year would lie after today."""
    today = context.get("today") or date.today()
    year = name_of(today)
    for text, _ in texts:
        parts = parts_of(body_of(text), choice.order, year)
        if parts and parts > (today.year, today.month, today.day) and not _has_year(body_of(text)):
            return named(start_year(year) - 1)
    return year


def _has_year(body: str) -> bool:
    form = DAY_MONTH.match(body) or MONTH_DAY.match(body)
    return not PAIR.match(body) and not (form and not form[3])


def decide_as(column: Column, context: dict, order: str) -> DateChoice:
    """As `decide`, with the order that a person chose."""
    choice = decide(column, context)
    if choice.order == "ymd":
        return choice  # the year is written first, whatever was chosen for this column or for an earlier file
    if choice.order != order:
        choice.order = order
        choice.formats = _formats(choice, column)
    said = {"mdy": "month first", "dmy": "day first", "ymd": "year first"}[order]
    choice.sentence, choice.ambiguous = f"Dates are read {said}, as chosen.", False
    return choice


def _is_thin(rows: dict) -> bool:
    """Is "day first" told by so few of many dates that they may as well be slips?"""
    return rows["first"] * _THIN < rows["numeric"]


def _swapped(texts: list[tuple[str, int]], rows: dict) -> str:
    """A text of a later day than the 12th, where all texts are and none of the spreadsheet program's own dates is."""
    all_late = rows["numeric"] == rows["first"] + rows["second"] >= _FEWEST and not rows["no_year"]
    all_early = rows["early"] == rows["year_first"] >= _FEWEST
    shown = (text for text, _ in texts if (triple := TRIPLE.match(body_of(text))) and len(triple[1]) < 3)
    return next(shown, "") if all_late and all_early else ""


def _count(text: str, count: int, rows: dict):
    body = body_of(text)
    triple, pair = TRIPLE.match(body), PAIR.match(body)
    if triple and len(triple[1]) > 2 or EIGHT.match(body):
        rows["year_first"] += count
        rows["early"] += count if triple and int(triple[4]) <= 12 else 0
    elif triple or pair:
        first, second = (int(triple[1]), int(triple[3])) if triple else (int(pair[1]), int(pair[2]))
        rows["numeric"] += count
        rows["no_year"] += 0 if triple else count
        rows["first"] += count if first > 12 >= second else 0
        rows["shown"] = text if first > 12 >= second else rows["shown"]
        rows["second"] += count if second > 12 >= first else 0
    elif SERIAL.match(body):
        rows["serial"] += count
    else:
        named = DAY_MONTH.match(body) or MONTH_DAY.match(body)
        rows["named"] += count if named else 0
        rows["no_year"] += count if named and not named[3] else 0


def _set_order(choice: DateChoice, rows: dict):
    first, second, numeric = rows["first"], rows["second"], rows["numeric"]
    if not numeric:
        choice.order = "ymd" if rows["year_first"] else "mdy"
        if rows["year_first"]:
            choice.sentence = "Dates are written year, month, day."
        elif rows["serial"] and not rows["named"]:
            choice.sentence = "Dates are a spreadsheet's day numbers."
        else:
            choice.sentence = "Dates name their month."
    elif second > first:
        choice.sentence = f"Dates are read month first: {_values(second)} above 12 in second place."
    elif first > second:
        choice.order, choice.ambiguous = "dmy", _is_thin(rows)
        told = _values(first, numeric if choice.ambiguous else None)
        choice.sentence = f"Dates are read day first: {told} above 12 in first place ({rows['shown']})."
    else:
        choice.ambiguous = True
        none = "as many values have a day above 12 in first place as in second" if first else (
            "no value has a day above 12 to tell"
        )  # fmt: skip
        choice.sentence = f"Dates are read month first, as is usual in the US: {none}."
    if first and second:
        fewer = min(first, second)
        # More than slips: dates with both numbers up to 12 may be of either order.
        if fewer > 1 and fewer * _THIN >= numeric:
            choice.ambiguous = True
            choice.sentence += (
                " Both orders are used, so that 9/10 and the like may be of either: write all in one order."
            )
        choice.sentence += f" {fewer:,} {'does' if fewer == 1 else 'do'} not fit that order and will be set aside."


def _values(count: int, of: int | None = None) -> str:
    if of:
        return f"only {count:,} of {of:,} values {'has' if count == 1 else 'have'} a day"
    return "1 value has a day" if count == 1 else f"{count:,} values have a day"


def _set_zone(choice: DateChoice, column: Column, context: dict):
    zone = context.get("time_zone") or "America/New_York"
    tails = [match for text in column.sample if (match := TIME.search(text))]
    timed = [tail for tail in tails if int(tail[1]) or int(tail[2]) or int(tail[3] or 0)]
    if any(tail[5] for tail in timed):
        choice.zone = zone
        choice.sentence += f" Times carry a zone and are brought to {zone}."
    elif timed and not any(tail[5] for tail in tails) and re.search(r"(?<![a-z])utc|UTC", column.header):
        choice.zone, choice.from_utc = zone, True
        choice.sentence += f" The header says UTC: times are brought to {zone}."


def _formats(choice: DateChoice, column: Column) -> list[str]:
    """strptime formats that read the sample; none where zones, serials or mixed years need a closer look."""
    if choice.zone or choice.no_year:
        return []
    found: dict[str, int] = {}
    years = set()
    for text in column.sample:
        body, tail = body_of(text), TIME.search(text)
        triple = TRIPLE.match(body)
        if not triple or (tail and tail[5]):
            continue
        years.add(len(triple[1]) if len(triple[1]) > 2 else len(triple[4]))
        year = "%Y" if 4 in (len(triple[1]), len(triple[4])) else "%y"
        order = [year, "%m", "%d"] if len(triple[1]) == 4 else (
            ["%m", "%d", year] if choice.order != "dmy" else ["%d", "%m", year]
        )  # fmt: skip
        form = triple[2].join(order)
        if tail:
            form += "T" if "T" in text else " "
            form += ("%I:%M" if tail[4] else "%H:%M") + (":%S" if tail[3] else "") + (" %p" if tail[4] else "")
        found[form] = found.get(form, 0) + 1
    return sorted(found, key=lambda form: -found[form]) if len(years) == 1 and len(found) <= 6 else []
