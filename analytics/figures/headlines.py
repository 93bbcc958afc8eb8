"""A page's headline: one sentence with the answer in numbers. Refuses adjectives and praise."""

from analytics.figures import findings
from analytics.figures.words import count, joined, missing, percent, signed, value


def overview(now, before, by_band) -> str:
    """What changed in the contact rate against the same days of last year, and where the bands stand."""
    rate = _value(now)
    if missing(rate):
        return "No family was contacted in this period yet"
    text = f"Families were contacted {value(rate, 'contacts')} times per 30 days"
    change = findings.change(rate, _value(before), now.measure.unit)
    if change == "the same as":
        text += ", as often as on the same days of last year"
    elif change:
        often = change.replace("lower than", "less often than").replace("higher than", "more often than")
        text += f", {often} on the same days of last year"
    gap = _gap(by_band)
    return f"{text}; {gap}" if gap else text


def frequency(by_band, reach) -> str:
    """Who was reached, and how often by band."""
    share = _value(reach)
    if missing(share):
        return "No family was contacted in this period yet"
    return f"{percent(share)} of families were reached; {_each_band(by_band)}".rstrip("; ")


def two_way(share, family, school) -> str:
    """How much goes both ways, and who answers whom."""
    both = _value(share)
    if missing(both):
        return "No contact in this period says who spoke to whom"
    parts = [
        f"{who} answered {percent(_value(rate))} of the time"
        for who, rate in (("families", family), ("schools", school))
        if not missing(_value(rate))
    ]
    return "; ".join([f"{percent(both)} of contacts went both ways", joined(parts)]).rstrip("; ")


def drop_off(compared) -> str:
    """The drop-off of a measure in one sentence, with its intervals."""
    return findings.drop_off(compared)


def quality(found, weeks, known) -> str:
    """How complete the logs are."""
    parts = []
    if not missing(_value(weeks)):
        parts.append(f"schools logged contacts in {percent(_value(weeks))} of their weeks")
    if not missing(_value(known)):
        parts.append(f"direction is known for {percent(_value(known))} of contacts")
    if not parts:
        return "No contact of this period counts yet"
    return f"{count(found.contacts)} contacts were loaded; {joined(parts)}"


def change_text(now, before) -> str:
    """The change of a single value as a tile prints it: "+0.1", "+3 pts", "no change", "" where unknown."""
    one, two = _value(now), _value(before)
    if missing(one) or missing(two) or isinstance(one, str) or isinstance(two, str):
        return ""
    return signed(one - two, now.measure.unit)


def _each_band(by_band) -> str:
    known = findings.with_value(by_band.table)
    known = known[known["band"].isin(list(findings.NAMES))]
    parts = [
        f"{findings.NAMES[row['band']]} families {value(row['value'], by_band.measure.unit)} times"
        for row in known.to_dict("records")
    ]
    return f"per 30 days {joined(parts)}" if parts else ""


def _gap(by_band) -> str:
    """ "middle school 40 % and high school 55 % less often than elementary"."""
    values = dict(zip(by_band.table["band"], by_band.table["value"], strict=True))
    base = values.get("elementary")
    if missing(base) or not base:
        return ""
    parts = []
    for band in ("middle", "high"):
        if not missing(values.get(band)):
            size = round((1 - values[band] / base) * 100)
            parts.append(f"{findings.NAMES[band]} {abs(size)} % {'less' if size >= 0 else 'more'} often")
    return f"{joined(parts)} than elementary" if parts else ""


def _value(answer):
    """The one value of an answer without cuts; None where there is none."""
    if answer is None or answer.table.empty:
        return None
    return answer.table["value"].iloc[0]
