"""Asks that are answered by chance: another exchange of the same family falls into their window.

Of those asks the planted probability says nothing, so they are counted here, and the reply rate to expect is
chance + (1 - chance) x planted.
"""

import numpy as np

from data.demo.exchanges import LEFT_MESSAGE, NONE, REACHED, REPLIED, SENT, Rows, stay_of
from data.demo.stays import Stays

WINDOW = 7
DAY = 86_400


def closed_asks(rows: Rows, stays: Stays, side: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The closed asks of one side while enrolled: their rows, bands, and whether another exchange answers them."""
    if not len(rows):
        return np.zeros(0, dtype=int), np.zeros(0, dtype=int), np.zeros(0, dtype=bool)
    student = stays.student[rows.stay].astype(np.int64) << 32
    asking = (rows.direction == side) & np.isin(rows.outcome, (LEFT_MESSAGE, SENT)) & ~rows.mass
    stay = stay_of(rows, stays)
    asks = np.flatnonzero(asking & (rows.day <= rows.day.max() - WINDOW) & (stay >= 0))
    answers = (rows.direction == 1 - side) & np.isin(rows.outcome, (LEFT_MESSAGE, SENT)) & ~rows.mass
    answers |= np.isin(rows.outcome, (REACHED, REPLIED))
    moment = student + rows.day * DAY
    latest = moment + np.where(rows.second == NONE, DAY - 1, rows.second)  # as an answer
    earliest = moment + np.where(rows.second == NONE, 0, rows.second)  # as an ask
    end = moment + (WINDOW + 1) * DAY - 1
    line = np.sort(latest[answers])
    count = np.searchsorted(line, end[asks], side="right") - np.searchsorted(line, earliest[asks])
    count -= _own_answers(rows, answers, latest, earliest, end)[asks]
    return asks, stays.band[stay[asks]], count > 0


def _own_answers(rows: Rows, answers, latest, earliest, end) -> np.ndarray:
    """Of each row: the answers inside its window that come later in its own exchange."""
    order = np.lexsort((rows.turn, rows.exchange))
    found = np.zeros(len(rows), dtype=np.int64)
    for step in range(1, int(rows.turn.max()) + 1):
        ask, answer = order[:-step], order[step:]
        same = (rows.exchange[ask] == rows.exchange[answer]) & answers[answer]
        inside = (earliest[ask] <= latest[answer]) & (latest[answer] <= end[ask])
        found[ask] += same & inside
    return found
