"""What changes with grade, in a sentence: between the bands, and of the same students from one grade to the next."""

import pandas as pd

from analytics.clustered import NONE_IN_BASE, NOTHING_COUNTED, TOO_FEW
from analytics.figures import few
from analytics.figures.few import NAMES
from analytics.figures.findings import question, why_empty, with_value
from analytics.figures.words import MINUS, capital, joined, percent, value
from analytics.transition import ONE_YEAR, unfinished

CHANGE_SCHOOLS = "Most students change schools on the way up"


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
    if answer.question.schools or answer.question.where:
        return f"{CHANGE_SCHOOLS}: choose both schools, or clear the filters."
    return f"{CHANGE_SCHOOLS}. Comparing them takes both schools, and not both are among those that are shown here."


def _step(row: dict, kind: str) -> str:
    drop = {"drop_off": 1 - row[f"{kind}ratio"], "low": 1 - row[f"{kind}high"], "high": 1 - row[f"{kind}low"]}
    return _changed(drop, f"from grade {row['grade']} to {row['to_grade']}")


def _by_chance(rows: list[dict], kind: str = "") -> str:
    """What has to be said of differences of which none has an interval, because schools are too few."""
    rows = [row for row in rows if row[f"{kind}ratio"]]  # nothing at all is told of the logs, and no difference
    return ", which chance may explain" if rows and all(row[f"{kind}note"] == TOO_FEW for row in rows) else ""


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
    if NONE_IN_BASE in notes:
        return "Nothing was counted in the elementary grades, so there is nothing to compare with."
    said = ". ".join(map(capital, notes))
    return f"{said}." if said else why_empty(compared)


def why_no_channel(table: pd.DataFrame) -> str:
    """What the chart of channels says where none can be compared; `table` has channel, band and value."""
    bands = set(with_value(table)["band"])
    if "elementary" in bands and len(bands) == 1:
        return "There are no later grades under these filters to compare with."
    if not bands:
        return "No contact under these filters counts in this measure."
    return "No channel has contacts of elementary grades to compare with."


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
