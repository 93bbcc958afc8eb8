"""The way of contact of a whole log, where no column holds it and its headers say it: "Call result", "Letter sent".

Owns which headers say so. What words in a row's own cells say comes first (see `data.mapping.derive`).
"""

import re

from data.mapping import shapes
from data.mapping.dates import MONTHS
from data.mapping.model import Column, Derived
from data.mapping.words import concepts, plain

# How a rule is called, the way of contact that it gives every row, and its words.
WAYS = {"calls": "phone", "visits": "home_visit", "letters": "letter", "emails": "email", "texts": "text",
        "conferences": "conference"}  # fmt: skip
_SPOKEN = {
    "calls": "speaks of calls: all are by phone",
    "visits": "speaks of home visits: all are such",
    "letters": "speaks of letters: all are such",
    "emails": "speaks of e-mails: all are such",
    "texts": "speaks of texts: all are such",
    "conferences": "speaks of conferences: all are such",
}
# What the header of the date may call what happened then.
_DATED = {
    "letters": re.compile(r"\b(letters?|cartas?)\b"),
    "emails": re.compile(r"\be ?mail(s|ed)?\b"),
    "texts": re.compile(r"\b(sms|texted|text messages?)\b"),
    "conferences": re.compile(r"\b(conferences?|ptc|conferencias?)\b"),
}
# What titles, tabs and files of whole logs are called; a sentence that speaks of calls is none.
_LOG = r"(logs?|records?|trackers?|tracking|registers?|contacts?|communications?)"
_NAMES = {
    "calls": r"((tele)?phone( ?calls?)?|calls?|calling|llamadas( telefonicas)?)",
    "visits": r"(home ?visits?|home visitations?|visitas (domiciliarias|al hogar|a hogares))",
    "letters": r"(letters?|cartas)",
    "emails": r"(e ?mails?|correos( electronicos)?)",
    "texts": r"(texts?|sms|text messag(es?|ing))",
    "conferences": r"((parent|family) teacher conferences?|conferences?|conferencias)",
}
# What may stand beside it in the name of a tab: "Home Visits 25-26", "Parent Calls", "Emails sent - Fall".
_BESIDE = (
    rf"(\d{{1,4}}|{'|'.join(MONTHS)}|fall|winter|spring|summer|q[1-4]|quarter|term|semester|trimester|sy|"
    r"parents?|famil(y|ies)|guardians?|home|all|our|my|made|sent|to|with|the|and)"
)
_TITLED = {
    how: re.compile(
        rf"\b{name} {_LOG}\b|\b(registro|bitacora|control) de (las )?{name}\b|^({_BESIDE} )*{name}( {_BESIDE})*$"
    )
    for how, name in _NAMES.items()
}
_NAMED = {how: re.compile(rf"\b{name}\b") for how, name in _NAMES.items()}
_COPIES = frozenset({"cc", "bcc", "message id", "mailbox"})
_HAS_ADDRESS = re.compile(r"[^@\s<]+@[^@\s>]+\.[^@\s>]+")


def of_headers(columns: list[Column], taken: dict[str, Column]) -> dict[str, Derived]:
    """The way of contact that the headers, or addresses in From and To, say of every row."""
    asked = [taken[field] for field in ("outcome", "contact_date", "record_id") if field in taken]
    if not asked:
        return {}
    visited = [column for column in columns if re.search(r"\bhome ?visit(s|ors?)?\b", plain(column.header))]
    # Home visitors call, too: the date or the outcome must be that of a visit.
    if visited and any(re.search(r"visit\b", plain(column.header)) for column in asked):
        return _all("visits", visited[0], visited[0])
    full = [column for column in columns if column.filled and column.filled == column.total]
    dialed = [column for column in full if re.search(r"\bdial(l?ed)?\b", plain(column.header))]
    spoken = [column for column in columns if "CALL" in concepts(column.header)[0]]
    # One header among several may say "call" loosely; that of the date beside another one does not.
    sure = asked if len(spoken) > 1 else [*asked[:1], *(taken[field] for field in ("record_id",) if field in taken)]
    called = [column for column in sure if column in spoken]
    if called or dialed:
        # The number that was dialed is not read: its header says it all.
        return _all("calls", (called or dialed)[0], (called or asked)[0])
    when = taken.get("contact_date")
    dated = [how for how, words in _DATED.items() if when and words.search(plain(when.header))]
    if len(dated) == 1:
        return _all(dated[0], when, when)
    return _addressed(columns, asked[0])


def of_titles(titles: list[list[str]], taken: dict[str, Column]) -> dict[str, Derived]:
    """The way of contact that the titles of every sheet of a log say ("Home Visit Log"), where they name no other."""
    told = [_titled(texts) for texts in titles]
    read = taken.get("contact_date")
    if read is None or not all(told) or len({one[0] for one in told if one}) != 1:
        return {}
    how, title = told[0]
    return {"channel": Derived(how, [read.header], f"The title “{title}” {_SPOKEN[how]}.")}


def titled_way(titles: list[str]) -> str | None:
    """The way of contact that the titles of one sheet say ("Calls"), where they name no other."""
    told = _titled(titles)
    return WAYS[told[0]] if told else None


def _titled(titles: list[str]) -> tuple[str, str] | None:
    said = {how: title for title in titles for how, words in _TITLED.items() if words.search(plain(title))}
    named = {how for title in titles for how, words in _NAMED.items() if words.search(plain(title))}
    return next(iter(said.items())) if len(said) == 1 and named == set(said) else None


def _addressed(columns: list[Column], read: Column) -> dict[str, Derived]:
    """E-mails have addresses in From and To, with copies; texts have numbers there, and their words beside them."""
    ends = [column for column in columns if concepts(column.header)[0] & {"FROM", "RECIPIENT"} and column.filled]
    if any(plain(column.header) in _COPIES for column in columns):
        mailed = [column for column in ends if shapes.share(column, lambda text: bool(_HAS_ADDRESS.search(text))) > 0.5]
        if len(mailed) > 1:
            sentence = f"“{mailed[0].header}” and “{mailed[1].header}” hold e-mail addresses: all are e-mails."
            return {"channel": Derived("emails", [read.header], sentence)}
    numbered = [column for column in ends if shapes.share(column, _is_number_of_phone) > 0.8]
    written = any(plain(column.header) in ("body", "message body", "text", "message text") for column in columns)
    if numbered and written:
        sentence = f"“{numbered[0].header}” holds phone numbers to which something was written: all are texts."
        return {"channel": Derived("texts", [read.header], sentence)}
    return {}


def _is_number_of_phone(text: str) -> bool:
    return shapes.is_phone(text) or bool(re.fullmatch(r"\+?\d{7,15}", text))


def _all(how: str, says: Column, read: Column) -> dict[str, Derived]:
    return {"channel": Derived(how, [read.header], f"The header “{says.header}” {_SPOKEN[how]}.")}
