"""The contacts: exchanges that begin at planted rates, and answers at planted probabilities.

An exchange is a contact and, where it asks, perhaps an answer, which may itself be answered, and so on.
"""

from dataclasses import dataclass

import numpy as np

from data.demo import planted
from data.demo.planted import STARTS
from data.demo.seasons import Seasons
from data.demo.stays import Stays

OUT, IN, BOTH, UNKNOWN = range(4)  # directions
DIRECTIONS = ("outbound", "inbound", "two_way", "unknown")
CHANNELS = (
    "phone",
    "email",
    "text",
    "app_message",
    "letter",
    "in_person",
    "video",
    "home_visit",
    "conference",
    "event",
)
OUTCOMES = ("reached", "left_message", "sent", "replied", "no_answer", "not_delivered", "unknown")
PHONE, REACHED, LEFT_MESSAGE, SENT, REPLIED = 0, 0, 1, 2, 3
NONE = -1  # no time of day


@dataclass
class Rows:
    """Contacts as columns. `exchange` numbers the exchange, `turn` the place in it; `stay` is that of its beginning."""

    exchange: np.ndarray
    turn: np.ndarray
    stay: np.ndarray
    day: np.ndarray
    second: np.ndarray
    channel: np.ndarray
    direction: np.ndarray
    outcome: np.ndarray
    mass: np.ndarray
    outside: np.ndarray  # placed on a day without enrolment

    def __len__(self):
        return len(self.day)

    def take(self, which: np.ndarray) -> "Rows":
        return Rows(**{name: column[which] for name, column in vars(self).items()})


def expected_rows(stays: Stays) -> float:
    """The expected number of contacts at scale 1."""
    total = 0.0
    for band in range(3):
        rate = sum(planted.delivered_rates(band).values())
        rate += planted.rates_of("failed", band) + planted.rates_of("mass", band)
        total += rate / 30 * stays.days[stays.band == band].sum()
    return total * (1 + planted.OUTSIDE_ENROLLMENT)


def expected_exchanges(stays: Stays) -> float:
    """The expected number of exchanges at scale 1, of students who are enrolled when they begin."""
    rates = [sum(start.rate_in(band) for start in STARTS) / 30 for band in range(3)]
    return sum(rate * stays.days[stays.band == band].sum() for band, rate in enumerate(rates))


def make_rows(dice: np.random.Generator, stays: Stays, seasons: Seasons, contacts: int) -> tuple[Rows, np.ndarray]:
    """Exactly `contacts` contacts (none where nobody can have one), in the order of their days.

    Beside them, for each stay, the share of the contacts of its band and year that fall on an enrolled day of the
    sample: a few answers come after the last one.
    """
    expected = expected_rows(stays)
    if not contacts or not expected:
        return _empty(), np.ones(len(stays.student))
    wanted = contacts + 8 * np.sqrt(contacts) + 30
    while True:  # once, but for a rare unlucky draw
        starts = _starts(dice, stays, seasons, wanted / expected)
        drawn = _with_answers(dice, starts, stays)
        rows = drawn.take(np.flatnonzero(drawn.day < seasons.first_day + seasons.days))
        kept = _exactly(dice, rows, contacts)
        if kept is not None:
            break
        wanted *= 1.05
    rows = rows.take(kept)
    _reach_the_last_day(rows, stays, seasons.first_day + seasons.days - 1)
    return rows.take(np.lexsort((rows.turn, rows.exchange, rows.day))), _seen(drawn, stays)


def stay_of(rows: Rows, stays: Stays) -> np.ndarray:
    """The stay in which each row's student is on that day, -1 where the student is not enrolled."""
    order = np.lexsort((stays.start, stays.student))
    starts = (stays.student[order].astype(np.int64) << 32) + stays.start[order]
    student = stays.student[rows.stay].astype(np.int64)
    place = np.searchsorted(starts, (student << 32) + rows.day, side="right") - 1
    stay = order[place.clip(min=0)]
    there = (place >= 0) & (stays.student[stay] == student) & (rows.day < stays.end[stay])
    return np.where(there, stay, -1)


def _seen(drawn: Rows, stays: Stays) -> np.ndarray:
    group = 3 * (stays.year - stays.year.min()) + stays.band
    counted = ~drawn.mass & ~drawn.outside
    of = group[drawn.stay[counted]]
    inside = (stay_of(drawn, stays) >= 0)[counted]
    total = np.bincount(of, minlength=group.max() + 1)
    return np.divide(np.bincount(of, inside, minlength=len(total)), total, out=np.ones(len(total)), where=total > 0)[
        group
    ]


def _empty() -> Rows:
    return Rows(*(np.zeros(0, dtype=np.int64) for _ in range(8)), *(np.zeros(0, dtype=bool) for _ in range(2)))


