"""The settings of a store, with their defaults. Kept in the table `setting` as JSON values."""

import json

DEFAULTS = {
    # An answer counts up to this many calendar days after the ask.
    "reply_window_days": 7,
    # A student is silent without a delivered contact in this many days.
    "silence_days": 60,
    # First and last day of lessons, for rosters without dates and for weeks logged: [month, day].
    "first_day": [8, 15],
    "last_day": [6, 15],
    # The band of a grade; a grade that no band names is "other".
    "bands": {
        "elementary": ["TK", "K", "1", "2", "3", "4", "5"],
        "middle": ["6", "7", "8"],
        "high": ["9", "10", "11", "12"],
    },
    # A cell with fewer students than this is not shown to a panel.
    "n_min": 10,
    # What a release lists, and how wide a share is shown: [from how many students, per cent]. Releases can list less
    # and be coarser than this, never finer (analytics/disclosure/listed.py).
    "release_measures": [
        "two_way_reach",
        "reach",
        "contact_rate",
        "silent",
        "two_way_share",
        "family_reply_rate",
        "school_reply_rate",
    ],  # fmt: skip
    "release_groups": ["home_language", "iep", "english_learner", "low_income", "race_ethnicity"],
    "share_widths": [[1000, 1], [500, 2], [100, 5], [40, 10], [20, 20], [10, 25]],
    # The district that a load without --district belongs to, where no roster names just one.
    "district": "My district",
    # The zone of the district, for times that carry one.
    "time_zone": "America/New_York",
    # How many school years are kept; 0 keeps all.
    "retention_years": 0,
}

GRADES = ["PK", "TK", "K", *[str(n) for n in range(1, 14)]]
BANDS = ["elementary", "middle", "high", "other"]


def read(rows: list[tuple[str, str]]) -> dict:
    """All settings: the defaults, overlaid with the (name, JSON) rows of the table `setting`."""
    return {**DEFAULTS, **{name: json.loads(value) for name, value in rows if name in DEFAULTS}}


def band_of(grade: str, bands: dict[str, list[str]]) -> str:
    """The band of a grade under the `bands` setting; "other" where none names it."""
    return next((band for band, grades in bands.items() if grade in grades), "other")
