"""What titles and tabs say: "School: Lincoln Middle", "Student: Maria Lopez", a tab named after a student or school."""

import re

from data.mapping import headers, shapes
from data.mapping.words import WORDS, concepts, plain, read_vocab

_FACTS = {"STUDENT": "student_name", "SCHOOL": "school", "SCHOOLYEAR": "school_year"}
# What parts a title: "Oak Elementary | Students", "Oak Elementary (K-5)", "Roster of Oak Elementary 2025-26".
_PARTS = re.compile(
    r"\s+[-–—]\s+|[|:;,•()\[\]–—]|\b(?:20\d\d\s*[-/–]\s*)?(?:20)?\d\d\b|\b(?:roster|enrollment)(?: of| for)?\b", re.I
)
_LABELLED = re.compile(r"([A-Za-zÀ-ÿ'’ ]{3,30}?)\s*:\s*([^:]+?)(?=\s{2,}[A-Za-zÀ-ÿ' ]+:|\s*[|;]|$)")
# Words in the names of tabs that are no students: sheets, months, terms.
_NO_STUDENT = frozenset(read_vocab("tabs.json")["no_student"].split())
# Words of who stands above schools, so that a name with one is no school's.
_ABOVE_SCHOOLS = frozenset(read_vocab("tabs.json")["above_schools"].split())
# Words for kinds of schools, which alone name none.
_NO_SCHOOL = frozenset(read_vocab("tabs.json")["kinds_of_school"].split())


def above(rows: list[list[str | None]]) -> dict[str, str]:
    """{'school' | 'student_name' | 'school_year': text} from labelled words in the rows above a header."""
    facts: dict[str, str] = {}
    for row in rows:
        cells = [text for text in row if text]
        for place, cell in enumerate(cells):
            for label, text in _LABELLED.findall(cell):
                _note(facts, label, text)
            if cell.rstrip().endswith(":") and place + 1 < len(cells):
                _note(facts, cell, cells[place + 1])
    return facts


def _note(facts: dict[str, str], label: str, text: str):
    found, unknown = concepts(label)
    found = found - {"NAME", "YEAR"} if "SCHOOLYEAR" in found else found - {"NAME", "FULL"}
    field = _FACTS.get(next(iter(found))) if len(found) == 1 and not unknown else None
    if field and text.strip():
        facts.setdefault(field, " ".join(text.split()))


def names_school(tab: str) -> bool:
    """Is a tab named after a school: "Lincoln Elementary", and not "High School", "Grade 3" or "Roster"?"""
    words = plain(tab).split()
    own = [word for word in words if not word[0].isdigit() and word not in _NO_SCHOOL and word not in _NO_STUDENT]
    return bool(shapes.SCHOOL_WORD.search(" ".join(words))) and any(word not in WORDS for word in own)


def titled_school(titles) -> str | None:
    """The only school that titles name, each alone or as a part of its own: "Lincoln Elementary – Roster 2025-26".

    "Springfield School District" and "Student list of Lincoln Elementary" name none. Titles say it loosely, so that it
    is for a person to say whether the rows are that school's.
    """
    parts = [" ".join(part.split()) for title in titles for part in _PARTS.split(title)]
    named = {plain(part): part for part in reversed(parts) if names_school(part) and _alone(part)}
    return next(iter(named.values())) if len(named) == 1 else None


def _alone(part: str) -> bool:
    """Does a text say nothing beside the name of a school?"""
    other = [word for word in plain(part).split() if word not in _NO_SCHOOL]
    return not any(word in WORDS or word in _NO_STUDENT or word in _ABOVE_SCHOOLS for word in other)


def student_of_tab(names: list[str], tab: str, facts: dict[str, str]) -> str | None:
    """The student that a whole tab is about, where no column names one: from its title rows or its own name.

    "Lopez, Maria" and "Maria" can be students, "September", "Sheet1" and "5th grade" cannot.
    """
    scored = [headers.scores(name, "contacts") for name in names]
    if any(one.get(field, 0) >= 0.5 for one in scored for field in ("student_id", "student_name", "last_name")):
        return None
    if max((one.get("contact_date", 0) for one in scored), default=0) < 0.5:
        return None
    if facts.get("student_name"):
        return facts["student_name"]
    name = re.sub(r"\s*\(\d+\)$", "", (tab or "").strip())
    words = plain(name).split()
    if not words or any(word in _NO_STUDENT or word in WORDS for word in words):
        return None
    return name if shapes.is_name(name) or shapes.is_one_name(name) else None
