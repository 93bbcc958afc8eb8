"""Who wrote to whom: direction out of From and To columns, and out of sender and recipient roles."""

import re
from collections import defaultdict
from collections.abc import Iterable

from data.mapping import shapes, values
from data.mapping.words import plain

# The role numbers of chat exports that have a column "SenderTypeId".
ROLE_IDS = {"1": "family", "2": "school", "3": "student"}
_ROLE = {"family": "family", "student": "student", "staff": "school"}
_OFFICE = re.compile(r"\b(school|office|district|system|academy|front desk|attendance|escuela|oficina)\b")
# "Student Services" is an office, and no student.
_FOR_STUDENTS = re.compile(
    r"\bstudents? (services?|support|affairs|success|life|records?|information|council|center|engagement)\b"
)
_SCHOOL_MAIL = re.compile(r"(\.k12\.|school|isd\b|usd\b|\.edu$|district|academy|schools|\bpsd|\.gov$)", re.I)
# The last names of a household's children are fewer.
_MANY_FAMILIES = 4
_FREE_MAIL = re.compile(r"@(gmail|yahoo|hotmail|outlook|icloud|aol|live|msn|comcast|protonmail|me|att|verizon)\.", re.I)


def role(text: str | None) -> str | None:
    """'school', 'family' or 'student' from a role word or a role number; None where it says neither."""
    if values.is_null(text):
        return None
    if text in ROLE_IDS:
        return ROLE_IDS[text]
    if _FOR_STUDENTS.search(plain(text)):
        return "school"
    known = values.recognize("contact_with", text)
    return _ROLE.get(known[0]) if known else "school" if _OFFICE.search(plain(text)) else None


def _party(text: str | None) -> str | None:
    """As `role`, also from e-mail addresses."""
    if text and (_FREE_MAIL.search(text) or _SCHOOL_MAIL.search(text) and "@" in text):
        return "family" if _FREE_MAIL.search(text) else "school"
    return role(text)


def of_roles(senders: list, recipients: list | None) -> list[str | None]:
    """Direction of rows from the sender's role and, where it is known, the recipient's."""
    others = recipients or [None] * len(senders)
    return [_direction(role(sender), role(other)) for sender, other in zip(senders, others, strict=True)]


def to_roles(recipients: list, senders: list | None) -> list[tuple[str | None, str | None]]:
    """(direction, contact_with) of rows from the recipient's role: what staff get is a family's, unless the sender's
    name stands beside messages to families, too."""
    names = [plain(name) if name else "" for name in senders or [""] * len(recipients)]
    roles = [role(text) for text in recipients]
    ours = {name for name, to in zip(names, roles, strict=True) if name and to in ("family", "student")}
    told = []
    for name, to in zip(names, roles, strict=True):
        if to == "school":
            told.append((None, "staff") if name in ours else ("inbound", None))
        else:
            told.append(("outbound" if to else None, "student" if to == "student" else None))
    return told


def with_whom(senders: list, recipients: list) -> list[str | None]:
    """contact_with of rows from both roles: family where either side is, else student, else staff."""
    result = []
    for pair in zip(senders, recipients, strict=True):
        roles = [role(text) for text in pair]
        known = [one for one in ("family", "student") if one in roles]
        result.append(known[0] if known else "staff" if roles == ["school", "school"] else None)
    return result


def of_unknown_role(senders: list, recipients: list, sure: list[str | None]) -> list[str | None]:
    """Who wrote to whom in rows of which a role is no known word ("Teacher to TL"), so that they count as with a family
    though nothing says so; None in the others. `sure`: what `with_whom` says of the rows."""
    pairs = zip(senders, recipients, sure, strict=True)
    return [
        f"{sender} to {recipient}" if not (known or values.is_null(sender) or values.is_null(recipient)) else None
        for sender, recipient, known in pairs
    ]


def of_names(senders: list, recipients: list, students: list | None, staff: list | None) -> list[str | None]:
    """Direction of rows from From and To texts.

    Role words and mail domains come first. Of bare names, one that stands in the staff column, carries a
    title (Ms., Coach) or writes to and from three or more students' families is the school's; one with the
    student's last name is the family's.
    """
    known_staff = {plain(name) for name in staff or [] if name} | _much_met(senders, recipients, students)
    titled = _titles_on_one_side(senders, recipients)
    names = students or [None] * len(senders)
    result = []
    for sender, recipient, student in zip(senders, recipients, names, strict=True):
        sides = [_side(text, student, known_staff, titled) for text in (sender, recipient)]
        result.append(_direction(*sides))
    return result


