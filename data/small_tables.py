"""The small tables that the facts' SQL joins: `grade_band`, `reply_rule` and `calendar`, made of the settings."""

import pandas as pd

from data import settings
from data.schoolyear import day_date, name_of

CALENDAR_YEARS = (1990, 2100)
LONGEST_REPLY_DAYS = 30  # how far an answer is looked for; the window within it is a setting


def fill(cursor, now: dict):
    """Fill the three tables from settings such as `Store.settings` gives."""
    cursor.execute("DELETE FROM grade_band")
    bands = [(grade, settings.band_of(grade, now["bands"])) for grade in settings.GRADES]
    cursor.executemany("INSERT INTO grade_band VALUES (?, ?)", bands)
    cursor.execute("DELETE FROM reply_rule")
    cursor.execute("INSERT INTO reply_rule VALUES (?, ?)", [now["reply_window_days"], LONGEST_REPLY_DAYS])
    if not cursor.execute("SELECT count(*) FROM calendar").fetchall()[0][0]:
        cursor.register("calendar_days", calendar_frame())
        cursor.execute("INSERT INTO calendar SELECT * FROM calendar_days")
        cursor.unregister("calendar_days")


def calendar_frame() -> pd.DataFrame:
    """The table `calendar`: one row a day, 1990 to 2100."""
    days = pd.date_range(f"{CALENDAR_YEARS[0]}-01-01", f"{CALENDAR_YEARS[1]}-12-31", freq="D")
    number = (days - pd.Timestamp("1970-01-01")).days.astype("int32")
    weekday = days.day_of_week.astype("int32") + 1
    month = (number - days.day + 1).astype("int32")
    of_month, months = month.factorize()
    school_years = pd.array([name_of(day_date(first)) for first in months], dtype="str")
    return pd.DataFrame(
        {
            "day": number,
            "date": days,
            "weekday": weekday,
            "week": (number - weekday + 1).astype("int32"),
            "month": month,
            "school_year": school_years.take(of_month),
        }
    )
