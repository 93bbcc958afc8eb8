"""Which school years are past what the district keeps (setting `retention_years`), and their erasure.

Nothing is erased at a start or by itself: somebody is told, and says so.
"""

import json
from datetime import date

from data import erase
from data.errors import Refusal
from data.schoolyear import name_of, named, start_year
from data.store import open_store


def keep(store, years: int):
    """Keep this many school years, the running one among them; 0 keeps all. Refusal `bad_retention`."""
    if years < 0:
        raise Refusal("bad_retention", "The number of school years to keep is 0 (all) or more.")
    with store.writing() as write:
        write.execute("DELETE FROM setting WHERE name = 'retention_years'")
        write.execute("INSERT INTO setting (name, value) VALUES ('retention_years', ?)", [json.dumps(years)])


def past(store, today: date | None = None) -> list[str]:
    """The school years that hold rows and are past retention, the oldest first; rows of undone uploads count too."""
    years = store.settings()["retention_years"]
    if not years:
        return []
    first_kept = named(start_year(name_of(today or date.today())) - years + 1)
    held = {name for (name,) in store.rows("SELECT DISTINCT school_year FROM roster_row WHERE school_year IS NOT NULL")}
    days = store.rows("SELECT DISTINCT contact_date FROM contact_row WHERE contact_date IS NOT NULL")
    held |= {name_of(day) for (day,) in days}
    return sorted(name for name in held if name < first_kept)


def enforce(store, today: date | None = None) -> list[str]:
    """Erase every school year past retention; the store is closed and its file made anew. Returns the years."""
    years = past(store, today)
    for year in years:
        erase.school_year(open_store(store.path), year)
    return years
