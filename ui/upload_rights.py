"""Which uploads somebody may open and take back, by their rights of now: who is moved to another school leaves the old
files there. A principal sees own uploads of own schools; a district user those of their districts."""

import pandas as pd

from analytics import file_rights
from data.load import allow, uploads


def visible(store, viewer) -> pd.DataFrame:
    """The uploads that a viewer may see, the latest first."""
    found = file_rights.of_districts(viewer, uploads(store).iloc[::-1])
    if viewer.role != "district":
        own = found[found["loaded_by"] == viewer.name]
        found = own[own["upload_id"].isin(allow.of_these_schools_alone(store, own, viewer.schools or ()))]
    return file_rights.named(viewer, found).reset_index(drop=True)
