"""Random synthetic states for the release tests: student rows as `cube.students` gives them. No one in them exists."""

import numpy as np
import pandas as pd

BANDS = ("elementary", "middle", "high")


def students(districts: int, seed: int, most_schools: int = 6, size: int = 60) -> pd.DataFrame:
    """One row a student and band, with small groups on purpose (6 Somali homes in 100, one race in 100)."""
    random = np.random.default_rng(seed)
    parts = []
    for district in range(districts):
        for school in range(random.integers(3, most_schools + 1)):
            parts.append(_school(random, f"District {district}", district * 100 + school, BANDS[school % 3], size))
    frame = pd.concat(parts, ignore_index=True)
    frame["enrolled"] = 1
    frame["delivered_any"] = (frame["delivered"] > 0).astype(int)
    frame["two_way_any"] = (frame["two_way"] > 0).astype(int)
    return frame


def _school(random, district: str, school_id: int, band: str, size: int) -> pd.DataFrame:
    n = int(random.integers(8, size * 2))
    delivered = random.poisson(random.gamma(0.8, 2, n))
    two_way = random.binomial(delivered, 0.4)
    known = two_way + random.binomial(delivered - two_way, 0.8)
    school_asks = random.binomial(known, 0.6)
    answered = random.binomial(np.minimum(school_asks, two_way), 0.7)
    family_asks = random.binomial(known - school_asks, 0.5)
    at_end = (random.random(n) < 0.93).astype(int)
    return pd.DataFrame(
        {
            "band": band,
            "district": district,
            "school_id": school_id,
            "days": random.integers(60, 300, n),
            "delivered": delivered,
            "two_way": two_way,
            "known": known,
            "school_asks": school_asks,
            "school_asks_answered": answered,
            "family_asks": family_asks,
            "family_asks_answered": random.binomial(np.minimum(family_asks, two_way - answered), 0.7),
            "at_end": at_end,
            "silent": at_end * (delivered < 2),
            "elsewhere": 0,
            "only_then": 0,
            "tied": 0,
            "within": 0,
            "before": 0,
            "askable": 1,
            "open_asks": 1,
            "answered_outside": 1,
            "home_language": random.choice(["english", "spanish", "somali"], n, p=[0.7, 0.24, 0.06]),
            "iep": random.choice(["yes", "no"], n, p=[0.14, 0.86]),
            "english_learner": random.choice(["yes", "no"], n, p=[0.1, 0.9]),
            "low_income": random.choice(["yes", "no"], n),
            "race_ethnicity": random.choice(list("abcdef"), n, p=[0.4, 0.3, 0.15, 0.1, 0.04, 0.01]),
        }
    )
