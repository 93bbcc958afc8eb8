"""Misspelt and shortened words of headers: "Studnet" is student, "CNTCT_MTHD" is contact method.

Owns how near a word must be to a known one to stand for it. A word of the language is never taken for a
misspelling of another (`vocab/english.txt` has those that would be), and where two meanings are as near, neither is
taken.
"""

from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

_VOWELS = frozenset("aeiouy")
# Two letters stand for anything; words of three and more are shortened by leaving out vowels.
SHORTEST = 3
_ENOUGH = 0.6
_CLEARLY = 0.08


class Speller:
    """Finds the known word that an unknown one stands for.

    `meanings` maps each known word to what it means, `english` are words of the language that mean none of it.
    """

    def __init__(self, meanings: dict[str, object], english: frozenset[str]):
        self._meanings, self._english = meanings, english
        self._long = [word for word in meanings if len(word) >= 4]
        self._by_letter: dict[str, list[str]] = {}
        for word in self._long:
            self._by_letter.setdefault(word[0], []).append(word)

    @lru_cache(maxsize=8192)  # noqa: B019 - one speller lives as long as the program
    def known(self, word: str) -> str | None:
        """The known word, None where the text is a word of its own or near to nothing."""
        if word in self._meanings or word in self._english or len(word) < SHORTEST or not word.isalpha():
            return None
        return self._misspelt(word) or self._shortened(word)

    def _misspelt(self, word: str) -> str | None:
        most = 0 if len(word) < 4 else 1 if len(word) < 8 else 2
        if not most:
            return None
        near = process.extract(word, self._long, scorer=OSA.distance, score_cutoff=most, limit=12)
        likely = [(_cost(word, known, distance), known) for known, distance, _ in near if _same_start(word, known)]
        return self._clear(likely)

    def _shortened(self, word: str) -> str | None:
        ranked = [(1 - _kept(word, known), known) for known in self._by_letter.get(word[0], ())]
        return self._clear([(cost, known) for cost, known in ranked if cost <= 1 - _ENOUGH])

    def _clear(self, ranked: list[tuple[float, str]]) -> str | None:
        """The cheapest, unless another meaning is nearly as cheap."""
        ranked.sort()
        if not ranked:
            return None
        cost, best = ranked[0]
        rivals = [
            known for other, known in ranked if other < cost + _CLEARLY and known not in (f"{best}s", f"{best}es")
        ]
        return best if len({self._meanings[known] for known in rivals}) == 1 else None


def _same_start(word: str, known: str) -> bool:
    """The first letter is seldom wrong, unless the first two changed places."""
    return word[0] == known[0] or (word[0] == known[1] and word[1] == known[0])


def _cost(word: str, known: str, distance: int) -> float:
    """Letters that changed places and letters left out are likelier than wrong ones."""
    if sorted(word) == sorted(known):
        return distance - 0.4
    left_out = len(known) - len(word)
    return distance - (0.2 if left_out > 0 else 0.1 if left_out < 0 else 0.0)


def _kept(word: str, known: str) -> float:
    """How much of a known word a shortened form keeps: consonants count, vowels may go. 0 where it is no form of it."""
    if len(word) >= len(known) or not _in_order(word, known):
        return 0.0
    if known.startswith(word):
        # The beginning of a word: three letters are too few, five are plenty.
        return 0.0 if len(word) < 4 else min(0.95, 0.45 + 0.1 * (len(word) - 1) + 0.2 * len(word) / len(known))
    skeleton, kept = _skeleton(known), _skeleton(word)
    vowels = sum(sign in _VOWELS for sign in word[1:])
    return max(0.0, len(kept) / len(skeleton) - 0.05 * vowels)


def _in_order(word: str, known: str) -> bool:
    if word[0] != known[0]:
        return False
    rest = iter(known)
    return all(sign in rest for sign in word)


def _skeleton(word: str) -> str:
    """The consonants of a word, doubled ones once: contact -> cntct, staff -> stf."""
    kept = ""
    for place, sign in enumerate(word):
        if (place == 0 or sign not in _VOWELS) and not kept.endswith(sign):
            kept += sign
    return kept
