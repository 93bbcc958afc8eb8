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
    Start("conference", "two_way", "reached", "conversation", 0.10, 0.81, 0.61, "conferences"),
    Start("in_person", "two_way", "reached", "conversation", 0.10, 0.60, 0.35),
    Start("home_visit", "outbound", "reached", "conversation", 0.006, 0.90, 0.80),
    Start("video", "two_way", "reached", "conversation", 0.02, 0.90, 0.90),
    Start("phone", "outbound", "reached", "conversation", 0.14, 1.02, 1.00),
    Start("phone", "inbound", "reached", "conversation", 0.05, 0.95, 0.90),
    Start("phone", "outbound", "left_message", "outbound", 0.12, 1.05, 1.05),
    Start("email", "outbound", "sent", "outbound", 0.28, 0.92, 0.80),
    Start("text", "outbound", "sent", "outbound", 0.14, 0.95, 0.85),
    Start("app_message", "outbound", "sent", "outbound", 0.22, 0.80, 0.55),
    Start("letter", "outbound", "sent", "outbound", 0.06, 0.85, 0.75),
    Start("email", "inbound", "sent", "inbound", 0.08, 0.85, 0.70),
    Start("app_message", "inbound", "sent", "inbound", 0.07, 0.70, 0.45),
    Start("phone", "inbound", "left_message", "inbound", 0.03, 1.00, 0.90),
    Start("text", "inbound", "sent", "inbound", 0.04, 0.95, 0.85),
    Start("email", "unknown", "sent", "unknown", 0.05),
    Start("event", "unknown", "unknown", "unknown", 0.06, 0.82, 0.64),
    Start("phone", "outbound", "no_answer", "failed", 0.13, 1.10, 1.20),
    Start("text", "outbound", "not_delivered", "failed", 0.03, 1.10, 1.30),
    Start("email", "outbound", "sent", "mass", 0.22, 1.00, 1.00, "newsletters"),
    Start("phone", "outbound", "sent", "mass", 0.10, 1.00, 1.00, "newsletters"),
)

# The probability that an ask is answered within 7 days, by band. Every ask, whether it began an exchange or is itself
# the answer to another.
FAMILY_REPLIES = (0.55, 0.42, 0.30)
SCHOOL_REPLIES = (0.74, 0.66, 0.58)
# Of the asks without such an answer, these are answered 8 to 30 days later.
LATE_REPLIES = 0.06
# An answer is a talk on the telephone this often; else it comes on the channel of the ask.
CALLS_BACK = 0.30
# Days to an answer: on the day, the next day, ... up to the 7th.
WAITS = (0.45, 0.24, 0.12, 0.08, 0.05, 0.03, 0.02, 0.01)

# The spread between families (shape of a gamma distribution, by band) and the share that nobody has a working
# number or address for.
FAMILY_SPREAD = (1.4, 1.1, 0.9)
NEVER_REACHED = (0.01, 0.03, 0.07)
SCHOOL_SPREAD = 0.22  # standard deviation of the log of a school's rate
YEAR_GROWTH = 1.06  # a year's rate over the year before it
OTHER_LANGUAGE = 0.85  # rate of families whose language is not English, over the rest
RARELY_LOGGING = 0.15  # share of schools that log in some weeks only
WEEKS_LOGGED = 0.45  # and the share of weeks in which those do

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


def exchange_rows(band: int) -> dict[str, tuple[float, float]]:
    """Of an exchange that begins outbound or inbound: expected rows on its own channel, and talks on the telephone.

    An answer that is not a talk is an ask again, so the expectation of each side contains the other's; the first
    number counts the beginning itself.
    """
    family, school = (p + (1 - p) * LATE_REPLIES for p in (FAMILY_REPLIES[band], SCHOOL_REPLIES[band]))
    on = 1 - CALLS_BACK
    loop = 1 - family * school * on * on
    return {
        "outbound": ((1 + family * on) / loop, CALLS_BACK * (family + family * on * school) / loop),
        "inbound": ((1 + school * on) / loop, CALLS_BACK * (school + school * on * family) / loop),
    }


def delivered_rates(band: int) -> dict[str, float]:
    """Expected delivered personal contacts per 30 enrolled days by channel, answers included, before the scale."""
    rates: dict[str, float] = {}
    rows = exchange_rows(band)
    for start in STARTS:
        if start.side in ("failed", "mass"):
            continue
        own, calls = rows.get(start.side, (1.0, 0.0))
        rates[start.channel] = rates.get(start.channel, 0.0) + start.rate_in(band) * own
        rates["phone"] = rates.get("phone", 0.0) + start.rate_in(band) * calls
    return rates


def rates_of(side: str, band: int) -> float:
    """Expected rows per 30 enrolled days of the beginnings of one side, without answers."""
    return sum(start.rate_in(band) for start in STARTS if start.side == side)
