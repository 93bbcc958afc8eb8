"""How often do the 95 % intervals hold the truth? Simulates districts whose truth is known and counts.

    python -m benchmarks.coverage [--districts N] [--seed N] [--also]

Prints, for each kind and size of district, the share of shown intervals that hold the truth, those that
carry a caution, and the refusals. `--also` prints another table: other intervals of the same ratio
(`benchmarks.other_intervals`), with their widths over that of the shown one.

The simulated world: schools have 150 to 600 students, or very uneven numbers (log-normal, the largest some twenty
times the smallest); schools differ (log-normal, SD 0.35), families differ (gamma, shape 0.8), contacts are Poisson.
The middle band has 0.7 of the elementary rate. Nothing here is used by the dashboard.
"""

import argparse
from functools import partial
from itertools import product

import numpy as np
import pandas as pd

from analytics.clustered import CAUTION, compare
from analytics.transition_estimate import estimate as estimate_transition
from benchmarks.other_intervals import WAYS

RATIO = 0.7
SCHOOL_SD = 0.35
FAMILY_SHAPE = 0.8
RATE, DAYS = 0.03, 150  # contacts per enrolled day; enrolled days of a student
SIZES = (4, 8, 12, 20, 40, 80)  # four schools of two kinds are refused: two in each band
K8 = {"no K-8 school": 0.0, "a quarter K-8": 0.25, "all K-8": 1.0}
RECEIVING = (3, 4, 8, 20)
FEEDERS = 3


def contacts(dice, students, rate, effect):
    """Contacts of schools with so many students: Poisson around the gamma sum of their families."""
    families = dice.gamma(FAMILY_SHAPE * students, 1 / FAMILY_SHAPE)
    return dice.poisson(RATE * rate * DAYS * effect * families)


def uneven(dice, schools: int) -> np.ndarray:
    """Students of schools, 150 to 600."""
    return dice.uniform(150, 600, schools)


def very_uneven(dice, schools: int) -> np.ndarray:
    """Students of schools, most between 120 and 1,300."""
    return np.clip(dice.lognormal(np.log(400), 0.6, schools), 80, 2500)


def district(dice, schools: int, k8: float, sizes) -> tuple[pd.DataFrame, pd.DataFrame]:
    """School sums of a middle and an elementary band; `k8` is the share of schools that serve both."""
    both = round(schools * k8)
    alone = (schools - both + 1) // 2
    effect = dice.lognormal(-(SCHOOL_SD**2) / 2, SCHOOL_SD, schools)
    size = sizes(dice, schools)
    place = np.arange(schools)
    bands = []
    for rate, serves in ((RATIO, place < both + alone), (1.0, (place < both) | (place >= both + alone))):
        students = np.round(size[serves] * np.where(place[serves] < both, dice.uniform(0.3, 0.7, serves.sum()), 1))
        counted = contacts(dice, students, rate, effect[serves])
        frame = {"numerator": counted, "denominator": students * DAYS}
        bands.append(pd.DataFrame(frame, index=place[serves], dtype=float))
    return bands[0], bands[1]


def cohort(dice, receiving: int) -> pd.DataFrame:
    """Students who move from `FEEDERS` x `receiving` schools on, one in ten to another school than the rest."""
    send_effect = dice.lognormal(-(SCHOOL_SD**2) / 2, SCHOOL_SD, receiving * FEEDERS)
    receive_effect = dice.lognormal(-(SCHOOL_SD**2) / 2, SCHOOL_SD, receiving)
    size = np.clip(dice.lognormal(np.log(60), 0.5, receiving * FEEDERS), 15, 250).astype(int)
    send = np.repeat(np.arange(receiving * FEEDERS), size)
    receive = np.where(dice.random(len(send)) < 0.1, dice.integers(0, receiving, len(send)), send // FEEDERS)
    family = dice.gamma(FAMILY_SHAPE, 1 / FAMILY_SHAPE, len(send))
    days = dice.integers(60, DAYS, (2, len(send)))
    before = dice.poisson(RATE * days[0] * family * send_effect[send])
    after = dice.poisson(RATE * RATIO * days[1] * family * receive_effect[receive])
    return pd.DataFrame({"send": send, "receive": receive, "y0": before, "t0": days[0], "y1": after, "t1": days[1]})


def one_drop_off(dice, **how):
    """The estimate of one new district."""
    return compare(*district(dice, **how))


def one_transition(dice, **how):
    """The estimate of one new cohort."""
    return estimate_transition(cohort(dice, **how))


def tally(found) -> dict:
    """Counts of one estimate: shown, holding the truth, with a caution, refused."""
    shown = not np.isnan(found.low)
    return {
        "shown": shown,
        "holds": shown and found.low <= RATIO <= found.high,
        "caution": shown and found.note == CAUTION,
        "refused": not shown,
    }


def run(name: str, make, districts: int, dice) -> dict:
    """One line of the table: `make` gives an estimate of a new district."""
    counts = pd.DataFrame([tally(make(dice)) for _ in range(districts)]).sum()
    share = counts["holds"] / counts["shown"] if counts["shown"] else np.nan
    return {"intervals": name, "coverage_%": round(100 * share, 1), **counts[["shown", "caution", "refused"]].to_dict()}


def others(name: str, make, districts: int, dice) -> dict:
    """One line of `--also`: each way's coverage and its width against the shown interval, same districts.

    `make` gives the two bands' sums of a new district; those whose interval is refused are passed over.
    """
    holds, widths = dict.fromkeys(WAYS, 0), {way: [] for way in WAYS}
    for _ in range(districts):
        bands = make(dice)
        if not np.isnan(compare(*bands).low):
            for way, ends_of in WAYS.items():
                low, high = ends_of(*bands)
                holds[way] += low <= RATIO <= high
                widths[way].append(np.log(high / low))
    shown = len(widths["as shown"])
    line = {"intervals": name, "shown": shown}
    for way in WAYS if shown else ():
        line[way] = round(100 * holds[way] / shown, 1)
        line[f"{way}: width"] = round(float(np.median(np.divide(widths[way], widths["as shown"]))), 2)
    return line


def layouts():
    """(name, how) of each kind and size of district."""
    for sizes, (layout, k8), schools in product((uneven, very_uneven), K8.items(), SIZES):
        name = f"drop-off, {schools} schools, {layout}, {sizes.__name__.replace('_', ' ')}"
        yield name, {"schools": schools, "k8": k8, "sizes": sizes}


def main(arguments=None) -> pd.DataFrame:
    """Simulate, print and return the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coverage", description=__doc__.splitlines()[0])
    parser.add_argument("--districts", type=int, default=2000, help="simulated districts a line")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--also", action="store_true", help="instead: other intervals of the same ratio")
    asked = parser.parse_args(arguments)
    dice = np.random.default_rng(asked.seed)
    if asked.also:
        return _printed([others(name, partial(district, **how), asked.districts, dice) for name, how in layouts()])
    rows = [run(name, partial(one_drop_off, **how), asked.districts, dice) for name, how in layouts()]
    for receiving in RECEIVING:
        name = f"same students, {receiving} receiving schools"
        rows.append(run(name, partial(one_transition, receiving=receiving), asked.districts, dice))
    return _printed(rows)


def _printed(rows: list[dict]) -> pd.DataFrame:
    table = pd.DataFrame(rows)
    print(table.to_string(index=False))
    return table


if __name__ == "__main__":
    main()
