"""A page's headline: one sentence with the answer in numbers. Refuses adjectives and praise."""

from analytics.clustered import FEWEST_STUDENTS, TOO_FEW
from analytics.figures import few, findings, grade_findings
from analytics.figures.words import WAYS, capital, count, day, joined, missing, percent, signed, value

NONE = "No contact reached a family in this period under these filters"
NOBODY = "No student was enrolled in this period under these filters"


def by_channel(headline: str, channels: tuple[str, ...]) -> str:
    """The headline of any page, true of what is counted: chosen channels come before it, "By phone or by text: …"."""
    if not channels:
        return headline
    said = joined(WAYS[channel] for channel in channels).replace(" and ", " or ")
    return f"{capital(said)}: {headline}"


def overview(now, change, compared) -> str:
    """What changed in the contact rate against the same days of last year, and where the bands stand.

    `change` is the contact rate's row of `analytics.trends`, `compared` its drop-off; a difference that an
    interval does not hold up is not called one.
    """
    rate = _value(now)
    if missing(rate) or not rate:
        return none(now)
    text = f"Families were contacted {value(rate, 'contacts')} times per 30 days{_against_last_year(change)}"
    return "; ".join(part for part in (text, _gap(compared), _not_logged(compared), few.counted(compared)) if part)


def _against_last_year(change) -> str:
    if change is None or change["called"] == "no comparison":
        return ""
    if change.get("note") == TOO_FEW:
        before, now = (value(change[when], "contacts") for when in ("before", "now"))
        return f", {'as' if before == now else f'against {before} times'} a year earlier"
    if change["called"] == "no clear change":
        return ", no clear change in a year"
    size = abs(change["change"] / change["before"]) if change["before"] else 0
    if percent(size) == percent(0):
        return ", about as often as a year earlier"
    often = "more" if change["change"] > 0 else "less"
    return f", {percent(size)} {often} often than a year earlier"


def frequency(by_band, reach) -> str:
    """Who was reached, and how often by band."""
    share = _value(reach)
    if missing(share) or not share:
        return none(reach)
    reached = few.share(
        _row(reach), "families were reached", ("the only family was reached", "the only family was not reached")
    )
    return "; ".join(part for part in (capital(reached), _each_band(by_band), few.counted(by_band)) if part)


def none(answer) -> str:
    """Why nothing can be said: nobody was enrolled, as far as the measure tells, or nobody was reached."""
    of_enrolled = answer.measure.counts in ("days", "students") and answer.start  # without: no day that is loaded
    return NOBODY if of_enrolled and not answer.table["students"].any() else NONE


def _row(answer):
    """The row of an answer without cuts."""
    return answer.table.iloc[0]


def _many(row) -> bool:
    return row["denominator"] >= FEWEST_STUDENTS


def few_left(silent, enrolled) -> str:
    """What to say of silent families where most students had left before the last day, which alone is counted; else "".

    `enrolled`: an answer of the same period that counts everybody who was enrolled in it.
    """
    there, all_of_them = silent.table["denominator"].sum(), enrolled.table["denominator"].sum()
    if not silent.end or 2 * there >= all_of_them:
        return ""
    last = f"{day(silent.end)}, the last of these days"
    if not there:
        return f"Silent families cannot be counted: no student was enrolled on {last}."
    who = "the one student" if there == 1 else f"the {count(there)} students"
    return f"Silent families are counted among {who} enrolled on {last}; most of {count(all_of_them)} had left before."


def two_way(share, family, school, known, reach) -> str:
    """How much goes both ways, and who answers whom; `known` is the share of contacts whose direction is known.

    `reach` tells whether anybody was enrolled, where no contact reached a family.
    """
    if not known.table["denominator"].any():
        return none(reach)
    both = _value(share)
    if missing(both):
        return "No contact of this period says who spoke to whom"
    parts = [
        f"{who} {_answered(_row(rate))}"
        for who, rate in (("families", family), ("schools", school))
        if not missing(_value(rate))
    ]
    one = "the only contact went both ways", "the only contact went one way"
    both_ways = capital(few.share(_row(share), "contacts went both ways", one))
    return "; ".join(part for part in (both_ways, joined(parts)) if part)


def _answered(row) -> str:
    """ "answered 57 % of the time", or "answered 2 of 3 times" where they are so few that a percentage says less."""
    if row["denominator"] == 1:
        return f"{'answered' if row['numerator'] else 'did not answer'} the one time they were asked"
    return f"answered {few.share(row, 'the time' if _many(row) else 'times', ('', ''))}"


def drop_off(compared) -> str:
    """The drop-off of a measure in one sentence, with its intervals."""
    return grade_findings.drop_off(compared) if (compared.table["value"] > 0).any() else none(compared)


def same_students(steps) -> str:
    """What happens to the same students from one grade to the next, or why that cannot be said."""
    if steps.table["ratio"].notna().any():
        return grade_findings.same_students(steps)
    return grade_findings.nobody_moved(steps)


