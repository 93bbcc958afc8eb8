"""Schools compared fairly: who stands outside what chance and the usual spread of schools explain.

Owns the limits of a funnel plot. It names schools outside the limits and refuses to rank those inside:
among them an order would be an order of chance.

Method: D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in
Medicine 24 (2005) 1185-1202, and "Handling over-dispersion of performance indicators", Quality and
Safety in Health Care 14 (2005) 347-351. Shares are compared on the arcsine-root scale and rates on the
root scale, where chance alone has a known spread, s = 1 / (2 sqrt(T)). Schools also differ for reasons
that are not chance, and families of one school are alike; so the squared z-scores, winsorised at 10 % at
each end, estimate an additive variance between schools, tau^2, that widens all limits:

    phi   = mean of winsorised z^2
    tau^2 = (I phi - (I - 1)) / (sum w - sum w^2 / sum w), w = 1 / s^2, or 0 where that is negative
    limit = target -/+ z sqrt(s^2 + tau^2)
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import special

from access.viewer import Viewer
from analytics.answer import Answer, ask
from analytics.clustered import FEWEST_SCHOOLS, rate
from analytics.drop_off import LEAST_LOGGED
from analytics.question import Question
from data.store import Store

LEVELS = (0.95, 0.998)
NO_LOG = "nothing logged"
WINSOR = 0.1
TOO_FEW = "too few schools for limits"
ALIKE = "no difference between these schools"
METHOD = (
    "Each school beside the limits within which 95 and 99.8 % of schools of its size would lie by chance and the usual "
    "spread of these schools (after Spiegelhalter). A school outside is named; inside, an order would be one of chance."
)


@dataclass(frozen=True)
class Funnel:
    """`schools`: the given rows with value, low_95, high_95, low_998, high_998 and `place`.

    `place` is "inside", "outside 95 %" or "outside 99.8 %" (NaN value: "nothing counted"; a school without a log:
    `NO_LOG`, wherever its value lies). `target` is the value of all schools together, those without a log among them,
    `tau` the spread between schools on the scale of the comparison.
    """

    schools: pd.DataFrame
    target: float
    tau: float
    note: str = ""

    def outside(self) -> pd.DataFrame:
        """The schools outside the 99.8 % limits, by name; never an order by value."""
        return self.schools[self.schools["place"] == "outside 99.8 %"].sort_values("school")

    def between(self) -> int:
        """How many schools lie outside the 95 % limits and inside the 99.8 % ones."""
        return int((self.schools["place"] == "outside 95 %").sum())

    def without_log(self) -> pd.DataFrame:
        """The schools that logged nothing, by name: of them a value tells about the log, not about the school."""
        return self.schools[self.schools["place"] == NO_LOG].sort_values("school")

    def hardly_logging(self) -> pd.DataFrame:
        """The schools that logged something, in under half of their weeks; none where `weeks_logged` is not beside."""
        if "weeks_logged" not in self.schools:
            return self.schools[:0]
        hardly = (self.schools["weeks_logged"] < LEAST_LOGGED) & (self.schools["place"] != NO_LOG)
        return self.schools[hardly].sort_values("school")


def answer(store: Store, viewer: Viewer, question: Question) -> tuple[Answer, Funnel]:
    """The schools of a ratio measure by name with their limits, place and, beside them, weeks logged.

    Takes the question's measure, period and filters; it is cut by school.
    """
    asked = ask(store, viewer, replace(question, by=("school",)))
    logged = ask(store, viewer, replace(question, measure="weeks_logged", by=("school",), where=())).table
    silent = _without_log(store, viewer, question, logged)
    is_share, factor = asked.measure.unit == "share", asked.measure.factor
    beside = logged[["school", "value"]].rename(columns={"value": "weeks_logged"})
    schools = asked.table.drop(columns="value").merge(beside, how="left", on="school")
    found = estimate(schools[schools["students"] > 0], is_share, factor)
    found.schools.loc[found.schools["school"].isin(silent), "place"] = NO_LOG
    said = () if replace(asked, table=found.schools).empty else (sentence(found),)
    return replace(asked, table=found.schools, notes=(*asked.notes, *said), method=METHOD), found


def _without_log(store: Store, viewer: Viewer, question: Question, logged: pd.DataFrame) -> set[str]:
    """The schools that logged nothing for their students, whose families no other school reached for them either."""
    silent = set(logged.loc[(logged["denominator"] > 0) & (logged["numerator"] == 0), "school"])
    if not silent:
        return silent
    of_all = ask(store, viewer, replace(question, measure="contact_rate", by=("school",), where=())).table
    return silent - set(of_all.loc[of_all["numerator"] > 0, "school"])


def sentence(funnel: Funnel) -> str:
    """Which schools stand outside, by name, and that the others are not ranked."""
    if funnel.note == ALIKE:
        return f"There is {ALIKE}."
    if funnel.note:
        return f"There are {funnel.note}: chance cannot be told from a difference."
    outside = funnel.outside()
    if outside.empty:
        who = "No school" if funnel.without_log().empty else "No school with a log"
        return f"{who} stands outside what chance and the usual spread of schools explain{few_outside(funnel)}."
    parts = []
    for word, side in (("above", outside["value"] > funnel.target), ("below", outside["value"] < funnel.target)):
        if side.any():
            parts.append(f"{', '.join(outside.loc[side, 'school'])} {word} the limits")
    return f"Outside the 99.8 % limits: {'; '.join(parts)}. Inside them an order would be one of chance."


def few_outside(funnel: Funnel) -> str:
    """What makes a dot outside its range no finding: ": 2 lie outside the 95 % limits, none outside 99.8 %"; or ""."""
    between = funnel.between()
    verb = "lies" if between == 1 else "lie"
    return f": {between} {verb} outside the 95 % limits, none outside 99.8 %" if between else ""


def estimate(sums: pd.DataFrame, is_share: bool, scale: float = 1.0) -> Funnel:
    """The funnel of schools: `sums` has columns school, numerator, denominator (and others, kept).

    `is_share`: the numerator is part of the denominator; else it is a count over an exposure, whose
    value is `scale` x numerator / denominator.
    """
    sums = sums.reset_index(drop=True)
    target = rate(sums)
    below = sums["denominator"].to_numpy(dtype=float)
    value = np.divide(sums["numerator"].to_numpy(dtype=float), below, out=np.full(len(sums), np.nan), where=below > 0)
    counted = below > 0
    if counted.sum() < FEWEST_SCHOOLS or not 0 < target < (1 if is_share else np.inf):
        place = np.where(counted, "inside", "nothing counted")
        note = TOO_FEW if counted.sum() < FEWEST_SCHOOLS else ALIKE
        return Funnel(_limits(sums.assign(value=scale * value, place=place), {}), scale * target, np.nan, note)
    bend = _arcsine if is_share else np.sqrt
    spread = 1 / (2 * np.sqrt(below[counted]))
    tau2 = between_schools((bend(value[counted]) - bend(target)) / spread, spread)
    full = np.full(len(sums), np.nan)
    full[counted] = np.sqrt(spread**2 + tau2)
    limits = {level: _at(bend(target), full, level, is_share, scale) for level in LEVELS}
    schools = _limits(sums.assign(value=scale * value), limits)
    schools["place"] = _places(schools, counted)
    return Funnel(schools, scale * target, float(np.sqrt(tau2)))


def between_schools(z, spread) -> float:
    """tau^2: the additive variance between schools from naive z-scores and their standard errors."""
    schools = len(z)
    phi = float(np.mean(winsorised(z) ** 2))
    weight = 1 / np.asarray(spread) ** 2
    below = weight.sum() - (weight**2).sum() / weight.sum()
    return max(0.0, (schools * phi - (schools - 1)) / below)


def winsorised(z) -> np.ndarray:
    """z with the lowest and highest tenth pulled in to the 10 % and 90 % quantiles, so outliers hide no one."""
    z = np.asarray(z, dtype=float)
    return np.clip(z, *np.quantile(z, [WINSOR, 1 - WINSOR]))


def lines(funnel: Funnel, is_share: bool, scale: float = 1.0, points: int = 60) -> pd.DataFrame:
    """The limits over numbers of students, from the smallest school to the largest: column students, then limits.

    A school's limits hang on its denominator (contacts, days); the line takes the usual one for its students.
    """
    schools = funnel.schools[(funnel.schools["denominator"] > 0) & (funnel.schools["students"] > 0)]
    if funnel.note or schools.empty:
        return pd.DataFrame(columns=["students", "low_95", "high_95", "low_998", "high_998"])
    students = np.geomspace(schools["students"].min(), schools["students"].max(), points)
    each = schools["denominator"].sum() / schools["students"].sum()
    return curve(funnel, students * each, is_share, scale).assign(students=students).drop(columns="denominator")


def curve(funnel: Funnel, denominators, is_share: bool, scale: float = 1.0) -> pd.DataFrame:
    """The limits as lines over a range of denominators, for the drawing: columns denominator and the four limits."""
    below = np.asarray(denominators, dtype=float)
    bend = _arcsine if is_share else np.sqrt
    full = np.sqrt(1 / (4 * below) + funnel.tau**2)
    limits = {level: _at(bend(funnel.target / scale), full, level, is_share, scale) for level in LEVELS}
    return _limits(pd.DataFrame({"denominator": below}), limits)


def _arcsine(share):
    return np.arcsin(np.sqrt(share))


def _at(centre: float, spread: np.ndarray, level: float, is_share: bool, scale: float) -> tuple:
    z = special.ndtri(0.5 + level / 2)
    top = np.pi / 2 if is_share else np.inf
    ends = (np.clip(centre - z * spread, 0, top), np.clip(centre + z * spread, 0, top))
    return tuple(scale * (np.sin(end) ** 2 if is_share else end**2) for end in ends)


def _limits(schools: pd.DataFrame, limits: dict) -> pd.DataFrame:
    for level, name in zip(LEVELS, ("95", "998"), strict=True):
        schools[f"low_{name}"], schools[f"high_{name}"] = limits.get(level, (np.nan, np.nan))
    return schools


def _places(schools: pd.DataFrame, counted: np.ndarray) -> np.ndarray:
    def beyond(name):
        return (schools["value"] < schools[f"low_{name}"]) | (schools["value"] > schools[f"high_{name}"])

    return np.select(
        [~counted, beyond("998"), beyond("95")], ["nothing counted", "outside 99.8 %", "outside 95 %"], "inside"
    )
