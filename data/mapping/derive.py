"""Fields that hide in other columns: what can be derived from where. The values are those of `data.mapping.derived`.

A derived field stands in only where a row's own column says nothing. Notes give the outcome, by their first
codes and plain phrases, only where no column does; their text is read and forgotten.
"""

from data.mapping import attended, evidence, packed, races, shapes, sides, ticks, translated, values, ways
from data.mapping.dates import TIME
from data.mapping.derived import DRAFTS, MASS_RECIPIENTS, TO_WHOM, denied, flagged, notes_outcome
from data.mapping.headers import never
from data.mapping.labels import LABELS
from data.mapping.model import Column, Derived
from data.mapping.words import concepts, plain

# Fields that words in a reason, a type or a method may give.
_WORD_FIELDS = ("channel", "direction", "outcome", "initiated_by", "audience", "tone")
_WORD_SOURCES = ("topic", "channel", "outcome", "contact_with", "tone", "audience")


def plan(columns: list[Column], taken: dict[str, Column], kind: str) -> dict[str, Derived]:
    """What can be derived, given the columns that the fields and helpers ("_from", "_notes", ...) took."""
    derived: dict[str, Derived] = {}
    if kind == "roster":
        return {**races.rule(columns, taken), **_no_show(taken)}
    for rule in (
        _packed,
        ticks.rule,
        attended.rule,
        sides.roles,
        sides.from_to,
        sides.initiator,
        translated.rule,
        _lasted,
        _counts,
        _words,
        _whom,
        ways.of_headers,
        sides.interpreted,
        _notes,
        _left_out,
    ):
        for field, how in rule(columns, taken).items():
            if field not in taken or rule in (_words, _whom):
                derived.setdefault(field, how)
    return derived


def _packed(columns, taken) -> dict[str, Derived]:
    found = {}
    for column in columns:
        if shapes.share(column, packed.is_packed) > 0.4:
            for field in packed.FIELDS:
                if any(field in packed.unpack(text) for text in column.sample):
                    sentence = f"{LABELS[field]} is read out of the packed entries in “{column.header}”."
                    found.setdefault(field, Derived("packed", [column.header], sentence))
    return found


def _lasted(columns, taken) -> dict[str, Derived]:
    start, end = start_and_end(taken)
    if not end:
        return {}
    sentence = f"Minutes are the time from “{start.header}” to “{end.header}”."
    return {"minutes": Derived("lasted", [start.header, end.header], sentence)}


def start_and_end(taken: dict[str, Column]) -> tuple[Column | None, Column | None]:
    """The columns of the times at which contacts began and ended, each with or without its day; the end is None where
    there are not both."""
    start, end, when = taken.get("contact_time"), taken.get("_end_time"), taken.get("contact_date")
    if start is None and when and shapes.share(when, lambda text: bool(TIME.search(text))) > 0.8:
        start = when
    # An end that is mostly blank is that of something else, such as when a child went home.
    return start, end if start and end and end.filled >= start.filled * 0.6 else None


def _counts(columns, taken) -> dict[str, Derived]:
    column = taken.get("_recipients")
    if not column:
        return _addresses(columns)
    sentence = f"A row with {MASS_RECIPIENTS} or more in “{column.header}” is a mass message."
    return {"audience": Derived("count", [column.header], sentence)}


def _addresses(columns) -> dict[str, Derived]:
    """Many e-mail addresses to which one message went, in To, Cc and Bcc together."""
    listed = [
        column.header
        for column in columns
        if (plain(column.header) in ("cc", "bcc") or concepts(column.header)[0] >= {"RECIPIENT"})
        and any(text.count("@") > 1 for text in column.sample)
    ]
    if not listed:
        return {}
    where = ", ".join(f"“{header}”" for header in listed)
    sentence = f"A row with {MASS_RECIPIENTS} addresses or more in {where} is a mass message."
    return {"audience": Derived("addresses", listed, sentence)}


def _words(columns, taken) -> dict[str, Derived]:
    owner = {column.index: field for field, column in taken.items()}
    sources = [column for column in columns if _speaks(column, owner.get(column.index))]
    found = {}
    for field in _WORD_FIELDS:
        headers = [
            column.header
            for column in [*sources, *(_to_whom(taken) if field == "audience" else [])]
            if _may_stand_in(field, owner.get(column.index), taken) and _hints(field, column, owner.get(column.index))
        ]
        if headers:
            listed = ", ".join(f"“{header}”" for header in headers)
            where = f", where “{taken[field].header}” is blank" if field in taken else ""
            found[field] = Derived("words", headers, f"{LABELS[field]} is read from words in {listed}{where}.")
    return found