def partnership(practices, rate) -> str:
    """Who answers whom and how much of the news is good: the first figures of the practices, never a score.

    `rate`: the contact rate. The first 30 days may lie outside the dates, in which nobody was enrolled.
    """
    if rate.empty:
        return none(rate)
    found = {}
    for practice in practices:
        whole = practice.figures[practice.figures["band"] == "all"]
        found |= {row["figure"]: row for row in whole.to_dict("records") if not missing(row["value"])}
    reached = found["reach"]["label"].removeprefix("Families ") if "reach" in found else ""  # with its days
    good = found.get("positive_share")
    news = "the news was good" if good and _many(good) else "contacts of known tone were good news"
    said = {
        "reach": (f"families were {reached}", (f"the only family was {reached}", f"the only family was not {reached}")),
        "family_initiated": (
            "contacts were begun by the family",
            ("the only contact was begun by the family", "the only contact was not begun by the family"),
        ),
        "positive_share": (
            news,
            ("the only contact of known tone was good news", "the only contact of known tone was not good news"),
        ),
    }
    parts = [few.share(found[figure], *text) for figure, text in said.items() if figure in found]
    return capital(joined(parts)) if parts else NONE


def quality(found, weeks, known) -> str:
    """How complete the logs are."""
    parts = []
    if not missing(_value(weeks)):
        parts.append(f"schools logged contacts in {percent(_value(weeks))} of their weeks")
    if not missing(_value(known)):
        parts.append(f"direction is known for {percent(_value(known))} of contacts")
    if not parts:
        return "No contact of this period counts yet"
    loaded = f"{count(found.contacts)} contact{' was' if found.contacts == 1 else 's were'} loaded"
    return f"{loaded}; {joined(parts)}"


def none_told(changes) -> bool:
    """Has a page changes, and too few schools to tell any of them from chance? It says so once, not at each."""
    notes = [change["note"] for change in changes if change["called"] != "no comparison"]
    return bool(notes) and set(notes) == {TOO_FEW}


def tile_change(change, unit: str, told: bool = True) -> str:
    """A tile's change: "+3 points", "" without a comparison.

    A difference that its interval or the page's other comparisons do not hold up says so: "+1 point, not clear". Not
    `told`: the page says for all of them that they have no interval.
    """
    if change is None or change["called"] == "no comparison":
        return ""
    size = signed(change["change"], unit)
    unclear = told and change["called"] == "no clear change" and size != "no change"
    return f"{size}, not clear" if unclear else size


def changes_of(changes) -> dict[str, dict]:
    """The rows without a cut in a page's changes, by measure."""
    return {row["measure"]: row for row in changes.to_dict("records") if row["cut"] == ""}


def _each_band(by_band) -> str:
    known = findings.with_value(by_band.table)
    known = known[known["band"].isin(list(findings.NAMES)) & ~known["band"].isin(few.bands(by_band))]
    parts = []
    for row in known.to_dict("records"):
        often = value(row["value"], by_band.measure.unit)
        said = f" {often}" if parts else f" families were contacted {often} times per 30 days"
        parts.append(f"{findings.NAMES[row['band']]}{said}")
    return joined(parts)


def _gap(compared) -> str:
    """ "high school 46 % (7 to 73 %) less often than elementary", intervals in brackets, or that they include none."""
    rows = {row["band"]: row for row in compared.table.to_dict("records")}
    known = [band for band in _with_gap(compared, rows) if rows[band]["value"]]
    alike = [band for band in known if percent(abs(rows[band]["drop_off"])) == percent(0)]
    same = f"{joined(findings.NAMES[band] for band in alike)} about as often as elementary" if alike else ""
    differ = [band for band in known if band not in alike]
    if not differ:
        return same
    clear = [band for band in differ if _leaves_zero_out(rows[band])]
    parts = []
    for word, way in (("less", 1), ("more", -1)):
        bands = [_apart(rows[band], band in clear, bool(clear)) for band in differ if rows[band]["drop_off"] * way > 0]
        parts += [f"{joined(bands)} {word} often"] if bands else []
    by_chance = all(rows[band]["note"] == TOO_FEW for band in differ)
    doubt = "" if clear else ", which chance may explain" if by_chance else " (not clear)"
    than = joined(parts)
    return f"{same}, {than}{doubt}" if same else f"{than} than elementary{doubt}"


def _with_gap(compared, rows: dict[str, dict]) -> list[str]:
    """The bands that can stand beside elementary."""
    return [band for band in few.comparable(compared) if band in rows and not missing(rows[band]["drop_off"])]


def _not_logged(compared) -> str:
    """The bands of which the logs hold no contact at all: that is told of the logs, not as a change."""
    rows = {row["band"]: row for row in compared.table.to_dict("records")}
    none = [findings.NAMES[band] for band in _with_gap(compared, rows) if not rows[band]["value"]]
    return f"no contact with {joined(none)} families was logged" if none else ""


def _leaves_zero_out(row: dict) -> bool:
    return not missing(row["low"]) and row["low"] * row["high"] > 0


def _apart(row: dict, clear: bool, others: bool) -> str:
    """One band: "high school 46 % (7 to 73 %)"; "(not clear)" only where `others` are."""
    text = f"{findings.NAMES[row['band']]} {percent(abs(row['drop_off']))}"
    if clear:
        return f"{text} ({grade_findings.span(*sorted((abs(row['low']), abs(row['high']))))})"
    return f"{text} (not clear)" if others else text


def _value(answer):
    """The one value of an answer without cuts; None where there is none."""
    if answer is None or answer.table.empty:
        return None
    return answer.table["value"].iloc[0]