def _starts(dice, stays: Stays, seasons: Seasons, scale: float) -> Rows:
    parts, outside = [], []
    for start in STARTS:
        for band in range(3):
            mine = np.flatnonzero(stays.band == band)
            mass = np.cumsum(stays.mass[start.season][mine])
            if not len(mine) or mass[-1] == 0:
                continue
            count = dice.poisson(scale * start.rate_in(band) / 30 * mass[-1])
            stay = mine[np.searchsorted(mass, dice.random(count) * mass[-1], side="right").clip(max=len(mine) - 1)]
            day = seasons.draw(dice, start.season, stays.school[stay], stays.start[stay], stays.end[stay])
            parts.append((stay, day, _codes(start, count)))
            outside.append(np.zeros(count, dtype=bool))
    missed = dice.poisson(planted.OUTSIDE_ENROLLMENT * scale * expected_rows(stays))
    stay, day = _outside(dice, stays, missed)
    parts.append((stay, day, _codes(STARTS[6], len(stay))))
    outside.append(np.ones(len(stay), dtype=bool))
    stay, day, codes = (np.concatenate(column) for column in zip(*parts, strict=True))
    second = dice.integers(7 * 60 + 30, 18 * 60, len(stay)) * 60
    second = np.where(stays.timed[stay], second, NONE)
    exchange = dice.permutation(len(stay))
    return Rows(
        exchange, np.zeros(len(stay), dtype=np.int64), stay, day, second,
        codes[:, 0], codes[:, 1], codes[:, 2], codes[:, 3].astype(bool), np.concatenate(outside),
    )  # fmt: skip


def _codes(start: planted.Start, count: int) -> np.ndarray:
    code = (
        CHANNELS.index(start.channel),
        DIRECTIONS.index(start.direction),
        OUTCOMES.index(start.outcome),
        start.side == "mass",
    )
    return np.tile(np.array(code, dtype=np.int8), (count, 1))


def _outside(dice, stays: Stays, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Messages left in the weeks after a stay, for students who are not enrolled that day."""
    order = np.lexsort((stays.start, stays.student))
    follows = np.append(stays.student[order][1:] == stays.student[order][:-1], False)
    until = np.full(len(order), stays.end.max())
    until[order] = np.where(follows, np.append(stays.start[order][1:], 0), stays.end.max())
    free = np.flatnonzero(until - stays.end >= 5)
    if not len(free):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    stay = dice.choice(free, size=count)
    room = np.minimum(until[stay] - stays.end[stay], 25)
    return stay, stays.end[stay] + (dice.random(count) * room).astype(np.int64)


def _with_answers(dice, starts: Rows, stays: Stays) -> Rows:
    """The beginnings and, turn by turn, the answers to every contact that asks."""
    parts = [starts]
    asks = starts.take(_asking(starts) & ~starts.outside)
    while len(asks):
        asks = _answers(dice, asks, stays)
        parts.append(asks)
        asks = asks.take(_asking(asks))
    return Rows(**{name: np.concatenate([vars(part)[name] for part in parts]) for name in vars(starts)})


def _asking(rows: Rows) -> np.ndarray:
    """Delivered, one-sided, to or from one family."""
    return (rows.direction <= IN) & np.isin(rows.outcome, (LEFT_MESSAGE, SENT)) & ~rows.mass


def _answers(dice, asks: Rows, stays: Stays) -> Rows:
    chance = np.array([planted.FAMILY_REPLIES, planted.SCHOOL_REPLIES])[asks.direction, stays.band[asks.stay]]
    draw = dice.random(len(asks))
    soon = draw < chance
    answered = soon | (draw < chance + (1 - chance) * planted.LATE_REPLIES)
    wait = np.where(
        soon,
        dice.choice(len(planted.WAITS), size=len(asks), p=planted.WAITS),
        dice.integers(8, 31, len(asks)),
    )
    rows = asks.take(answered)
    rows.turn = rows.turn + 1
    wait = wait[answered]
    rows.day = rows.day + wait
    later = np.minimum(rows.second + dice.integers(2, 180, len(rows)) * 60, 86_399)
    another = dice.integers(7 * 60 + 30, 20 * 60, len(rows)) * 60
    rows.second = np.where(rows.second == NONE, NONE, np.where(wait == 0, later, another))
    rows.direction = 1 - rows.direction
    talks = dice.random(len(rows)) < planted.CONVERSATIONS
    rows.outcome = np.where(talks, np.where(rows.channel == PHONE, REACHED, REPLIED), rows.outcome)
    return rows


def _exactly(dice, rows: Rows, contacts: int) -> np.ndarray | None:
    """The rows of randomly chosen whole exchanges that add up to `contacts`; None where there are too few."""
    if len(rows) < contacts:
        return None
    sizes = np.bincount(rows.exchange)
    order = dice.permutation(len(sizes))
    total = np.cumsum(sizes[order])
    full = np.searchsorted(total, contacts, side="right")
    chosen = np.zeros(len(sizes), dtype=bool)
    chosen[order[:full]] = True
    missing = contacts - (total[full - 1] if full else 0)
    singles = order[full:][sizes[order[full:]] == 1][:missing]
    if len(singles) < missing:
        return None
    chosen[singles] = True
    return np.flatnonzero(chosen[rows.exchange])


def _reach_the_last_day(rows: Rows, stays: Stays, last: int):
    """Move the latest talk that stands alone to the last day, so that the as-of date is the day that was planned."""
    alone = np.bincount(rows.exchange)[rows.exchange] == 1
    there = stays.end[rows.stay] == last + 1
    fit = np.flatnonzero(alone & there & ~rows.mass & ~rows.outside & (rows.outcome == REACHED))
    if len(fit):
        rows.day[fit[np.argmax(rows.day[fit])]] = last