def _whom(columns, taken) -> dict[str, Derived]:
    """ "Call to student" among ways or reasons says with whom it was, where no column does."""
    owner = {column.index: field for field, column in taken.items()}
    own = taken.get("contact_with")
    if own and own.filled == own.total:
        return {}
    told = [
        column.header
        for column in columns
        if owner.get(column.index) in (None, "channel", "topic") and _speaks(column, owner.get(column.index))
        and any(values.hint(TO_WHOM, text) for text, _ in column.top)
    ]  # fmt: skip
    if not told:
        return {}
    listed = ", ".join(f"“{header}”" for header in told)
    sentence = (
        f"Rows that {listed} call{'s' if len(told) == 1 else ''} a contact with the student are not with a family: "
    )
    return {"contact_with": Derived("whom", told, f"{sentence}they are counted and not stored.")}


def _to_whom(taken: dict[str, Column]) -> list[Column]:
    """Recipients are names or roles, but "Whole school" among them says how many."""
    return [taken["_to"]] if "_to" in taken else []


def _may_stand_in(field: str, owner: str | None, taken: dict[str, Column]) -> bool:
    """May a column that is `owner`'s give the field? Where the field has its own column, only for its blank cells; and
    a topic ("no response to letters") then tells no outcome."""
    if owner == field:
        return False
    return field not in taken or taken[field].filled < taken[field].total and (field, owner) != ("outcome", "topic")


def _hints(field: str, column: Column, owner: str | None) -> bool:
    """Do words of the column give the field? A column that is another field's must do so by two meanings or in most
    rows: one "Left voicemail" among results makes no channel, one "Note home" among channels no direction. Words that
    say who began it ("Parent called") say the direction even once."""
    meanings = {values.hint(field, text) for text, _ in column.top} - {None}
    if field not in ("channel", "direction", "tone") or owner is None or not meanings:
        return bool(meanings)
    begun = field == "direction" and (
        owner in ("topic", "contact_with") or any(values.hint("initiated_by", text) for text, _ in column.top)
    )
    most = shapes.weighted(column, lambda text: values.hint(field, text) is not None) > 0.5
    return begun or len(meanings) > 1 or most


def _speaks(column: Column, field: str | None) -> bool:
    """May words of this column hint at other fields? Types and reasons may; names, notes and contacts may not."""
    if field is not None:
        return field in _WORD_SOURCES
    if evidence.free_text(column) or evidence.never_taken(column) or never(column.header, "contacts")[1] > 0.6:
        return False
    return bool(
        concepts(column.header)[0]
        & {"TYPE", "CATEGORY", "LOGTYPE", "TOPIC", "METHOD", "STATUS", "OUTCOME", "SOURCE", "TITLE"}
    )


def _notes(columns, taken) -> dict[str, Derived]:
    used = {column.index for column in taken.values()}
    for column in sorted(columns, key=lambda column: not _is_notes(column)):
        if column.index in used or not (_is_notes(column) or evidence.free_text(column)):
            continue
        hits = sum(notes_outcome(text) is not None for text in column.sample)
        if hits and hits >= len(column.sample) * 0.02:
            sentence = (
                f"No column holds the outcome: it is read from codes and phrases in “{column.header}” "
                "(such as LVM, no answer, spoke with). The notes themselves are not stored."
            )
            return {"outcome": Derived("notes", [column.header], sentence)}
    return {}


def _is_notes(column: Column) -> bool:
    return never(column.header, "contacts")[0] == "notes"


def _left_out(columns, taken) -> dict[str, Derived]:
    flags = [taken.get(name) for name in ("_is_draft", "_is_restricted")]
    # A flag that no row has says nothing.
    headers = [flag.header if flag and any(flagged(text) for text, _ in flag.top) else "" for flag in flags]
    listed = " and ".join(f"“{header}”" for header in headers if header)
    inactive = taken.get("_is_active")
    if inactive and any(denied(text) for text, _ in inactive.top):
        # Rows that a system keeps although they were taken back.
        sentence = f"Rows that “{inactive.header}” says are not active are left out and counted"
        more = f", and so are those marked in {listed}" if listed else ""
        return {"left_out": Derived("flags", [*headers, inactive.header], f"{sentence}{more}.")}
    if listed:
        return {"left_out": Derived("flags", headers, f"Rows marked in {listed} are left out and counted.")}
    used = {column.index for field, column in taken.items() if field != "outcome"}
    for status in columns:
        is_status = status is taken.get("outcome") or "STATUS" in concepts(status.header)[0]
        if not is_status or status.index in used or not any(plain(text) in DRAFTS for text, _ in status.top):
            continue
        sentence = f"Rows that “{status.header}” calls a draft, deleted or void are left out and counted."
        return {"left_out": Derived("drafts", [status.header], sentence)}
    return {}


def _no_show(taken) -> dict[str, Derived]:
    absent, second = taken.get("_no_show"), taken.get("_service")
    said = [f"A yes in “{absent.header}” means that nobody came."] if absent else []
    if second:
        said.insert(0, f"“{second.header}” tells at which of two schools a student counts: the primary one.")
    headers = [column.header for column in (second, absent) if column]
    how = "service" if second else "no_show"
    return {"status": Derived(how, headers, " ".join(said))} if headers else {}
