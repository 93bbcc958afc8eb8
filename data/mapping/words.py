"""Headers and cell texts in a form that can be compared: tokens and concepts.

Owns how a header is taken apart ("Student.StudentSchoolID", "VIS.ST", "08 Site ID", "fecha_llamada") and
which concept each word stands for (`vocab/words.json`, `vocab/phrases.json`). Decides nothing.
"""

import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from data.mapping.spelling import Speller

VOCAB = Path(__file__).parent / "vocab"

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
# "08 Site ID"; a 504 is a plan.
_NUMBER_PREFIX = re.compile(r"^\s*(?:(?!504\b)\d{1,3}|[A-Z]{2,4}\d{2,4})[\s.)_:-]+(?=[A-Za-z])")
_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_PLUS_MINUS = re.compile(r"\+\s*/\s*[-−–]")
_ARROW = re.compile(r"\s*(?:[→⇒➔➜➝]|[-=]+>)\s*")
# What a column without a name is called: "Column ID" is the 238th, and no id.
_NO_NAME = re.compile(r"Column [A-Z]{1,3}( \(\d+\))?")
_NUMBERED = re.compile(r"([A-Za-z]{4,})([1-9])$")  # "Race2" is a second "Race"
_SUFFIX = re.compile(r"__[cr]$", re.I)


def read_vocab(name: str) -> dict:
    """One vocabulary file of this room."""
    return json.loads((VOCAB / name).read_text(encoding="utf-8"))


_SIGNS = read_vocab("signs.json")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Lower case, without accents, every run of other signs one space. An arrow is "to", and a picture alone its word.

    "Sí, señora!" -> "si senora"; "Teacher → Family" -> "teacher to family"; "📞" -> "phone".
    """
    folded = unicodedata.normalize("NFKD", _ARROW.sub(" to ", text))
    folded = "".join(sign for sign in folded if not unicodedata.combining(sign)).casefold().replace("đ", "d")
    words = re.findall(r"[a-z0-9]+", folded)
    return " ".join(words or [_SIGNS[sign] for sign in text if sign in _SIGNS])


_FILE = read_vocab("words.json")
# Words that carry no meaning in a header, and the short ones that may be part of a word written without
# gaps ("studentid", "contactdt").
STOP = frozenset(_FILE.pop("_stop").split())
_SHORT_PARTS = frozenset(_FILE.pop("_short").split())
# Field names of Aeries, which stand for words as a whole header only, and in capitals: "Special Ed" has no date.
_WHOLE = {header: frozenset(named.split()) for header, named in _FILE.pop("_whole").items()}
WORDS = {word: concept for concept, words in _FILE.items() for word in words.split()}
PHRASES = {tuple(phrase.split()): concepts.split() for phrase, concepts in read_vocab("phrases.json").items()}
_LONGEST_PHRASE = max(len(phrase) for phrase in PHRASES)
# What may stand between the two words of a choice.
_EITHER = frozenset({"or", "vs", "versus"})
_BETWEEN = _EITHER | {"a", "an"}
# What a misspelt or shortened word may stand for: a concept, a word of a phrase, or one without meaning.
_SPELLER = Speller(
    {word: word for phrase in PHRASES for word in phrase} | dict.fromkeys(STOP, "") | WORDS,
    frozenset((VOCAB / "english.txt").read_text(encoding="utf-8").split()),
)


@lru_cache(maxsize=4096)
def concepts(header: str) -> tuple[frozenset[str], int]:
    """The concepts that a header names and the number of its words that no vocabulary knows.

    Words in brackets count only where nothing stands outside them, or where they say what kind of a
    thing it is ("Student (ID)", "Duration (sec)").
    """
    if _NO_NAME.fullmatch(header):
        return frozenset(), 1
    if (name := header.strip().removeprefix("STU.")) in _WHOLE:
        return _WHOLE[name], 0
    outside = _BRACKETS.sub(" ", header)
    inside = " ".join(_BRACKETS.findall(header))
    found, unknown = _concepts_of(outside)
    if not found:
        found, unknown = _concepts_of(header)
    elif inside:
        extra, _ = _concepts_of(inside)
        found |= extra & {"ID", "NAME", "MINUTES", "SECONDS", "FULL", "TIME", "DIRECTION"}
        if {"STUDENT", "ID"} <= extra:
            found.add("STUDENT")
    return frozenset(found), unknown


def _concepts_of(text: str) -> tuple[set[str], int]:
    parts, unknown = _spelt(_tokens(text))
    found: set[str] = set()
    place = 0
    while place < len(parts):
        phrase, length = _phrase_at(parts, place)
        if phrase:
            found.update(phrase)
            place += length
        else:
            word = parts[place]
            concept = _concept(word)
            if concept:
                found.add(concept)
            elif word not in STOP and not word.isdigit():
                unknown += 1
            place += 1
    return found, unknown


def _phrase_at(parts: list[str], place: int) -> tuple[list[str], int]:
    """The concepts of the longest phrase that begins here, and its words. "Good or a bad" is "good bad"."""
    for length in range(min(_LONGEST_PHRASE + 2, len(parts) - place), 0, -1):
        said = tuple(parts[place : place + length])
        either = said[-1] not in _BETWEEN and not _EITHER.isdisjoint(said)
        phrase = PHRASES.get(said) or (either and PHRASES.get(tuple(one for one in said if one not in _BETWEEN)))
        if phrase:
            return phrase, length
    return [], 0


def _spelt(parts: list[str]) -> tuple[list[str], int]:
    """The words with misspelt and shortened ones set right, and how many that were: each makes it less sure."""
    right = [part if _concept(part) else _SPELLER.known(part) or part for part in parts]
    return right, sum(before != after for before, after in zip(parts, right, strict=True))


def _tokens(header: str) -> list[str]:
    """The words of a header: camelCase, snake_case and dotted names split, number prefixes cut."""
    text = _NUMBERED.sub(r"\1 \2", _SUFFIX.sub("", _NUMBER_PREFIX.sub("", header.strip())))
    text = _PLUS_MINUS.sub(" positive negative ", text).replace("#", " number ").replace("_", " ").replace(".", " ")
    words = plain(_CAMEL.sub(" ", text)).split()
    parts: list[str] = []
    for word in words:
        parts.extend([word] if _concept(word) or word in STOP else _split(word) or [word])
    return parts


def _concept(word: str) -> str | None:
    if word in WORDS:
        return WORDS[word]
    return WORDS.get(word[:-1]) if len(word) > 4 and word.endswith("s") else None


@lru_cache(maxsize=4096)
def _split(word: str) -> tuple[str, ...]:
    """A word written without gaps in its known parts ("studentid"), empty where that does not work out."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(2, len(word) + 1):
        for start in range(end - 1):
            part = word[start:end]
            head = best[start]
            if head is None or (len(part) < 4 and part not in _SHORT_PARTS):
                continue
            if part in WORDS and (best[end] is None or len(head) + 1 < len(best[end])):
                best[end] = (*head, part)
    return best[len(word)] or ()
