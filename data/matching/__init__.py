"""Who a row of a log is about: ids and names -> students of the roster. Stores nothing but accepted matches.

    exact       ids, accepted matches and exact names; never a guess: `match`
    beside      the student's number beside the name in one cell
    contradictions  ids of one student beside the name of another: `contradicted`
    near        near matches for the rest, to accept or refuse one by one: `offers`
    memory      accepted matches, kept for the next file: `remember`, `forget`
    index       the students of the roster by the words of their names

Loading order does not matter: `match` is a function of the roster, the accepted matches and the row.
"""

from data.matching.contradictions import find as contradicted
from data.matching.exact import Matched, match
from data.matching.memory import forget, remember, remembered
from data.matching.near import offers

__all__ = ["Matched", "contradicted", "forget", "match", "offers", "remember", "remembered"]