def of_senders(senders: list) -> list[tuple[str | None, str | None]]:
    """(direction, contact_with) of rows from who wrote, where no column says to whom: beside families who are called
    so ("Linh (parent)"), one with a title is the school's."""
    sides = {text: _party(text) or ("school" if shapes.has_title(text) else None) for text in set(senders) if text}
    return [(_direction(side, None), "student" if side == "student" else None) for side in map(sides.get, senders)]


def writes_as_family(texts: Iterable[str]) -> bool:
    """Is one of the senders called a parent, or writes from a family's address?"""
    return any(_party(text) == "family" for text in texts)


def among_staff(senders: list, recipients: list, students: list | None, staff: list | None) -> list[str | None]:
    """contact_with of rows from From and To texts: staff where both sides are surely the school's, by their role, their
    mail, the staff column, or a title and dealings about children of many families; student where one is called so
    ("Ben Smith (Student)") and neither is the family's."""
    ours, found = _surely_ours(senders, recipients, students, staff), []
    for pair in zip(senders, recipients, strict=True):
        sides = {_party(text) for text in pair}
        student = "student" if "student" in sides and "family" not in sides else None
        found.append("staff" if pair[0] in ours and pair[1] in ours else student)
    return found


def maybe_among_staff(
    senders: list, recipients: list, students: list | None, staff: list | None, sure: list[str | None]
) -> list[str | None]:
    """Who wrote to whom, in rows that count as with a family though both sides carry titles and nothing tells that one
    of them is the family; None in the others, and where a staff column tells who is not staff. `sure`: what
    `among_staff` says of the rows."""
    names = students or [None] * len(senders)
    return [
        f"{pair[0]} to {pair[1]}"
        if not (staff or known) and all(text and _titled_stranger(text, student) for text in pair)
        else None
        for *pair, student, known in zip(senders, recipients, names, sure, strict=True)
    ]


def _surely_ours(senders: list, recipients: list, students: list | None, staff: list | None) -> set[str]:
    known = {plain(name) for name in staff or [] if name} | _of_many_families(senders, recipients, students)
    written = {text for text in (*senders, *recipients) if text}
    return {text for text in written if _party(text) == "school" and not _many(text) or plain(text) in known}


def _of_many_families(senders: list, recipients: list, students: list | None) -> set[str]:
    """Names with a title that deal with students of many last names, none of them their own. Fewer do not tell: a
    parent of three children has a title and dealings, too."""
    met = defaultdict(set)
    for student, *pair in zip(students or [], senders, recipients, strict=False):
        for text in pair:
            if text and student and shapes.has_title(text):
                met[plain(text)].add(_last_name(student))
    return {name for name, others in met.items() if len(others) >= _MANY_FAMILIES and _last_name(name) not in others}


def _titled_stranger(text: str, student: str | None) -> bool:
    same_name = bool(student) and _last_name(text) == _last_name(student)
    return shapes.has_title(text) and not _party(text) and not same_name


def _many(text: str) -> bool:
    """ "Whole school" is not the school but its families."""
    return plain(text) != "school" and values.recognize("audience", text) == ("mass", True)


def _side(text, student, known_staff: set[str], titled: bool) -> str | None:
    party = _party(text)
    if party or not text:
        return party
    if plain(text) in known_staff or (titled and shapes.has_title(text)):
        return "school"
    return "family" if student and _last_name(text) == _last_name(student) else None


def _last_name(name: str) -> str:
    return plain(name.split(",")[0]) if "," in name else plain(name).rsplit(" ", 1)[-1]


def _much_met(senders, recipients, students) -> set[str]:
    """Names that deal with three or more students, or people where no student is named."""
    met = defaultdict(set)
    for place, pair in enumerate(zip(senders, recipients, strict=True)):
        for text, other in (pair, pair[::-1]):
            if text and not _party(text):
                met[plain(text)].add(students[place] if students else other)
    return {name for name, others in met.items() if len(others - {None}) >= 3}


def _titles_on_one_side(senders, recipients) -> bool:
    both = sum(
        bool(a and b) and shapes.has_title(a) and shapes.has_title(b) for a, b in zip(senders, recipients, strict=True)
    )
    return both == 0


def _direction(sender: str | None, recipient: str | None) -> str | None:
    if sender in ("family", "student"):
        return "inbound"
    if sender == "school":
        return None if recipient == "school" else "outbound"
    if recipient in ("family", "student"):
        return "outbound"
    return "inbound" if recipient == "school" else None
