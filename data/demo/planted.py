"""The planted numbers of the sample district. Everything that a check can recover is written down here.

Rates are contacts per student per 30 enrolled days in elementary grades, before the scale that brings the district
to the number of contacts asked for; `middle` and `high` are ratios to elementary. The ratios follow national surveys
(parents' reports for 2012 and 2019): conferences and notes fall with grade, telephone calls do not.
"""

from dataclasses import dataclass

BANDS = ("elementary", "middle", "high")


@dataclass(frozen=True)
class Start:
    """A kind of contact with which an exchange begins.

    side is conversation, outbound, inbound or unknown for what was delivered; 'failed' for an attempt that was not;
    'mass' for a message to many. Exchanges that begin outbound or inbound may be answered.
    """

    channel: str
    direction: str
    outcome: str
    side: str
    rate: float
    middle: float = 1.0
    high: float = 1.0
    season: str = "even"

    def rate_in(self, band: int) -> float:
        return self.rate * (1.0, self.middle, self.high)[band]


STARTS = (
    Start("conference", "two_way", "reached", "conversation", 0.08, 0.81, 0.61, "conferences"),
    Start("in_person", "two_way", "reached", "conversation", 0.06, 0.60, 0.35),
    Start("home_visit", "outbound", "reached", "conversation", 0.004, 0.90, 0.80),
    Start("video", "two_way", "reached", "conversation", 0.012, 0.90, 0.90),
    Start("phone", "outbound", "reached", "conversation", 0.08, 1.08, 1.12),
    Start("phone", "inbound", "reached", "conversation", 0.03, 0.95, 0.90),
    Start("phone", "outbound", "left_message", "outbound", 0.08, 1.12, 1.20),
    Start("email", "outbound", "sent", "outbound", 0.20, 1.00, 0.95),
    Start("text", "outbound", "sent", "outbound", 0.10, 0.98, 0.95),
    Start("app_message", "outbound", "sent", "outbound", 0.16, 0.82, 0.58),
    Start("letter", "outbound", "sent", "outbound", 0.04, 0.90, 0.85),
    Start("email", "inbound", "sent", "inbound", 0.05, 0.90, 0.80),
    Start("app_message", "inbound", "sent", "inbound", 0.04, 0.75, 0.50),
    Start("phone", "inbound", "left_message", "inbound", 0.02, 1.05, 1.00),
    Start("text", "inbound", "sent", "inbound", 0.02, 0.95, 0.90),
    Start("email", "unknown", "sent", "unknown", 0.03),
    Start("event", "unknown", "unknown", "unknown", 0.04, 0.82, 0.64),
    Start("phone", "outbound", "no_answer", "failed", 0.08, 1.10, 1.20),
    Start("text", "outbound", "not_delivered", "failed", 0.02, 1.10, 1.30),
    Start("email", "outbound", "sent", "mass", 0.14, 1.00, 1.00, "newsletters"),
    Start("phone", "outbound", "sent", "mass", 0.06, 1.00, 1.00, "newsletters"),
)

DELIVERED = tuple(start for start in STARTS if start.side not in ("failed", "mass"))

# The probability that an ask is answered within 7 days, by band. Every ask, whether it began an exchange or is itself
# the answer to another.
FAMILY_REPLIES = (0.46, 0.34, 0.24)
SCHOOL_REPLIES = (0.66, 0.58, 0.50)
# Of the asks without such an answer, these are answered 8 to 30 days later.
LATE_REPLIES = 0.06
# An answer turns the exchange into a conversation this often, which ends it; else it asks in its turn.
CONVERSATIONS = 0.30
# Days to an answer: on the day, the next day, ... up to the 7th.
WAITS = (0.45, 0.24, 0.12, 0.08, 0.05, 0.03, 0.02, 0.01)

# The spread between families (shape of a gamma distribution, by band) and the share that nobody has a working
# number or address for.
FAMILY_SPREAD = (1.4, 1.1, 0.9)
NEVER_REACHED = (0.01, 0.03, 0.07)
SCHOOL_SPREAD = 0.14  # standard deviation of the log of a school's rate
YEAR_GROWTH = 1.06  # a year's rate over the year before it
OTHER_LANGUAGE = 0.85  # rate of families whose language is not English, over the rest
RARELY_LOGGING = 0.15  # share of schools that log in some weeks only
WEEKS_LOGGED = 0.35  # and the share of weeks in which those begin contacts, for some
WEEKS_ON_END = 7  # weeks on end; answers come later, so a few more weeks have one
RARELY_LOGGED = 0.70  # and how much they log, over what they would log otherwise

# Contacts of students who were not enrolled that day, over the exchanges of those who were.
OUTSIDE_ENROLLMENT = 0.006

# Of the delivered contacts with a known tone: positive, and (the rest in these shares) neutral or concern.
TONE_KNOWN = 0.75
POSITIVE = (0.46, 0.35, 0.28)
NEUTRAL_OF_REST = 0.55
# Did the student take part? Known for this share of conversations; the probability rises by grade from TK.
PRESENCE_KNOWN = 0.65
PRESENT_AT_TK, PRESENT_PER_GRADE = 0.08, 0.045
# Contacts with a family whose language is not English: in that language, else with an interpreter.
LANGUAGE_KNOWN = 0.85
HOME_LANGUAGE_SPOKEN = 0.55
INTERPRETER = 0.30

HOME_LANGUAGES = {"english": 0.73, "spanish": 0.18, "somali": 0.03, "vietnamese": 0.03, "arabic": 0.02, None: 0.01}
TOPICS = {  # by band
    "academics": (0.24, 0.28, 0.30), "attendance": (0.12, 0.15, 0.20), "behavior": (0.17, 0.17, 0.11),
    "health": (0.06, 0.04, 0.03), "iep": (0.08, 0.08, 0.06), "transition": (0.02, 0.04, 0.06),
    "event": (0.10, 0.07, 0.06), "logistics": (0.11, 0.10, 0.09), "relationship": (0.07, 0.04, 0.03),
    "other": (0.03, 0.03, 0.06),
}  # fmt: skip


def exchange_rows(side: str, band: int) -> float:
    """Expected rows of an exchange that begins on this side, its beginning included.

    An answer that is no conversation is an ask again, so the expectation of each side contains the other's.
    """
    if side not in ("outbound", "inbound"):
        return 1.0
    family, school = (p + (1 - p) * LATE_REPLIES for p in (FAMILY_REPLIES[band], SCHOOL_REPLIES[band]))
    first, second = (family, school) if side == "outbound" else (school, family)
    on = 1 - CONVERSATIONS
    return (1 + first * CONVERSATIONS + first * on * (1 + second * CONVERSATIONS)) / (1 - first * second * on * on)


def delivered_rates(band: int) -> dict[str, float]:
    """Expected delivered personal contacts per 30 enrolled days by channel, answers included, before the scale."""
    rates: dict[str, float] = {}
    for start in DELIVERED:
        own = start.rate_in(band) * exchange_rows(start.side, band)
        rates[start.channel] = rates.get(start.channel, 0.0) + own
    return rates


def rates_of(side: str, band: int) -> float:
    """Expected rows per 30 enrolled days of the beginnings of one side, without answers."""
    return sum(start.rate_in(band) for start in STARTS if start.side == side)
