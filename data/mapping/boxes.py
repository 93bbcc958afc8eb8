"""Check boxes in cells: ☐ and ☒ of Word, ☑, ✓ and ✗; alone, or each before its answer ("☒ Phone ☐ Email").

Word ticks a box with ☒, others cross out with it what they tick with ☑: the signs beside it tell which. A cross
without a box (✗) says as little by itself as an X, which some write for yes and some for no.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

_TICKS = "✓✔☑√✅🗹"
_CROSSES = "✗✘✖❌"
_BOXED = "☒"
_EMPTY = "☐□▢❏❑⬜"
_SIGN = re.compile(f"([{_TICKS}{_CROSSES}{_BOXED}{_EMPTY}])\ufe0f?")


def spelt(texts: Iterable[str | None]) -> list[str | None]:
    """The texts of a column in which a box alone is "yes" or "no". A cross whose meaning no other sign of the column
    tells stays as it is, and so do boxes with answers (see `chosen`)."""
    texts = list(texts)
    signs = frozenset(sign for text in set(texts) if text for sign in _SIGN.findall(text))
    return [_alone(text, signs) if text and signs else text for text in texts]


@lru_cache(maxsize=65536)
def chosen(text: str) -> str:
    """What is left of one text when only the answers with a ticked box count; as it is where it has no boxes."""
    signs = _SIGN.findall(text)
    if not signs:
        return text
    words = [part.strip(" ,;|/\t\n\r") for part in _SIGN.split(text)[::2]]
    if not any(words):
        return _alone(text, frozenset(signs))
    # "Phone ☒ Email ☐" has its boxes behind, as it ends in one and begins with none.
    answers = words[:-1] if words[0] and not words[-1] else words[1:]
    told = _meanings(frozenset(signs))
    if not told.keys() >= set(signs) or words[0] and words[-1]:
        return text
    return "; ".join(answer for sign, answer in zip(signs, answers, strict=True) if told[sign] == "yes" and answer)


def _alone(text: str, signs: frozenset[str]) -> str:
    own = _SIGN.findall(text)
    return _meanings(signs).get(own[0], text) if len(own) == 1 and not _SIGN.sub("", text).strip() else text


@lru_cache(maxsize=256)
def _meanings(signs: frozenset[str]) -> dict[str, str]:
    """{sign: "yes" | "no"} of the signs that a column (or a cell with several) has."""
    ticked, empty = signs & {*_TICKS}, signs & {*_EMPTY}
    told = dict.fromkeys(_TICKS, "yes") | dict.fromkeys(_EMPTY, "no")
    told[_BOXED] = "no" if ticked else "yes"
    if ticked or _BOXED in signs and not empty:
        told |= dict.fromkeys(_CROSSES, "no")
    elif empty:
        told |= dict.fromkeys(_CROSSES, "yes")
    return told
